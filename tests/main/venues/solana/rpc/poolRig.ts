import { vi } from 'vitest';

import { silentLogger, type Logger } from '../../../../../src/main/platform/logger.ts';
import { ManualSchedule } from '../../../../../src/main/platform/schedule.ts';
import { RpcPool, type RpcPoolOptions } from '../../../../../src/main/venues/solana/rpc/rpcPool.ts';
import { ScriptedNode, TEST_GENESIS } from '../../../../support/scriptedNode.ts';

const STEP_MS = 100;

/** Elapsed time and its timers, moved on together by hand. */
export class RigTime {
  readonly schedule = new ManualSchedule();
  #now = 1_000_000;

  readonly elapsed = (): number => this.#now;

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= STEP_MS) {
      const step = Math.min(left, STEP_MS);
      this.#now += step;
      this.schedule.pass(step);
    }
  }
}

/** Some nodes, and a pool on them whose time stands unless a test moves it. */
export class PoolRig {
  readonly time = new RigTime();
  readonly nodes: readonly ScriptedNode[];
  readonly pool: RpcPool;

  private constructor(nodes: readonly ScriptedNode[], options: Partial<RpcPoolOptions>) {
    this.nodes = nodes;
    this.pool = new RpcPool({
      endpoints: nodes.map(({ urls }) => urls),
      genesisHash: TEST_GENESIS,
      callsPerSecond: 100_000,
      clock: { now: this.time.elapsed },
      elapsed: this.time.elapsed,
      schedule: this.time.schedule,
      uniform: () => 0.5,
      logger: silentLogger,
      ...options,
    });
  }

  static async start(count: number, options: Partial<RpcPoolOptions> = {}): Promise<PoolRig> {
    const nodes = await Promise.all(Array.from({ length: count }, () => ScriptedNode.start()));
    return new PoolRig(nodes, options);
  }

  node(index: number): ScriptedNode {
    const node = this.nodes[index];
    if (node === undefined) throw new RangeError(`There is no node ${index}.`);
    return node;
  }

  states(): readonly string[] {
    return this.pool.healthView().map(({ state }) => state);
  }

  inUse(): number {
    return this.pool.healthView().findIndex(({ inUse }) => inUse);
  }

  async stop(): Promise<void> {
    this.pool.close();
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}

/** What every question here asks: the slot, which the pool looks at too. */
export const SLOT = {
  method: 'getSlot',
  params: [{ commitment: 'confirmed' }],
  read: (result: unknown): number => result as number,
} as const;

/** Lets sockets speak until something holds; the test's own time-out ends it where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

/** Lets sockets speak for a while, for what must not happen. */
export async function quiet(): Promise<void> {
  for (let turns = 0; turns < 50; turns += 1) await turn();
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** The waits of retries are the computer's own: they pass at once while this settles. */
export async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let result: PromiseSettledResult<T> | undefined;
  void Promise.allSettled([promise]).then(([outcome]) => {
    result = outcome;
  });
  for (;;) {
    await turn();
    if (result !== undefined) return result;
    vi.advanceTimersByTime(500);
  }
}

/** What a promise is rejected with, the waits of retries passing at once. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  const result = await settled(promise);
  if (result.status === 'rejected') return result.reason;
  throw new Error('It did not fail.');
}

/** Call it where retries are waited for: only what cockatiel waits with is faked. */
export function fakeRetryWaits(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

/** A log that is kept, as the lines that would be written. */
export function keptLog(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string, context: object = {}): void => {
    lines.push(JSON.stringify({ message, ...context }));
  };
  const logger: Logger = {
    ...silentLogger,
    error: keep,
    warn: keep,
    info: keep,
    debug: keep,
    child: () => logger,
  };
  return { logger, lines };
}
