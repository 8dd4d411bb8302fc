import type { AppError } from '../../../../shared/contract/appError.ts';
import { ended } from '../../../market/access/ended.ts';
import { ReadRetry } from '../../../market/access/readRetry.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { Schedule } from '../../../platform/schedule.ts';
import { CallCounts, type CallCountsView } from './callCounts.ts';
import type { Endpoint, EndpointView } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import type { NodeUrls } from './nodeAddress.ts';
import { NodeCaller } from './nodeCaller.ts';
import { NodeFault } from './nodeFault.ts';
import { NodeProbe } from './nodeProbe.ts';
import { NoNode, passedOver, wrongNetwork, type Saying } from './noNode.ts';
import { inOrder } from './preference.ts';
import type { Question } from './question.ts';
import { RpcRefusal } from './rpcRefusal.ts';
import { SlotMemory } from './slotMemory.ts';
import { writeWide } from './wideJson.ts';

/** Far less than a paid node allows, and about what a free one does. */
export const CALLS_PER_SECOND = 25;
export const TIMEOUT_MS = 5_000;

export interface RpcPoolOptions {
  /** At least one, the preferred one first. */
  readonly endpoints: readonly NodeUrls[];
  /** See {@link GENESIS}; undefined for a local network: then the first answer says which network it is. */
  readonly genesisHash: string | undefined;
  /** To each node. */
  readonly callsPerSecond?: number;
  /** For one attempt at one node. */
  readonly timeoutMs?: number;
  readonly clock: Clock;
  /** Ms of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  /** Numbers in [0, 1), for the jitter. */
  readonly uniform: () => number;
  readonly logger: Logger;
}

export interface Voices<T> {
  readonly answers: readonly T[];
  /** How many nodes of the right network there are, answering or not. */
  readonly nodes: number;
}

/**
 * Several nodes as one that is there more often than any of them. A node that fails, lags, limits or lies is passed over
 * at once; where none is left, it is asked again after 1 s, 2 s and 4 s (R9.1).
 */
export class RpcPool {
  readonly slots: SlotMemory<Endpoint>;
  readonly #endpoints: readonly Endpoint[];
  readonly #caller: NodeCaller;
  readonly #counts: CallCounts;
  readonly #retry: ReadRetry;
  readonly #probe: NodeProbe;
  readonly #closing = new AbortController();
  readonly #flights = new Map<string, Promise<unknown>>();
  #inUse: Endpoint | undefined;

