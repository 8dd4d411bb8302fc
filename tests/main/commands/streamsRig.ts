import { Listener } from '../../../src/main/commands/broadcaster.ts';
import type { Carrier, CloseReason } from '../../../src/main/commands/carrier.ts';
import { Streams } from '../../../src/main/commands/streams.ts';
import type { StreamRequest } from '../../../src/main/commands/streams/channelOf.ts';
import { RequestStreams } from '../../../src/main/commands/streams/requestStreams.ts';
import type { StreamParts } from '../../../src/main/commands/streams/stream.ts';
import { ManualSchedule, type Cancel, type Schedule } from '../../../src/main/platform/schedule.ts';
import { marketDataFrame, type MarketDataFrame } from '../../../src/shared/contract/frames.ts';
import { MARKET, ScriptedSource } from './scriptedSource.ts';

export const BOOK = { channel: 'book', market: MARKET } as const satisfies StreamRequest;
export const TRADES = { channel: 'trades', market: MARKET } as const satisfies StreamRequest;
export const CANDLES = { channel: 'candles', market: MARKET } as const satisfies StreamRequest;
export const ACCOUNT = { channel: 'account' } as const satisfies StreamRequest;

const SLOW = 64 * 1024 + 1;

/** Time that passes by hand, with a stopwatch that shows the moment at which a timer goes off. */
export class ManualTime implements Schedule {
  readonly #schedule = new ManualSchedule();
  elapsed = 0;

  get waiting(): number {
    return this.#schedule.waiting;
  }

  after(ms: number, act: () => void): Cancel {
    const due = this.elapsed + ms;
    return this.#schedule.after(ms, () => {
      this.elapsed = due;
      act();
    });
  }

  every(): Cancel {
    throw new Error('No stream repeats anything by the clock.');
  }

  pass(ms: number): void {
    const end = this.elapsed + ms;
    this.#schedule.pass(ms);
    this.elapsed = end;
  }
}

/** A frame, with the moment at which it was sent. */
export interface Sent {
  readonly at: number;
  readonly frame: MarketDataFrame;
}

/** One connection with its streams, and all that its client is sent. */
export class StreamsRig implements Carrier {
  readonly source = new ScriptedSource();
  readonly time = new ManualTime();
  readonly sent: Sent[] = [];
  readonly explained: unknown[] = [];
  readonly streams: Streams;
  waitingBytes = 0;
  closedFor: CloseReason | undefined;
  /** Told of each frame in the moment in which it is sent. */
  heard: (frame: MarketDataFrame) => void = () => undefined;
  #ids = 0;

  constructor() {
    this.streams = new Streams(new Listener(this), this.parts);
  }

  get parts(): StreamParts {
    return {
      source: this.source,
      schedule: this.time,
      nextId: () => {
        this.#ids += 1;
        return `stream-${this.#ids}`;
      },
      now: () => 5_000 + this.time.elapsed,
      elapsed: () => this.time.elapsed,
      explain: (error) => this.explained.push(error),
    };
  }

  get frames(): readonly MarketDataFrame[] {
    return this.sent.map(({ frame }) => frame);
  }

  /** Whether each came as a snapshot or an update. */
  get kinds(): readonly string[] {
    return this.frames.map(({ data }) => data.kind);
  }

  send(text: string): void {
    const frame = marketDataFrame.parse(JSON.parse(text));
    this.sent.push({ at: this.time.elapsed, frame });
    this.heard(frame);
  }

  close(reason: CloseReason): void {
    this.closedFor = reason;
    this.streams.end();
  }

  /** Subscribes, and has been told so. */
  subscribe(request: StreamRequest): string {
    const asking = new RequestStreams(this.streams);
    const id = asking.open(request);
    asking.answered();
    return id;
  }

  /** Subscribes, and has its first snapshot. */
  follow(request: StreamRequest): string {
    const id = this.subscribe(request);
    this.time.pass(0);
    return id;
  }

  /** From now on the client reads nothing. */
  stall(): void {
    this.waitingBytes = SLOW;
  }

  catchUp(): void {
    this.waitingBytes = 0;
  }
}
