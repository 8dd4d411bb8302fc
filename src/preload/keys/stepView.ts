import type { AnswerOf, StepName, StepOf } from '../../shared/contract/ceremony.ts';
import { element } from './element.ts';

/** What the user entered; or what is missing, and where. */
export type Taken<Answer> =
  { readonly answer: Answer } | { readonly problem: string; readonly at: HTMLElement };

/** A step as it is drawn. */
export interface StepView<Answer> {
  readonly title: string;
  readonly lead: string;
  readonly body: readonly Node[];
  /** Where the keyboard begins. */
  readonly first: HTMLElement;
  /** Goes on. The view may hold it back. */
  readonly next: HTMLButtonElement;
  /** Another way on. */
  readonly other?: { readonly label: string; readonly answer: Answer };
  /** Empties every field that held a secret. */
  take(): Taken<Answer> | Promise<Taken<Answer>>;
  /** The step is over: what it held is thrown away. */
  left?(): void;
}

export type Screen<Name extends StepName> = (step: StepOf<Name>) => StepView<AnswerOf<Name>>;

export const nextButton = (label: string): HTMLButtonElement =>
  element('button', { type: 'submit', class: 'button primary' }, label);
