import { AppError } from '../../shared/contract/appError.ts';
import type { Listener } from './broadcaster.ts';
import { channelOf, type StreamRequest } from './streams/channelOf.ts';
import { Stream, type StreamParts } from './streams/stream.ts';

/** Streams that a connection may have. A page with every market open needs fewer than half. */
export const MAX_STREAMS = 64;

/** The subscriptions of one connection. They end with it. */
export class Streams {
  readonly #listener: Listener;
  readonly #parts: StreamParts;
  readonly #streams = new Map<string, Stream>();
  #ended = false;

  constructor(listener: Listener, parts: StreamParts) {
    this.#listener = listener;
    this.#parts = parts;
  }

  /**
   * The stream of what is asked for, which says nothing before it is begun. Who asks twice for the same gets the same
   * stream, so that nothing is sent twice; begun again, it gives a new snapshot.
   * Throws UNKNOWN_MARKET, RATE_LIMITED where the connection has as many as it may, and CANCELLED where it has ended.
   */
  open(request: StreamRequest): Stream {
    if (this.#ended) throw new AppError('CANCELLED', 'The connection has ended.');
    const channel = channelOf(request, this.#parts.source);
    for (const stream of this.#streams.values()) if (stream.subject === channel.subject) return stream;
    if (this.#streams.size >= MAX_STREAMS)
      throw new AppError(
        'RATE_LIMITED',
        `A connection has ${MAX_STREAMS} subscriptions at most. Close one before you open another.`,
        { limit: MAX_STREAMS },
      );
    const stream = new Stream(channel, this.#listener, this.#parts);
    this.#streams.set(stream.id, stream);
    return stream;
  }

  /** Whether it was there. */
  close(subscriptionId: string): boolean {
    this.#streams.get(subscriptionId)?.close();
    return this.#streams.delete(subscriptionId);
  }

  /** The connection is gone, and nothing is opened on it any more. */
  end(): void {
    this.#ended = true;
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }
}
