import { Skeleton, useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { DARK, LIGHT } from '../theme/palette.ts';
import { ChartCredit } from './ChartCredit.tsx';
import { EmptyState } from './EmptyState.tsx';
import type { EquityPlot } from './equityPlot.ts';
import { EquityTable } from './EquityTable.tsx';
import { EquityLegend } from './EquityLegend.tsx';
import { loadEquityPlot } from './loadEquityPlot.ts';
import { equitySummary, inOrder, onGrid, type EquityPoint } from './equitySeries.ts';
import styles from './EquityChart.module.css';

export interface EquityChartProps {
  /** In any order; null while they load. */
  readonly points: readonly EquityPoint[] | null;
  /** What the account is worth now, as the legend says it; the curve may be a moment behind. */
  readonly now?: EquityPoint | undefined;
  /** Height of the drawing in pixels; the width is the container's. */
  readonly height?: number;
}

/** Equity over time, against just holding SOL and against never leaving the hedge. */
export function EquityChart({ points, now, height = 260 }: EquityChartProps) {
  const ordered = useMemo(() => (points === null ? null : inOrder(points)), [points]);
  const [pointedAt, setPointedAt] = useState<EquityPoint | null>(null);
  const summary = useId();
  if (ordered === null)
    return (
      <div className={styles.chart} role="status" aria-label="Loading the equity curve">
        <Skeleton height={18} width="45%" />
        <Skeleton height={height} />
      </div>
    );
  if (ordered.length === 0)
    return (
      <div style={{ minHeight: height }} className={styles.empty}>
        <EmptyState Icon={IconChartLine} title="No equity curve yet">
          The curve begins with the engine’s first minute. Start the engine, and it draws itself.
        </EmptyState>
      </div>
    );
  return (
    <figure className={styles.chart} aria-labelledby={summary}>
      <EquityLegend point={pointedAt ?? now ?? ordered.at(-1)} />
      <Drawing points={ordered} height={height} onPointAt={setPointedAt} />
      <VisuallyHidden>
        <InWords id={summary} points={ordered} />
      </VisuallyHidden>
      <ChartCredit />
    </figure>
  );
}

const InWords = memo(function InWords({
  id,
  points,
}: Pick<DrawingProps, 'points'> & { readonly id: string }) {
  return (
    <>
      <p id={id}>{equitySummary(points)}</p>
      <EquityTable points={points} />
    </>
  );
});

interface DrawingProps {
  /** In order. */
  readonly points: readonly EquityPoint[];
  readonly height: number;
  /** Tells which point the pointer is over; null where it is elsewhere. */
  readonly onPointAt: (point: EquityPoint | null) => void;
}

function Drawing({ points, height, onPointAt }: DrawingProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<EquityPlot | null>(null);
  const [missing, setMissing] = useState(false);
  const palette = useComputedColorScheme('dark') === 'dark' ? DARK : LIGHT;
  const firstPalette = useRef(palette);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    let drawn: EquityPlot | null = null;
    let gone = false;
    loadEquityPlot()
      .then(({ drawEquity }) => {
        if (gone) return;
        drawn = drawEquity(element, firstPalette.current, onPointAt);
        setPlot(drawn);
      })
      .catch(() => {
        if (!gone) setMissing(true);
      });
    return () => {
      gone = true;
      drawn?.remove();
      onPointAt(null);
      setPlot(null);
    };
  }, [onPointAt]);
  useEffect(() => plot?.setPalette(palette), [plot, palette]);
  useEffect(() => plot?.setPoints(onGrid(points)), [plot, points]);

  if (missing)
    return (
      <div style={{ minHeight: height }} className={styles.empty}>
        <EmptyState Icon={IconChartLine} title="The chart could not be loaded">
          The figures above are right. Load the page again to draw them.
        </EmptyState>
      </div>
    );
  return <div ref={frame} className={styles.drawing} style={{ height }} aria-hidden />;
}
