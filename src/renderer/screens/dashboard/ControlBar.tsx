import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { STATE_WORDS } from '../../../shared/words/stateWords.ts';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useEngineActs } from '../../shell/useEngineActs.ts';
import { useJustChanged } from '../../shell/useJustChanged.ts';
import { NumbersAge } from './NumbersAge.tsx';
import { TimeLapse } from './TimeLapse.tsx';
import styles from './Dashboard.module.css';

/** Longer than between the two clicks of a double click. */
const SETTLES_MS = 800;

/** What the engine does now, the buttons that change it, and the speed of its market. */
export function ControlBar() {
  const state = useStatus((status) => status.state) ?? 'stopped';
  const error = useStatus((status) => status.error);
  const connected = useConnectionKind() === 'open';
  return (
    <>
      <section className={styles.bar} aria-label="Engine">
        <EngineButton />
        <p className={styles.meaning}>
          {connected ? STATE_WORDS[state].meaning : 'Not known while the connection is lost.'}
        </p>
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
  // Start lies where Stop was: a double click must not undo itself.
  const changing = useJustChanged(state, SETTLES_MS);
  // Released in the banner above.
  if (state === 'halted') return null;
  if (state === 'stopped' || state === 'error')
    return (
      <Button
        disabled={!connected || changing}
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
      disabled={!connected || changing || state === 'stopping'}
      loading={stopping}
      leftSection={<IconPlayerStop size={16} aria-hidden />}
      onClick={stop}
    >
      Stop the engine
    </Button>
  );
}
