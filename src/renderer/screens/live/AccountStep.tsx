import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRefresh, IconUsersGroup } from '@tabler/icons-react';
import type { SubAccountView } from '../../../shared/contract/subAccount.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { CreateSubAccount } from './CreateSubAccount.tsx';
import { needsHandOver } from './subAccountWords.ts';
import { StepBody } from './StepBody.tsx';
import type { StepProps } from './stepProps.ts';
import { SubAccountCard } from './SubAccountCard.tsx';
import { VENUE } from './venueWords.ts';
import styles from './WalletStep.module.css';

/** In which sub-account. The venue nets one position per market and sub-account, so the engine wants its own. */
export function AccountStep({ draft, owner, wallets, change, next, back }: StepProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const isTrading = draft.purpose === 'trading';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['LIST_SUBACCOUNTS', owner],
    queryFn: () => api.send('LIST_SUBACCOUNTS', { venue: VENUE, ...(owner === null ? {} : { owner }) }),
    staleTime: 0,
    gcTime: 0,
  });
  const all = data?.subAccounts;
  const chosen = all?.find(({ number }) => number === draft.subAccount);
  const asksHandOver = isTrading && chosen !== undefined && needsHandOver(chosen);
  const isDelegate = wallets?.wallets.find(({ active }) => active)?.kind === 'delegate';
  const again = (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      loading={isFetching}
      disabled={!connected}
      onClick={() => void refetch()}
    >
      Look again
    </Button>
  );
  return (
    <StepBody
      title={isTrading ? 'Which sub-account does the engine trade?' : 'Which sub-account is watched?'}
      lead={
        isTrading
          ? 'Drift keeps one position a market in a sub-account. Give the engine one of its own: what you trade by hand elsewhere stays yours.'
          : 'As the chain shows them.'
      }
      onBack={back}
      why={
        error !== null || all === undefined
          ? ''
          : whyNot(draft.subAccount, chosen, asksHandOver && !draft.handOver)
      }
      action={
        <Button disabled={chosen === undefined || (asksHandOver && !draft.handOver)} onClick={next}>
          Continue
        </Button>
      }
    >
      {error === null ? null : (
        <Failure title="The sub-accounts could not be read" error={replyOf(error)} actions={again} />
      )}
      {all === undefined ? (
        error === null ? (
          <LoadingState label="Asking the chain for the sub-accounts" lines={5} />
        ) : null
      ) : all.length === 0 ? (
        <EmptyState Icon={IconUsersGroup} title="No sub-account yet" action={again}>
          {emptyWords(isTrading, isDelegate)}
        </EmptyState>
      ) : (
        <div className={styles.list} role="radiogroup" aria-label="Sub-account">
          {all.map((one: SubAccountView) => (
            <SubAccountCard
              key={one.number}
              subAccount={one}
              wallets={wallets?.wallets ?? []}
              checked={one.number === draft.subAccount}
              onChoose={() => change({ subAccount: one.number })}
            />
          ))}
        </div>
      )}
      {asksHandOver ? (
        <div className={styles.lock}>
          <Checkbox
            checked={draft.handOver}
            onChange={(event) => change({ handOver: event.currentTarget.checked })}
            label="Hand over what this sub-account holds to the engine"
          />
          <p>
            It then counts as the engine’s own: it is corrected, hedged and closed by its rules. Open orders,
            and whatever is not SOL, USDC or SOL-PERP, have to leave the sub-account first.
          </p>
        </div>
      ) : null}
      {isTrading && !isDelegate && all !== undefined ? (
        <CreateSubAccount
          onCreated={(number) => {
            change({ subAccount: number });
            void refetch();
          }}
        />
      ) : null}
    </StepBody>
  );
}

function whyNot(number: number | null, chosen: SubAccountView | undefined, isMissing: boolean): string {
  if (number === null || chosen === undefined) return 'Choose a sub-account.';
  return isMissing ? 'Hand over what it holds, or choose another one.' : '';
}

function emptyWords(isTrading: boolean, isDelegate: boolean): string {
  if (!isTrading) return 'This address has no sub-account at Drift: there is nothing to watch.';
  return isDelegate
    ? 'Only the owner can create one, and name your delegate there. Then look again.'
    : 'Create the first one below. It takes a little SOL for its rent on the chain.';
}
