import type { StandingView } from '../../../shared/contract/confirmation.ts';
import { dollarWords } from '../../../shared/words/amountWords.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { Duration } from '../../components/Duration.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Money } from '../../components/Money.tsx';
import styles from './Live.module.css';

interface StandingReadingProps {
  /** Undefined while it is read; null where there is none. */
  readonly standing: StandingView | null | undefined;
  /** Unix ms. */
  readonly now: number;
}

/** What is left of the day, of how much, and until when. */
export function StandingReading({ standing, now }: StandingReadingProps) {
  if (standing === undefined) return <LoadingState label="Loading the standing confirmation" lines={2} />;
  if (standing === null)
    return (
      <p className={styles.none}>
        <strong>None</strong>
        <span>
          You are asked about every trade over the limit in your settings, and have 60 seconds each time.
        </span>
      </p>
    );
  const { perTrade, perDay, until, left, spent } = standing;
  const holds = standing.inForce && now < until;
  // For the bar alone: the numbers beside it are as they came.
  const share = Number(perDay) === 0 ? 0 : Math.min(1, Math.max(0, Number(left) / Number(perDay)));
  return (
    <div className={styles.standing} data-over={!holds || undefined}>
      <div className={styles.left}>
        <span className={styles.amount}>
          <Money usd={holds ? left : '0'} />
        </span>
        <span className={styles.dim}>
          left of {dollarWords(perDay)} in 24 hours; {dollarWords(spent)} used
        </span>
        <span className={styles.track} aria-hidden>
          <span className={styles.rest} style={{ transform: `scaleX(${(holds ? share : 0).toFixed(3)})` }} />
        </span>
      </div>
      <dl className={styles.terms}>
        <div>
          <dt>A trade</dt>
          <dd>up to {dollarWords(perTrade)}</dd>
        </div>
        <div>
          <dt>Until</dt>
          <dd>
            {dayAndTime(until)}
            {holds ? (
              <span className={styles.dim}>
                {' '}
                (<Duration ms={until - now} />)
              </span>
            ) : (
              <strong className={styles.over}> has run out</strong>
            )}
          </dd>
        </div>
      </dl>
    </div>
  );
}
