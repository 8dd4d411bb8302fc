import { Skeleton, useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { IconChartCandle } from '@tabler/icons-react';
import { memo, useEffect, useId, useRef, useState } from 'react';
import type { CandleView } from '../../shared/contract/marketData.ts';
import { DARK, LIGHT } from '../theme/palette.ts';
import type { FillMark, OrderLine } from './candleMarks.ts';
import type { CandlePlot } from './candlePlot.ts';
import { CandleReading } from './CandleReading.tsx';
import { candleSummary } from './candleSummary.ts';
import { ChartCredit } from './ChartCredit.tsx';
import { EmptyState } from './EmptyState.tsx';
import { loadCandlePlot } from './loadCandlePlot.ts';
import styles from './CandleChart.module.css';

export interface CandleChartProps {
  /** What is drawn, for those who hear it: "SOL-PERP, one minute a candle". */
  readonly name: string;
  /** Oldest first; null while they load. */
  readonly candles: readonly CandleView[] | null;
  readonly orders: readonly OrderLine[];
  readonly fills: readonly FillMark[];
  /** Digits behind the point of a price. */
  readonly decimals: number;
  /** The asset that volume is counted in. */
  readonly unit: string;
  /** Called when the oldest candle comes into sight. */
  readonly onBeginning: () => void;
}

/** Candles with their volume, one's own orders as lines and one's own fills as arrows. Fills what it stands in. */
export function CandleChart(props: CandleChartProps) {
  const { name, candles, decimals, unit } = props;
  const [pointedAt, setPointedAt] = useState<CandleView | null>(null);
  const summary = useId();
  if (candles === null)
    return (
      <div className={styles.chart} role="status" aria-label="Loading the candles">
        <Skeleton height={16} width="60%" />
        <Skeleton className={styles.waiting ?? ''} />
      </div>
    );
  if (candles.length === 0)
    return (
      <div className={styles.empty}>
        <EmptyState Icon={IconChartCandle} title="No candles yet">
          They begin with the market’s first trade. Let the market go on, and they draw themselves.
        </EmptyState>
      </div>
    );
  return (
    <figure className={styles.chart} aria-labelledby={summary}>
      <CandleReading candle={pointedAt ?? candles.at(-1)} decimals={decimals} unit={unit} />
      <Drawing {...props} candles={candles} onPointAt={setPointedAt} />
      <VisuallyHidden>
        <InWords id={summary} name={name} newest={candles.at(-2) ?? candles.at(-1)} />
      </VisuallyHidden>
      <ChartCredit />
    </figure>
  );
}

interface InWordsProps {
  readonly id: string;
  readonly name: string;
  readonly newest: CandleView | undefined;
}

/** Of the latest candle that is closed: it changes once a candle, and not with every trade. */
const InWords = memo(function InWords({ id, name, newest }: InWordsProps) {
  return <p id={id}>{newest === undefined ? name : candleSummary(name, newest)}</p>;
});

interface DrawingProps extends CandleChartProps {
  readonly candles: readonly CandleView[];
  readonly onPointAt: (candle: CandleView | null) => void;
}

function Drawing({ candles, orders, fills, decimals, onBeginning, onPointAt }: DrawingProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<CandlePlot | null>(null);
  const [missing, setMissing] = useState(false);
  const palette = useComputedColorScheme('dark') === 'dark' ? DARK : LIGHT;
  const firstPalette = useRef(palette);
  const beginning = useRef(onBeginning);
  useEffect(() => {
    beginning.current = onBeginning;
  }, [onBeginning]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    let drawn: CandlePlot | null = null;
    let gone = false;
    loadCandlePlot()
      .then(({ drawCandles }) => {
        if (gone) return;
        drawn = drawCandles(element, firstPalette.current, {
          pointedAt: onPointAt,
          nearsBeginning: () => beginning.current(),
        });
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
  useEffect(() => plot?.setDecimals(decimals), [plot, decimals]);
  useEffect(() => plot?.setCandles(candles), [plot, candles]);
  useEffect(() => plot?.setOrders(orders), [plot, orders]);
  useEffect(() => plot?.setFills(fills), [plot, fills]);

  if (missing)
    return (
      <div className={styles.empty}>
        <EmptyState Icon={IconChartCandle} title="The chart could not be loaded">
          The figures beside it are right. Load the page again to draw it.
        </EmptyState>
      </div>
    );
  return <div ref={frame} className={styles.drawing} aria-hidden />;
}
