import { Button } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import { ERROR_WORDS } from '../../../shared/words/errorWords.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { forgetRead } from '../../api/queries.ts';
import { ChoiceInput } from '../../components/ChoiceInput.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { tidied } from '../../components/decimalEntry.ts';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { exactText } from '../../components/exactText.ts';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import { amountWords, transferProblem, type TransferAsset } from './transferProblem.ts';
import { TransferReview, type Transfer, type TransferDirection } from './TransferReview.tsx';
import styles from './Vault.module.css';

const DIRECTIONS = [
  { value: 'DRIFT_DEPOSIT', label: 'Deposit' },
  { value: 'DRIFT_WITHDRAW', label: 'Withdraw' },
] as const;
const ASSETS = [
  { value: 'USDC', label: 'USDC' },
  { value: 'SOL', label: 'SOL' },
] as const;

/** What was refused, and the very amount that was. */
interface Refusal {
  readonly of: string;
  readonly error: ErrorReply;
}

interface TransferFormProps {
  /** The vault where it is real money, which is looked at once more before it is moved; null on paper. */
  readonly vault: VaultView | null;
}

/** Moves capital in or out; on paper by the rules of real capital. A refusal stands beside the amount. */
export function TransferForm({ vault }: TransferFormProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [direction, setDirection] = useState<TransferDirection>('DRIFT_DEPOSIT');
  const [asset, setAsset] = useState<TransferAsset>('USDC');
  const [amount, setAmount] = useState('');
  const [moves, setMoves] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [review, setReview] = useState<Transfer | null>(null);
  const meant = tidied(amount);
  const right = transferProblem(asset, amount) === null;
  // Not the text: that loses its thousands' separators when the field is left.
  const asked = [direction, asset, meant].join();
  const refused = refusal?.of === asked ? refusal.error : null;
  const move = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.send(direction, { asset, amount: meant });
      sayDone(`${meant} ${asset} ${direction === 'DRIFT_DEPOSIT' ? 'deposited' : 'withdrawn'}.`);
      setAmount((now) => (now === amount || tidied(now) === meant ? '' : now));
      setMoves((before) => before + 1);
      await Promise.all([forgetRead('GET_ENGINE_VAULT'), forgetRead('GET_LEDGER')]);
    } catch (error) {
      const told = replyOf(error);
      toldBeside(told.message);
      setRefusal({ of: asked, error: told });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!right || busy) return;
    if (vault === null) void move();
    else setReview({ direction, asset, amount: meant });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <ChoiceInput<TransferDirection>
        label="Direction"
        choices={DIRECTIONS}
        value={direction}
        onChange={setDirection}
      />
      <ChoiceInput<TransferAsset> label="Asset" choices={ASSETS} value={asset} onChange={setAsset} />
      <DecimalInput
        label="Amount"
        unit={asset}
        value={amount}
        entry={moves}
        onChange={setAmount}
        check={(text) => transferProblem(asset, text) ?? refused?.message ?? null}
        range={rangeWords(direction, asset, vault)}
      />
      {refused === null ? null : (
        <div>
          <p>{ERROR_WORDS[refused.code].todo}</p>
          <CopyButton text={`${refused.code}: ${refused.message}`} label={`Copy ${refused.code}`} />
        </div>
      )}
      <Button type="submit" loading={busy} disabled={!connected || !right}>
        {direction === 'DRIFT_DEPOSIT' ? 'Deposit' : 'Withdraw'}
        {right ? ` ${amountWords(asset, amount)}` : ''}
        {vault === null ? '' : '…'}
      </Button>
      {vault === null || review === null ? null : (
        <TransferReview
          transfer={review}
          vault={vault}
          onClose={() => setReview(null)}
          onMoved={() => {
            setAmount('');
            setMoves((before) => before + 1);
          }}
        />
      )}
    </form>
  );
}

function rangeWords(direction: TransferDirection, asset: TransferAsset, vault: VaultView | null): string {
  if (direction === 'DRIFT_WITHDRAW') return 'As far as margin and health allow';
  if (vault === null) return 'Up to $1,000,000 in all';
  return asset === 'SOL'
    ? `The wallet has ${exactText(vault.walletSol, 'SOL')}; what fees need stays`
    : 'Up to what the wallet has';
}
