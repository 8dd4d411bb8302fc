import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { durationText } from '../../components/durationText.ts';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useLive } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { bytesWords } from './bytesWords.ts';
import styles from './Settings.module.css';

const EVERY_MS = 5_000;

/** What the program itself uses and keeps, and where. */
export function SystemPanel() {
  const api = useApi();
  const connected = useLive(({ connection }) => connection.kind === 'open');
  const { data, error } = useQuery({
    queryKey: ['GET_SYSTEM_STATS'],
    queryFn: () => api.send('GET_SYSTEM_STATS', {}),
    refetchInterval: connected ? EVERY_MS : false,
  });
  if (data === undefined)
    return (
      <Panel title="System">
        {error === null ? (
          <LoadingState label="Loading the system" lines={5} />
        ) : (
          <Failure title="The system could not be asked" error={replyOf(error)} />
        )}
      </Panel>
    );
  const rows: readonly (readonly [string, string])[] = [
    ['Version', data.appVersion],
    ['Up for', durationText(data.uptimeMs)],
    ['Memory', `${bytesWords(data.memoryBytes)}, heap ${bytesWords(data.heapBytes)}`],
    ['Database', bytesWords(data.databaseBytes)],
    ['Windows', String(data.connections)],
    ['Runtime', data.runtime],
    ['Platform', data.platform],
    ['Data folder', data.dataFolder],
  ];
  return (
    <Panel
      title="System"
      actions={<CopyButton text={rows.map(([name, text]) => `${name}: ${text}`).join('\n')} />}
    >
      <dl className={styles.system}>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
