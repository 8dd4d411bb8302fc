import type { RefusalReason } from './verdict.ts';

/** Ends the look at a transaction wherever it stands: `judge` makes a verdict of it, and nobody else sees it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, why: string) {
    super(why);
    this.reason = reason;
  }
}

/** @throws Refusal always */
export function refuse(reason: RefusalReason, why: string): never {
  throw new Refusal(reason, why);
}
