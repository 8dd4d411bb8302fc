import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import type { ProposedTrade } from '../risk/trade.ts';
import type { Memory } from './memory.ts';

/** Numbers behind a decision; decimal strings for money and sizes. */
export type Numbers = Readonly<Record<string, string | number>>;

/** What is said of a decision, in the event log and on the screen. */
export type Note =
  | {
      readonly type: 'DECISION';
      readonly action: string;
      readonly because: string;
      readonly numbers: Numbers;
    }
  | {
      readonly type: 'BLOCKED';
      readonly code: ErrorCode;
      readonly because: string;
      readonly numbers: Numbers;
    }
  | { readonly type: 'ALERT'; readonly code: ErrorCode; readonly because: string; readonly numbers: Numbers };

/** What the engine makes of an event: what it remembers from now on, what it says, and at most one trade. */
export interface Decision {
  readonly memory: Memory;
  readonly notes: readonly Note[];
  readonly trade: ProposedTrade | null;
}

/** Nothing to do. */
export const nothing = (memory: Memory): Decision => ({ memory, notes: [], trade: null });

const AGAIN_MS = 3_600_000;

/**
 * Says something that would otherwise be said at every tick only when it changes, and then once an hour.
 * @param what names the state that lasts; another name is a change
 */
export function sayOnce(memory: Memory, what: string, now: number, note: Note): Decision {
  const { said } = memory;
  if (said !== null && said.what === what && now - said.at < AGAIN_MS) return nothing(memory);
  return { memory: { ...memory, said: { what, at: now } }, notes: [note], trade: null };
}
