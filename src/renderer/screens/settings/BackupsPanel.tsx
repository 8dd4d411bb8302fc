import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupView } from '../../../shared/contract/commands/appCommands.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { forgetRead } from '../../api/queries.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { ConfirmByTyping } from '../../components/ConfirmByTyping.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { sayDone } from '../../shell/notices.ts';
import { bytesWords } from './bytesWords.ts';
import styles from './Settings.module.css';

const REASONS: Readonly<Record<BackupView['reason'], string>> = {
  daily: 'of the day',
  asked: 'asked for',
  beforeReset: 'before a reset',
  beforeRestore: 'before a restore',
  beforeMigration: 'before an update',
};

/** The backups, and the way back to one. */
export function BackupsPanel() {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  // A reset and a restore leave a backup each.
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const backingUp = useUnderWay('backup');
  const [chosen, setChosen] = useState<BackupView | null>(null);
  const { data, error } = useQuery({
    queryKey: ['LIST_BACKUPS', vaultEpoch],
    queryFn: () => api.send('LIST_BACKUPS', {}),
    placeholderData: keepPreviousData,
  });
  const backUp = (): void =>
    void act('backup', 'No backup was made', async () => {
      const { bytes } = await api.send('BACKUP', {});
      sayDone(`A backup of ${bytesWords(bytes)} was made.`);
      await forgetRead('LIST_BACKUPS');
    });
  return (
    <Panel
      title="Backups"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={backingUp}
          disabled={!connected}
          onClick={backUp}
        >
          Back up now
        </Button>
      }
    >
      {error === null ? null : <Failure title="The backups could not be listed" error={replyOf(error)} />}
      {data === undefined ? (
        error === null ? (
          <LoadingState label="Loading the backups" />
        ) : null
      ) : data.backups.length === 0 ? (
        <p className={styles.dim}>There is none yet. One is made every day, and before each reset.</p>
      ) : (
        <ul className={styles.backups}>
          {data.backups.map((one) => (
            <li key={one.backup}>
              <span>
                {dayAndTime(one.t)}
                <br />
                <span className={styles.dim}>
                  {REASONS[one.reason]}, {bytesWords(one.bytes)}
                </span>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                disabled={!connected}
                aria-label={`Restore the backup of ${dayAndTime(one.t)}`}
                onClick={() => setChosen(one)}
              >
                Restore
              </Button>
            </li>
          ))}
        </ul>
      )}
      <RestoreDialog chosen={chosen} onClose={() => setChosen(null)} />
    </Panel>
  );
}

interface RestoreDialogProps {
  readonly chosen: BackupView | null;
  readonly onClose: () => void;
}

function RestoreDialog({ chosen, onClose }: RestoreDialogProps) {
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => {
    setProblem(null);
    onClose();
  };
  const restore = async (): Promise<void> => {
    if (chosen === null) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.send('RESTORE', { backup: chosen.backup });
      close();
      sayDone(`The state of ${dayAndTime(chosen.t)} is back. The engine is stopped.`);
      await forgetRead('LIST_BACKUPS');
    } catch (error) {
      const { code, message } = replyOf(error);
      setProblem(`${message} (${code})`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmByTyping
      opened={chosen !== null}
      onClose={close}
      onConfirm={() => void restore()}
      title="Go back to a backup"
      word="RESTORE"
      confirmLabel="Restore"
      busy={busy}
      {...(problem === null ? {} : { error: problem })}
    >
      <p>
        Everything goes back to {chosen === null ? '' : dayAndTime(chosen.t)}: vault, events and settings. The
        engine stops. What is there now is backed up first.
      </p>
    </ConfirmByTyping>
  );
}
