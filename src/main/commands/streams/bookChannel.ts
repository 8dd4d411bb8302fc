import type { MarketDataBody } from '../../../shared/contract/marketData.ts';
import { bookDifference } from '../../market/data/bookDifference.ts';
import type { BookChange } from '../../market/data/bookView.ts';
import type { Cancel } from '../../platform/schedule.ts';
import { bookViewOf } from '../bookViewOf.ts';
import type { Channel } from './channel.ts';
import type { MarketBook, StreamSource } from './streamSource.ts';

/** At most ten times a second: however often a book changes, nobody reads it faster. */
const EVERY_MS = 100;
const DEFAULT_DEPTH = 20;

type Levels = Pick<BookChange, 'bids' | 'asks'>;
const NO_LEVELS: Levels = { bids: [], asks: [] };

/**
 * A book to a depth. What happens between two frames is left out: an update compares the book with what this client was
 * sent last. Its `from` is the sequence of that book, and a snapshot's its own.
 */
export class BookChannel implements Channel {
  readonly subject: string;
  readonly everyMs = EVERY_MS;
  readonly #source: StreamSource;
  readonly #market: string;
  readonly #depth: number;
  /** What the client has; undefined while it has nothing that an update could follow on. */
  #sent: MarketBook | undefined;

  constructor(source: StreamSource, market: string, depth = DEFAULT_DEPTH) {
    this.subject = JSON.stringify(['book', market, depth]);
    this.#source = source;
    this.#market = market;
    this.#depth = depth;
  }

  watch(changed: () => void): Cancel {
    return this.#source.onBook(this.#market, changed);
  }

  next(): MarketDataBody | undefined {
    const before = this.#sent;
    const now = this.#source.bookSnapshot(this.#market, this.#depth);
    const { sequence } = now.view;
    if (before === undefined) {
      this.#sent = now;
      return { channel: 'book', kind: 'snapshot', from: sequence, book: bookViewOf(now) };
    }
    const levels = sequence === before.view.sequence ? NO_LEVELS : bookDifference(before.view, now.view);
    // What changed lay deeper than the client sees: it stays at the book it has, and the next update follows on that.
    if (!hasAny(levels) && now.mark === before.mark && now.oracle === before.oracle) return undefined;
    this.#sent = now;
    return { channel: 'book', kind: 'update', from: before.view.sequence, book: bookViewOf(now, levels) };
  }

  forget(): void {
    this.#sent = undefined;
  }
}

const hasAny = ({ bids, asks }: Levels): boolean => bids.length > 0 || asks.length > 0;
