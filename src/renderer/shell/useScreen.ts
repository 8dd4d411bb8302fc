import { create } from 'zustand';
import { screenIn, searchFor, type ScreenName } from './screenName.ts';

interface Place {
  readonly screen: ScreenName;
}

const usePlace = create<Place>()(() => ({ screen: screenIn(window.location.search) }));

window.addEventListener('popstate', () => usePlace.setState({ screen: screenIn(window.location.search) }));

export const useScreen = (): ScreenName => usePlace((place) => place.screen);

/** Shows a screen, and lets the browser's back button leave it. The key is in no address. */
export function goTo(screen: ScreenName): void {
  if (usePlace.getState().screen === screen) return;
  const { pathname, search } = window.location;
  window.history.pushState(null, '', `${pathname}${searchFor(screen, search)}`);
  usePlace.setState({ screen });
}
