import { Button } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { STATE_WORDS } from '../../../shared/words/stateWords.ts';
import { useConnectionKind, useLive, useStatus } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useEngineActs } from '../../shell/useEngineActs.ts';
import { useJustChanged } from '../../shell/useJustChanged.ts';
import { goTo } from '../../shell/useScreen.ts';
import { standWords } from '../live/standWords.ts';
import { NumbersAge } from './NumbersAge.tsx';
import { TimeLapse } from './TimeLapse.tsx';
import styles from './Dashboard.module.css';

/** Longer than between the two clicks of a double click. */
const SETTLES_MS = 800;

/** What the engine does now, the buttons that change it, and the speed of its market. */
export function ControlBar() {
  const state = useStatus((status) => status.state) ?? 'stopped';
  const isLive = useStatus(({ mode }) => mode === 'live') ?? false;
  const stand = useStatus((status) => status);
  const isLost = useLive(({ desk }) => desk.lostAt !== null);
  const error = useStatus((status) => status.error);
  const connected = useConnectionKind() === 'open';
  return (
    <>
      <section className={styles.bar} aria-label="Engine">
        <EngineButton />
        <p className={styles.meaning}>
          {!connected
            ? 'Not known while the connection is lost.'
            : isLive && stand !== undefined
              ? standWords(stand, isLost)
              : STATE_WORDS[state].meaning}
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
  const isLive = useStatus(({ mode }) => mode === 'live') ?? false;
  const isWatching = useStatus(({ readOnly }) => readOnly === 'monitoring') ?? false;
  const { start, stop } = useEngineActs();
  const [starting, stopping] = [useUnderWay('start'), useUnderWay('stop')];
  // Start lies where Stop was: a double click must not undo itself.
  const changing = useJustChanged(state, SETTLES_MS);
  // Released in the banner above.
  if (state === 'halted') return null;
  // Real money is never started with one click: the way there, and back to paper, is on its own screen.
  if (isLive && (state === 'stopped' || state === 'error'))
    return (
      <Button variant="default" disabled={changing} onClick={() => goTo('live')}>
        Live trading…
      </Button>
    );
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
      {isWatching ? 'Stop watching' : isLive ? 'Stop live trading' : 'Stop the engine'}
    </Button>
  );
}
