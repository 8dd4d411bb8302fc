import { COMMANDS, type PayloadOf } from '../../shared/contract/commands.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import type { MarketDataFrame, ResultFrame } from '../../shared/contract/frames.ts';
import type { MarketDataBody } from '../../shared/contract/marketData.ts';
import { retryDelayMs } from './backoff.ts';
import type { Timers } from './timers.ts';

export type StreamRequest = PayloadOf<'SUBSCRIBE'>;

/** What whoever opened a stream is told of it. */
export interface StreamEars {
  /** Always a snapshot first, and again after a gap; updates follow on what was told before. */
  body(body: MarketDataBody): void;
  /** It could not be opened; it is tried again by itself, unless trying again cannot help. */
  failed(error: ErrorReply): void;
}

/** Asking again changes nothing about these. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'INVALID_PAYLOAD',
  'NOT_SUPPORTED',
  'UNKNOWN_COMMAND',
  'UNKNOWN_MARKET',
]);
/** Frames that came before the answer that names their stream; more than these belong to nobody. */
const EARLY_AT_MOST = 64;

interface Stream {
  readonly request: StreamRequest;
  readonly ears: StreamEars;
  /** The command that asks for it, while it is without an answer. */
  askedBy: string | undefined;
  /** Its name on this connection; undefined while it isn't open there. */
  subscriptionId: string | undefined;
  /** Number of the latest frame; undefined before the first snapshot. */
  seq: number | undefined;
  failures: number;
  callOffRetry: (() => void) | undefined;
}

/**
 * The streams of a page. They belong to a connection: on the next one they are asked for anew, under new ids, for an old
 * answer would name a stream that is no more.
 */
export class Subscriptions {
  readonly #send: (text: string) => boolean;
  readonly #newId: () => string;
  readonly #timers: Timers;
  readonly #streams = new Set<Stream>();
  /** What was given up before its answer came, by the command that asked for it. */
  readonly #givenUp = new Map<string, string>();
  #early: MarketDataFrame[] = [];
  #connected = false;

  constructor(send: (text: string) => boolean, newId: () => string, timers: Timers) {
    this.#send = send;
    this.#newId = newId;
    this.#timers = timers;
  }

  /** Opens a stream, now or with the connection. Returns what closes it. */
  open(request: StreamRequest, ears: StreamEars): () => void {
    const stream: Stream = {
      request,
      ears,
      askedBy: undefined,
      subscriptionId: undefined,
      seq: undefined,
      failures: 0,
      callOffRetry: undefined,
    };
    this.#streams.add(stream);
    this.#ask(stream);
    return () => {
      this.#streams.delete(stream);
      stream.callOffRetry?.();
      if (stream.askedBy !== undefined) this.#givenUp.set(stream.askedBy, subjectOf(request));
      this.#release(stream);
    };
  }

  /** The connection has brought its first snapshot: what is wanted is asked for on it. */
  connected(): void {
    if (this.#connected) return;
    this.#connected = true;
    for (const stream of this.#streams) this.#ask(stream);
  }

  /** What was open is gone with its connection. */
  disconnected(): void {
    this.#connected = false;
    this.#early = [];
    this.#givenUp.clear();
    for (const stream of this.#streams) {
      stream.callOffRetry?.();
      stream.askedBy = undefined;
      stream.subscriptionId = undefined;
      stream.seq = undefined;
    }
  }

  /** Whether an answer was to one of its own commands. */
  hearResult(frame: ResultFrame): boolean {
    if (frame.command !== 'SUBSCRIBE' || frame.status === 'accepted') return false;
    const stream = [...this.#streams].find(({ askedBy }) => askedBy === frame.id);
    if (stream === undefined) return this.#hearGivenUp(frame);
    stream.askedBy = undefined;
    const reply = frame.status === 'ok' ? COMMANDS.SUBSCRIBE.reply.safeParse(frame.data) : undefined;
    if (reply?.success === true) this.#opened(stream, reply.data.subscriptionId);
    else this.#refused(stream, frame.status === 'error' ? frame.error : UNFIT);
    return true;
  }

  hear(frame: MarketDataFrame): void {
    const streams = this.#sharing(frame.subscriptionId);
    for (const stream of streams) this.#take(stream, frame);
    if (streams.length > 0) return;
    // Nothing keeps a stream's first frame from overtaking the answer that names it.
    if ([...this.#streams].some(({ askedBy }) => askedBy !== undefined))
      this.#early = [...this.#early, frame].slice(-EARLY_AT_MOST);
  }

  #take(stream: Stream, frame: MarketDataFrame): void {
    const follows = stream.seq !== undefined && frame.seq === stream.seq + 1;
    if (frame.data.kind === 'update' && !follows) return this.#again(stream);
    stream.seq = frame.seq;
    stream.ears.body(frame.data);
  }

  /** Something is missing, and no snapshot makes up for it: a new stream begins with one. */
  #again(stream: Stream): void {
    this.#release(stream);
    this.#ask(stream);
  }

  #ask(stream: Stream): void {
    if (!this.#connected) return;
    const id = this.#newId();
    stream.seq = undefined;
    if (this.#send(JSON.stringify({ id, command: 'SUBSCRIBE', payload: stream.request })))
      stream.askedBy = id;
  }

  #opened(stream: Stream, subscriptionId: string): void {
    stream.subscriptionId = subscriptionId;
    stream.failures = 0;
    const early = this.#early.filter((frame) => frame.subscriptionId === subscriptionId);
    if (![...this.#streams].some(({ askedBy }) => askedBy !== undefined)) this.#early = [];
    for (const frame of early) if (stream.subscriptionId === subscriptionId) this.#take(stream, frame);
  }

  #refused(stream: Stream, error: ErrorReply): void {
    stream.ears.failed(error);
    if (FINAL.has(error.code)) return;
    stream.callOffRetry = this.#timers.after(retryDelayMs(stream.failures + 2), () => this.#ask(stream));
    stream.failures += 1;
  }

  /** It is open over there, and nobody listens; but who asks twice for the same is given the same stream. */
  #hearGivenUp(frame: ResultFrame): boolean {
    const subject = this.#givenUp.get(frame.id);
    if (subject === undefined) return false;
    this.#givenUp.delete(frame.id);
    if (frame.status !== 'ok') return true;
    const reply = COMMANDS.SUBSCRIBE.reply.safeParse(frame.data);
    const isWanted = [...this.#streams].some(({ request }) => subjectOf(request) === subject);
    if (reply.success && !isWanted) this.#close(reply.data.subscriptionId);
    return true;
  }

  #sharing(subscriptionId: string): readonly Stream[] {
    return [...this.#streams].filter((stream) => stream.subscriptionId === subscriptionId);
  }

  #release(stream: Stream): void {
    const { subscriptionId } = stream;
    stream.subscriptionId = undefined;
    if (subscriptionId !== undefined && this.#sharing(subscriptionId).length === 0)
      this.#close(subscriptionId);
    stream.askedBy = undefined;
    stream.seq = undefined;
  }

  #close(subscriptionId: string): void {
    const id = this.#newId();
    this.#send(JSON.stringify({ id, command: 'UNSUBSCRIBE', payload: { subscriptionId } }));
  }
}

const subjectOf = (request: StreamRequest): string => JSON.stringify(request);

const UNFIT: ErrorReply = {
  code: 'INVALID_PAYLOAD',
  message: 'The answer to SUBSCRIBE does not fit what this page understands.',
  details: {},
};
