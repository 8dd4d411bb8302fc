import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OrderStatus } from '../../../src/main/domain/order.ts';
import { afterReport, isOver, whenAbsent } from '../../../src/main/execution/orderState.ts';
import type { JournalState } from '../../../src/main/storage/vaultStore.ts';
import { reportOf } from './scriptedVenue.ts';

const FINAL = ['filled', 'partiallyFilled', 'rejected', 'cancelled', 'expired'] as const;
const UNFINISHED = ['sent', 'unknown'] as const;

const report = (status: OrderStatus) => reportOf('t1-1', status).report;

/** What a venue may say of an order: a report, or that it has never seen it. */
type Word =
  | { readonly says: 'report'; readonly status: OrderStatus }
  | { readonly says: 'absent'; readonly now: number };

const VALID_UNTIL = 1_000;
const anyWord: fc.Arbitrary<Word> = fc.oneof(
  fc
    .constantFrom<OrderStatus>('untriggered', 'open', ...FINAL)
    .map((status) => ({ says: 'report' as const, status })),
  fc.integer({ min: VALID_UNTIL - 2, max: VALID_UNTIL + 2 }).map((now) => ({ says: 'absent' as const, now })),
);

describe('the state of an order', () => {
  it('is over once the venue has said its last word, and not before', () => {
    expect(FINAL.map(isOver)).toEqual([true, true, true, true, true]);
    expect(UNFINISHED.map(isOver)).toEqual([false, false]);
  });

  it.each(UNFINISHED)('%s becomes what the venue reports; what rests or waits is unknown to us', (state) => {
    for (const status of FINAL) expect(afterReport(state, report(status))).toBe(status);
    expect(afterReport(state, report('open'))).toBe('unknown');
    expect(afterReport(state, report('untriggered'))).toBe('unknown');
  });

  it('that is over stays, and a venue that says otherwise is not believed', () => {
    for (const state of FINAL) {
      for (const status of ['open', ...FINAL] as const) {
        if (status === state) expect(afterReport(state, report(status))).toBe(state);
        else {
          expect(() => afterReport(state, report(status)), `${state} → ${status}`).toThrow(
            expect.objectContaining({
              code: 'INTERNAL',
              message: 'The venue contradicts itself about order t1-1.',
              details: { clientOrderId: 't1-1', was: state, is: status === 'open' ? 'unknown' : status },
            }),
          );
        }
      }
    }
  });

  it('of one that the venue has never seen is unknown while it may still arrive, and expired only after that', () => {
    for (const state of UNFINISHED) {
      expect(whenAbsent(state, VALID_UNTIL - 1, VALID_UNTIL)).toBe('unknown');
      expect(whenAbsent(state, VALID_UNTIL, VALID_UNTIL)).toBe('unknown');
      expect(whenAbsent(state, VALID_UNTIL + 1, VALID_UNTIL)).toBe('expired');
    }
    for (const state of FINAL) expect(whenAbsent(state, VALID_UNTIL + 1, VALID_UNTIL)).toBe(state);
  });

  it('[R9.4] follows its model through any sequence of words, and nothing changes it once it is over', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 12 }), (words) => {
        let state: JournalState = 'sent';
        let settled: JournalState | undefined;
        for (const word of words) {
          if (word.says === 'absent') {
            state = whenAbsent(state, word.now, VALID_UNTIL);
            if (word.now > VALID_UNTIL) settled ??= 'expired';
          } else if (settled !== undefined && word.status !== settled) {
            const before = state;
            expect(() => afterReport(before, report(word.status))).toThrow('contradicts itself');
          } else {
            state = afterReport(state, report(word.status));
            if (word.status !== 'open' && word.status !== 'untriggered') settled = word.status;
          }
          expect(state).toBe(settled ?? 'unknown');
          expect(isOver(state)).toBe(settled !== undefined);
        }
      }),
      { numRuns: 300 },
    );
  });
});
