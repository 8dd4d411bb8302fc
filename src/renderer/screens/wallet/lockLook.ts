import { IconEye, IconLock, IconLockOpen, IconLockX, IconWallet, type Icon } from '@tabler/icons-react';
import type { Role } from '../../theme/palette.ts';
import type { Lock } from './walletWords.ts';

interface LockLook {
  readonly Icon: Icon;
  readonly role?: Role;
}

export const LOCK_LOOKS: Readonly<Record<Lock, LockLook>> = {
  unlocked: { Icon: IconLockOpen, role: 'accent' },
  locked: { Icon: IconLock },
  watchOnly: { Icon: IconEye },
  none: { Icon: IconWallet },
  unavailable: { Icon: IconLockX, role: 'danger' },
};
