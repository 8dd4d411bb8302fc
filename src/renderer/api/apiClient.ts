import type { CommandSpec } from '../../shared/contract/command.ts';
import { COMMANDS, type CommandName, type PayloadOf, type ReplyOf } from '../../shared/contract/commands.ts';
import type { StatusSnapshot } from '../../shared/contract/commands/engineCommands.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import type { BroadcastFrame, ResultFrame } from '../../shared/contract/frames.ts';
import { ApiError } from './apiError.ts';
import { retryDelayMs } from './backoff.ts';
import { readFrame } from './frameReader.ts';
import { PendingCommands } from './pendingCommands.ts';
import { Sequence } from './sequence.ts';
import { Subscriptions, type StreamEars, type StreamRequest } from './subscriptions.ts';
import type { Timers } from './timers.ts';
import type { ConnectionState, Transport } from './transport.ts';

/** Without any answer for so long, a command is said to take longer. */
export const SLOW_AFTER_MS = 5_000;
/**
 * Silence after which the program is asked whether it is still there, and again until the connection is given up. It says
 * something every second, also when nothing has changed.
 */
const SILENCE_MS = 2_500;

/** How long a program that gave no snapshot is left alone before it is asked again: at first, doubling from there. */
const SNAPSHOT_PATIENCE_MS = 5_000;
/** How long what changes something may wait for a lost connection: later, nobody expects it to happen any more. */
export const WAITS_FOR_MS = 60_000;
/** What makes things safer is done however late the connection comes back. */
const URGENT: ReadonlySet<CommandName> = new Set(['SOS', 'STOP_ENGINE']);

/** What the client tells of what it hears. */
export interface ApiEars {
  connection(state: ConnectionState): void;
  snapshot(snapshot: StatusSnapshot): void;
  broadcast(frame: BroadcastFrame): void;
  /** A frame that does not fit the contract. */
  misfit(): void;
  accepted(operationId: string, command: CommandName): void;
  slow(id: string, command: CommandName): void;
  /** A command that was slow or an operation has its answer. */
  settled(id: string, operationId: string | undefined): void;
  /** Of the urgent commands those that wait for the connection; told when it changes. */
  unsent(commands: readonly CommandName[]): void;
}

/** The command set for the page: typed, checked both ways, and across lost connections done once. */
export class ApiClient {
  readonly #transport: Transport;
  readonly #timers: Timers;
  readonly #newId: () => string;
  readonly #ears: ApiEars;
  readonly #pending = new PendingCommands();
  readonly #operations = new Map<string, string>();
  readonly #sequence = new Sequence();
  readonly #streams: Subscriptions;
  #snapshotId: string | undefined;
  /** Snapshots in a row that did not come. */
  #snapshotFailures = 0;
  #callOffSnapshot: (() => void) | undefined;
  #unsent: readonly CommandName[] = [];
  /** Counts connections, so that a command is sent once on each. */
  #connection = 0;
  /** Whether this connection has brought its first snapshot: what waits is sent after it. */
  #synced = false;
  #heardAt = 0;
  /** Whether the program was asked if it is there, and has said nothing since. */
  #asked = false;
  #callOffWatch: (() => void) | undefined;

  constructor(transport: Transport, timers: Timers, newId: () => string, ears: ApiEars) {
    this.#transport = transport;
    this.#timers = timers;
    this.#newId = newId;
    this.#ears = ears;
    this.#streams = new Subscriptions((text) => transport.send(text), newId, timers);
  }

  start(): void {
    this.#transport.onText((text) => this.#hear(text));
    this.#transport.onState((state) => this.#connectionIs(state));
    this.#transport.connect();
  }

