import type { CeremonyTask, StepName, StepOf } from '../../shared/contract/ceremony.ts';
import { askToLeave } from './cancelQuestion.ts';
import { Conversation, type Heard } from './conversation.ts';
import { element } from './element.ts';
import { doneEnding, failedEnding, type Ending } from './endings.ts';
import { screenOf } from './screens/screens.ts';
import { progressOf } from './stages.ts';
import { stepForm, type StepForm } from './stepForm.ts';
import { taskWords } from './taskWords.ts';

/** The page: one card, which shows one step after the other, and how it ended. */
export class KeyPage {
  readonly #task: CeremonyTask;
  readonly #close: () => void;
  readonly #conversation: Conversation;
  #form: StepForm | undefined;

  /** @param close ends the window, and with it the process that held what was typed */
  constructor(port: MessagePort, task: CeremonyTask, close: () => void) {
    this.#task = task;
    this.#close = close;
    document.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    this.#conversation = new Conversation(port, (heard) => {
      this.#show(heard);
    });
  }

  #show(heard: Heard): void {
    this.#form?.leave();
    this.#form = undefined;
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
    if (heard.kind === 'step') this.#showStep(heard.name, heard.step as StepOf<StepName>);
    else if (heard.kind === 'end') this.#showEnding(doneEnding(heard.end));
    else this.#showEnding(failedEnding(this.#task, heard.code, heard.message));
  }

  #showStep(name: StepName, step: StepOf<StepName>): void {
    const view = screenOf(name)?.(step);
    if (view === undefined) {
      this.#conversation.cancel();
      const message = 'That is done on the terminal only.';
      this.#showEnding(failedEnding(this.#task, 'TERMINAL_REQUIRED', message));
      return;
    }
    this.#form = stepForm({
      view,
      problem: 'problem' in step ? step.problem : undefined,
      answered: (answer) => {
        this.#conversation.answer(name, answer);
      },
      cancel: () => {
        this.#askToLeave();
      },
    });
    this.#draw(
      view.title,
      progressLine(this.#task, name),
      element('p', { class: 'lead' }, view.lead),
      this.#form.root,
    );
    this.#form.focus();
  }

  #showEnding({ title, body, look }: Ending): void {
    const close = element('button', { type: 'button', class: 'button primary' }, 'Close');
    close.addEventListener('click', () => {
      this.#leave();
    });
    this.#draw(
      title,
      look === 'done' ? element('div', { class: 'tick', 'aria-hidden': 'true' }) : undefined,
      element('div', { class: `ending ${look}` }, ...body),
      element(
        'div',
        { class: 'actions' },
        element('p', { class: 'status' }, 'It closes by itself in two minutes.'),
        close,
      ),
    );
    close.focus();
  }

  /** Throws away all that the card showed, and shows something else. */
  #draw(title: string, above: Node | undefined, ...content: readonly Node[]): void {
    document.title = `${title} – Phantom Arbiter`;
    const head = element('p', { class: 'doing' }, taskWords(this.#task).doing);
    const heading = element('h1', {}, title);
    card().replaceChildren(head, ...(above === undefined ? [] : [above]), heading, ...content);
  }

  #key(event: KeyboardEvent): void {
    if (document.querySelector('dialog') !== null) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (this.#conversation.isOver) this.#leave();
      else this.#askToLeave();
    }
  }

  #askToLeave(): void {
    const { leaving } = taskWords(this.#task);
    const leave = (): void => {
      this.#leave();
    };
    if (leaving === undefined) leave();
    else askToLeave(leaving, leave);
  }

  #leave(): void {
    this.#conversation.cancel();
    this.#form?.leave();
    document.body.replaceChildren();
    this.#close();
  }
}

/** The one element of keys.html that this fills. */
function card(): HTMLElement {
  const main = document.querySelector('main');
  if (main === null) throw new Error('the page has no card');
  return main;
}

/** The stages of the task, with the one that a step belongs to; undefined where there is nothing to count. */
function progressLine(task: CeremonyTask, step: StepName): HTMLElement | undefined {
  const progress = progressOf(task.kind, step);
  if (progress === undefined) return undefined;
  const { labels, at } = progress;
  const list = element('ol', { class: 'stages', 'aria-label': 'Progress' });
  labels.forEach((label, index) => {
    const state = index < at ? 'done' : index === at ? 'now' : 'later';
    list.append(
      element('li', { 'data-state': state, 'aria-current': index === at ? 'step' : undefined }, label),
    );
  });
  return list;
}
