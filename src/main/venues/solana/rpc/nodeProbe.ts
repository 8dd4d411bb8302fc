import { z } from 'zod';

import type { Cancel, Schedule } from '../../../platform/schedule.ts';
import type { Endpoint } from './endpoint.ts';
import type { NodeCaller } from './nodeCaller.ts';
import type { Question } from './question.ts';

/** As a lost connection is tried again (R9.5). */
const EVERY_MS = 10_000;
/** A node that does well is asked after only when nobody has asked it anything for so long. */
const WELL_MS = 60_000;
/** However often it is looked at. */
const COMPARE_MS = 5_000;

const SLOT: Question<number> = {
  method: 'getSlot',
  params: [{ commitment: 'confirmed' }],
  read: (result) => z.int().nonnegative().parse(result),
};

/** Asks after nodes, so that one that mended, or became the fastest, is known before it is needed. */
export class NodeProbe {
  readonly #endpoints: readonly Endpoint[];
  readonly #caller: NodeCaller;
  readonly #schedule: Schedule;
  readonly #asking = new Set<Endpoint>();
  #cancel: Cancel | undefined;

  constructor(endpoints: readonly Endpoint[], caller: NodeCaller, schedule: Schedule) {
    this.#endpoints = endpoints;
    this.#caller = caller;
    this.#schedule = schedule;
  }

  start(): void {
    this.#cancel ??= this.#schedule.every(EVERY_MS, () => {
      void this.#ask(this.#endpoints.filter(isDue));
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  askAll(): Promise<void> {
    return this.#ask(this.#endpoints.filter(isOpen));
  }

  /** Asks the others where they are: a node that stands still can't be told from a cluster that does by its own word. */
  compare(standing: Endpoint): void {
    void this.#ask(
      this.#endpoints.filter(
        (endpoint) => endpoint !== standing && isOpen(endpoint) && endpoint.askedAgoMs >= COMPARE_MS,
      ),
    );
  }

  async #ask(endpoints: readonly Endpoint[]): Promise<void> {
    await Promise.all(endpoints.map((endpoint) => this.#askOne(endpoint)));
  }

  async #askOne(endpoint: Endpoint): Promise<void> {
    if (this.#asking.has(endpoint)) return;
    this.#asking.add(endpoint);
    try {
      await this.#caller.ask(endpoint, SLOT);
    } catch {
      // The endpoint was told, and the log.
    } finally {
      this.#asking.delete(endpoint);
    }
  }
}

const isOpen = ({ state, waitMs }: Endpoint): boolean => state !== 'wrongNetwork' && waitMs === 0;

function isDue(endpoint: Endpoint): boolean {
  const { state, askedAgoMs } = endpoint;
  const isWell = state === 'healthy' || state === 'unasked';
  return isOpen(endpoint) && askedAgoMs >= (isWell ? WELL_MS : EVERY_MS / 2);
}
