import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { forgetRead } from '../../api/queries.ts';
import { exactText } from '../../components/exactText.ts';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import { useIsHere } from '../../shell/useIsHere.ts';
import { useArmed } from '../../shell/useArmed.ts';
import { venueWords } from '../live/venueWords.ts';
import { amountWords, type TransferAsset } from './transferProblem.ts';
import styles from './TransferReview.module.css';

export type TransferDirection = 'DRIFT_DEPOSIT' | 'DRIFT_WITHDRAW';

/** What is about to be moved. */
export interface Transfer {
  readonly direction: TransferDirection;
  readonly asset: TransferAsset;
  /** As it will be sent. */
  readonly amount: string;
}

interface TransferReviewProps {
  readonly transfer: Transfer;
  readonly vault: VaultView;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Longer than between the two clicks of a double click. */
const ARMED_AFTER_MS = 600;

/** Real money once more before it moves, and what becomes of it: sent, known, refused, or followed. */
export function TransferReview({ transfer, vault, onClose, onMoved }: TransferReviewProps) {
  const api = useApi();
  const { direction, asset, amount } = transfer;
  const isDeposit = direction === 'DRIFT_DEPOSIT';
  const what = amountWords(asset, amount);
  const connected = useConnectionKind() === 'open';
  const armed = useArmed(`${direction} ${what}`, ARMED_AFTER_MS);
  const isHere = useIsHere();
  const busy = useUnderWay(direction);
  const isAccepted = useLive(({ operations }) =>
    Object.values(operations).some(({ command }) => command === direction),
  );
  const [failure, setFailure] = useState<ErrorReply | null>(null);
  const isUnknown = failure?.code === 'OUTCOME_UNKNOWN' || failure?.code === 'CONFIRMATION_TIMEOUT';
  const move = (): void =>
    void act(direction, `${what} may not have been moved`, async () => {
      setFailure(null);
      try {
        await api.send(direction, { asset, amount, subAccount: vault.subAccount });
      } catch (error) {
        // It was closed meanwhile: then it is said in the corner.
        if (!isHere()) throw error;
        const told = replyOf(error);
        toldBeside(told.message);
        setFailure(told);
        return;
      }
      sayDone(`${what} ${isDeposit ? 'deposited' : 'withdrawn'}. The chain has confirmed it.`);
      onMoved();
      onClose();
      await Promise.all([forgetRead('GET_ENGINE_VAULT'), forgetRead('GET_LEDGER')]);
    });
  return (
    <Modal
      opened
      onClose={onClose}
      title={isDeposit ? 'Deposit real money?' : 'Withdraw real money?'}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <dl className={styles.facts}>
          <div>
            <dt>Mode</dt>
            <dd>
              <ModeBadge mode="live" />
            </dd>
          </div>
          <div>
            <dt>{isDeposit ? 'Deposit' : 'Withdraw'}</dt>
            <dd className={styles.amount}>{what}</dd>
          </div>
          <div>
            <dt>From</dt>
            <dd>{isDeposit ? 'your wallet' : placeOf(vault)}</dd>
          </div>
          <div>
            <dt>To</dt>
            <dd>{isDeposit ? placeOf(vault) : 'your wallet'}</dd>
          </div>
          <div>
            <dt>Wallet’s SOL</dt>
            <dd>{exactText(vault.walletSol, 'SOL')}, of which fees need some</dd>
          </div>
        </dl>
        {failure === null ? (
          <p className={styles.meaning} role="status">
            {busy
              ? sentWords(isAccepted)
              : 'It is simulated first, then sent once. Nothing is moved if that fails.'}
          </p>
        ) : (
          <Failure
            title={
              isUnknown
                ? 'It is not known yet whether this was done'
                : `${what} ${isDeposit ? 'was not deposited' : 'was not withdrawn'}`
            }
            error={failure}
            tone={isUnknown ? 'open' : 'failed'}
          />
        )}
        {isUnknown ? (
          <p className={styles.meaning}>
            What was sent is followed until its outcome is known, and nothing is sent twice. It then appears
            in the ledger, or in Events as what was not done.
          </p>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button data-autofocus variant="default" onClick={onClose}>
            {busy || isUnknown ? 'Close' : 'Cancel'}
          </Button>
          {isUnknown ? null : (
            <Button color="live" loading={busy} disabled={!connected || !armed} onClick={move}>
              {isDeposit ? 'Deposit' : 'Withdraw'} {what}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

const placeOf = ({ venue, subAccount }: VaultView): string =>
  `${venueWords(venue)}, sub-account ${subAccount}`;

const sentWords = (isAccepted: boolean): string =>
  isAccepted
    ? 'Accepted, and on its way to the chain. You may close this: it goes on, and what came of it is said here and in Events.'
    : 'Being simulated and sent…';
