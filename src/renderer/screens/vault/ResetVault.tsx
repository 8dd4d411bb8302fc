import { Button } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { ConfirmByTyping } from '../../components/ConfirmByTyping.tsx';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { capitalProblem } from '../firstRun/startChoices.ts';

interface ResetVaultProps {
  /** What it began with; offered for the new one. */
  readonly capital: string | undefined;
}

/** Ends the paper vault and begins another, after a typed word. */
export function ResetVault({ capital }: ResetVaultProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = typed ?? capital ?? '10000';
  const close = () => {
    setOpened(false);
    setProblem(null);
  };
  const reset = async (): Promise<void> => {
    if (capitalProblem(wanted) !== null) return setProblem('Correct the capital first.');
    setBusy(true);
    try {
      const { backup } = await api.send('VAULT_RESET', { engine: 'funding', capital: wanted });
      close();
      sayDone('The vault is new, and the engine is stopped. The one before is kept in this backup:', backup);
    } catch (error) {
      const { code, message } = replyOf(error);
      setProblem(`${message} (${code})`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        disabled={!connected}
        leftSection={<IconRotate size={15} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Reset
      </Button>
      <ConfirmByTyping
        opened={opened}
        onClose={close}
        onConfirm={() => void reset()}
        title="Reset the paper vault"
        word="RESET"
        confirmLabel="Reset the vault"
        busy={busy}
        {...(problem === null ? {} : { error: problem })}
      >
        <p>
          The engine stops, and the vault begins anew: positions, ledger, events and equity curve start from
          nothing. A backup is made first.
        </p>
        <DecimalInput
          label="New capital"
          unit="USD"
          value={wanted}
          onChange={setTyped}
          check={capitalProblem}
          range="$100 to $1,000,000, on paper"
        />
      </ConfirmByTyping>
    </>
  );
}
