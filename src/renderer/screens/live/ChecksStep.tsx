import { Button } from '@mantine/core';
import { IconEye, IconRefresh } from '@tabler/icons-react';
import { replyOf } from '../../api/apiError.ts';
import { Age } from '../../components/Age.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { useNow } from '../../live/useNow.ts';
import { Failure } from '../../shell/Failure.tsx';
import { CheckList } from './CheckList.tsx';
import { summaryOf } from './checkLook.ts';
import { StepBody } from './StepBody.tsx';
import type { StepProps } from './stepProps.ts';
import { useChecks } from './useChecks.ts';
import { useStart } from './useStart.ts';
import styles from './ChecksStep.module.css';

/** Everything that it depends on, read out. Nobody goes on with one that failed or isn't known. */
export function ChecksStep({ draft, owner, next, back }: StepProps) {
  const connected = useConnectionKind() === 'open';
  const now = useNow();
  const { data, error, isFetching, refetch } = useChecks(draft, owner, null);
  const start = useStart();
  const isTrading = draft.purpose === 'trading';
  const checks = isFetching ? undefined : data?.checks;
  const may = !isFetching && data?.mayGoLive === true;
  const again = (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconRefresh size={14} aria-hidden />}
      loading={isFetching}
      disabled={!connected}
      onClick={() => void refetch()}
    >
      Check again
    </Button>
  );
  const watch = (): void => {
    if (owner !== null && draft.subAccount !== null) start.watch(owner, draft.subAccount);
  };
  return (
    <StepBody
      title="What it depends on, right now"
      lead={
        isTrading
          ? 'Looking changes nothing. All of it is looked at once more when the engine starts.'
          : 'Watching signs nothing and pays nothing, so this is all that it needs.'
      }
      onBack={back}
      why={
        checks === undefined
          ? ''
          : may
            ? ''
            : 'It can’t go on with a check that failed or is not known. Do what it says, then check again.'
      }
      action={
        isTrading ? (
          <Button disabled={!may} onClick={next}>
            Continue
          </Button>
        ) : (
          <Button
            leftSection={<IconEye size={16} aria-hidden />}
            disabled={!may || !connected}
            loading={start.busy}
            onClick={watch}
          >
            Start watching
          </Button>
        )
      }
    >
      {error !== null && !isFetching ? (
        <Failure title="The checks could not be made" error={replyOf(error)} actions={again} />
      ) : (
        <>
          <CheckList checks={checks} purpose={draft.purpose} />
          <div className={styles.line}>
            <span role="status">
              {checks === undefined ? 'Looking…' : summaryOf(checks.map(({ state }) => state))}
            </span>
            {checks === undefined || data === undefined ? null : (
              <span className={styles.dim}>
                Checked <Age at={data.checkedAt} now={now} />
              </span>
            )}
            <span className={styles.end}>{again}</span>
          </div>
        </>
      )}
      {start.failure === null ? null : <Failure title="The engine was not started" error={start.failure} />}
    </StepBody>
  );
}
