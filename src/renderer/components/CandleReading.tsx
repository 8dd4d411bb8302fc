import type { CandleView } from '../../shared/contract/marketData.ts';
import { dayAndTime } from './clockText.ts';
import { decimalOf } from './decimalText.ts';
import { Figure } from './Figure.tsx';
import { SignedNumber } from './SignedNumber.tsx';
import styles from './CandleChart.module.css';

interface CandleReadingProps {
  /** The one under the pointer, or the newest. */
  readonly candle: CandleView | undefined;
  readonly decimals: number;
  readonly unit: string;
}

/** The figures of one candle, above the chart. */
export function CandleReading({ candle, decimals, unit }: CandleReadingProps) {
  if (candle === undefined) return null;
  const { t, open, high, low, close, volume } = candle;
  const change = Number(open) === 0 ? null : decimalOf((Number(close) / Number(open) - 1) * 100);
  return (
    <p className={styles.reading}>
      <span className={styles.moment}>{dayAndTime(t).slice(5, -3)}</span>
      {(
        [
          ['Open', open],
          ['High', high],
          ['Low', low],
          ['Close', close],
        ] as const
      ).map(([name, price]) => (
        <span key={name}>
          <abbr title={name}>{name.charAt(0)}</abbr>{' '}
          <Figure amount={price} unit="" decimals={decimals} signed={false} />
        </span>
      ))}
      <SignedNumber amount={change} unit="%" />
      <span>
        <abbr title="Volume">V</abbr> <Figure amount={volume} unit={unit} decimals={0} signed={false} />
      </span>
    </p>
  );
}
