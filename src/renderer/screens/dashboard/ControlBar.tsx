import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { STATE_WORDS } from '../../../shared/words/stateWords.ts';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useEngineActs } from '../../shell/useEngineActs.ts';
import { NumbersAge } from './NumbersAge.tsx';
import { TimeLapse } from './TimeLapse.tsx';
import styles from './Dashboard.module.css';

/** What the engine does now, the buttons that change it, and the speed of its market. */
export function ControlBar() {
  const state = useStatus((status) => status.state) ?? 'stopped';
  const error = useStatus((status) => status.error);
  return (
    <>
      <section className={styles.bar} aria-label="Engine">
        <EngineButton />
        <p className={styles.meaning}>{STATE_WORDS[state].meaning}</p>
        <NumbersAge />
        <TimeLapse />
      </section>
      {error === undefined ? null : <Failure title="The engine has stopped by itself" error={error} />}
    </>
  );
}

function EngineButton() {
  const state = useStatus((status) => status.state) ?? 'stopped';
  const connected = useConnectionKind() === 'open';
  const { start, stop } = useEngineActs();
  const [starting, stopping] = [useUnderWay('start'), useUnderWay('stop')];
  // Released in the header, where it was pressed: two buttons for one thing would only ask which.
  if (state === 'halted') return null;
  if (state === 'stopped' || state === 'error')
    return (
      <Button
        disabled={!connected}
        loading={starting}
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        onClick={start}
      >
        Start the engine
      </Button>
    );
  return (
    <Button
      variant="default"
      disabled={!connected || state === 'stopping'}
      loading={stopping}
      leftSection={<IconPlayerStop size={16} aria-hidden />}
      onClick={stop}
    >
      Stop the engine
    </Button>
  );
}
