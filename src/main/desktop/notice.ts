import type {
  EngineEventMessage,
  EngineState,
  EngineStatusData,
} from '../../shared/contract/engineStatus.ts';
import { sentenceOf } from '../../shared/words/eventSentence.ts';
import { liveEventWords } from '../../shared/words/liveEventWords.ts';
import { textIn } from '../../shared/words/logText.ts';
import { interruptionWords } from '../../shared/words/stateWords.ts';
import { Allowance } from './allowance.ts';

/** What the operating system shows when the user looks elsewhere. */
export interface Notice {
  /** Notices of one key say the same thing again. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  /** Shown whatever has been shown before. */
  readonly isUrgent: boolean;
}

/** What a status is worth telling for; undefined for the ordinary. `before` is the state that it follows. */
export function noticeOf(status: EngineStatusData, before: EngineState | undefined): Notice | undefined {
  const { state, event, error } = status;
  const mode = status.mode.toUpperCase();
  const isNew = state !== before;
  if (isNew && state === 'halted')
    return { key: 'sos', title: `${mode}: SOS`, body: SOS_WORDS, isUrgent: true };
  if (isNew && state === 'error') {
    const body = error?.message ?? 'The engine stopped by itself.';
    return { key: 'error', title: `${mode}: the engine stopped`, body, isUrgent: true };
  }
  if (event?.kind === 'log' && event.entry.type === 'ALERT') {
    const code = textIn(event.entry.data, 'code');
    // The state says it already.
    if (code === 'HALTED') return undefined;
    return { key: `alert ${code}`, title: `${mode}: alert`, body: sentenceOf(event.entry), isUrgent: false };
  }
  if (event?.kind === 'recovered') {
    const body = interruptionWords(event.interruption);
    return { key: 'recovered', title: `${mode}: back`, body, isUrgent: false };
  }
  const words = event === undefined ? undefined : liveEventWords(event);
  if (event === undefined || words === undefined) return undefined;
  return { ...words, key: liveKey(event), title: `${mode}: ${words.title}` };
}

/** Every question is one of its own, and so is every level of health. */
function liveKey(event: EngineEventMessage): string {
  if (event.kind === 'confirmationAsked') return `confirmation ${event.confirmation.confirmationId}`;
  return event.kind === 'health' ? `health ${event.alert.level}` : event.kind;
}

const SOS_WORDS = 'Everything is stopped and orders are cancelled. It stays so until you release it.';

const SAME_AGAIN_MS = 60_000;
const URGENT_AGAIN_MS = 5_000;
const MOST = 5;
const WITHIN_MS = 600_000;
const MORE_WITHIN_MS = 3_600_000;

const MORE: Notice = {
  key: 'more',
  title: 'More alerts',
  body: 'There are more than are shown here. All of them are in the list of events.',
  isUrgent: false,
};

/** Keeps a storm of alerts from flooding the desk: each at most once a minute, five in ten minutes, then one word more. */
export class NoticeGate {
  readonly #allowance = new Allowance(MOST, WITHIN_MS);
  readonly #more = new Allowance(1, MORE_WITHIN_MS);
  readonly #shownAt = new Map<string, number>();

  /** The notice to show instead of this one, at `now` (Unix ms); undefined for none. */
  admit(notice: Notice, now: number): Notice | undefined {
    const since = now - (this.#shownAt.get(notice.key) ?? -Infinity);
    const again = notice.isUrgent ? URGENT_AGAIN_MS : SAME_AGAIN_MS;
    // A clock that was set back counts as time gone by.
    if (since >= 0 && since < again) return undefined;
    if (!notice.isUrgent && !this.#allowance.take(now)) return this.#more.take(now) ? MORE : undefined;
    this.#shownAt.set(notice.key, now);
    return notice;
  }
}
