import { Button } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { ConfirmByTyping } from '../../components/ConfirmByTyping.tsx';
import { tidied } from '../../components/decimalEntry.ts';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { capitalProblem } from '../firstRun/startChoices.ts';

interface ResetVaultProps {
  /** What it began with; offered for the new one. */
  readonly capital: string | undefined;
  /** As the program names it: "simulated, seed 7". The new vault gets the same. */
  readonly market: string | undefined;
}

/** Ends the paper vault and begins another, after a typed word. */
export function ResetVault({ capital, market }: ResetVaultProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = typed ?? capital ?? '10000';
  const close = () => setOpened(false);
  const open = () => {
    // What was typed or said the last time is of the last time.
    if (!busy) {
      setTyped(null);
      setProblem(null);
    }
    setOpened(true);
  };
  const reset = async (): Promise<void> => {
    if (capitalProblem(wanted) !== null) return setProblem('Correct the capital first.');
    setBusy(true);
    try {
      const { backup } = await api.send('VAULT_RESET', { engine: 'funding', capital: tidied(wanted) });
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
        onClick={open}
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
        <p>{sameMarket(market)}</p>
        <DecimalInput
          label="New capital"
          unit="USD"
          value={wanted}
          onChange={(text) => {
            setTyped(text);
            setProblem(null);
          }}
          check={capitalProblem}
          range="$100 to $1,000,000, on paper"
        />
      </ConfirmByTyping>
    </>
  );
}

/** Which market the new vault gets, in a sentence. */
function sameMarket(market: string | undefined): string {
  const seed = /seed (\d+)/.exec(market ?? '')?.[1];
  if (seed !== undefined)
    return `The market stays the simulated one with seed ${seed}: the same prices and funding, from their beginning.`;
  return market === 'recorded'
    ? 'The market stays your recording, played back from its beginning.'
    : 'The market stays the same, and begins anew.';
}
