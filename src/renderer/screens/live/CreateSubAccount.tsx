import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { refusalText, useSending } from '../wallet/useSending.ts';
import { VENUE } from './venueWords.ts';
import styles from './CreateSubAccount.module.css';

const MOST = 32;

/** A sub-account of the engine's own. This one thing is done at once, and stays. */
export function CreateSubAccount({ onCreated }: { readonly onCreated: (number: number) => void }) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('Phantom Arbiter');
  const { busy, refusal, send, forget } = useSending('create sub-account');
  const meant = name.trim();
  const problem =
    meant === ''
      ? 'Give it a name.'
      : new TextEncoder().encode(meant).length > MOST
        ? 'Use a shorter name.'
        : null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (problem !== null) return;
    send(async () => {
      const { subAccount } = await api.send('CREATE_SUBACCOUNT', { name: meant, venue: VENUE });
      setOpened(false);
      sayDone(`Sub-account ${subAccount.number}, ${subAccount.name}, is created.`);
      onCreated(subAccount.number);
    });
  };
  if (!opened)
    return (
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={!connected}
          onClick={() => setOpened(true)}
        >
          Create a sub-account…
        </Button>
      </div>
    );
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-label="Create a sub-account">
      <TextInput
        data-autofocus
        label="Name of the new sub-account"
        description="This sends a transaction at once. Its rent is paid in SOL from your wallet; it stays also if you leave."
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          forget();
        }}
        error={problem ?? (refusal === null ? null : refusalText(refusal))}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={styles.actions}>
        <Button variant="default" disabled={busy} onClick={() => setOpened(false)}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={!connected || problem !== null}>
          Create it
        </Button>
        {busy ? <span role="status">Sent to the chain: this can take up to half a minute.</span> : null}
      </div>
    </form>
  );
}
