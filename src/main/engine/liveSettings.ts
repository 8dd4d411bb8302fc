import type { SettingGroup } from '../../shared/settings/group.ts';
import { addressesSetting, choiceSetting, numberSetting } from '../../shared/settings/setting.ts';

/** How live trading reaches its network. They belong to the program as a whole, and to no run on paper. */
export const LIVE_SETTINGS = {
  network: choiceSetting<'mainnet' | 'devnet' | 'local'>(
    {
      name: 'live.network',
      fallback: 'mainnet',
      meaning:
        'The Solana network that live trading is on. What is traded on devnet, or on a local cluster, is worth nothing.',
    },
    ['mainnet', 'devnet', 'local'],
  ),
  endpoints: addressesSetting(
    {
      name: 'live.endpoints',
      fallback: 'https://api.mainnet-beta.solana.com',
      meaning:
        'Addresses of Solana nodes, the preferred one first. Another one takes over where one fails. An address with a key in it stays on this computer, and is shown nowhere but here.',
    },
    8,
  ),
  pollSeconds: numberSetting({
    name: 'live.pollSeconds',
    unit: 's',
    fallback: '10',
    min: '1',
    max: '10',
    whole: true,
    meaning: 'How often a live account is read when nothing tells of a change.',
  }),
  policy: choiceSetting<'off' | 'on'>(
    {
      name: 'live.policy',
      fallback: 'off',
      meaning:
        'Whether a live engine enters and leaves hedges by itself, by the funding that it expects. Off, it keeps straight what is there.',
    },
    ['off', 'on'],
  ),
} as const satisfies SettingGroup;
