import { IconEye, IconKey, IconUserShield, type Icon } from '@tabler/icons-react';
import type { WalletView } from '../../shared/contract/commands/walletCommands.ts';
import type { Role } from '../theme/palette.ts';

export type WalletKindName = WalletView['kind'];

/** How a kind of wallet is told from the others, everywhere: by its word, what it may, its icon and its colour. */
export interface WalletLook {
  readonly word: string;
  /** What can be done with its key, in a few words. */
  readonly may: string;
  readonly Icon: Icon;
  readonly role?: Role;
}

export const WALLET_LOOKS: Readonly<Record<WalletKindName, WalletLook>> = {
  owner: { word: 'Owner', may: 'can withdraw', Icon: IconKey, role: 'warn' },
  delegate: {
    word: 'Trading delegate',
    may: 'may trade, can’t withdraw',
    Icon: IconUserShield,
    role: 'long',
  },
  watch: { word: 'Watch-only', may: 'no key here', Icon: IconEye },
};
