import { create } from 'zustand';
import { replyOf } from '../api/apiError.ts';
import { sayFailed, toldBeside } from './notices.ts';

/** What the user has begun and is under way, by name: a second click on it does nothing. */
const useActs = create<{ readonly under: ReadonlySet<string> }>()(() => ({ under: new Set() }));

export const useUnderWay = (name: string): boolean => useActs((state) => state.under.has(name));

/** Does something the user asked for, once at a time. @param failure what to say did not happen, if it fails */
export async function act(name: string, failure: string, work: () => Promise<void>): Promise<void> {
  if (useActs.getState().under.has(name)) return;
  useActs.setState(({ under }) => ({ under: new Set([...under, name]) }));
  try {
    await work();
  } catch (error) {
    toldBeside(replyOf(error).message);
    sayFailed(failure, error);
  } finally {
    useActs.setState(({ under }) => ({ under: new Set([...under].filter((one) => one !== name)) }));
  }
}

/** What was asked for last while the same was under way, by name. */
const waiting = new Map<string, () => Promise<void>>();

/**
 * The same for what a user may change their mind about while it is under way: what was asked last is done next, so that
 * a key pressed between a change and its answer is not lost.
 */
export async function actLast(name: string, failure: string, work: () => Promise<void>): Promise<void> {
  if (useActs.getState().under.has(name)) {
    waiting.set(name, work);
    return;
  }
  for (let next: (() => Promise<void>) | undefined = work; next !== undefined;) {
    await act(name, failure, next);
    next = waiting.get(name);
    waiting.delete(name);
  }
}
