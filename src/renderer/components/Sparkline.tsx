import { sparkPath } from './sparkPath.ts';
import styles from './Sparkline.module.css';

export interface SparklineProps {
  /** Oldest first. For drawing only, so binary numbers do. */
  readonly values: readonly number[];
  /** What the line shows, in words with its ends: "Funding over 24 h, from 0.8 % to 1.2 %". */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** The shape of a recent history in the room of a word. With fewer than two values it stays empty. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  return (
    <svg
      className={styles.line}
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <path d={sparkPath(values, width, height)} />
    </svg>
  );
}
