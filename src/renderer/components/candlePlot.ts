import {
  CandlestickSeries,
  ColorType,
  createChart,
  createSeriesMarkers,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  type IPriceLine,
} from 'lightweight-charts';
import type { CandleView } from '../../shared/contract/marketData.ts';
import type { Palette } from '../theme/palette.ts';
import { looksLike, marksOf, type FillMark, type OrderLine } from './candleMarks.ts';
import { followed, movedBy } from './candleRange.ts';
import { chartTime, offsetAt } from './chartTime.ts';
import { figureText } from './figureText.ts';

/** A drawn chart. It lives until `remove`, which takes its canvases and observers with it. */
export interface CandlePlot {
  /** Oldest first. A new end is added, older ones are put before; anything else is drawn anew. */
  setCandles(candles: readonly CandleView[]): void;
  setOrders(orders: readonly OrderLine[]): void;
  setFills(fills: readonly FillMark[]): void;
  /** Digits behind the point of a price. */
  setDecimals(decimals: number): void;
  setPalette(palette: Palette): void;
  remove(): void;
}

export interface CandlePlotEars {
  /** The candle under the pointer; null where it is elsewhere. */
  pointedAt(candle: CandleView | null): void;
  /** The oldest candle has come into sight. */
  nearsBeginning(): void;
}

/** So many candles before the first one in sight, older ones are asked for. */
const AHEAD = 40;
/** So many at the end are put in one by one; more are drawn anew. */
const ADDED_AT_MOST = 50;
const SHOWN_AT_FIRST = 90;
/** A market that has just begun is not drawn in three bars as wide as hands. */
const SHOWN_AT_LEAST = 30;

