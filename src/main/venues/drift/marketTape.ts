import type { PublicTrade } from '../../market/data/trade.ts';
import type { Chain, SignatureLine } from '../solana/chain.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import { marketRecordFrom, type MarketFunding, type MarketRecord } from './marketRecord.ts';
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
    const lines = (await chain.signaturesFor(address, this.#newest, MOST_READ)).toReversed();
    const records: MarketRecord[] = [];
    let newest = this.#newest;
    let from = 0;
    for (let isWhole = true; isWhole && from < lines.length; from += AT_ONCE) {
      const chunk = lines.slice(from, from + AT_ONCE);
      const read = await Promise.all(chunk.map((line) => this.#records(line)));
      // What a node lists and can't give yet is asked for again, with all that came after it.
      const missing = read.findIndex((one) => one === undefined);
      isWhole = missing < 0;
      const known = isWhole ? chunk : chunk.slice(0, missing);
      records.push(...read.slice(0, known.length).flatMap((one) => one ?? []));
      newest = known.at(-1)?.signature ?? newest;
    }
    const trades = records.flatMap((one) => (one.kind === 'trade' ? [one.trade] : []));
    const funding = records.flatMap((one) => (one.kind === 'funding' ? [one.funding] : []));
    const all = [...this.#trades, ...trades.toSorted((a, b) => a.id - b.id)];
    this.#trades = contiguous(all).slice(-MOST_TRADES);
    this.#funding = [...this.#funding, ...funding].slice(-MOST_FUNDING);
    this.#newest = newest;
  }

  /** Undefined where the node doesn't have it. A log that was cut leaves a gap in the numbers, and the tape begins behind it. */
  async #records({ signature, error }: SignatureLine): Promise<readonly MarketRecord[] | undefined> {
    // What failed has traded nothing.
    if (error !== null) return [];
    const { chain, coder, market } = this.#parts;
    const transaction = await chain.transaction(signature);
    if (transaction === null) return undefined;
    const { data } = dataOf(DRIFT_PROGRAM, transaction.logs);
    return data.flatMap((line) => marketRecordFrom(coder, line, market) ?? []);
  }
}

/** The newest of them that follow on one another, each once. */
function contiguous(trades: readonly PublicTrade[]): readonly PublicTrade[] {
  const once = trades.filter(({ id }, at) => id !== trades[at - 1]?.id);
  const gap = once.findLastIndex(({ id }, at) => at > 0 && id !== (once[at - 1]?.id ?? 0) + 1);
  return gap < 0 ? once : once.slice(gap);
}
