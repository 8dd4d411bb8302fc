import { Button, Loader } from '@mantine/core';
import { useLive } from '../live/liveStore.ts';
import { useApi } from '../api/apiContext.ts';
import { Mark } from './Mark.tsx';
import styles from './Gate.module.css';

/** Before the first word of the program: nothing is known, and nothing is made up. */
export function Connecting() {
  const lost = useLive(({ connection }) => connection.kind === 'lost');
  const api = useApi();
  return (
    <main className={styles.gate}>
      <Mark size={40} />
      <h1 className={styles.title}>Phantom Arbiter</h1>
      <div className={styles.line} role="status">
        <Loader size={16} aria-hidden />
        {lost ? 'The program does not answer. Trying again…' : 'Connecting to the program…'}
      </div>
      {lost ? (
        <>
          <p className={styles.hint}>
            It may have been stopped. Start it again the way you started it; this page goes on by itself.
          </p>
          <Button variant="default" onClick={() => api.hurry()}>
            Try now
          </Button>
        </>
      ) : null}
    </main>
  );
}
