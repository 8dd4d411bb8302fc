import type { MarketDataBody } from '../../../shared/contract/marketData.ts';
import type { Cancel } from '../../platform/schedule.ts';

/** What one subscription is about: it knows what its client has, and what is new to it. */
export interface Channel {
  /** The same for two requests that ask for the same. */
  readonly subject: string;
  /** The least wall time between two frames. */
  readonly everyMs: number;
  /** Tells from now on that there may be something new. Throws UNKNOWN_MARKET, and has opened nothing then. */
  watch(changed: () => void): Cancel;
  /**
   * A snapshot first, then what has changed since the body before; undefined where nothing has. Whatever it gives is
   * taken as sent.
   */
  next(): MarketDataBody | undefined;
  /** The client has missed something, or may have: the next body is a snapshot, and nothing is kept until then. */
  forget(): void;
}
