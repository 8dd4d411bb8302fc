import type { OraclePrices } from '../../domain/account.ts';
import type { DepthLevel, Feed, Moment, Quote } from '../../market/feed.ts';
import type { PaperFeed } from '../../venues/paper/paperVenue.ts';

/** The market of the engine's run, seen by seconds where the run lives by minutes. */
export class ManualFeed implements PaperFeed {
  readonly startMs: number;
  readonly markets: readonly string[];
  readonly #feed: Feed;
  #moment: Moment;

  /** @param startMs when whoever trades by hand begins: the run may have begun long before */
  constructor(feed: Feed, startMs: number) {
    this.#feed = feed;
    this.startMs = startMs;
    this.markets = feed.markets;
    this.#moment = feed;
  }

  /** To a moment of the minute that the run stands in. */
  moveTo(t: number): void {
    this.#moment = this.#feed.glimpse(t);
  }

  quote(market: string): Quote {
    return this.#moment.quote(market);
  }

  oracles(): OraclePrices {
    return this.#moment.oracles();
  }

  depth(market: string): readonly DepthLevel[] {
    return this.#moment.depth(market);
  }
}