  /** Throws an ApiError: the program's, or INVALID_PAYLOAD where what was asked does not fit the contract. */
  send<Name extends CommandName>(command: Name, payload: PayloadOf<Name>): Promise<ReplyOf<Name>> {
    const spec: CommandSpec = COMMANDS[command];
    const checked = spec.payload.safeParse(payload);
    if (!checked.success) return Promise.reject(new ApiError(unfit(command, checked.error.issues[0])));
    if (!mayWait(command) && isGone(this.#transport.state))
      return Promise.reject(new ApiError(notSent(command)));
    const id = this.#newId();
    return new Promise((resolve, reject) => {
      this.#pending.add({
        id,
        command,
        text: JSON.stringify({ id, command, payload: checked.data }),
        done: (data) => {
          const reply = spec.reply.safeParse(data);
          if (reply.success) return resolve(reply.data as ReplyOf<Name>);
          this.#ears.misfit();
          reject(new ApiError(unfitAnswer(command)));
        },
        failed: (error) => reject(new ApiError(error)),
        accepted: (operationId) => this.#ears.accepted(operationId, command),
        callOffSlow: this.#timers.after(SLOW_AFTER_MS, () => this.#ears.slow(id, command)),
        callOffExpiry: undefined,
        sentOn: 0,
      });
      this.#sendWaiting();
      if (!this.#synced) this.#limitWaiting();
      this.#tellUnsent();
    });
  }

  /** Opens a stream of market data, and keeps it open across lost connections. Returns what closes it. */
  subscribe(request: StreamRequest, ears: StreamEars): () => void {
    return this.#streams.open(request, ears);
  }

  /** Asks for the whole state anew, as after a gap. */
  refresh(): void {
    if (this.#transport.state.kind !== 'open' || this.#snapshotId !== undefined) return;
    this.#snapshotId = this.#newId();
    this.#transport.send(JSON.stringify({ id: this.#snapshotId, command: 'GET_STATUS', payload: {} }));
    this.#callOffSnapshot?.();
    this.#callOffSnapshot = this.#timers.after(SNAPSHOT_PATIENCE_MS, () => this.#askAgain());
  }

  #askAgain(): void {
    this.#snapshotId = undefined;
    this.refresh();
  }

  /** The page is looked at again, or the machine is online: no need to wait for the next try. */
  hurry(): void {
    this.#transport.hurry();
    if (this.#transport.state.kind === 'open') this.#watch();
  }

  #connectionIs(state: ConnectionState): void {
    this.#snapshotId = undefined;
    this.#callOffSnapshot?.();
    this.#snapshotFailures = 0;
    this.#synced = false;
    this.#asked = false;
    this.#streams.disconnected();
    if (state.kind === 'open') {
      this.#connection += 1;
      this.#sequence.restart();
      this.#heardAt = this.#timers.now();
      this.refresh();
      this.#watch();
    } else {
      this.#callOffWatch?.();
    }
    this.#ears.connection(state);
    this.#limitWaiting();
    this.#tellUnsent();
  }

  /** A stalled network closes nothing: silence is asked about, then believed. */
  #watch(): void {
    this.#callOffWatch?.();
    this.#callOffWatch = this.#timers.after(SILENCE_MS, () => {
      const now = this.#timers.now();
      if (this.#asked) return this.#transport.drop();
      if (now - this.#heardAt >= SILENCE_MS) {
        this.#asked = true;
        this.refresh();
      }
      this.#watch();
    });
  }

  #hear(text: string): void {
    this.#heardAt = this.#timers.now();
    this.#asked = false;
    const reading = readFrame(text);
    if (reading.kind === 'misfit') return this.#ears.misfit();
    if (reading.kind === 'broadcast') return this.#hearBroadcast(reading.frame);
    if (reading.kind === 'marketData') return this.#streams.hear(reading.frame);
    if (reading.frame.id === this.#snapshotId) return this.#hearSnapshot(reading.frame);
    if (this.#streams.hearResult(reading.frame)) return;
    this.#hearResult(reading.frame);
  }

  #hearBroadcast(frame: BroadcastFrame): void {
    const follows = this.#sequence.follows(frame.instanceId, frame.seq);
    this.#ears.broadcast(frame);
    if (!follows) this.refresh();
  }

  #hearSnapshot(frame: ResultFrame): void {
    this.#callOffSnapshot?.();
    const snapshot =
      frame.status === 'ok' ? COMMANDS.GET_STATUS.reply.safeParse(frame.data) : { success: false as const };
    if (!snapshot.success) {
      // One that never fits is counted once; without a snapshot nothing is sent, so it is asked for until it comes.
      if (frame.status === 'ok' && this.#snapshotFailures === 0) this.#ears.misfit();
      const waitMs = retryDelayMs(this.#snapshotFailures);
      this.#snapshotFailures += 1;
      this.#callOffSnapshot = this.#timers.after(waitMs, () => this.#askAgain());
      return;
    }
    this.#snapshotId = undefined;
    this.#snapshotFailures = 0;
    this.#sequence.start(snapshot.data.instanceId, snapshot.data.seq);
    this.#ears.snapshot(snapshot.data);
    this.#synced = true;
    this.#sendWaiting();
    this.#streams.connected();
  }

  #hearResult(frame: ResultFrame): void {
    if (frame.status === 'accepted') {
      this.#operations.set(frame.id, frame.operationId);
      this.#pending.get(frame.id)?.accepted(frame.operationId);
      return;
    }
    const pending = this.#pending.settle(frame.id);
    if (pending === undefined) return;
    const operationId = this.#operations.get(frame.id);
    this.#operations.delete(frame.id);
    this.#ears.settled(frame.id, operationId);
    if (frame.status === 'ok') pending.done(frame.data);
    else pending.failed(frame.error);
    this.#tellUnsent();
  }

  /** What was asked before the connection broke too, in its order and under its ids: nothing is done twice. */
  #sendWaiting(): void {
    if (!this.#synced) return;
    for (const pending of this.#pending.all) {
      if (pending.sentOn === this.#connection || !this.#transport.send(pending.text)) continue;
      pending.sentOn = this.#connection;
      pending.callOffExpiry?.();
      pending.callOffExpiry = undefined;
    }
    this.#tellUnsent();
  }

  /** Nothing that changes something happens long after it was asked for, because a connection came back. */
  #limitWaiting(): void {
    for (const pending of this.#pending.all) {
      if (mayWait(pending.command) || pending.callOffExpiry !== undefined) continue;
      pending.callOffExpiry = this.#timers.after(WAITS_FOR_MS, () => {
        const operationId = this.#operations.get(pending.id);
        this.#operations.delete(pending.id);
        this.#pending.settle(pending.id);
        this.#ears.settled(pending.id, operationId);
        pending.failed(pending.sentOn === 0 ? notSent(pending.command) : unanswered(pending.command));
      });
    }
  }

  #tellUnsent(): void {
    const waiting = this.#pending.all
      .filter(({ command, sentOn }) => URGENT.has(command) && (!this.#synced || sentOn !== this.#connection))
      .map(({ command }) => command);
    const unsent = [...new Set(waiting)];
    if (unsent.join() === this.#unsent.join()) return;
    this.#unsent = unsent;
    this.#ears.unsent(unsent);
  }
}

/** Whether a command is still wanted however late it arrives: what only reads, and what makes things safer. */
const mayWait = (command: CommandName): boolean => COMMANDS[command].kind === 'read' || URGENT.has(command);

const isGone = ({ kind }: ConnectionState): boolean => kind === 'lost' || kind === 'refused';

const notSent = (command: CommandName): ErrorReply => ({
  code: 'NOT_SENT',
  message: `${command} was not sent: the connection to the program is lost. Do it again once it is back.`,
  details: {},
});

const unanswered = (command: CommandName): ErrorReply => ({
  code: 'OUTCOME_UNKNOWN',
  message: `${command} was sent, but the connection broke before its answer. It is not sent again.`,
  details: {},
});

function unfit(
  command: CommandName,
  issue: { path: PropertyKey[]; message: string } | undefined,
): ErrorReply {
  const where = issue === undefined ? '' : ` (${[...issue.path.map(String), issue.message].join(': ')})`;
  return {
    code: 'INVALID_PAYLOAD',
    message: `${command} was not sent: it does not fit${where}.`,
    details: {},
  };
}

const unfitAnswer = (command: CommandName): ErrorReply => ({
  code: 'INVALID_PAYLOAD',
  message: `The answer to ${command} does not fit what this page understands. It is not shown.`,
  details: {},
});
