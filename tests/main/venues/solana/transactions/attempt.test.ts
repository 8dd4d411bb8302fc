import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { LandedTransaction } from '../../../../../src/main/venues/solana/chain.ts';
import {
  admitsAnother,
  after,
  isOver,
  type Attempt,
  type AttemptEvent,
} from '../../../../../src/main/venues/solana/transactions/attempt.ts';
import {
  attemptOf,
  newRecord,
  standingOf,
} from '../../../../../src/main/venues/solana/transactions/attemptRecord.ts';
import { AppError } from '../../../../../src/shared/contract/appError.ts';
import { refusal } from '../../../storage/fixtures/scratch.ts';

const LAST_VALID = 100;
const WHY = { code: 'SIMULATION_FAILED', message: 'No.' } as const;
/** Typed as any attempt is, or the compiler would believe that it stays intended. */
const INTENDED = { state: 'intended' } as Attempt;

const signedAs = (signature: string): Extract<AttemptEvent, { kind: 'signed' }> => ({
  kind: 'signed',
  signed: { signature, lastValidBlockHeight: LAST_VALID, wire: Uint8Array.of(1, 2, 3) },
});
const shown = (signature: string, isGood = true): AttemptEvent => ({
  kind: 'shown',
  transaction: transactionOf(signature, isGood),
  why: isGood ? null : WHY,
});
const transactionOf = (signature: string, isGood: boolean): LandedTransaction => ({
  signature,
  slot: 90,
  blockTime: null,
  error: isGood ? null : 'no',
  logs: ['Program log: 1'],
  fee: 5_000n,
  payer: { address: 'me', before: 10n, after: 5n },
  balances: [],
});
const absentAt = (finalizedHeight: number): AttemptEvent => ({ kind: 'absent', finalizedHeight });
const GAVE_UP: AttemptEvent = { kind: 'gaveUp', cause: 'Nobody knows.' };
const REFUSED: AttemptEvent = { kind: 'refused', why: WHY };

const run = (...events: readonly AttemptEvent[]): Attempt => events.reduce(after, INTENDED);

describe('an attempt', () => {
  it.each([
    ['refused', [REFUSED]],
    ['signed', [signedAs('a')]],
    ['landed', [signedAs('a'), shown('a')]],
    ['failed', [signedAs('a'), shown('a', false)]],
    ['expired', [signedAs('a'), absentAt(LAST_VALID + 1)]],
    ['unknown', [signedAs('a'), GAVE_UP]],
    ['landed', [signedAs('a'), GAVE_UP, shown('a')]],
    ['expired', [signedAs('a'), GAVE_UP, absentAt(LAST_VALID + 1)]],
  ] as const)('is %s after that', (state, events) => {
    expect(run(...events).state).toBe(state);
  });

  it('[R9.4] that is absent can still land up to its last block height', () => {
    expect(run(signedAs('a'), absentAt(LAST_VALID)).state).toBe('signed');
    expect(run(signedAs('a'), GAVE_UP, absentAt(LAST_VALID)).state).toBe('unknown');
  });

  it.each([
    ['signed twice', [signedAs('a'), signedAs('b')]],
    ['refused after it was signed', [signedAs('a'), REFUSED]],
    ['refused while it is unknown', [signedAs('a'), GAVE_UP, REFUSED]],
    ['shown before it was signed', [shown('a')]],
    ['shown as another', [signedAs('a'), shown('b')]],
    ['shown after it has expired', [signedAs('a'), absentAt(LAST_VALID + 1), shown('a')]],
    ['undone after it has landed', [signedAs('a'), shown('a'), shown('a', false)]],
  ] as const)('is never %s', (_, events) => {
    expect(refusal(() => run(...events)).code).toBe('INTERNAL');
  });

  it('comes back from the journal as it was', () => {
    for (const events of [
      [],
      [REFUSED],
      [signedAs('a')],
      [signedAs('a'), GAVE_UP],
      [signedAs('a'), shown('a')],
      [signedAs('a'), shown('a', false)],
      [signedAs('a'), absentAt(LAST_VALID + 1)],
    ]) {
      const attempt = run(...events);
      const intent = { id: 'a', kind: 'order', words: 'a', instructions: [] } as const;
      const record = { ...newRecord(intent, 1, 'me', 0), ...standingOf(attempt) };
      expect(attemptOf(record)).toEqual(attempt);
    }
  });
});

/** What may come in whatever order, also what no chain would say. */
const anyEvent = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd').map(signedAs),
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()).map(([name, isGood]) => shown(name, isGood)),
  fc.integer({ min: LAST_VALID - 2, max: LAST_VALID + 2 }).map(absentAt),
  fc.constant(GAVE_UP),
  fc.constant(REFUSED),
);
/** An event for the last attempt, or the wish for another. */
const anyStep = fc.oneof(
  { weight: 3, arbitrary: anyEvent },
  { weight: 1, arbitrary: fc.constant('another') },
);

const mayHaveEffect = ({ state }: Attempt): boolean => ['signed', 'unknown', 'landed'].includes(state);

/** The event taken, or refused as impossible. */
function taken(attempt: Attempt, event: AttemptEvent): Attempt {
  try {
    return after(attempt, event);
  } catch (error) {
    if (error instanceof AppError && error.code === 'INTERNAL') return attempt;
    throw error;
  }
}

describe('whatever happens to an intent', () => {
  it('never has two signatures that may both have an effect', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const attempts: Attempt[] = [];
        for (const step of steps) {
          const last = attempts.at(-1);
          if (step === 'another' || last === undefined) {
            if (admitsAnother(attempts)) attempts.push(INTENDED);
          } else if (typeof step !== 'string') attempts.splice(-1, 1, taken(last, step));
          expect(attempts.filter(mayHaveEffect).length).toBeLessThanOrEqual(1);
          expect(attempts.slice(0, -1).every(({ state }) => ['expired', 'failed'].includes(state))).toBe(
            true,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never changes what is over, takes back a signature, or makes unknown what was refused', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        let attempt: Attempt = INTENDED;
        for (const event of events) {
          const next = taken(attempt, event);
          if (isOver(attempt)) expect(next).toEqual(attempt);
          if ('signed' in attempt) expect('signed' in next && next.signed).toEqual(attempt.signed);
          if (attempt.state === 'unknown')
            expect(next.state).not.toBeOneOf(['refused', 'intended', 'signed']);
          attempt = next;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is expired only by a finalized height past its last one', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        let attempt: Attempt = INTENDED;
        for (const event of events) {
          const next = taken(attempt, event);
          if (next.state === 'expired' && attempt.state !== 'expired')
            expect(event.kind === 'absent' && event.finalizedHeight).toBeGreaterThan(LAST_VALID);
          attempt = next;
        }
      }),
    );
  });
});
