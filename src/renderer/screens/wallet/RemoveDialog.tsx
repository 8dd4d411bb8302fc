import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { ConfirmByTyping } from '../../components/ConfirmByTyping.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { WalletKind } from '../../components/WalletKind.tsx';
import { sayDone } from '../../shell/notices.ts';
import { refusalText, useSending } from './useSending.ts';
import { keepWallets } from './useWallets.ts';
import { removalWords } from './walletWords.ts';
import styles from './Dialogs.module.css';

interface RemoveDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
  readonly wallet: WalletView;
  /** The keychain, as its user knows it. */
  readonly store: string;
}

/** Forgets a wallet, and destroys its key where it has one, once its own name was typed. */
export function RemoveDialog({ opened, onClose, onRemoved, wallet, store }: RemoveDialogProps) {
  const api = useApi();
  const { busy, refusal, send, forget } = useSending('wallet remove');
  const { address, name, kind, key } = wallet;
  const destroys = kind !== 'watch' && key !== 'missing';
  const close = (): void => {
    forget();
    onClose();
  };
  const remove = (): void =>
    send(async () => {
      keepWallets(await api.send('REMOVE_WALLET', { address, confirm: name }));
      close();
      onRemoved();
      sayDone(destroys ? `${name} is removed, and its key is destroyed.` : `${name} is forgotten.`);
    });
  return (
    <ConfirmByTyping
      opened={opened}
      onClose={close}
      onConfirm={remove}
      title={destroys ? 'Remove the wallet and destroy its key' : 'Forget the wallet'}
      word={name}
      confirmLabel={destroys ? 'Destroy the key' : 'Forget it'}
      busy={busy}
      {...(refusal === null ? {} : { error: refusalText(refusal) })}
    >
      <div className={styles.which}>
        <strong>{name}</strong>
        <WalletKind kind={kind} />
        <WalletAddress address={address} />
      </div>
      {removalWords(wallet, store).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </ConfirmByTyping>
  );
}
