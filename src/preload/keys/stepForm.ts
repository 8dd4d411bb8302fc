import { element } from './element.ts';
import type { StepView } from './stepView.ts';

/** So long an answer may take before a word is due on what it may be waiting for. */
const PATIENCE_MS = 3_000;

export interface StepForm {
  readonly root: HTMLFormElement;
  /** Puts the keyboard where the step begins. */
  focus(): void;
  /** The step is over. */
  leave(): void;
}

export interface StepFormParts<Answer> {
  readonly view: StepView<Answer>;
  /** Why the last answer was not taken. */
  readonly problem: string | undefined;
  readonly answered: (answer: Answer) => void;
  readonly cancel: () => void;
}

/** A step as a form: what is asked, what is wrong with it, and the ways on. It is answered once. */
export function stepForm<Answer>({ view, problem, answered, cancel }: StepFormParts<Answer>): StepForm {
  const trouble = element('p', { id: 'problem', class: 'problem', role: 'alert' });
  const status = element('p', { class: 'status', role: 'status' });
  const fields = element('div', { class: 'fields' }, ...view.body);
  const leaving = element('button', { type: 'button', class: 'button quiet' }, 'Cancel');
  const actions = element('div', { class: 'actions' }, leaving, status);
  const root = element('form', { class: 'step', novalidate: true }, fields, trouble, actions);
  let isTaking = false;
  let late: ReturnType<typeof setTimeout> | undefined;

  const say = (text: string, at: HTMLElement): void => {
    trouble.textContent = text;
    at.setAttribute('aria-invalid', 'true');
    at.setAttribute('aria-errormessage', trouble.id);
    at.focus();
  };
  const send = (answer: Answer): void => {
    trouble.textContent = '';
    for (const field of fields.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
    fields.inert = true;
    for (const button of [view.next, other]) if (button !== undefined) button.disabled = true;
    root.setAttribute('aria-busy', 'true');
    status.textContent = 'Working…';
    late = setTimeout(() => {
      status.textContent = 'Still working. If your system asks whether to open its keychain, allow it.';
    }, PATIENCE_MS);
    answered(answer);
  };
  const other = otherButton(view, send);
  if (other !== undefined) actions.append(other);
  actions.append(view.next);
  leaving.addEventListener('click', cancel);
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isTaking || view.next.disabled) return;
    isTaking = true;
    void Promise.resolve(view.take()).then((taken) => {
      isTaking = false;
      if ('problem' in taken) say(taken.problem, taken.at);
      else send(taken.answer);
    });
  });
  return {
    root,
    focus: () => {
      if (problem === undefined) view.first.focus();
      else say(problem, view.first);
    },
    leave: () => {
      clearTimeout(late);
      view.left?.();
    },
  };
}

function otherButton<Answer>(
  { other }: StepView<Answer>,
  send: (answer: Answer) => void,
): HTMLButtonElement | undefined {
  if (other === undefined) return undefined;
  const button = element('button', { type: 'button', class: 'button' }, other.label);
  button.addEventListener('click', () => {
    send(other.answer);
  });
  return button;
}
