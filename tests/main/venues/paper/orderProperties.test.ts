import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { OrderWorld, orderStep, type OrderStep } from './orderWorld.ts';

const anyCrowd = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined, freq: 4 });
const steps = (minLength: number, maxLength: number): fc.Arbitrary<readonly OrderStep[]> =>
  fc.array(orderStep, { minLength, maxLength, size: 'max' });

async function played(crowd: number | undefined, stream: readonly OrderStep[]): Promise<OrderWorld> {
  const world = new OrderWorld(crowd);
  for (const [i, step] of stream.entries()) await world.take(step, i);
  return world;
}

describe('any stream of orders on the paper venue', () => {
  it('[R1.5] [R1.6] fills nothing worse than its limit, takes with nothing post-only, flips nothing reduce-only, loses no lot, no dollar and no turn', async () => {
    await fc.assert(
      fc.asyncProperty(anyCrowd, steps(20, 60), async (crowd, stream) => {
        await played(crowd, stream);
      }),
      { numRuns: 30 },
    );
  });

  it('fills the same again from the same seed, and something else from another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), steps(20, 50), async (crowd, stream) => {
        const [first, again] = [await played(crowd, stream), await played(crowd, stream)];
        expect(again.fills).toEqual(first.fills);
        expect(again.bench.trades).toEqual(first.bench.trades);
        expect(again.bench.venue.save()).toEqual(first.bench.venue.save());
      }),
      { numRuns: 10 },
    );
    const waiting: OrderStep[] = Array.from({ length: 20 }, () => ({
      kind: 'beat',
      oracleBp: 0,
      basisBp: 0,
    }));
    const [one, other] = [await played(1, waiting), await played(2, waiting)];
    expect(one.bench.trades).not.toEqual(other.bench.trades);
  });

  it('fills the same whether somebody watches or not', async () => {
    await fc.assert(
      fc.asyncProperty(anyCrowd, steps(20, 50), async (crowd, stream) => {
        const unseen = await played(crowd, stream);
        const watched = new OrderWorld(crowd);
        for (const [i, step] of stream.entries()) {
          await watched.watch();
          await watched.take(step, i);
        }
        expect(watched.bench.venue.save()).toEqual(unseen.bench.venue.save());
        expect(watched.bench.trades).toEqual(unseen.bench.trades);
      }),
      { numRuns: 10 },
    );
  });

  it('goes on from a saved venue exactly as if it had never stopped', async () => {
    await fc.assert(
      fc.asyncProperty(anyCrowd, steps(15, 45), steps(10, 30), async (crowd, before, after) => {
        const unbroken = await played(crowd, before);
        const resumed = unbroken.resumed();
        const traded = unbroken.bench.trades.length;
        const already = resumed.bench.trades.length;
        expect(resumed.bench.venue.save()).toEqual(unbroken.bench.venue.save());
        for (const [i, step] of after.entries()) {
          await unbroken.take(step, before.length + i);
          await resumed.take(step, before.length + i);
          expect(resumed.bench.venue.snapshot()).toEqual(unbroken.bench.venue.snapshot());
        }
        expect(resumed.bench.venue.save()).toEqual(unbroken.bench.venue.save());
        expect(resumed.bench.trades.slice(already)).toEqual(unbroken.bench.trades.slice(traded));
      }),
      { numRuns: 10 },
    );
  });

  it('leaves the books in which we have nothing as if we were not there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), steps(20, 50), async (crowd, stream) => {
        const ours = new OrderWorld(crowd);
        const quiet = new OrderWorld(crowd);
        for (const [i, step] of stream.entries()) {
          const fills = ours.fills.length;
          await ours.take(step, i);
          if (step.kind !== 'beat' && step.kind !== 'depth') continue;
          await quiet.take(step, i);
          for (const market of ours.quietMarkets(fills))
            for (const side of ['buy', 'sell'] as const)
              expect(ours.bench.venue.books.get(market)?.levels(side, 1_000).map(shown)).toEqual(
                quiet.bench.venue.books.get(market)?.levels(side, 1_000).map(shown),
              );
        }
      }),
      { numRuns: 10 },
    );
  });
});

const shown = ({ ticks, lots }: { readonly ticks: number; readonly lots: number }) => [ticks, lots];
