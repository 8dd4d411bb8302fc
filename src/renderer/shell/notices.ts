import { create } from 'zustand';
import { textIn } from '../../shared/words/logText.ts';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import { replyOf } from '../api/apiError.ts';

/** Something to say about what the user did. */
export type Notice = { readonly id: number } & (
  | { readonly kind: 'done'; readonly text: string; readonly copy?: string }
  | { readonly kind: 'byHand'; readonly entry: EventEntry }
  | { readonly kind: 'failed'; readonly title: string; readonly error: ErrorReply }
);

const MOST = 4;
/** A good outcome goes by itself; a failure stays until it is read. */
const DONE_MS = 6_000;

let lastId = 0;

export const useNotices = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

export const dismissNotice = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

/** @param copy something that the user may want to take along, such as a path: then it stays until it is dismissed */
export function sayDone(text: string, copy?: string): void {
  lastId += 1;
  const id = lastId;
  add({ id, kind: 'done', text, ...(copy === undefined ? {} : { copy }) });
  if (copy === undefined) setTimeout(() => dismissNotice(id), DONE_MS);
}

/** @param title what was wanted and did not happen */
export function sayFailed(title: string, thrown: unknown): void {
  lastId += 1;
  add({ id: lastId, kind: 'failed', title, error: replyOf(thrown) });
}

/** What was said beside the field or button that it is about, and is not said once more in the corner. */
let besides: string | null = null;

export function toldBeside(message: string): void {
  const isThis = (notice: Notice): boolean =>
    notice.kind === 'byHand' && textIn(notice.entry.data, 'because') === message;
  const { notices } = useNotices.getState();
  besides = notices.some(isThis) ? null : message;
  useNotices.setState({ notices: notices.filter((notice) => !isThis(notice)) });
}

/** Says what was blocked, or has to be known, of what was traded by hand. It stays until it is read. */
export function sayByHand(entry: EventEntry): void {
  if (besides !== null && textIn(entry.data, 'because') === besides) {
    besides = null;
    return;
  }
  lastId += 1;
  add({ id: lastId, kind: 'byHand', entry });
}

/** Another vault: what was said of the trades by hand of the one before no longer holds. */
export const forgetByHand = (): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter(({ kind }) => kind !== 'byHand') }));

const add = (notice: Notice): void =>
  useNotices.setState(({ notices }) => ({ notices: [...notices, notice].slice(-MOST) }));
