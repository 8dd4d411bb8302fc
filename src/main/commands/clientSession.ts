import { AppError } from '../../shared/contract/appError.ts';
import { errorReplyOf } from '../../shared/contract/errorReply.ts';
import { requestFrame, type RequestFrame, type ResultFrame } from '../../shared/contract/frames.ts';
import {
  MAX_FRAMES_A_SECOND,
  MAX_FRAME_BYTES,
  MAX_MALFORMED_FRAMES,
} from '../../shared/contract/protocol.ts';
import type { Broadcaster } from './broadcaster.ts';
import { Listener } from './broadcaster.ts';
import type { Carrier, CloseReason, Session } from './carrier.ts';
import type { Dispatcher } from './dispatcher.ts';
import { misfit } from './explained.ts';
import { Streams } from './streams.ts';
import { RequestStreams } from './streams/requestStreams.ts';
import type { StreamParts } from './streams/stream.ts';

const SECOND_MS = 1_000;
/** An id that doesn't fit is given back as it came, but not at any length. */
const ECHOED = 64;

export interface SessionParts {
  readonly broadcaster: Broadcaster;
  readonly dispatcher: Dispatcher;
  readonly streams: StreamParts;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

/** One client that has been let in: its frames are counted, checked, and answered. */
export class ClientSession implements Session {
  readonly #parts: SessionParts;
  readonly #listener: Listener;
  readonly #streams: Streams;
  #ended = false;
  #malformed = 0;
  #frames = 0;
  /** When each of the latest frames came, round and round. */
  readonly #arrivals: number[] = [];

  constructor(carrier: Carrier, parts: SessionParts) {
    this.#parts = parts;
    this.#listener = new Listener(carrier);
    this.#streams = new Streams(this.#listener, parts.streams);
    parts.broadcaster.add(this.#listener);
  }

  receive(text: string): void {
    if (this.#ended) return;
    if (this.#tooFast()) return this.#end('tooFast');
    if (text.length > MAX_FRAME_BYTES || Buffer.byteLength(text) > MAX_FRAME_BYTES)
      return this.#end('tooLarge');
    const request = this.#read(text);
    if (request === undefined) return;
    void this.#answer(request);
  }

  ended(): void {
    this.#ended = true;
    this.#parts.broadcaster.remove(this.#listener);
    this.#streams.end();
  }

  /** What a request subscribes to speaks after its result: a client never hears of an id that it does not know. */
  async #answer(request: RequestFrame): Promise<void> {
    const streams = new RequestStreams(this.#streams);
    await this.#parts.dispatcher.dispatch(request, { seq: () => this.#listener.seq, streams }, (reply) => {
      if (!this.#ended) this.#listener.send(reply);
    });
    streams.answered();
  }

  #end(reason: CloseReason): void {
    this.ended();
    this.#listener.carrier.close(reason);
  }

  /** Whether as many frames as a second may bring have come within less than one. */
  #tooFast(): boolean {
    const now = this.#parts.elapsed();
    const oldest = this.#arrivals[this.#frames % MAX_FRAMES_A_SECOND] ?? Number.NEGATIVE_INFINITY;
    this.#arrivals[this.#frames % MAX_FRAMES_A_SECOND] = now;
    this.#frames += 1;
    return now - oldest < SECOND_MS;
  }

  #read(text: string): RequestFrame | undefined {
    const raw = parsed(text);
    const frame = requestFrame.safeParse(raw);
    if (frame.success && !namesPrototype(text)) return frame.data;
    this.#malformed += 1;
    if (this.#malformed >= MAX_MALFORMED_FRAMES) {
      this.#end('malformed');
      return undefined;
    }
    const error = frame.success ? PROTOTYPE : raw === undefined ? NO_JSON : misfit(frame.error);
    this.#listener.send(
      JSON.stringify({
        type: 'COMMAND_RESULT',
        id: textField(raw, 'id'),
        command: textField(raw, 'command'),
        status: 'error',
        error: errorReplyOf(error),
      } satisfies ResultFrame),
    );
    return undefined;
  }
}

const NO_JSON = new AppError('INVALID_PAYLOAD', 'The frame is not JSON.');
const PROTOTYPE = new AppError('INVALID_PAYLOAD', 'Nothing in a frame is called __proto__.', {
  field: '__proto__',
});

/** Whether a field has the one name that schemas pass over in silence. */
function namesPrototype(text: string): boolean {
  if (!text.includes('__proto__')) return false;
  let found = false;
  JSON.parse(text, (name, part: unknown) => {
    if (name === '__proto__') found = true;
    return part;
  });
  return found;
}

/** What JSON says; undefined, which no JSON says, for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textField(raw: unknown, name: string): string {
  if (typeof raw !== 'object' || raw === null) return '';
  const field: unknown = Reflect.get(raw, name);
  return typeof field === 'string' ? field.slice(0, ECHOED) : '';
}
