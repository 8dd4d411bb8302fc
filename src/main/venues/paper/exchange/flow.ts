import type { Side } from '../../../domain/market.ts';
import { Random } from '../../../platform/random.ts';
import type { Unevenness } from './ambientBook.ts';
import { lots, type Lots } from './grid.ts';

/** A market order of somebody else. */
export interface FlowOrder {
  readonly side: Side;
  readonly lots: Lots;
}

/** A level shows the same for so many beats. */
const BEATS_A_SHAPE = 16;
/** The chance that somebody trades in a beat, and again after each one who has. */
const CHANCE = 0.5;
/** A middling order, as a share of what one side shows, and how far orders differ (standard deviation of the logarithm). */
const MIDDLING_SHARE = 0.001;
const SPREAD = 1.1;
/** Nobody takes more at once than this share of a side. */
const MOST_SHARE = 0.05;

/**
 * What others do in a market: their market orders, and how unevenly they quote. A function of the seed, the market and
 * the beat alone, so that it is the same whoever watches, and after a restart.
 */
export class Flow {
  readonly #seed: number;

  /** @param market any number that tells this market from the others of the seed */
  constructor(seed: number, market: number) {
    this.#seed = mixed(seed, market);
  }

  /** @param visible lots that one side shows */
  orders(beat: number, visible: number): readonly FlowOrder[] {
    const random = new Random(mixed(this.#seed, beat));
    const orders: FlowOrder[] = [];
    while (random.uniform() < CHANCE) {
      const side = random.uniform() < 0.5 ? 'buy' : 'sell';
      const share = Math.min(MOST_SHARE, MIDDLING_SHARE * Math.exp(SPREAD * random.normal()));
      const taken = Math.ceil(visible * share);
      if (taken > 0) orders.push({ side, lots: lots(taken) });
    }
    return orders;
  }

  /** Each level shows between a half and one and a half times its share, and another part of it now and then. */
  unevenness(beat: number): Unevenness {
    return (side, ticks) => {
      const level = mixed(this.#seed, side === 'buy' ? ticks : -ticks);
      const shape = Math.floor((beat + (level % BEATS_A_SHAPE)) / BEATS_A_SHAPE);
      return 0.5 + mixed(level, shape) / 0x1_0000_0000;
    };
  }
}

/** Two whole numbers mixed into one of 32 bits (the finaliser of MurmurHash3, public domain, Austin Appleby). */
function mixed(a: number, b: number): number {
  let hash = Math.imul((a | 0) ^ ((a / 0x1_0000_0000) | 0), 0x9e3779b1) ^ (b | 0);
  hash = Math.imul(hash ^ ((b / 0x1_0000_0000) | 0), 0x85ebca6b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}
