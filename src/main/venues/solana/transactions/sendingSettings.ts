import type { SettingGroup, ValuesOf } from '../../../../shared/settings/group.ts';
import {
  choiceSetting,
  numberSetting,
  percentSetting,
  solSetting,
} from '../../../../shared/settings/setting.ts';

/** What is bid to be early. The signer has limits of its own above these, which no setting raises. */
export const SENDING_SETTINGS = {
  priorityPercentile: numberSetting({
    name: 'solana.priorityFeePercentile',
    unit: '%',
    fallback: '75',
    min: '0',
    max: '100',
    whole: true,
    meaning: 'How many of those who lately traded on the same accounts a transaction outbids.',
  }),
  mostUnitPrice: numberSetting({
    name: 'solana.mostUnitPrice',
    unit: 'micro-lamports',
    fallback: '1000000',
    min: '0',
    max: '100000000',
    whole: true,
    meaning: 'Most that is bid for a compute unit.',
  }),
  mostPriorityFee: solSetting({
    name: 'solana.mostPriorityFeeSol',
    fallback: '0.0005',
    min: '0',
    max: '0.005',
    meaning: 'Most that a transaction pays for priority.',
  }),
  unitMargin: percentSetting({
    name: 'solana.computeMarginPct',
    fallback: '20',
    min: '0',
    max: '400',
    meaning: 'How much more than in simulation a transaction may compute.',
  }),
  bundles: choiceSetting<'off' | 'jito'>(
    {
      name: 'solana.bundles',
      fallback: 'off',
      meaning:
        'Whether transactions on mainnet are offered to block builders first, with a tip: they are out of sight until they are in a block. Three tries, then they go to the node.',
    },
    ['off', 'jito'],
  ),
  tip: solSetting({
    name: 'solana.tipSol',
    fallback: '0.0001',
    min: '0',
    max: '0.005',
    meaning: 'Tip of a bundle, where bundles are sent; 0 sends none.',
  }),
} as const satisfies SettingGroup;

export type SendingSettings = ValuesOf<typeof SENDING_SETTINGS>;
