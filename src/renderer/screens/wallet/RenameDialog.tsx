import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { nameProblem } from './nameProblem.ts';
import { refusalText, useSending } from './useSending.ts';
import { keepWallets } from './useWallets.ts';

interface RenameDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly wallet: WalletView;
  readonly wallets: readonly WalletView[];
}

export function RenameDialog(props: RenameDialogProps) {
  const { opened, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Rename the wallet"
      size={480}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RenameForm {...props} />
    </Modal>
  );
}

function RenameForm({ onClose, wallet, wallets }: RenameDialogProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const { busy, refusal, send, forget } = useSending('wallet rename');
  const [name, setName] = useState(wallet.name);
  const { address } = wallet;
  const problem = nameProblem(
    name,
    wallets.filter((other) => other.address !== address),
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (problem !== null) return;
    if (name.trim() === wallet.name) return onClose();
    send(async () => {
      keepWallets(await api.send('RENAME_WALLET', { address, name: name.trim() }));
      onClose();
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <WalletAddress address={address} />
        <TextInput
          data-autofocus
          label="Name"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            forget();
          }}
          error={problem ?? (refusal === null ? null : refusalText(refusal))}
          autoComplete="off"
          spellCheck={false}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!connected || problem !== null}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
