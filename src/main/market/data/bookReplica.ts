import { changedSide, isBetterAsk, isBetterBid, isSide } from './bookSide.ts';
import { isCrossed, type BookChange, type BookView } from './bookView.ts';

/** `old`: the book had it already. `gap`: something is missing, and only a new snapshot helps. */
export type ChangeVerdict = 'applied' | 'gap' | 'old';

/**
 * A book kept up to date from a snapshot and the changes that follow on it. It is shown whole or not at all: a book with
 * a hole in it looks like any other, and somebody would trade on it.
 */
export class BookReplica {
  readonly #market: string;
  #view: BookView | undefined;

  constructor(market: string) {
    this.#market = market;
  }

  /** The book as of the last change, never altered afterwards; undefined until a snapshot, and after a gap. */
  get view(): BookView | undefined {
    return this.#view;
  }

  /**
   * Begins anew. A snapshot that can't be a book (crossed, unsorted, a level without size) is a gap.
   * Throws a RangeError for another market.
   */
  begin(snapshot: BookView): Exclude<ChangeVerdict, 'old'> {
    this.#refuseOther(snapshot.market);
    const isWhole =
      isSide(snapshot.bids, isBetterBid) && isSide(snapshot.asks, isBetterAsk) && !isCrossed(snapshot);
    this.#view = isWhole ? snapshot : undefined;
    return isWhole ? 'applied' : 'gap';
  }

  /**
   * Takes a change that follows on the book as it is. One that begins before it and ends after it is a gap too: it
   * compares with a book that was, so what has come and gone since is not in it. So is one that leaves the book crossed.
   * Throws a RangeError for another market.
   */
  apply({ market, t, from, sequence, bids, asks }: BookChange): ChangeVerdict {
    this.#refuseOther(market);
    const view = this.#view;
    if (view === undefined) return 'gap';
    if (sequence <= view.sequence) return 'old';
    if (from !== view.sequence) return this.#gap();
    const next = {
      market,
      t,
      sequence,
      bids: changedSide(view.bids, bids, isBetterBid),
      asks: changedSide(view.asks, asks, isBetterAsk),
    };
    if (isCrossed(next)) return this.#gap();
    this.#view = next;
    return 'applied';
  }

  #gap(): 'gap' {
    this.#view = undefined;
    return 'gap';
  }

  #refuseOther(market: string): void {
    if (market !== this.#market) throw new RangeError(`a book of ${market} is none of ${this.#market}`);
  }
}
