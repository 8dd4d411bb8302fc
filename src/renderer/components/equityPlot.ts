import {
  AreaSeries,
  ColorType,
  createChart,
  LineSeries,
  LineStyle,
  type ISeriesApi,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Palette } from '../theme/palette.ts';
import { figureText } from './figureText.ts';
import { EQUITY_LINES, type EquityKey, type EquityPoint } from './equitySeries.ts';

/** A drawn chart. It lives until `remove`, which takes its canvases and observers with it. */
export interface EquityPlot {
  setPoints(points: readonly EquityPoint[]): void;
  setPalette(palette: Palette): void;
  remove(): void;
}

const STYLES = { solid: LineStyle.Solid, dotted: LineStyle.Dotted, dashed: LineStyle.Dashed } as const;

/** The chart knows only UTC, so a moment is moved to where UTC shows the trader's own time. */
const chartTime = (t: number): UTCTimestamp =>
  (Math.floor(t / 1000) - new Date(t).getTimezoneOffset() * 60) as UTCTimestamp;

/** Draws into `element` and follows its size. Loaded on demand: the charting library is the app's largest part. */
export function drawEquity(element: HTMLElement, palette: Palette): EquityPlot {
  const chart = createChart(element, {
    autoSize: true,
    // The logo brings a style element without the page's nonce. The footer of EquityChart names the library instead.
    layout: { attributionLogo: false, fontFamily: getComputedStyle(element).fontFamily, fontSize: 11 },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.08 } },
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

  // A chart that is resized keeps the width of its steps, and would show another span of time.
  chart.timeScale().subscribeSizeChange(() => chart.timeScale().fitContent());
  setPalette(palette);
  return {
    setPoints(points) {
      equity.setData(points.map((point) => ({ time: chartTime(point.t), value: Number(point.equity) })));
      for (const [key, line] of lines)
        line.setData(
          points.map((point) => {
            const usd = point[key];
            return { time: chartTime(point.t), ...(usd === null ? {} : { value: Number(usd) }) };
          }),
        );
      chart.timeScale().fitContent();
    },
    setPalette,
    remove: () => chart.remove(),
  };
}
