import type { SettingGroup } from '../../shared/settings/group.ts';
import { numberSetting } from '../../shared/settings/setting.ts';

/** How wallets are kept. They belong to the program as a whole, and to no run. */
export const WALLET_SETTINGS = {
  autoLockMinutes: numberSetting({
    name: 'wallet.autoLockMinutes',
    unit: 'minutes',
    fallback: '15',
    min: '0',
    max: '1440',
    whole: true,
    meaning:
      'A wallet with a passphrase locks itself after so long without a signature, and always when the computer sleeps. 0: only then.',
  }),
} as const satisfies SettingGroup;
