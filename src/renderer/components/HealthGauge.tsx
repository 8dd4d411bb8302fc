import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Figure } from './Figure.tsx';
import { figureText } from './figureText.ts';
import { arcPath, arcPoint, clampPercent } from './gaugeArc.ts';
import { HEALTH_LOOKS, HEALTH_THRESHOLDS, healthLevel, type HealthThresholds } from './healthLevel.ts';
import { Tag } from './Tag.tsx';
import styles from './HealthGauge.module.css';

export interface HealthGaugeProps {
  /** Account health in percent: 100 has no debt, at 0 the venue liquidates. Null while it isn't known. */
  readonly health: number | null;
  readonly thresholds?: HealthThresholds;
}

const ICONS = { safe: IconCircleCheck, watch: IconAlertTriangle, danger: IconAlertOctagon } as const;
const RADIUS = 84;

/** How far the account is from liquidation: an arc with its two thresholds marked, the number, and a word for it. */
export function HealthGauge({ health, thresholds = HEALTH_THRESHOLDS }: HealthGaugeProps) {
  const { watchBelow, dangerBelow } = thresholds;
  const level = health === null ? null : healthLevel(health, thresholds);
  const look = level === null ? null : HEALTH_LOOKS[level];
  const filled = clampPercent(health ?? 0);
  return (
    <div
      className={styles.gauge}
      role="meter"
      aria-label="Account health"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={filled}
      aria-valuetext={look === null ? 'not available' : `${figureText(health, '%', 1)}, ${look.word}`}
    >
      <svg className={styles.arc} viewBox="0 0 200 108" data-level={level ?? 'none'} aria-hidden>
        <path className={styles.zone} data-zone="danger" d={arcPath(0, dangerBelow - 0.6, RADIUS + 10)} />
        <path
          className={styles.zone}
          data-zone="watch"
          d={arcPath(dangerBelow + 0.6, watchBelow - 0.6, RADIUS + 10)}
        />
        <path className={styles.zone} data-zone="safe" d={arcPath(watchBelow + 0.6, 100, RADIUS + 10)} />
        <path className={styles.track} d={arcPath(0, 100, RADIUS)} />
        {filled > 0 ? <path className={styles.fill} d={arcPath(0, filled, RADIUS)} /> : null}
        {[dangerBelow, watchBelow].map((threshold) => {
          const { x, y } = arcPoint(threshold, RADIUS - 16);
          return (
            <text key={threshold} className={styles.threshold} x={x} y={y + 3}>
              {threshold}
            </text>
          );
        })}
      </svg>
      <div className={styles.reading}>
        <span className={styles.number}>
          <Figure amount={health} unit="%" decimals={1} signed={false} />
        </span>
        {look === null || level === null ? null : (
          <Tag word={look.word} Icon={ICONS[level]} role={look.role} />
        )}
      </div>
    </div>
  );
}
