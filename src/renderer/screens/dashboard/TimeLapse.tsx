import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerSkipForward } from '@tabler/icons-react';
import { CLOCK_SPEEDS } from '../../../shared/contract/clockSpeed.ts';
import { useConnectionKind, useFunding } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { speedWords } from '../../shell/clockWords.ts';
import { useEngineActs } from '../../shell/useEngineActs.ts';
import styles from './Dashboard.module.css';

const CHOICES = [
  { value: 'pause', label: 'Pause' },
  ...CLOCK_SPEEDS.map((speed) => ({ value: String(speed), label: speedWords(speed) })),
];

/** How fast the paper market goes: life, an hour a minute, an hour a second. */
export function TimeLapse() {
  const chosen = useFunding(({ clock }) =>
    clock === null ? null : clock.paused && !clock.rushing ? 'pause' : String(clock.speed),
  );
  const rushing = useFunding(({ clock }) => clock?.rushing ?? false);
  const connected = useConnectionKind() === 'open';
  const changing = useUnderWay('clock');
  const { setClock } = useEngineActs();
  if (chosen === undefined || chosen === null) return null;
  return (
    <div className={styles.lapse}>
      <SegmentedControl
        aria-label="Speed of the paper market"
        size="xs"
        data={CHOICES}
        value={chosen}
        disabled={!connected}
        onChange={(choice) => setClock(choice === 'pause' ? 'pause' : Number(choice))}
      />
      <Button
        size="compact-md"
        variant="default"
        disabled={!connected || changing || rushing === true}
        leftSection={<IconPlayerSkipForward size={15} aria-hidden />}
        onClick={() => setClock('nextFunding')}
      >
        Next funding
      </Button>
    </div>
  );
}
