import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { AddressInput } from './AddressInput.tsx';
import { addressProblem, tidiedAddress } from './addressEntry.ts';
import { nameProblem } from './nameProblem.ts';
import { refusalText, useSending } from './useSending.ts';
import { keepWallets } from './useWallets.ts';
import styles from './Dialogs.module.css';

interface WatchDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly wallets: readonly WalletView[];
}

export function WatchDialog(props: WatchDialogProps) {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Watch an address"
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <WatchForm {...props} />
    </Modal>
  );
}

/** Lives only while the dialog is open: what was typed the last time is of the last time. */
function WatchForm({ onClose, wallets }: WatchDialogProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const { busy, refusal, send, forget } = useSending('wallet watch');
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const badName = nameProblem(name, wallets);
  const refusesName = refusal?.code === 'WALLET_INVALID_NAME';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (badName !== null || addressProblem(address, wallets) !== null) return;
    send(async () => {
      const meant = { address: tidiedAddress(address), name: name.trim() };
      keepWallets(await api.send('WATCH_ADDRESS', meant));
      onClose();
      sayDone(`${meant.name} is watched.`);
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p className={styles.dim}>
          To look at, without a key: nothing can be signed for it. The owner’s wallet of a trading delegate
          can stay elsewhere like this.
        </p>
        <AddressInput
          value={address}
          onChange={(text) => {
            setAddress(text);
            forget();
          }}
          wallets={wallets}
          asked={asked}
          refusal={refusal === null || refusesName ? null : refusalText(refusal)}
        />
        <TextInput
          label="Name"
          description="What you call it"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            forget();
          }}
          error={asked || name !== '' ? (badName ?? (refusesName ? refusalText(refusal) : null)) : null}
          autoComplete="off"
          spellCheck={false}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!connected}>
            Watch it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
