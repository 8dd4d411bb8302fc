import { AppError } from '../../shared/contract/appError.ts';
import type {
  EngineEventMessage,
  EngineStatusData,
  Interruption,
} from '../../shared/contract/engineStatus.ts';
import { errorReplyOf } from '../../shared/contract/errorReply.ts';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { LiveDesk, LiveListener } from '../live/liveDesk.ts';
import { LastAction } from '../simulation/lastAction.ts';
import type { DeskListener, PaperDesk } from '../simulation/paperDesk.ts';
import { Broadcaster, type BroadcasterParts } from './broadcaster.ts';

/** Whoever shows the engine outside a page: a tray, a notification. */
export type StatusListener = (status: EngineStatusData) => void;

/** Says what the engine does: to every client, and to the host. */
export class EngineVoice implements DeskListener, LiveListener {
  readonly broadcaster: Broadcaster;
  readonly #now: () => number;
  readonly #listeners = new Set<StatusListener>();
  readonly #lastAction = new LastAction();
  #followed: PaperDesk | undefined;
  #live: LiveDesk | undefined;

  constructor(parts: Omit<BroadcasterParts, 'funding'>) {
    this.#now = parts.now;
    this.broadcaster = new Broadcaster({ ...parts, funding: () => this.funding() });
  }

  /** From now on it speaks of these desks, which tell it what happens: of the live one while there is a live session. */
  follow(desk: PaperDesk, live?: LiveDesk): void {
    this.#followed = desk;
    this.#live = live;
  }

  /** Told whenever the state of the engine changes, and of every event. Returns what ends it. */
  listen(listener: StatusListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  status(event?: EngineEventMessage): EngineStatusData {
    const live = this.#liveDesk;
    if (live !== undefined) {
      const status = live.status(event);
      return { ...status, uptimeMs: this.#uptime(status.startedAt) };
    }
    const { state, startedAt, error, open } = this.#desk;
    return {
      engine: 'funding',
      venue: 'paper',
      subAccount: 0,
      state,
      mode: 'paper',
      startedAt,
      uptimeMs: this.#uptime(startedAt),
      latencyMs: open?.run.parts.main.engine.latencyMs ?? null,
      ...(error === null ? {} : { error: errorReplyOf(error) }),
      ...(event === undefined ? {} : { event }),
    };
  }

  /** Null while there is no run to speak of. */
  funding(): FundingUpdateData | null {
    const live = this.#liveDesk;
    if (live?.session !== undefined) return live.funding(this.#lastAction.sentence(live.session));
    const { open, clock } = this.#desk;
    return open === undefined ? null : open.broadcast(this.#lastAction.sentence(open), clock);
  }

  say(event?: EngineEventMessage): void {
    const data = this.status(event);
    const moment = this.#liveDesk === undefined ? (this.#desk.open?.run.now ?? 0) : this.#now();
    this.broadcaster.status(data, moment);
    for (const listener of this.#listeners) listener(data);
  }

  said(event?: EngineEventMessage): void {
    this.say(event);
  }

  /** The engine is another one from now on: on paper, or live. */
  switched(): void {
    this.#lastAction.forget();
    this.say({ kind: 'vault', reason: 'mode' });
  }

  changed(): void {
    this.broadcaster.changed();
  }

  stateChanged(): void {
    this.say();
  }

  logged(entries: readonly EventEntry[]): void {
    for (const entry of entries) {
      this.#lastAction.hear(entry);
      this.say({ kind: 'log', entry });
    }
  }

  byHand(entries: readonly EventEntry[]): void {
    for (const entry of entries) this.say({ kind: 'byHand', entry });
  }

  recovered(interruption: Interruption): void {
    this.say({ kind: 'recovered', interruption });
  }

  /** What was read of the vault before no longer holds. */
  replaced(reason: 'reset' | 'restored'): void {
    this.#lastAction.forget();
    this.say({ kind: 'vault', reason });
  }

  /** While there is a live session, whatever its state. */
  get #liveDesk(): LiveDesk | undefined {
    return this.#live?.session === undefined ? undefined : this.#live;
  }

  #uptime(startedAt: number | null): number {
    return startedAt === null ? 0 : Math.max(0, this.#now() - startedAt);
  }

  get #desk(): PaperDesk {
    if (this.#followed === undefined) throw new AppError('INTERNAL', 'The voice has no desk to speak of.');
    return this.#followed;
  }
}
