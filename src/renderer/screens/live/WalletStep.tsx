import { Button } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { useState } from 'react';
import { replyOf } from '../../api/apiError.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { goTo } from '../../shell/useScreen.ts';
import { useConnectionKind } from '../../live/liveStore.ts';
import { AddressInput } from '../wallet/AddressInput.tsx';
import { addressProblem, tidiedAddress } from '../wallet/addressEntry.ts';
import { useWalletActs } from '../wallet/useWalletActs.ts';
import { ChoiceCard } from './ChoiceCard.tsx';
import { SigningWallets } from './SigningWallets.tsx';
import { StepBody } from './StepBody.tsx';
import type { StepProps } from './stepProps.ts';
import { WatchedWallets } from './WatchedWallets.tsx';
import styles from './WalletStep.module.css';

/** What for, and whose account. */
export function WalletStep(props: StepProps) {
  const { draft, change, next, owner, wallets, walletsError } = props;
  const { lookAgain } = useWalletActs();
  const connected = useConnectionKind() === 'open';
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const isTrading = draft.purpose === 'trading';
  const known = wallets?.wallets ?? [];
  const isOther =
    !isTrading && draft.watched !== null && !known.some(({ owner: of }) => of === draft.watched);
  return (
    <StepBody
      title="What for, and with which wallet?"
      lead="Live trading uses real money on Drift. You can also only watch an account: that needs no key and signs nothing."
      why={whyNot(props, isTrading)}
      action={
        <Button disabled={owner === null} onClick={next}>
          Continue
        </Button>
      }
    >
      <div className={styles.purposes} role="radiogroup" aria-label="What for">
        <ChoiceCard
          name="purpose"
          label="Trade"
          checked={isTrading}
          onChoose={() => change({ purpose: 'trading' })}
        >
          The engine hedges and earns funding with what is in your sub-account.
        </ChoiceCard>
        <ChoiceCard
          name="purpose"
          label="Only watch"
          checked={!isTrading}
          onChoose={() => change({ purpose: 'monitoring' })}
        >
          Positions, health and alerts of any address. Nothing can be traded.
        </ChoiceCard>
      </div>
      {walletsError === null ? null : (
        <Failure
          title="The wallets could not be read"
          error={replyOf(walletsError)}
          actions={
            <Button size="compact-sm" variant="default" disabled={!connected} onClick={lookAgain}>
              Try again
            </Button>
          }
        />
      )}
      {wallets === undefined ? (
        walletsError === null ? (
          <LoadingState label="Loading the wallets" lines={5} />
        ) : null
      ) : isTrading ? (
        known.some(({ kind }) => kind !== 'watch') ? (
          <SigningWallets view={wallets} />
        ) : (
          <EmptyState
            Icon={IconWallet}
            title="No wallet can sign yet"
            action={
              <Button variant="default" onClick={() => goTo('wallet')}>
                To the wallets
              </Button>
            }
          >
            Create or import one first. Best is a trading delegate: its key can’t withdraw your money.
          </EmptyState>
        )
      ) : (
        <>
          <WatchedWallets
            wallets={known}
            watched={draft.watched}
            onWatch={(watched) => change({ watched })}
          />
          <form
            className={styles.other}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setAsked(true);
              if (addressProblem(typed, []) === null) change({ watched: tidiedAddress(typed) });
            }}
          >
            <h3>Another address</h3>
            <AddressInput
              value={typed}
              onChange={(text) => {
                setTyped(text);
                change({ watched: addressProblem(text, []) === null ? tidiedAddress(text) : null });
              }}
              wallets={[]}
              asked={asked}
              refusal={null}
            />
            {isOther ? (
              <p className={styles.dim}>This address is watched. It is not kept among your wallets.</p>
            ) : null}
          </form>
        </>
      )}
    </StepBody>
  );
}

function whyNot({ owner, wallets }: StepProps, isTrading: boolean): string {
  if (owner !== null || wallets === undefined) return '';
  return isTrading ? 'Make a wallet active that has a key here.' : 'Choose an address to watch.';
}
