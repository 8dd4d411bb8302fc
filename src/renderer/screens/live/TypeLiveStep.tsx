import { Button, TextInput } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { dollarWords } from '../../../shared/words/amountWords.ts';
import { replyOf } from '../../api/apiError.ts';
import { pageTimers } from '../../api/timers.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { CheckList } from './CheckList.tsx';
import { termsOf } from './standingEntry.ts';
import { StepBody } from './StepBody.tsx';
import type { StepProps } from './stepProps.ts';
import { useChecks } from './useChecks.ts';
import { useStart } from './useStart.ts';
import { VENUE, venueWords } from './venueWords.ts';
import styles from './TypeLiveStep.module.css';

const WORD = 'LIVE';

/** All that was chosen, once more, and the word. */
export function TypeLiveStep({ draft, owner, wallets, back }: StepProps) {
  const connected = useConnectionKind() === 'open';
  const runsOnPaper = useStatus(({ state }) => state !== 'stopped' && state !== 'error') ?? false;
  const [typed, setTyped] = useState('');
  // Counted from when this step was reached: a grant doesn't creep on while one reads.
  const [standing] = useState(() => (draft.grants ? termsOf(draft.standing, pageTimers.now()) : null));
  const { data, error, isFetching, refetch } = useChecks(draft, owner, standing);
  const start = useStart();
  const active = wallets?.wallets.find((wallet) => wallet.active);
  const may = !isFetching && data?.mayGoLive === true;
  const troubles = data?.checks.filter(({ state }) => state !== 'ok') ?? [];
  const ready = may && connected && typed.trim() === WORD && !start.busy;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!ready || draft.subAccount === null) return;
    start.trade(draft.subAccount, {
      purpose: 'trading',
      typed: WORD,
      standing,
      ...(draft.handOver ? { handOver: true } : {}),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <StepBody
        title="From here it is real money"
        lead={`The engine trades by itself from now on. It can lose money.${runsOnPaper ? ' The paper market stops; its vault is kept.' : ''}`}
        onBack={back}
        why={why(isFetching, may, error !== null)}
        action={
          <Button
            type="submit"
            color="live"
            leftSection={<IconBolt size={16} aria-hidden />}
            disabled={!ready}
            loading={start.busy}
          >
            Go live
          </Button>
        }
      >
        <dl className={styles.facts}>
          <div>
            <dt>Mode</dt>
            <dd>
              <ModeBadge mode="live" />
            </dd>
          </div>
          <div>
            <dt>Wallet that signs</dt>
            <dd>{active?.name ?? 'none'}</dd>
          </div>
          <div>
            <dt>Account of</dt>
            <dd>{owner === null ? 'nobody' : <WalletAddress address={owner} />}</dd>
          </div>
          <div>
            <dt>Place</dt>
            <dd>
              {venueWords(VENUE)}, sub-account {draft.subAccount}
              {draft.handOver ? ', with what it holds' : ''}
            </dd>
          </div>
          <div>
            <dt>Without asking</dt>
            <dd>
              {standing === null
                ? 'Nothing over the limit in your settings: you are asked each time.'
                : `Up to ${dollarWords(standing.perTrade)} a trade and ${dollarWords(standing.perDay)} in any 24 hours, until ${dayAndTime(standing.until)}.`}
            </dd>
          </div>
        </dl>
        {error !== null && !isFetching ? (
          <Failure
            title="The checks could not be made again"
            error={replyOf(error)}
            actions={
              <Button
                size="compact-sm"
                variant="default"
                disabled={!connected}
                onClick={() => void refetch()}
              >
                Check again
              </Button>
            }
          />
        ) : troubles.length === 0 || isFetching ? null : (
          <CheckList checks={troubles} purpose="trading" />
        )}
        {start.failure === null ? null : <Failure title="The engine did not go live" error={start.failure} />}
        <TextInput
          className={styles.word ?? ''}
          label={
            <>
              Type <strong>{WORD}</strong> to let it trade
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={wrongWord(typed)}
          disabled={start.busy}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
        />
      </StepBody>
    </form>
  );
}

/** Said only once it can't become the word any more. */
function wrongWord(typed: string): string | null {
  const text = typed.trim();
  if (WORD.startsWith(text)) return null;
  return text.toUpperCase() === WORD ? 'In capital letters, exactly.' : `The word is ${WORD}.`;
}

function why(isFetching: boolean, may: boolean, hasFailed: boolean): string {
  if (isFetching) return 'Looking at everything once more…';
  if (hasFailed) return 'It can’t start before the checks are made.';
  return may ? '' : 'A check no longer passes. Go back and look at what to do.';
}
