import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import { TerminalSheet } from './TerminalSheet.tsx';
import type { DialogState } from './useWalletHands.ts';
import { WatchDialog } from './WatchDialog.tsx';

interface WalletDialogsProps {
  readonly state: DialogState;
  readonly view: WalletsView;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Whichever dialog is open. What it is about stays while it closes, so that nothing in it goes before it. */
export function WalletDialogs({ state: { dialog, opened }, view, onClose, onRemoved }: WalletDialogsProps) {
  const { wallets, keychain, secrets } = view;
  if (dialog === null) return null;
  const common = { opened, onClose };
  switch (dialog.kind) {
    case 'watch':
      return <WatchDialog {...common} wallets={wallets} />;
    case 'rename':
      return <RenameDialog {...common} wallet={dialog.wallet} wallets={wallets} />;
    case 'remove':
      return <RemoveDialog {...common} onRemoved={onRemoved} wallet={dialog.wallet} store={keychain.store} />;
    case 'terminal':
      return <TerminalSheet {...common} task={dialog.task} secrets={secrets} />;
  }
}
