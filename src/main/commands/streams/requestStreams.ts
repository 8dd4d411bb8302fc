import type { Streams } from '../streams.ts';
import type { Stream } from './stream.ts';
import type { StreamRequest } from './channelOf.ts';

/** The streams of a connection, as one of its requests has them: what it opens is silent until it has been answered. */
export class RequestStreams {
  readonly #streams: Streams;
  readonly #opened: Stream[] = [];

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Opens a stream, and gives its id. Throws UNKNOWN_MARKET, and RATE_LIMITED where the connection has too many. */
  open(request: StreamRequest): string {
    const stream = this.#streams.open(request);
    this.#opened.push(stream);
    return stream.id;
  }

  /** Whether it was there. */
  close(subscriptionId: string): boolean {
    return this.#streams.close(subscriptionId);
  }

  /** The answer has been sent, and with it the ids: now they may speak. */
  answered(): void {
    for (const stream of this.#opened) stream.begin();
  }
}
