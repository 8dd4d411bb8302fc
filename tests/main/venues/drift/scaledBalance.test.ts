import {
  SpotBalanceType,
  getBalance,
  getSignedTokenAmount,
  getTokenAmount,
  type SpotMarketAccount,
} from '@drift-labs/sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ScaledBalance } from '../../../../src/main/venues/drift/driftState.ts';
import {
  afterTokens,
  tokensOf,
  type CumulativeInterest,
} from '../../../../src/main/venues/drift/scaledBalance.ts';
import { SpotPath } from '../../../../src/main/venues/drift/spotPath.ts';
import { big, bn } from './driftAccounts.ts';

const ONE = 10n ** 10n;
const upTo = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: bound }));

const anyInterest: fc.Arbitrary<CumulativeInterest> = fc.record({
  decimals: fc.constantFrom(6, 9),
  depositInterest: fc.bigInt({ min: ONE, max: 3n * ONE }),
  borrowInterest: fc.bigInt({ min: ONE, max: 4n * ONE }),
});
const anyBalance: fc.Arbitrary<ScaledBalance> = fc.record({
  kind: fc.constantFrom('deposit', 'borrow'),
  scaled: upTo(10n ** 16n),
});
const anyTokens = fc
  .tuple(upTo(10n ** 13n), fc.boolean())
  .map(([amount, isOut]) => (isOut ? -amount : amount));

const typeOf = (kind: ScaledBalance['kind']): SpotBalanceType =>
  kind === 'deposit' ? SpotBalanceType.DEPOSIT : SpotBalanceType.BORROW;
const sdkMarket = ({ decimals, depositInterest, borrowInterest }: CumulativeInterest): SpotMarketAccount =>
  ({
    decimals,
    cumulativeDepositInterest: bn(depositInterest),
    cumulativeBorrowInterest: bn(borrowInterest),
  }) as SpotMarketAccount;

const sdkTokens = ({ kind, scaled }: ScaledBalance, interest: CumulativeInterest): bigint => {
  const tokens = getTokenAmount(bn(scaled), sdkMarket(interest), typeOf(kind));
  return big(getSignedTokenAmount(tokens, typeOf(kind)));
};

describe('a scaled balance', () => {
  it('is as many tokens as the SDK says: a deposit rounded down, a borrow up', () => {
    fc.assert(
      fc.property(anyBalance, anyInterest, (balance, interest) => {
        expect(tokensOf(balance, interest)).toBe(sdkTokens(balance, interest));
      }),
    );
  });

  it("what comes in to nothing is the SDK's balance of it: a borrow rounded up", () => {
    fc.assert(
      fc.property(anyTokens, anyInterest, (tokens, interest) => {
        fc.pre(tokens !== 0n);
        const kind = tokens > 0n ? 'deposit' : 'borrow';
        const { scaled } = afterTokens({ kind: 'deposit', scaled: 0n }, tokens, interest);
        const amount = tokens > 0n ? tokens : -tokens;
        expect(scaled).toBe(big(getBalance(bn(amount), sdkMarket(interest), typeOf(kind))));
      }),
    );
  });

  it('tokens that come and go are rounded by a unit of the token and one of the balance at most', () => {
    fc.assert(
      fc.property(
        anyBalance,
        anyInterest,
        anyTokens,
        fc.boolean(),
        (balance, interest, tokens, isLeaving) => {
          const isOut = isLeaving && tokens < 0n;
          const after = afterTokens(balance, tokens, interest, isOut);
          const rounded = tokensOf(after, interest) - tokensOf(balance, interest) - tokens;
          // A unit of the balance is up to four of a token of nine decimals here.
          expect(rounded).toBeLessThanOrEqual(5n);
          expect(rounded).toBeGreaterThanOrEqual(-5n);
          expect(after.scaled).toBeGreaterThanOrEqual(0n);
        },
      ),
    );
  });

  // Interest of 1.5 and 2.5, tokens of six decimals: a unit is 1000 / 1.5 = 666.67 or 1000 / 2.5 = 400 of a balance.
  const interest: CumulativeInterest = {
    decimals: 6,
    depositInterest: 15_000_000_000n,
    borrowInterest: 25_000_000_000n,
  };

  it.each([
    ['a deposit grows by its balance rounded down', 'deposit', 10_000n, 7n, false, 'deposit', 14_666n],
    ['a sale takes a balance rounded down', 'deposit', 10_000n, -7n, false, 'deposit', 5_334n],
    ['a withdrawal or a transfer takes it rounded up', 'deposit', 10_000n, -7n, true, 'deposit', 5_333n],
    [
      'what is withdrawn over the deposit is owed, rounded up',
      'deposit',
      1_334n,
      -5n,
      true,
      'borrow',
      1_201n,
    ],
    ['a deposit that is taken to the last unit leaves nothing', 'deposit', 1_334n, -2n, true, 'deposit', 0n],
    ['a borrow grows by its balance rounded up', 'borrow', 4_000n, -3n, true, 'borrow', 5_201n],
    ['a borrow is paid back with its balance rounded up', 'borrow', 4_000n, 3n, false, 'borrow', 2_799n],
    ['what is paid over the borrow is a deposit', 'borrow', 4_000n, 13n, false, 'deposit', 2_000n],
    ['a speck that is no token stays, as what comes over it', 'deposit', 5n, -1n, true, 'borrow', 406n],
    ['no tokens change nothing', 'borrow', 4_000n, 0n, false, 'borrow', 4_000n],
  ] as const)('%s', (_, kind, scaled, tokens, isLeaving, after, left) => {
    expect(afterTokens({ kind, scaled }, tokens, interest, isLeaving)).toEqual({ kind: after, scaled: left });
  });
});

describe('the way of a balance', () => {
  it('interest and roundings together are what its tokens changed by, beside what came and went', () => {
    const anyStep = fc.oneof(
      fc.record({ moved: anyTokens, isLeaving: fc.boolean() }),
      fc.record({ grownBy: fc.bigInt({ min: 0n, max: 10n ** 8n }) }),
    );
    fc.assert(
      fc.property(anyBalance, anyInterest, fc.array(anyStep), (balance, first, steps) => {
        const path = new SpotPath(0, balance, first);
        let interest = first;
        let told = tokensOf(balance, first);
        for (const step of steps) {
          if ('moved' in step)
            told += step.moved + path.move(step.moved, true, step.isLeaving && step.moved < 0n);
          else {
            const { depositInterest, borrowInterest } = interest;
            interest = {
              ...interest,
              depositInterest: depositInterest + step.grownBy,
              borrowInterest: borrowInterest + 2n * step.grownBy,
            };
            told += path.accrue(interest.depositInterest, interest.borrowInterest);
          }
          expect(told).toBe(tokensOf(path.balance, interest));
        }
      }),
    );
  });
});
