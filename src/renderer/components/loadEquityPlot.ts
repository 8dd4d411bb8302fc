/** The chart's own code, and the library that draws it: fetched when there is a curve to draw. */
export const loadEquityPlot = () => import('./equityPlot.ts');
