/** The drawing of candles, and the library that draws them: fetched when there are candles to draw. */
export const loadCandlePlot = () => import('./candlePlot.ts');
