import type { PublicTrade } from '../../market/data/trade.ts';
import type { Chain, SignatureLine } from '../solana/chain.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import { marketRecordFrom, type MarketFunding } from './marketRecord.ts';
import type { MarketIndex } from './orderInstructions.ts';
import { dataOf } from './programLogs.ts';
import type { EventCoder } from './records.ts';

/** Transactions of a market that one reading looks at, at most: a busy market has thousands an hour. */
export const MOST_READ = 50;
/** Asked for together, so that a look at a market never stands long before an order. */
const AT_ONCE = 5;
const MOST_TRADES = 2_000;
const MOST_FUNDING = 1_000;

export interface MarketTapeParts {
  readonly chain: Pick<Chain, 'signaturesFor' | 'transaction'>;
  readonly coder: EventCoder;
  /** The market's own account: every transaction that trades there names it. */
  readonly address: string;
  readonly market: MarketIndex;
}

/**
 * What a market's own transactions say: its newest trades without a gap, and funding. Each transaction is read once, and no
 * reading is longer than {@link MOST_READ}: where more has happened in between, the tape begins anew.
 */
export class MarketTape {
  readonly #parts: MarketTapeParts;
  /** Oldest first, ids rising by one. */
  #trades: readonly PublicTrade[] = [];
  #funding: readonly MarketFunding[] = [];
  #newest: string | undefined;
  #reading: Promise<void> | undefined;

  constructor(parts: MarketTapeParts) {
    this.#parts = parts;
  }

  /** Oldest first; none is missing between two of them. */
  get trades(): readonly PublicTrade[] {
    return this.#trades;
  }

  /** Oldest first, as far as it was read; hours may be missing. */
  get funding(): readonly MarketFunding[] {
    return this.#funding;
  }

  /** Takes in what is new. Throws VENUE_UNAVAILABLE: then it is as it was. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const { chain, address } = this.#parts;
    const lines = await chain.signaturesFor(address, this.#newest, MOST_READ);
    const trades: PublicTrade[] = [];
    const funding: MarketFunding[] = [];
    // What failed has traded nothing.
    const landed = lines.filter(({ error }) => error === null).toReversed();
    for (let from = 0; from < landed.length; from += AT_ONCE) {
      const records = await Promise.all(
        landed.slice(from, from + AT_ONCE).map((line) => this.#records(line)),
      );
      for (const record of records.flat())
        if (record.kind === 'trade') trades.push(record.trade);
        else funding.push(record.funding);
    }
    this.#trades = contiguous([...this.#trades, ...trades.toSorted((a, b) => a.id - b.id)]).slice(
      -MOST_TRADES,
    );
    this.#funding = [...this.#funding, ...funding].slice(-MOST_FUNDING);
    this.#newest = lines[0]?.signature ?? this.#newest;
  }

  async #records({ signature }: SignatureLine) {
    const { chain, coder, market } = this.#parts;
    const transaction = await chain.transaction(signature);
    // A log that is gone or cut leaves a gap in the numbers, and the tape begins behind it.
    const { data } = transaction === null ? { data: [] } : dataOf(DRIFT_PROGRAM, transaction.logs);
    return data.flatMap((line) => marketRecordFrom(coder, line, market) ?? []);
  }
}

/** The newest of them that follow on one another, each once. */
function contiguous(trades: readonly PublicTrade[]): readonly PublicTrade[] {
  const once = trades.filter(({ id }, at) => id !== trades[at - 1]?.id);
  const gap = once.findLastIndex(({ id }, at) => at > 0 && id !== (once[at - 1]?.id ?? 0) + 1);
  return gap < 0 ? once : once.slice(gap);
}
