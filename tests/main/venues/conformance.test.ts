import { parsePrice, formatPrice } from '../../../src/shared/money/decimal.ts';
import { RATE_ONE, price, type Rate } from '../../../src/shared/money/quantity.ts';
import { describeVenue, type VenueRig } from '../../support/venueConformance.ts';
import { PaperBench, type BenchOptions } from './paper/paperBench.ts';

const DOLLARS = 100_000;
const TICK = parsePrice('0.001');

/** A paper venue on a market that stands still until it is moved. */
async function paperRig(options: Pick<BenchOptions, 'crowd' | 'served'>): Promise<VenueRig> {
  const bench = new PaperBench({ cash: String(DOLLARS), ...options });
  bench.feed.setDepth('SOL-PERP', [
    ['0.0005', '100'],
    ['0.001', '200'],
    ['0.003', '1000'],
  ]);
  bench.beat();
  return Promise.resolve({
    venue: bench.venue,
    market: 'SOL-PERP',
    free: BigInt(DOLLARS) * 1_000_000n,
    now: () => bench.now,
    move: async (fraction: Rate) => {
      const { oracle } = bench.feed.quote('SOL-PERP');
      const moved = (oracle * (RATE_ONE + fraction)) / RATE_ONE;
      bench.feed.setOracle('SOL', formatPrice(price((moved / TICK) * TICK)));
      bench.beat();
      return Promise.resolve();
    },
    pass: async (ms: number) => {
      bench.pass(ms);
      return Promise.resolve();
    },
    loseNextReply: () => {
      bench.venue.faults.arm('lostReply', 1);
      return () => undefined;
    },
  });
}

describeVenue('the paper venue', async () => paperRig({}));
describeVenue('the paper venue with others in its books', async () => paperRig({ crowd: 7 }));
describeVenue('the paper venue with market data', async () => paperRig({ crowd: 7, served: true }));
