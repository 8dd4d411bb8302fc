import type { Logger } from '../../../platform/logger.ts';
import type { Schedule } from '../../../platform/schedule.ts';
import type { CallCounts } from './callCounts.ts';
import { contextSlotOf } from './contextSlot.ts';
import type { Endpoint } from './endpoint.ts';
import { NodeFault } from './nodeFault.ts';
import { postToNode } from './nodeRequest.ts';
import { Pace } from './pace.ts';
import type { Question } from './question.ts';
import { resultOf } from './rpcReply.ts';
import { RpcRefusal } from './rpcRefusal.ts';
import { TOLERATED_SLOTS, type SlotMemory } from './slotMemory.ts';
import { writeWide } from './wideJson.ts';

/** Of all accounts of a program a node takes its time. */
const SLOW_METHODS: ReadonlySet<string> = new Set(['getProgramAccounts']);
const SLOW_FACTOR = 6;
/** A dozen slots: beyond what is tolerated, so that the others' slots tell whether the node or the cluster stands still. */
const STANDING_MS = 5_000;

export interface NodeCallerOptions {
  /** Undefined for a network that nobody knows, such as a local one: then the first answer says which it is. */
  readonly genesisHash: string | undefined;
  readonly callsPerSecond: number;
  readonly timeoutMs: number;
  readonly slots: SlotMemory<Endpoint>;
  readonly counts: CallCounts;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  readonly logger: Logger;
  /** A node tells the same slot for longer than a cluster takes for many. */
  readonly onStanding: (endpoint: Endpoint) => void;
  readonly signal: AbortSignal;
}

/**
 * Asks one node at a time: in its pace, not before its network is known to be ours, and without believing what is older
 * than what was seen.
 */
export class NodeCaller {
  readonly #options: NodeCallerOptions;
  readonly #paces = new Map<Endpoint, Pace>();
  readonly #introductions = new Map<Endpoint, Promise<void>>();
  /** Those whose trouble was logged, and whose recovery will be. */
  readonly #troubled = new Set<Endpoint>();
  #genesisHash: string | undefined;
  #lastId = 0;

  constructor(options: NodeCallerOptions) {
    this.#options = options;
    this.#genesisHash = options.genesisHash;
  }

