import type { CeremonyEnd, CeremonyTask } from '../../shared/contract/ceremony.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import { ERROR_WORDS } from '../../shared/words/errorWords.ts';
import { addressLine } from './addressLine.ts';
import { element } from './element.ts';
import { endWords, failedTitle } from './taskWords.ts';

/** The last thing that the window shows. */
export interface Ending {
  readonly title: string;
  readonly body: readonly Node[];
  readonly look: 'done' | 'failed' | 'left';
}

/** What was done, and for which address. */
export function doneEnding(end: CeremonyEnd): Ending {
  const { title, sentences } = endWords(end);
  return {
    title,
    look: 'done',
    body: [
      ...sentences.map((sentence) => element('p', {}, sentence)),
      labelled('Its address', end.address),
      ...(end.kind === 'stored' && end.role === 'delegate' ? [labelled('Its owner', end.owner)] : []),
    ],
  };
}

const labelled = (label: string, address: string): HTMLElement =>
  element('div', { class: 'field' }, element('p', { class: 'label' }, label), addressLine(address));

/** What happened, what it means for the money, what to do, and the code. */
export function failedEnding(task: CeremonyTask, code: ErrorCode, message: string): Ending {
  const { money, todo } = ERROR_WORDS[code];
  return {
    title: failedTitle(task, code),
    look: code === 'CANCELLED' ? 'left' : 'failed',
    body: [
      element('p', {}, message),
      element(
        'dl',
        { class: 'parts' },
        element('dt', {}, 'Your money'),
        element('dd', {}, money),
        element('dt', {}, 'What to do'),
        element('dd', {}, todo),
      ),
      element('p', { class: 'code' }, code),
    ],
  };
}
