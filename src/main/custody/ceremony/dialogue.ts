import type { AnswerOf, StepName, StepOf } from '../../../shared/contract/ceremony.ts';

/**
 * Whoever sits before a ceremony. It shows a step and hands back the answer; bytes in it are the caller's to zero.
 * Throws CANCELLED where the user leaves.
 */
export interface Dialogue {
  ask<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<AnswerOf<Name>>;
}