  /** @throws AppError INVALID_SETTING where there is no endpoint, or one that is no URL. */
  constructor(options: RpcPoolOptions) {
    const { endpoints, genesisHash, callsPerSecond = CALLS_PER_SECOND, timeoutMs = TIMEOUT_MS } = options;
    const { clock, elapsed, schedule, uniform, logger } = options;
    this.#endpoints = endpointsOf(endpoints, elapsed);
    this.slots = new SlotMemory(elapsed);
    this.#counts = new CallCounts(elapsed);
    this.#retry = new ReadRetry(uniform);
    this.#caller = new NodeCaller({
      genesisHash,
      callsPerSecond,
      timeoutMs,
      slots: this.slots,
      counts: this.#counts,
      now: () => clock.now(),
      elapsed,
      schedule,
      logger,
      signal: this.#closing.signal,
      onStanding: (endpoint) => {
        this.#probe.compare(endpoint);
      },
    });
    this.#probe = new NodeProbe(this.#endpoints, this.#caller, schedule);
  }

  /** Asks after every node that nobody has asked lately, from now on until the pool is closed. */
  watchHealth(): void {
    if (!this.#closing.signal.aborted) this.#probe.start();
  }

  /** Asks after every node that may be asked: health, latency and network, as a ceremony shows them. Never rejects. */
  checkHealth(): Promise<void> {
    return this.#probe.askAll();
  }

  healthView(): readonly EndpointView[] {
    return this.#endpoints.map((endpoint) => endpoint.view(endpoint === this.#inUse));
  }

  /** Smoothed, of the node in use; null before it answered (R6.5). */
  get latencyMs(): number | null {
    return this.#inUse?.latencyMs ?? null;
  }

  countsView(): CallCountsView {
    return this.#counts.view();
  }

  /** How often a question was asked again after a wait, since the program began. */
  get retries(): number {
    return this.#retry.retries;
  }

  /**
   * One answer, from the best node that has one. Who asks for the same at the same time shares it.
   * @throws AppError VENUE_UNAVAILABLE, RATE_LIMITED, WRONG_NETWORK, CANCELLED; RpcRefusal where the answer is a no.
   */
  ask<T>(question: Question<T>): Promise<T> {
    const key = writeWide([question.method, question.params, question.form ?? null]);
    const underWay = this.#flights.get(key);
    if (underWay !== undefined) {
      this.#counts.countShared();
      return underWay as Promise<T>;
    }
    const flight = this.#persist(() => this.#oneOf(question, [NodeFault])).finally(() => {
      this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    return flight;
  }

  /**
   * Hands something to the best node, and on any failure, a refusal too, to the others.
   * @throws As {@link RpcPool.ask}; the refusal where all refuse.
   */
  hand<T>(question: Question<T>): Promise<T> {
    return this.#persist(() => this.#oneOf(question, [NodeFault, RpcRefusal]));
  }

  /** What every node says that answers at all; at least one does. @throws As {@link RpcPool.ask}. */
  everyone<T>(question: Question<T>): Promise<Voices<T>> {
    return this.#persist(() => this.#allOf(question));
  }

  /** Makes sure that an endpoint is of our network, before its socket is listened to. @throws NodeFault */
  introduce(endpoint: Endpoint): Promise<void> {
    return this.#caller.introduce(endpoint);
  }

  /** The endpoints that may be asked now, best first. */
  candidates(): readonly Endpoint[] {
    return inOrder(this.#endpoints, this.#inUse);
  }

  /** Ends whatever waits, with CANCELLED. */
  close(): void {
    this.#probe.stop();
    this.#closing.abort();
  }

  async #persist<T>(attempt: () => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    if (signal.aborted) throw ended();
    try {
      return await this.#retry.run(attempt, signal);
    } catch (error) {
      throw error instanceof NoNode ? error.outcome() : error;
    }
  }

  async #oneOf<T>(question: Question<T>, passing: readonly (new (...args: never) => Error)[]): Promise<T> {
    const order = this.candidates();
    const sayings: Saying[] = [];
    let refusal: RpcRefusal | undefined;
    for (const endpoint of order) {
      try {
        const answer = await this.#caller.ask(endpoint, question);
        [this.#inUse] = this.candidates();
        return answer;
      } catch (error) {
        if (!passing.some((kind) => error instanceof kind)) throw error;
        if (error instanceof RpcRefusal) refusal = error;
        sayings.push(sayingOf(endpoint, error));
      }
    }
    if (refusal !== undefined) throw refusal;
    throw this.#nobody(order, sayings);
  }

  async #allOf<T>(question: Question<T>): Promise<Voices<T>> {
    const order = this.candidates();
    const asked = await Promise.allSettled(order.map((endpoint) => this.#caller.ask(endpoint, question)));
    const answers = asked.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
    const nodes = this.#endpoints.filter(({ state }) => state !== 'wrongNetwork').length;
    if (answers.length > 0) return { answers, nodes };
    const sayings = asked.flatMap((one, i) => {
      const endpoint = order[i];
      if (one.status === 'fulfilled' || endpoint === undefined) return [];
      if (!(one.reason instanceof NodeFault)) throw one.reason;
      return [sayingOf(endpoint, one.reason)];
    });
    throw this.#nobody(order, sayings);
  }

  /** Why there is no answer, where those who could be asked have none. */
  #nobody(asked: readonly Endpoint[], sayings: readonly Saying[]): AppError {
    if (this.#endpoints.every(({ state }) => state === 'wrongNetwork'))
      return wrongNetwork(this.#endpoints.map(({ name }) => name));
    const others = this.#endpoints.filter((endpoint) => !asked.includes(endpoint));
    return new NoNode([...sayings, ...others.map(passedOver)]);
  }
}

function sayingOf({ name, waitMs }: Endpoint, error: unknown): Saying {
  return error instanceof NodeFault
    ? { node: name, kind: error.kind, said: error.message, waitMs }
    : { node: name, kind: 'unable', said: error instanceof RpcRefusal ? error.said : 'it failed', waitMs };
}
