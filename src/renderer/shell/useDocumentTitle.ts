import { useEffect } from 'react';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { useLive, useStatus } from '../live/liveStore.ts';

const NAME = 'Phantom Arbiter';

/** The window's title says mode and state, for those who look at another window. */
export function useDocumentTitle(): void {
  const mode = useStatus((status) => status.mode);
  const state = useStatus((status) => status.state);
  const lost = useLive(({ connection }) => connection.kind === 'lost');
  useEffect(() => {
    const word = lost ? 'Connection lost' : state === undefined ? null : STATE_WORDS[state].word;
    document.title = [mode?.toUpperCase(), word, NAME].filter((part) => typeof part === 'string').join(' · ');
  }, [mode, state, lost]);
}