/** Draws candles with their volume into `element` and follows its size. Loaded on demand. */
export function drawCandles(element: HTMLElement, first: Palette, ears: CandlePlotEars): CandlePlot {
  const chart = createChart(element, {
    autoSize: true,
    // The logo brings a style element without the page's nonce. ChartCredit says it instead.
    layout: { attributionLogo: false, fontFamily: getComputedStyle(element).fontFamily, fontSize: 11 },
    rightPriceScale: {
      borderVisible: false,
      entireTextOnly: true,
      scaleMargins: { top: 0.08, bottom: 0.24 },
    },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      secondsVisible: false,
      allowBoldLabels: false,
      rightOffset: 4,
    },
    crosshair: { mode: CrosshairMode.Normal },
    // The wheel scrolls the page; the chart is dragged, pinched, and zoomed with Ctrl and the wheel by the browser.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  });
  const series = chart.addSeries(CandlestickSeries, {
    borderVisible: true,
    priceLineStyle: LineStyle.Dotted,
  });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  const markers = createSeriesMarkers(series);
  let palette = first;
  let drawn: readonly CandleView[] = [];
  /** Where the trader's clock stands against UTC in what is drawn: it may be set back, and a chart can't run backwards. */
  let offset = 0;
  let orders: readonly OrderLine[] = [];
  let fills: readonly FillMark[] = [];
  const lines = new Map<string, { readonly order: OrderLine; readonly line: IPriceLine }>();

  const newest = (): number => drawn.at(-1)?.t ?? 0;
  const bar = ({ t, open, high, low, close }: CandleView) => ({
    time: chartTime(t, newest()),
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
  });
  const isUp = ({ open, close }: CandleView): boolean => Number(close) >= Number(open);
  const column = (candle: CandleView) => ({
    time: chartTime(candle.t, newest()),
    value: Number(candle.volume),
    color: `${palette.roles[isUp(candle) ? 'long' : 'short'].mark}55`,
  });
  const drawAll = (): void => {
    offset = offsetAt(newest());
    series.setData(drawn.map(bar));
    volume.setData(drawn.map(column));
  };
  const drawMarks = (): void =>
    markers.setMarkers(
      marksOf(drawn, fills).map(({ t, side, count }) => ({
        time: chartTime(t, newest()),
        position: side === 'buy' ? ('belowBar' as const) : ('aboveBar' as const),
        shape: side === 'buy' ? ('arrowUp' as const) : ('arrowDown' as const),
        color: palette.text,
        text: `${side === 'buy' ? 'B' : 'S'}${count === 1 ? '' : ` ${count}`}`,
      })),
    );
  const drawLines = (): void => {
    const wanted = new Map(orders.map((order) => [order.id, order]));
    for (const [id, { order, line }] of lines) {
      if (looksLike(wanted.get(id), order)) continue;
      series.removePriceLine(line);
      lines.delete(id);
    }
    for (const order of orders) {
      if (lines.has(order.id)) continue;
      const { mark, solid, onSolid } = palette.roles[order.side === 'buy' ? 'long' : 'short'];
      const line = series.createPriceLine({
        price: Number(order.price),
        color: mark,
        lineWidth: 1,
        lineStyle: order.waits ? LineStyle.SparseDotted : LineStyle.Dashed,
        axisLabelColor: solid,
        axisLabelTextColor: onSolid,
        title: order.title,
      });
      lines.set(order.id, { order, line });
    }
  };
  const removeLines = (): void => {
    for (const { line } of lines.values()) series.removePriceLine(line);
    lines.clear();
  };
  const setPalette = (next: Palette): void => {
    palette = next;
    const { dim, line, outline, raised, roles } = next;
    const crosshair = { color: outline, labelBackgroundColor: raised, style: LineStyle.Dashed };
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: dim },
      grid: { vertLines: { color: `${line}80` }, horzLines: { color: line } },
      crosshair: { vertLine: crosshair, horzLine: crosshair },
    });
    // A rise is hollow and a fall is filled: the colour is not the only sign.
    series.applyOptions({
      upColor: `${roles.long.mark}14`,
      borderUpColor: roles.long.mark,
      wickUpColor: roles.long.mark,
      downColor: roles.short.mark,
      borderDownColor: roles.short.mark,
      wickDownColor: roles.short.mark,
      priceLineColor: outline,
    });
    drawAll();
    drawMarks();
    removeLines();
    drawLines();
  };

  chart.subscribeCrosshairMove(({ point, logical }) => {
    const at = point === undefined || logical === undefined ? null : drawn[Math.round(logical)];
    ears.pointedAt(at ?? null);
  });
  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (range !== null && drawn.length > 0 && range.from < AHEAD) ears.nearsBeginning();
  });
  setPalette(first);

  return {
    setCandles(candles) {
      const before = drawn;
      drawn = candles;
      const isLonger = before.length > 0 && before[0]?.t === candles[0]?.t && candles.length >= before.length;
      const changed = before.findIndex((candle, at) => candle !== candles[at]);
      const from = changed === -1 ? before.length : changed;
      const isEnd = from >= before.length - 1;
      const isSameClock = offset === offsetAt(newest());
      if (isLonger && isEnd && isSameClock && candles.length - from <= ADDED_AT_MOST) {
        for (const candle of candles.slice(from)) {
          series.update(bar(candle));
          volume.update(column(candle));
        }
      } else {
        const range = chart.timeScale().getVisibleLogicalRange();
        const moved = movedBy(before, candles);
        drawAll();
        if (moved === null)
          chart.timeScale().setVisibleLogicalRange({
            from: candles.length - Math.min(SHOWN_AT_FIRST, Math.max(SHOWN_AT_LEAST, candles.length)),
            to: candles.length + 4,
          });
        else if (range !== null)
          chart.timeScale().setVisibleLogicalRange(followed(range, before.length, candles.length, moved));
      }
      if (candles.length !== before.length || candles[0]?.t !== before[0]?.t || !isSameClock) drawMarks();
    },
    setOrders(next) {
      orders = next;
      drawLines();
    },
    setFills(next) {
      fills = next;
      drawMarks();
    },
    setDecimals(decimals) {
      const formatter = (price: number): string => figureText(price, '', decimals);
      series.applyOptions({
        priceFormat: { type: 'custom', minMove: 10 ** -decimals, formatter },
      });
    },
    setPalette,
    remove: () => chart.remove(),
  };
}
