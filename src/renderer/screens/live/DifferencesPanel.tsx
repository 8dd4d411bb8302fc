import { Button, Checkbox } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import type { DifferencesView } from '../../../shared/contract/difference.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useLive } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { Failure } from '../../shell/Failure.tsx';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import styles from './Live.module.css';

/** What nothing explains, and the user's word on it. Absent where books and chain agree. */
export function DifferencesPanel() {
  const found = useLive(({ desk }) => desk.found);
  // What was checked off is exactly what stood there then.
  return found === null ? null : <Differences key={found.name} found={found} />;
}

function Differences({ found }: { readonly found: DifferencesView }) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const accepting = useUnderWay('accept differences');
  const syncing = useUnderWay('sync');
  const [known, setKnown] = useState(false);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  const { name, differences } = found;
  const foreign = differences.filter(({ acceptable }) => !acceptable).length;
  const accept = (): void =>
    void act('accept differences', 'The differences were not accepted', async () => {
      setRefusal(null);
      try {
        await api.send('ACCEPT_DIFFERENCES', { engine: 'funding', name });
        sayDone('Accepted: the books say what the chain says. The engine goes on.');
        api.refresh();
      } catch (error) {
        const told = replyOf(error);
        if (told.code === 'DIFFERENCES_CHANGED') {
          api.refresh();
          throw error;
        }
        toldBeside(told.message);
        setRefusal(told);
      }
    });
  const sync = (): void =>
    void act('sync', 'The account was not synced', async () => {
      await api.send('REQUEST_SYNC', {});
      api.refresh();
    });
  return (
    <Panel
      title="Books and chain do not say the same"
      aside="trading is off"
      actions={
        <Button size="compact-sm" variant="default" loading={syncing} disabled={!connected} onClick={sync}>
          Sync and compare again
        </Button>
      }
    >
      <div className={styles.main}>
        <p className={styles.text}>
          Something has changed in the account that the engine did not do and nothing explains: a transfer or
          a trade from elsewhere, perhaps. Your money is where the chain says. Nothing is traded until this is
          settled.
        </p>
        <DifferenceTable differences={differences} />
        <p className={styles.text}>
          <strong>To accept</strong> makes the books say what the chain says, right after a fresh sync, and
          only if it still is exactly this. It counts as an accepted difference: neither profit nor a
          transfer, for good.
        </p>
        {refusal === null ? null : <Failure title="The differences were not accepted" error={refusal} />}
        <div className={styles.accept}>
          <Checkbox
            checked={known}
            disabled={foreign > 0}
            onChange={(event) => setKnown(event.currentTarget.checked)}
            label={`I have read ${differences.length === 1 ? 'it' : `all ${differences.length}`}, and the chain is right`}
          />
          <Button
            color="live"
            leftSection={<IconScale size={16} aria-hidden />}
            loading={accepting}
            disabled={!known || foreign > 0 || !connected}
            onClick={accept}
          >
            Accept what the chain says
          </Button>
        </div>
        {foreign === 0 ? null : (
          <p className={styles.text} role="status">
            What is not the engine’s can’t be accepted: close it or move it out of the sub-account at the
            venue, then compare again.
          </p>
        )}
        <p className={styles.dim}>
          Name of these differences: <code translate="no">{name}</code>
        </p>
      </div>
    </Panel>
  );
}
