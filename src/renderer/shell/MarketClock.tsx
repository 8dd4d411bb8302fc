import { Age } from '../components/Age.tsx';
import { useFunding } from '../live/liveStore.ts';
import { clockWords } from './clockWords.ts';
import styles from './Header.module.css';

/** What time it is in the engine's market, and how fast it goes there. */
export function MarketClock() {
  const at = useFunding((funding) => funding.timestamp);
  const speed = useFunding((funding) => clockWords(funding.clock));
  const isLive = useFunding(({ mode }) => mode === 'live') ?? false;
  if (at === undefined) return null;
  return (
    <span className={styles.clock}>
      <Age at={at} now={null} />
      <span className={styles.speed}>
        {isLive ? 'as of the last sync' : 'market time'}
        {speed === undefined || speed === '' ? '' : `, ${speed}`}
      </span>
    </span>
  );
}
