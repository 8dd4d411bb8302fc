import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { signOf, toPlaces } from './decimalText.ts';
import { driftScale } from './driftScale.ts';
import { figureText } from './figureText.ts';
import { Percent } from './Percent.tsx';
import { Quantity } from './Quantity.tsx';
import { Tag } from './Tag.tsx';
import styles from './DriftMeter.module.css';

export interface DriftMeterProps {
  /** Signed drift in percent of the spot that is hedged; null while it isn't known. */
  readonly driftPct: number | null;
  /** Drift over which the hedge is corrected, percent. */
  readonly tolerancePct: number;
  /** Net delta in the asset, signed decimal: what stands unhedged. */
  readonly netDelta: string | null;
  readonly unit?: string;
}

/** How far the hedge is from neutral, against how far it may be: too long to the right, too short to the left. */
export function DriftMeter({ driftPct, tolerancePct, netDelta, unit = 'SOL' }: DriftMeterProps) {
  const scale = driftPct === null ? null : driftScale(driftPct, tolerancePct);
  const side = netDelta === null ? 0 : signOf(toPlaces(netDelta, 3));
  const lean = side === 0 ? 'neutral' : side > 0 ? 'net long' : 'net short';
  const verdict = scale?.exceeded === true ? 'Over tolerance' : 'Within tolerance';
  return (
    <div className={styles.meter}>
      <div className={styles.reading}>
        <span className={styles.number}>
          <Percent percent={driftPct} signed />
        </span>
        {scale === null ? null : (
          <Tag
            word={verdict}
            Icon={scale.exceeded ? IconAlertTriangle : IconCheck}
            role={scale.exceeded ? 'warn' : 'long'}
          />
        )}
      </div>
      <div
        className={styles.scale}
        role="meter"
        aria-label="Delta drift"
        aria-valuemin={-2 * tolerancePct}
        aria-valuemax={2 * tolerancePct}
        aria-valuenow={Math.min(2 * tolerancePct, Math.max(-2 * tolerancePct, driftPct ?? 0))}
        aria-valuetext={
          scale === null
            ? 'not available'
            : `${figureText(driftPct, '%', 2, true)}, ${verdict.toLowerCase()} of ${figureText(tolerancePct, '%', 2)}`
        }
      >
        <span
          className={styles.tolerated}
          style={{ left: `${scale?.from ?? 25}%`, right: `${scale?.from ?? 25}%` }}
        />
        <span className={styles.middle} />
        {scale === null ? null : (
          <span
            className={styles.pointer}
            data-exceeded={scale.exceeded || undefined}
            style={{ left: `${scale.position}%` }}
          />
        )}
      </div>
      <div className={styles.ends} aria-hidden>
        <span>too short</span>
        <span>±{figureText(tolerancePct, '%', 2)}</span>
        <span>too long</span>
      </div>
      <p className={styles.net}>
        Net delta <Quantity size={netDelta} unit={unit} decimals={3} signed />
        {netDelta === null ? null : ` · ${lean}`}
      </p>
    </div>
  );
}
