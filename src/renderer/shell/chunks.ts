import { loadCandlePlot } from '../components/loadCandlePlot.ts';
import { loadEquityPlot } from '../components/loadEquityPlot.ts';
import { useLive } from '../live/liveStore.ts';

/** So long after the first picture nothing else is urgent. */
const SOON_MS = 300;

/** A part of the page that could not be fetched. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
}

let isMissing = false;

/** Fetches a part of the page; what could not be fetched is remembered, for `mend`. */
export const part =
  <Module>(load: () => Promise<Module>) =>
  (): Promise<Module> =>
    load().catch((error: unknown) => {
      isMissing = true;
      throw new MissingPart('a part of the page could not be fetched', { cause: error });
    });

export const loadPalette = part(() => import('./CommandPalette.tsx'));
export const loadHotkeySheet = part(() => import('./HotkeySheet.tsx'));
export const loadTradeQuestion = part(() => import('./TradeQuestion.tsx'));

/**
 * Fetches what is first needed later while the program still answers: a screen, or the way to stop the engine, must not
 * be missing because the connection is. Returns what calls it off.
 */
export function fetchAhead(loaders: readonly (() => Promise<unknown>)[]): () => void {
  const timer = setTimeout(() => {
    for (const load of [
      ...loaders,
      loadPalette,
      loadHotkeySheet,
      loadTradeQuestion,
      part(loadEquityPlot),
      part(loadCandlePlot),
    ])
      // Whoever needs it shows that it isn't there.
      load().catch(() => undefined);
  }, SOON_MS);
  return () => {
    clearTimeout(timer);
  };
}

/** What a browser failed to fetch once it may not fetch again: with the connection comes a new load. */
export const mend = (): (() => void) =>
  useLive.subscribe(({ connection }, before) => {
    if (isMissing && connection.kind === 'open' && before.connection.kind !== 'open')
      window.location.reload();
  });
