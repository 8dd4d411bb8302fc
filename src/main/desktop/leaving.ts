import type { Glance } from '../app.ts';
import type { WalletRecord } from '../domain/wallet.ts';
import { STATE_WORDS } from '../../shared/words/stateWords.ts';
import { holdingsOf, isLiveAtWork, isWorking } from './watching.ts';

/** What closing the window does. On macOS a program without a window stays in the dock, as all do there. */
export function whenClosed(glance: Glance, platform: NodeJS.Platform): 'hide' | 'quit' {
  return platform === 'darwin' || isWorking(glance) ? 'hide' : 'quit';
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
}

/** What is asked before quitting, naming what stays open; undefined where nothing real is at stake. */
export function leavingQuestion(glance: Glance): Question | undefined {
  const holdings = holdingsOf(glance);
  if (glance.status.mode !== 'live') return undefined;
  if (!isLiveAtWork(glance) && holdings.length === 0) return undefined;
  const { venue, state } = glance.status;
  const open =
    holdings.length === 0
      ? 'No position is open.'
      : `These stay open on ${venue}: ${holdings.join(', ')}. Their prices, funding and health change, and nobody watches or hedges them until the engine runs again.`;
  return {
    message: `Quit while the engine is LIVE (${STATE_WORDS[state].word})?`,
    detail: `${open} What is in flight is completed or recorded as unknown, and looked up at the next start.`,
    yes: 'Quit',
    no: 'Stay',
  };
}

/** What is said when a window is closed for the first time while the engine goes on. */
export const TRAY_NOTICE = {
  title: 'The engine goes on',
  body: 'Phantom Arbiter stays in the tray. Open it there, or by starting it again; Quit is there too.',
} as const;

/** Asked by the program itself, since a page could press its own buttons, and could have changed the name. */
export const removalQuestion = ({ name, kind, address }: WalletRecord): Question => ({
  message: `Destroy the key of ${name}?`,
  detail: `${kind === 'delegate' ? 'Trading delegate' : 'Owner: can withdraw'}\n${address}\n\nIt goes from the keychain of this computer. Without the recovery phrase, or another copy of the key, the money at its address is lost for good.`,
  yes: 'Destroy the key',
  no: 'Keep it',
});

/** Asked before SOS is released: trading may begin again after it. */
export const RELEASE_QUESTION: Question = {
  message: 'Release SOS?',
  detail: 'The engine may trade again once it is started. Positions that are open now stay as they are.',
  yes: 'Release',
  no: 'Keep halted',
};
