import type { EngineState, Interruption } from '../contract/engineStatus.ts';
import { hourWords, spanWords } from './durationWords.ts';

export interface StateWords {
  /** One or two words for a badge. */
  readonly word: string;
  /** One line: what the engine does, and what that means for the positions. */
  readonly meaning: string;
}

/** What each state of an engine is called, and what it means. */
export const STATE_WORDS: Readonly<Record<EngineState, StateWords>> = {
  stopped: { word: 'Stopped', meaning: 'Nothing is traded or watched. Positions stay as they are.' },
  starting: { word: 'Starting', meaning: 'The engine reads its state and syncs before it trades.' },
  running: { word: 'Running', meaning: 'The engine works, or holds its hedge and keeps it straight.' },
  waiting: {
    word: 'Waiting',
    meaning: 'The engine is up and watches. It holds nothing until funding pays, or an outcome is known.',
  },
  recovering: {
    word: 'Recovering',
    meaning: 'The engine compares its books with the venue before it trades.',
  },
  readOnly: { word: 'Read only', meaning: 'The engine watches, and does not trade.' },
  stopping: { word: 'Stopping', meaning: 'What is in flight is completed. Positions stay.' },
  error: {
    word: 'Error',
    meaning: 'The engine stopped by itself. Nothing is traded until it is started again.',
  },
  halted: { word: 'SOS', meaning: 'All trading is halted, and stays so until you release it.' },
};

/** "Not watched since 02:14, for 3 h 5 min: the computer slept. The engine has synced and goes on." */
export function interruptionWords({ cause, from, to }: Interruption): string {
  const why = cause === 'sleep' ? 'the computer slept' : "the computer's clock jumped";
  const span = to > from ? `, for ${spanWords(to - from)}` : '';
  return `Not watched since ${hourWords(from)}${span}: ${why}. The engine has synced and goes on.`;
}
