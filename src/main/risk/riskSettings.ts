import type { ValuesOf } from '../../shared/settings/group.ts';
import {
  choiceSetting,
  multipleSetting,
  numberSetting,
  percentSetting,
  solSetting,
  usdSetting,
} from '../../shared/settings/setting.ts';

/** What every proposed trade is held against. */
export const RISK_SETTINGS = {
  profitGate: choiceSetting(
    {
      name: 'risk.profitGate',
      fallback: 'openings',
      meaning:
        'Which trades must pay for themselves: those that open or enlarge the hedge, or all (corrections too).',
    },
    ['openings', 'all'],
  ),
  horizonDays: numberSetting({
    name: 'risk.horizonDays',
    unit: 'days',
    fallback: '30',
    min: '1',
    max: '365',
    whole: true,
    meaning: 'How long a hedge is expected to be held, for the funding that it should earn.',
  }),
  positiveShare: percentSetting({
    name: 'risk.positiveFundingSharePct',
    fallback: '50',
    min: '0',
    max: '100',
    meaning: 'How much of a positive funding rate the estimate counts. A negative one counts whole.',
  }),
  slippageTolerance: percentSetting({
    name: 'risk.slippageTolerancePct',
    fallback: '0.5',
    min: '0.1',
    max: '5',
    meaning: 'How far from the mark the price limit of a market order lies.',
  }),
  maxLatencyMs: numberSetting({
    name: 'risk.maxLatencyMs',
    unit: 'ms',
    fallback: '500',
    min: '10',
    max: '10000',
    whole: true,
    meaning: 'A slower venue gets no new risk.',
  }),
  gasReserve: solSetting({
    name: 'risk.gasReserveSol',
    fallback: '0.017',
    min: '0',
    max: '10',
    meaning: 'SOL that the wallet keeps for getting out.',
  }),
  maxLeverage: multipleSetting({
    name: 'risk.maxLeverage',
    fallback: '5',
    min: '0.1',
    max: '10',
    meaning: 'No increase beyond this leverage.',
  }),
  minHealth: percentSetting({
    name: 'risk.minHealthPct',
    fallback: '60',
    min: '1',
    max: '99',
    meaning: 'No trade that would leave health under this.',
  }),
  guardHealth: percentSetting({
    name: 'risk.guardHealthPct',
    fallback: '50',
    min: '1',
    max: '99',
    meaning: 'While health is under this, nothing is increased.',
  }),
  warningHealth: percentSetting({
    name: 'risk.warningHealthPct',
    fallback: '50',
    min: '1',
    max: '95',
    meaning: 'Live, health under this raises a warning.',
  }),
  criticalHealth: percentSetting({
    name: 'risk.criticalHealthPct',
    fallback: '20',
    min: '1',
    max: '95',
    meaning: 'Live, health under this raises a critical alert with the liquidation price of each position.',
  }),
  withdrawalHealth: percentSetting({
    name: 'risk.withdrawalHealthPct',
    fallback: '80',
    min: '1',
    max: '99',
    meaning: 'No withdrawal that would leave health under this.',
  }),
  minimumCollateral: usdSetting({
    name: 'risk.minimumCollateralUsd',
    fallback: '10',
    min: '0',
    max: '1000000',
    meaning: 'What a withdrawal leaves beyond the initial margin.',
  }),
  oracleMaxAgeMs: numberSetting({
    name: 'risk.oracleMaxAgeMs',
    unit: 'ms',
    fallback: '30000',
    min: '1000',
    max: '600000',
    whole: true,
    meaning: 'No trade on an older oracle.',
  }),
  oracleMaxGap: percentSetting({
    name: 'risk.oracleMaxGapPct',
    fallback: '2',
    min: '0.1',
    max: '50',
    meaning: 'No trade while oracle and mark are further apart.',
  }),
  confirmAbove: usdSetting({
    name: 'risk.confirmAboveUsd',
    fallback: '100',
    min: '0',
    max: '1000000',
    meaning: 'A live trade worth more, all its legs together, needs your confirmation.',
  }),
  tip: solSetting({
    name: 'risk.tipSol',
    fallback: '0',
    min: '0',
    max: '1',
    meaning: 'Tip for a block builder that a trade is expected to cost; none on paper.',
  }),
} as const;

/** `none` is not for the user: the comparison run that enters whatever it costs sets it. */
export type RiskSettings = Omit<ValuesOf<typeof RISK_SETTINGS>, 'profitGate'> & {
  readonly profitGate: 'openings' | 'all' | 'none';
};
