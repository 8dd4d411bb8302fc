import { useState } from 'react';
import type { WalletsView, WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { useUnderWay } from '../../shell/acts.ts';
import type { SecretTask } from './secretTask.ts';
import { LOCKING, LOOKING, OPENING, useWalletActs } from './useWalletActs.ts';
import type { WalletHands } from './walletHands.ts';

type Dialog =
  | { readonly kind: 'watch' }
  | { readonly kind: 'rename' | 'remove'; readonly wallet: WalletView }
  | { readonly kind: 'terminal'; readonly task: SecretTask };

export interface DialogState {
  /** The one that was opened last; null before any was. */
  readonly dialog: Dialog | null;
  readonly opened: boolean;
}

interface WalletDesk {
  readonly hands: WalletHands;
  readonly dialogs: DialogState;
  readonly close: () => void;
}

/** What the buttons do, and which dialog they have opened. */
export function useWalletHands(secrets: WalletsView['secrets']): WalletDesk {
  const { lock, activate, openWindow, lookAgain } = useWalletActs();
  const [dialogs, setDialogs] = useState<DialogState>({ dialog: null, opened: false });
  const open = (dialog: Dialog): void => setDialogs({ dialog, opened: true });
  return {
    dialogs,
    close: () => setDialogs(({ dialog }) => ({ dialog, opened: false })),
    hands: {
      begin: (task) => {
        if (secrets === 'terminal' || task.kind === 'export' || task.kind === 'remove')
          open({ kind: 'terminal', task });
        else openWindow(task);
      },
      lock,
      activate,
      lookAgain,
      watch: () => open({ kind: 'watch' }),
      rename: (wallet) => open({ kind: 'rename', wallet }),
      remove: (wallet) => {
        const { address } = wallet;
        if (secrets === 'terminal' && hasKey(wallet))
          open({ kind: 'terminal', task: { kind: 'remove', address } });
        else open({ kind: 'remove', wallet });
      },
      locking: useUnderWay(LOCKING),
      opening: useUnderWay(OPENING),
      looking: useUnderWay(LOOKING),
    },
  };
}

/** Whether there is a key to destroy, as far as is known. */
const hasKey = ({ key }: WalletView): boolean => key !== 'none' && key !== 'missing';
