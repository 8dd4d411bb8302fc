import fc from 'fast-check';

import { RESOLUTION_MS } from '../../../../src/main/market/data/candle.ts';
import type { PublicTrade } from '../../../../src/main/market/data/trade.ts';
import { base, price } from '../../../../src/shared/money/quantity.ts';
import { anyPositiveBase, anyPrice, anySide } from '../../../support/arbitraries.ts';

/** 2026-11-21 08:00 UTC. */
export const START = Date.UTC(2026, 10, 21, 8);
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** A trade with as little said as possible. Prices in whole dollars, sizes in whole units. */
export const trade = (id: number, t: number, dollars: number, units = 1): PublicTrade => ({
  id,
  t,
  price: price(BigInt(dollars) * 10n ** 9n),
  size: base(BigInt(units) * 10n ** 9n),
  side: 'buy',
});

type Step = (t: number) => number;

/** The same moment, moments later, exactly on the boundary of a candle or just before it, or much later. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat({ max: 20_000 }).map(
      (ms): Step =>
        (t) =>
          t + ms,
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.values(RESOLUTION_MS).slice(0, 5)), fc.constantFrom(-1, 0, 1))
      .map(
        ([length, off]): Step =>
          (t) =>
            Math.max(t, (Math.floor(t / length) + 1) * length + off),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 11 * HOUR_MS }).map(
      (ms): Step =>
        (t) =>
          t + ms,
    ),
  },
);

/** A market's trades from 2026-11-21 on, of every size and pace, over some days. */
export const anyTrades = (maxLength = 60): fc.Arbitrary<readonly PublicTrade[]> =>
  fc
    .array(fc.record({ step: anyStep, price: anyPrice, size: anyPositiveBase, side: anySide }), { maxLength })
    .map((drawn) => {
      let t = START;
      return drawn.map(({ step, ...rest }, id) => {
        t = step(t);
        return { id, t, ...rest };
      });
    });
