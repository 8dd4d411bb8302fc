import {
  AreaSeries,
  ColorType,
  createChart,
  LineSeries,
  LineStyle,
  type ISeriesApi,
} from 'lightweight-charts';
import type { Palette } from '../theme/palette.ts';
import { chartTime } from './chartTime.ts';
import { figureText } from './figureText.ts';
import { EQUITY_LINES, type EquityKey, type EquityPoint } from './equitySeries.ts';

/** A drawn chart. It lives until `remove`, which takes its canvases and observers with it. */
export interface EquityPlot {
  setPoints(points: readonly EquityPoint[]): void;
  setPalette(palette: Palette): void;
  remove(): void;
}

const STYLES = { solid: LineStyle.Solid, dotted: LineStyle.Dotted, dashed: LineStyle.Dashed } as const;

/** Draws into `element` and follows its size. Loaded on demand: the charting library is the app's largest part. */
export function drawEquity(
  element: HTMLElement,
  palette: Palette,
  onPointAt: (point: EquityPoint | null) => void,
): EquityPlot {
  const chart = createChart(element, {
    autoSize: true,
    // The logo brings a style element without the page's nonce. ChartCredit says it instead.
    layout: { attributionLogo: false, fontFamily: getComputedStyle(element).fontFamily, fontSize: 11 },
    // A label at the very edge would be cut in half: it is left out, and its line stays.
    rightPriceScale: {
      borderVisible: false,
      entireTextOnly: true,
      scaleMargins: { top: 0.14, bottom: 0.1 },
    },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      allowBoldLabels: false,
      secondsVisible: false,
      fixLeftEdge: true,
      fixRightEdge: true,
    },
    localization: { priceFormatter: (price: number) => figureText(price, '$', 2) },
    // The whole curve is always in sight: the wheel scrolls the page, and a new point moves nothing the user has set.
    handleScroll: false,
    handleScale: false,
  });
  const plain = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 3 } as const;
  // Drawn last lies on top: the comparisons first, the account over them.
  const lines = new Map<EquityKey, ISeriesApi<'Line'>>();
  for (const { key, stroke } of EQUITY_LINES)
    if (key !== 'equity')
      lines.set(key, chart.addSeries(LineSeries, { ...plain, lineWidth: 2, lineStyle: STYLES[stroke] }));
  const equity = chart.addSeries(AreaSeries, { ...plain, lineWidth: 2 });

  const setPalette = ({ text, dim, line, outline, raised, roles }: Palette): void => {
    const crosshair = { color: outline, labelBackgroundColor: raised, style: LineStyle.Dashed };
    chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: dim },
      grid: { vertLines: { visible: false }, horzLines: { color: line } },
      crosshair: { vertLine: crosshair, horzLine: crosshair },
    });
    for (const { key, role } of EQUITY_LINES) lines.get(key)?.applyOptions({ color: roles[role].mark });
    const { mark } = roles.accent;
    equity.applyOptions({
      lineColor: mark,
      topColor: `${mark}2e`,
      bottomColor: `${mark}00`,
      crosshairMarkerBorderColor: text,
    });
  };

  let drawn: readonly EquityPoint[] = [];
  chart.subscribeCrosshairMove(({ point, logical }) => {
    onPointAt(point === undefined || logical === undefined ? null : (drawn[Math.round(logical)] ?? null));
  });
  // A chart that is resized keeps the width of its steps, and would show another span of time.
  chart.timeScale().subscribeSizeChange(() => chart.timeScale().fitContent());
  setPalette(palette);
  return {
    setPoints(points) {
      drawn = points;
      const newest = points.at(-1)?.t ?? 0;
      equity.setData(
        points.map((point) => ({ time: chartTime(point.t, newest), value: Number(point.equity) })),
      );
      for (const [key, line] of lines)
        line.setData(
          points.map((point) => {
            const usd = point[key];
            return { time: chartTime(point.t, newest), ...(usd === null ? {} : { value: Number(usd) }) };
          }),
        );
      chart.timeScale().fitContent();
    },
    setPalette,
    remove: () => chart.remove(),
  };
}
