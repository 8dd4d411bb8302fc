import { useEffect } from 'react';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { SCREEN_TITLES } from './screenName.ts';
import { useScreen } from './useScreen.ts';
import { useLive, useStatus } from '../live/liveStore.ts';

const NAME = 'Phantom Arbiter';

/** The window's title says mode and state, for those who look at another window. */
export function useDocumentTitle(): void {
  const mode = useStatus((status) => status.mode);
  const state = useStatus((status) => status.state);
  const screen = useScreen();
  const lost = useLive(({ connection }) => connection.kind === 'lost');
  useEffect(() => {
    const word = lost ? 'Connection lost' : state === undefined ? null : STATE_WORDS[state].word;
    document.title = [mode?.toUpperCase(), word, SCREEN_TITLES[screen], NAME]
      .filter((part) => typeof part === 'string')
      .join(' · ');
  }, [mode, state, lost, screen]);
}
