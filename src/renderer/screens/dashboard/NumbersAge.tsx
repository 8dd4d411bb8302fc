import { Age } from '../../components/Age.tsx';
import { timeOfDay } from '../../components/clockText.ts';
import { useFunding, useLive } from '../../live/liveStore.ts';
import { useNow } from '../../live/useNow.ts';
import { useFreshness } from './freshnessContext.ts';
import styles from './Dashboard.module.css';

/** Of when the numbers are: on the market's clock, and when they came. */
export function NumbersAge() {
  const at = useFunding((funding) => timeOfDay(funding.timestamp));
  const receivedAt = useLive((state) => state.engines.funding?.fundingAt ?? null);
  const freshness = useFreshness();
  const now = useNow();
  const isLive = useFunding(({ mode }) => mode === 'live') ?? false;
  if (at === undefined || receivedAt === null) return null;
  return (
    <span className={styles.age} data-freshness={freshness}>
      {freshness === 'old' ? 'Old numbers' : 'Numbers'} of {at}
      {isLive ? '' : ' market time'}, received <Age at={receivedAt} now={now} />
    </span>
  );
}