  /** @throws NodeFault, after the endpoint was told; RpcRefusal; AppError CANCELLED when the program closes. */
  async ask<T>(endpoint: Endpoint, question: Question<T>): Promise<T> {
    await this.introduce(endpoint);
    return this.#noting(endpoint, question.method, async () => {
      const result = await this.#call(endpoint, question).catch((error: unknown) => {
        throw softened(error, question);
      });
      // The check of another question may have found out meanwhile.
      if (endpoint.state === 'wrongNetwork') throw foreign();
      // A slot that stands in something else is nobody's word.
      const answer = readBy(question, result);
      this.#judge(endpoint, question, result);
      return answer;
    });
  }

  /**
   * Makes sure that the node is of our network. Asked before its first answer is believed, and anew after it was lost.
   * @throws as {@link NodeCaller.ask}.
   */
  async introduce(endpoint: Endpoint): Promise<void> {
    if (endpoint.isKnown) return;
    const underWay = this.#introductions.get(endpoint);
    if (underWay !== undefined) return underWay;
    const introduction = this.#checkGenesis(endpoint).finally(() => {
      this.#introductions.delete(endpoint);
    });
    this.#introductions.set(endpoint, introduction);
    return introduction;
  }

  async #checkGenesis(endpoint: Endpoint): Promise<void> {
    const question = { method: 'getGenesisHash', params: [], read: hashOf, urgent: true };
    await this.#noting(endpoint, question.method, async () => {
      const hash = readBy(question, await this.#call(endpoint, question).catch(noRefusal));
      this.#genesisHash ??= hash;
      if (hash !== this.#genesisHash) throw foreign();
      endpoint.know();
    });
  }

  async #call(endpoint: Endpoint, question: Question<unknown>): Promise<unknown> {
    const { elapsed, schedule, now, signal, timeoutMs } = this.#options;
    const { method, params, urgent = false } = question;
    await this.#paceOf(endpoint).turn(urgent, signal);
    this.#lastId += 1;
    const id = String(this.#lastId);
    const begin = elapsed();
    endpoint.asked();
    const reply = await postToNode(endpoint.address, writeWide({ jsonrpc: '2.0', id, method, params }), {
      timeoutMs: SLOW_METHODS.has(method) ? timeoutMs * SLOW_FACTOR : timeoutMs,
      schedule,
      now,
      signal,
    });
    const result = resultOf(method, id, reply, endpoint.address);
    endpoint.answered(elapsed() - begin);
    return result;
  }

  #judge(endpoint: Endpoint, { method, params, minSlot = 0 }: Question<unknown>, result: unknown): void {
    const at = contextSlotOf(method, params, result);
    if (at === undefined) return;
    const { verdict, lag, exposed } = this.#options.slots.judge(endpoint, at.slot, at.commitment);
    for (const other of exposed) this.#fail(other, ahead());
    if (verdict === 'outvoted') throw ahead();
    endpoint.sawSlot(at.slot, lag);
    if (verdict === 'behind') throw new NodeFault('behind', `its answer is ${lag} slots old`);
    if (at.slot < minSlot) throw tooOld(minSlot - at.slot);
    endpoint.caughtUp();
    if (endpoint.standsMs > STANDING_MS) this.#options.onStanding(endpoint);
  }

  /** Counts what is asked, and tells the endpoint what came of it. */
  async #noting<T>(endpoint: Endpoint, method: string, ask: () => Promise<T>): Promise<T> {
    const { counts } = this.#options;
    try {
      const answer = await ask();
      counts.count(method, false);
      endpoint.mended();
      return answer;
    } catch (error) {
      if (error instanceof NodeFault) {
        counts.count(method, true);
        this.#fail(endpoint, error);
      } else if (error instanceof RpcRefusal) {
        counts.count(method, false);
        endpoint.mended();
      }
      throw error;
    } finally {
      this.#logRecovery(endpoint);
    }
  }

  #logRecovery(endpoint: Endpoint): void {
    if (endpoint.state !== 'healthy' || !this.#troubled.delete(endpoint)) return;
    this.#options.logger.info('A Solana node answers again.', { node: endpoint.name });
  }

  #fail(endpoint: Endpoint, fault: NodeFault): void {
    const before = endpoint.state;
    endpoint.failed(fault);
    if (before === endpoint.state) return;
    this.#troubled.add(endpoint);
    this.#options.logger.warn('A Solana node can not be used.', {
      node: endpoint.name,
      state: endpoint.state,
      said: fault.message,
    });
  }

  #paceOf(endpoint: Endpoint): Pace {
    const known = this.#paces.get(endpoint);
    if (known !== undefined) return known;
    const { callsPerSecond, elapsed, schedule } = this.#options;
    const pace = new Pace(callsPerSecond, elapsed, schedule);
    this.#paces.set(endpoint, pace);
    return pace;
  }
}

/** Nodes behind one name take turns: one that is a few slots short is asked again soon, and is not thought ill of. */
function tooOld(slots: number): NodeFault {
  return new NodeFault(slots > TOLERATED_SLOTS ? 'behind' : 'early', `its answer is ${slots} slots old`);
}

function softened(error: unknown, { minSlot = 0 }: Question<unknown>): unknown {
  if (!(error instanceof NodeFault) || error.kind !== 'behind' || error.slot === undefined) return error;
  return minSlot > error.slot ? tooOld(minSlot - error.slot) : error;
}

const foreign = (): NodeFault => new NodeFault('wrongNetwork', 'it belongs to another network');
const ahead = (): NodeFault => new NodeFault('outvoted', 'it is ahead of where the other nodes can be');

/** What every node can say is refused by none that works. */
function noRefusal(error: unknown): never {
  throw error instanceof RpcRefusal ? new NodeFault('garbled', error.said) : error;
}

function readBy<T>({ method, read }: Question<T>, result: unknown): T {
  try {
    return read(result);
  } catch {
    throw new NodeFault('garbled', `its answer to ${method} has another shape`);
  }
}

function hashOf(result: unknown): string {
  if (typeof result !== 'string' || result === '') throw new TypeError('A hash is a text.');
  return result;
}
