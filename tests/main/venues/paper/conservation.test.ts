import fc from 'fast-check';
import { describe, it } from 'vitest';

import { AppError } from '../../../../src/shared/contract/appError.ts';
import { base, usd } from '../../../../src/shared/money/quantity.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import { FAULTS } from '../../../../src/main/venues/paper/faults.ts';
import { SteadyFeed } from '../../../support/steadyFeed.ts';
import { PaperBench } from './paperBench.ts';

type Step = (bench: PaperBench) => unknown;

const MARKETS = ['SOL', 'SOL-PERP', 'ETH-PERP'] as const;
const PRICE = { SOL: 100, ETH: 2_500 } as const;
const DECIMALS = { SOL: 3, ETH: 2 } as const;

/** A price within a third of where the asset began, on its tick. */
const priceOf = (asset: 'SOL' | 'ETH') =>
  fc
    .integer({ min: 670, max: 1_330 })
    .chain((share) => fc.integer({ min: 0, max: 99 }).map((fine) => (share + fine / 100) / 1_000))
    .map((share) => (PRICE[asset] * share).toFixed(DECIMALS[asset]));

const moves = fc.constantFrom('SOL' as const, 'ETH' as const).chain((asset) =>
  fc.tuple(priceOf(asset), priceOf(asset), fc.boolean()).map(([oracle, mark, apart]): Step => (bench) => {
    bench.feed.setOracle(asset, oracle);
    if (apart) bench.feed.setMark(`${asset}-PERP`, mark);
    else bench.feed.releaseMark(`${asset}-PERP`);
    bench.pass(1_000);
  }),
);

const waits = fc.integer({ min: 1, max: 30_000_000 }).map((ms): Step => (bench) => {
  bench.pass(ms);
});

const funds = fc
  .tuple(fc.constantFrom('SOL-PERP', 'ETH-PERP'), fc.integer({ min: -1_250_000_000, max: 1_250_000_000 }))
  .map(([market, parts]): Step => (bench) => {
    bench.passFunded(market, (parts / 1e12).toFixed(12));
  });

const orders = fc
  .record({
    market: fc.constantFrom(...MARKETS),
    side: fc.constantFrom<Side>('buy', 'sell'),
    lots: fc.integer({ min: 1, max: 60_000 }),
    // Mostly what fills at once, sometimes what rests or expires.
    beyond: fc.oneof(
      { arbitrary: fc.integer({ min: 10, max: 60 }), weight: 3 },
      { arbitrary: fc.integer({ min: -300, max: 9 }), weight: 1 },
    ),
    gtc: fc.boolean(),
    reduceOnly: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  })
  .map(({ market, side, lots, beyond, gtc, reduceOnly }): Step => (bench) => {
    const asset = market === 'ETH-PERP' ? 'ETH' : 'SOL';
    const mark = Number(bench.venue.quote(market).mark) / 1e9;
    const limit = mark * (1 + (side === 'buy' ? beyond : -beyond) / 10_000);
    const size = asset === 'ETH' ? Math.ceil(lots / 100) / 100 : lots / 1_000;
    return bench.venue.place(
      bench.order(market, side, size.toFixed(3), {
        limit: limit.toFixed(DECIMALS[asset]),
        // A reduce-only order for spot is immediate, as the engine's are.
        gtc: gtc && !(reduceOnly && market === 'SOL'),
        reduceOnly,
      }),
    );
  });

const transfers = fc
  .tuple(fc.boolean(), fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([into, isSol, raw]): Step => (bench) => {
    const moved = isSol
      ? ({ asset: 'SOL', amount: base(raw) } as const)
      : ({ asset: 'USDC', amount: usd(raw) } as const);
    return into ? bench.venue.deposit(moved) : bench.venue.withdraw(moved);
  });

const faults = fc.constantFrom(...FAULTS).map((fault): Step => (bench) => {
  bench.venue.faults.arm(fault, 1);
});

const books = fc
  .tuple(fc.constantFrom(...MARKETS), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 35 }))
  .map(([market, size, offset]): Step => (bench) => {
    bench.feed.setDepth(market, [
      [`0.00${offset.toString().padStart(2, '0')}`, `${size}.0007`],
      ['0.0035', '1000'],
    ]);
  });

const steps = fc.array(
  fc.oneof(
    { arbitrary: moves, weight: 4 },
    { arbitrary: orders, weight: 6 },
    { arbitrary: funds, weight: 2 },
    { arbitrary: waits, weight: 2 },
    transfers,
    faults,
    books,
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);

describe('the paper venue’s events', () => {
  it('explain every balance and every dollar of equity to the last digit, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const bench = new PaperBench({
          cash: '5000',
          spot: '12.345678901',
          wallet: '0.0003',
          feed: new SteadyFeed(),
        });
        for (const step of sequence) {
          try {
            await step(bench);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
          }
          bench.expectBooksToAgree();
        }
      }),
      { numRuns: 120 },
    );
  });
});
