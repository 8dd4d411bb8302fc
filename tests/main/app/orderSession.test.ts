import { describe, expect, it, vi } from 'vitest';

import type { OrderView } from '../../../src/shared/contract/orders.ts';
import { ERROR_CODES } from '../../../src/shared/contract/errorCodes.ts';
import { audited, type Audit } from './session/audit.ts';
import { CHANGES } from './session/changes.ts';
import { CONDITIONS } from './session/conditions.ts';
import { ENTRIES } from './session/entries.ts';
import { POSTING } from './session/posting.ts';
import type { After, Scene, Step } from './session/scene.ts';
import { TRIGGERS } from './session/triggers.ts';
import { beginMarket, nextFunding, rewindWall, stillWall } from './session/stillWall.ts';
import { Watch } from './session/watch.ts';
import { wiredProgram, type Wire } from './wiredProgram.ts';

const MARKETS = ['SOL', 'SOL-PERP', 'ETH-PERP', 'BTC-PERP'] as const;
/** Between two steps of the script, so that they stay within the venue's limits. */
const STEP_MS = 6_000;

/** A session as it is played: every step is read back and held against everything else that the program says. */
class Player {
  readonly #wire: Wire;
  readonly #orders = new Map<string, OrderView>();
  readonly #repriced = new Set<string>();
  readonly #transcript: unknown[] = [];
  #last: Audit;

  private constructor(wire: Wire, first: Audit) {
    this.#wire = wire;
    this.#last = first;
  }

  static async begin(wire: Wire): Promise<Player> {
    await beginMarket(wire);
    return new Player(wire, await audited(wire, new Set()));
  }

  /** What came of every step. Two replays of a script have the same. */
  get transcript(): readonly unknown[] {
    return this.#transcript;
  }

  /** The account as it was last read. */
  get audit(): Audit {
    return this.#last;
  }

  async play(step: Step): Promise<void> {
    vi.advanceTimersByTime(STEP_MS);
    const scene = await this.#scene();
    const data = 'until' in step ? await this.#pass() : await this.#send(step, scene);
    const { fills: before } = this.#last;
    this.#last = await audited(this.#wire, this.#repriced);
    const { account, fills } = this.#last;
    const fresh = fills.slice(0, fills.length - before.length);
    const order = orderIn(data);
    const now = order === undefined ? undefined : await this.#orderNow(order.orderId);
    const after: After = {
      wire: this.#wire,
      data,
      order: now,
      fills: fresh,
      account,
      orderOf: (name) => this.#orderNow(this.#orders.get(name)?.orderId ?? name),
    };
    await step.shows?.(after, scene);
    this.#transcript.push({ does: step.does, data, account, fresh });
  }

  async #scene(): Promise<Scene> {
    const wire = this.#wire;
    const books = await Promise.all(MARKETS.map((market) => wire.ask('GET_ORDERBOOK', { market, depth: 5 })));
    const { account } = this.#last;
    return {
      wire,
      books: Object.fromEntries(books.map((book) => [book.market, book])),
      account,
      now: account.timestamp,
      orders: new Map(this.#orders),
    };
  }

  async #pass(): Promise<unknown> {
    await nextFunding(this.#wire);
    return undefined;
  }

  async #send(step: Extract<Step, { command: unknown }>, scene: Scene): Promise<unknown> {
    const { command, expects, as } = step;
    const payload = step.payload(scene);
    if (expects in ERROR_CODES) {
      const error = await this.#wire.refusal(command, payload);
      expect({ code: error.code, error }).toEqual({ code: expects, error });
      expect(error.message).toMatch(/^\S.* .*[.?!]$/s);
      return { code: error.code };
    }
    const data = await this.#wire.ask(command, payload as never);
    const order = orderIn(data);
    if (expects !== 'ok') expect(order).toMatchObject({ state: expects });
    if (as !== undefined && order !== undefined) this.#orders.set(as, order);
    if (order !== undefined && (command === 'MODIFY_ORDER' || order.offset !== null))
      this.#repriced.add(order.orderId);
    return data;
  }

  async #orderNow(orderId: string): Promise<OrderView> {
    return (await this.#wire.ask('GET_ORDER', { orderId })).order;
  }
}

function orderIn(data: unknown): OrderView | undefined {
  return (data as { order?: OrderView } | undefined)?.order;
}

const SCRIPT: readonly Step[] = [...ENTRIES, ...POSTING, ...CONDITIONS, ...TRIGGERS, ...CHANGES];

/** The whole script on a new program, with a second client that listens. */
async function played(): Promise<Player> {
  const program = await wiredProgram();
  const player = await Player.begin(await program.connect());
  const watch = await Watch.begin(await program.connect());
  for (const step of SCRIPT) {
    try {
      await player.play(step);
    } catch (error) {
      throw new Error(`In the step "${step.does}": ${String(error)}`, { cause: error });
    }
  }
  await watch.expectWhole(await program.connect(), player.audit);
  await watch.end();
  await player.play({ does: 'another hour, of which nobody is told any more', until: 'nextFunding' });
  expect(watch.afterEnd).toBe(0);
  return player;
}

describe('a session of orders over the WebSocket', () => {
  it('does what its script says, every figure agrees with every other, and a replay is the same', async () => {
    stillWall();
    const { transcript } = await played();
    expect(transcript.length).toBe(SCRIPT.length + 1);
    rewindWall();
    expect((await played()).transcript).toEqual(transcript);
  });
});
