import type { ValuesOf } from '../../../shared/settings/group.ts';
import { numberSetting, percentSetting, solSetting } from '../../../shared/settings/setting.ts';

/** What the paper venue charges and pays. */
export const PAPER_SETTINGS = {
  takerFee: percentSetting({
    name: 'paper.takerFeePct',
    fallback: '0.1',
    min: '0',
    max: '5',
    meaning: 'Fee of a taker fill, on notional.',
  }),
  makerFee: percentSetting({
    name: 'paper.makerFeePct',
    fallback: '-0.02',
    min: '-1',
    max: '5',
    meaning: 'Fee of a maker fill, on notional; negative is a rebate.',
  }),
  initialMargin: percentSetting({
    name: 'paper.initialMarginPct',
    fallback: '10',
    min: '1',
    max: '100',
    meaning: 'Initial margin of perpetuals, on notional.',
  }),
  maintenanceMargin: percentSetting({
    name: 'paper.maintenanceMarginPct',
    fallback: '5',
    min: '0.5',
    max: '100',
    meaning: 'Maintenance margin of perpetuals, on notional.',
  }),
  solDepositApr: percentSetting({
    name: 'paper.solDepositApr',
    fallback: '4',
    min: '0',
    max: '1000',
    meaning: 'Interest that a SOL deposit earns in a year.',
  }),
  usdcDepositApr: percentSetting({
    name: 'paper.usdcDepositApr',
    fallback: '4',
    min: '0',
    max: '1000',
    meaning: 'Interest that a USDC deposit earns in a year.',
  }),
  usdcBorrowApr: percentSetting({
    name: 'paper.usdcBorrowApr',
    fallback: '9',
    min: '0',
    max: '1000',
    meaning: 'Interest that a USDC borrow costs in a year.',
  }),
  liquidationPenalty: percentSetting({
    name: 'paper.liquidationPenaltyPct',
    fallback: '2.5',
    min: '0',
    max: '50',
    meaning: 'Cost of a liquidation, on the notional that is closed.',
  }),
  gas: solSetting({
    name: 'paper.gasSol',
    fallback: '0.00001',
    min: '0',
    max: '1',
    meaning: 'SOL that one transaction costs the wallet.',
  }),
  latencyMs: numberSetting({
    name: 'paper.latencyMs',
    unit: 'ms',
    fallback: '40',
    min: '0',
    max: '60000',
    whole: true,
    meaning: 'How long the venue takes to answer, as the latency gate sees it.',
  }),
  settlementHours: numberSetting({
    name: 'paper.settlementHours',
    unit: 'hours',
    fallback: '8',
    min: '1',
    max: '168',
    whole: true,
    meaning: 'How often unsettled PnL is settled into USDC collateral.',
  }),
  lateFillMs: numberSetting({
    name: 'paper.lateFillMs',
    unit: 'ms',
    fallback: '25000',
    min: '1000',
    max: '55000',
    whole: true,
    meaning: 'How long after its time-out a late order is filled, where a script asks for one.',
  }),
} as const;

export type PaperSettings = ValuesOf<typeof PAPER_SETTINGS>;
