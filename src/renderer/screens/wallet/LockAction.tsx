import { Button } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { CommandLine } from '../../components/CommandLine.tsx';
import type { LockPanelProps } from './LockPanel.tsx';
import { nextStep } from './nextStep.ts';
import { howToRun } from './secretWords.ts';
import styles from './LockPanel.module.css';

/** The one thing to do about the lock of the active wallet. */
export function LockAction({ view, hands, connected }: LockPanelProps) {
  const { lock, secrets } = view;
  if (lock === 'unlocked')
    return (
      <Button
        variant="default"
        leftSection={<IconLock size={16} aria-hidden />}
        loading={hands.locking}
        disabled={!connected}
        onClick={hands.lock}
      >
        Lock now
      </Button>
    );
  const next = nextStep(view);
  if (next === undefined) return null;
  const { task, button, atTerminal, line } = next;
  if (secrets === 'terminal')
    return (
      <div className={styles.terminal}>
        <p>{atTerminal}</p>
        {line === undefined ? null : (
          <>
            <CommandLine line={line} />
            <p className={styles.how}>{howToRun(secrets)}</p>
          </>
        )}
      </div>
    );
  return (
    <Button
      leftSection={lock === 'locked' ? <IconLockOpen size={16} aria-hidden /> : undefined}
      variant={lock === 'locked' ? 'filled' : 'default'}
      loading={hands.opening}
      disabled={!connected}
      onClick={() => hands.begin(task)}
    >
      {button}
    </Button>
  );
}
