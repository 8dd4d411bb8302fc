import { loadEquityPlot } from '../components/loadEquityPlot.ts';
import { screenLoaders } from './screenViews.ts';

export const loadPalette = () => import('./CommandPalette.tsx');
export const loadHotkeySheet = () => import('./HotkeySheet.tsx');

/** So long after the first picture nothing else is urgent. */
const SOON_MS = 1_500;

/**
 * Fetches what is first needed later while the program still answers: a screen, or the way to stop the engine, must not
 * be missing because the connection is. Returns what calls it off.
 */
export function fetchAhead(): () => void {
  const timer = setTimeout(() => {
    for (const load of [...Object.values(screenLoaders), loadPalette, loadHotkeySheet, loadEquityPlot])
      // Whoever needs it asks again, and shows why it isn't there.
      load().catch(() => undefined);
  }, SOON_MS);
  return () => {
    clearTimeout(timer);
  };
}
