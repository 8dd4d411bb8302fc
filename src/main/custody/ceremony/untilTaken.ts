import { AppError } from '../../../shared/contract/appError.ts';
import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { Dialogue } from './dialogue.ts';

/**
 * Asks until the answer is taken, with what was wrong with the last one, as often as the dialogue has patience.
 * @param mendable what another answer can mend; every other error ends the ceremony
 */
export async function untilTaken<Taken>(
  { patience }: Pick<Dialogue, 'patience'>,
  mendable: readonly ErrorCode[],
  ask: (refused: AppError | undefined) => Promise<Taken>,
): Promise<Taken> {
  let refused: AppError | undefined;
  for (let time = 1; ; time += 1) {
    try {
      return await ask(refused);
    } catch (error) {
      if (!(error instanceof AppError) || !mendable.includes(error.code) || time >= patience) throw error;
      refused = error;
    }
  }
}

/** The words about it, where a step has room for them. */
export const problemOf = (refused: AppError | undefined): { readonly problem?: string } =>
  refused === undefined ? {} : { problem: refused.message };
