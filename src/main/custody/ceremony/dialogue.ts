import type { AnswerOf, StepName, StepOf } from '../../../shared/contract/ceremony.ts';

/**
 * Whoever sits before a ceremony. It shows a step and hands back the answer; bytes in an answer are the caller's to
 * zero, bytes in a step are the dialogue's for as long as the call lasts.
 */
export interface Dialogue {
  /** How often the same thing may be answered wrongly before the ceremony ends with that error. */
  readonly patience: number;
  /** Throws CANCELLED where the user leaves. */
  ask<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<AnswerOf<Name>>;
}
