/**
 * How many requests a live engine makes of its node, counted over simulated time: the program's own parts, whose timers
 * are moved on as soon as nothing is under way. Answers take no time in it, so that nothing is asked again.
 */
import { randomUUID } from 'node:crypto';
import { Keypair as Wallet } from '@solana/web3.js';
import type { WalletsView } from '../../../src/shared/contract/commands/walletCommands.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { usd } from '../../../src/shared/money/quantity.ts';
import { readGroup } from '../../../src/shared/settings/group.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { SecretBytes } from '../../../src/main/custody/secretBytes.ts';
import { LIVE_SETTINGS } from '../../../src/main/engine/liveSettings.ts';
import { GoingLive } from '../../../src/main/live/goingLive.ts';
import { LiveDesk } from '../../../src/main/live/liveDesk.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { breathe, pause } from '../../../src/main/platform/timers.ts';
import { readSettings } from '../../../src/main/simulation/settings.ts';
import { IN_MEMORY, OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { loadDriftSdk } from '../../../src/main/venues/drift/sdk.ts';
import type { RpcPool } from '../../../src/main/venues/solana/rpc/rpcPool.ts';
import { SENDING_SETTINGS } from '../../../src/main/venues/solana/transactions/sendingSettings.ts';
import { figure } from '../figures.ts';
import { BenchMarket } from './benchMarket.ts';
import { SimulatedTime } from './simulatedTime.ts';

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 30);
const CORRECTION_EVERY_MINUTES = 5;
const STEP_MS = 100;
const START = Date.UTC(2026, 0, 1);
const ONE_SOL = 1_000_000_000n;
const DAY_MS = 86_400_000;
const ENOUGH = usd(1_000_000_000_000n);
const QUIET_ROUNDS = 3;
const ROUND_MS = 3;

/** The program's live parts on a node of this process. The key signs here: that takes no request. */
class CountedEngine {
  readonly #time: SimulatedTime;
  readonly #market: BenchMarket;
  readonly #desk: LiveDesk;
  readonly #goingLive: GoingLive;
  readonly #folder: OpenFolder;
  readonly #keypair: Keypair;
  /** Requests that the node was asked. */
  asked = 0;

  private constructor(market: BenchMarket, time: SimulatedTime, keypair: Keypair) {
    this.#market = market;
    this.#time = time;
    this.#keypair = keypair;
    market.node.onRequest(() => {
      this.asked += 1;
    });
    const { clock, schedule, elapsed } = time;
    this.#folder = new OpenFolder(IN_MEMORY, () => clock.now());
    const overrides = { 'live.network': 'local', 'live.endpoints': market.node.rpcUrl };
    const settings = () => readSettings({ 'engine.policy': 'off' });
    const unexpected = (error: unknown): never => {
      throw error;
    };
    this.#goingLive = new GoingLive({
      db: () => this.#folder.db,
      wallets: {
        view: () => Promise.resolve(walletsOf(keypair.address)),
        sign: (message) => Promise.resolve({ signature: keypair.sign(message), words: [] }),
      },
      settings,
      sending: () => readGroup(SENDING_SETTINGS, {}),
      network: () => readGroup(LIVE_SETTINGS, overrides),
      clock,
      elapsed,
      schedule,
      uniform: () => 0.5,
      nextId: randomUUID,
      log: () => silentLogger,
      unknown: ({ words }) => unexpected(new Error(`it is not known what became of: ${words}`)),
    });
    this.#desk = new LiveDesk({
      opener: this.#goingLive,
      confirmations: this.#goingLive.confirmations,
      settings,
      pollMs: () => readGroup(LIVE_SETTINGS, {}).pollSeconds * 1_000,
      schedule,
      now: () => clock.now(),
      explain: (error) => (error instanceof AppError ? error : unexpected(error)),
      log: () => silentLogger,
      listener: { changed: () => undefined, said: () => undefined, logged: () => undefined },
    });
  }

  /** Live, and hedged. */
  static async open(): Promise<CountedEngine> {
    const wallet = Wallet.generate();
    const time = new SimulatedTime(START);
    const market = await BenchMarket.open(wallet, START);
    using secret = SecretBytes.taken('key', wallet.secretKey.slice(0, 32));
    const engine = new CountedEngine(market, time, new Keypair(secret));
    // It takes time of this computer, in which none goes by here.
    await loadDriftSdk();
    const session = engine.#goingLive.session({ purpose: 'trading', subAccount: 0 });
    const over = new AbortController();
    const checked = session.finally(() => {
      over.abort();
    });
    while (!over.signal.aborted) {
      await engine.#step();
      await pause(ROUND_MS);
    }
    engine.#desk.begin(await checked);
    engine.#desk.grant({ perTrade: ENOUGH, perDay: ENOUGH, until: START + DAY_MS });
    await engine.pass(1);
    return engine;
  }

  /** Contracts short, 1e9. */
  get short(): bigint {
    return this.#desk.run?.vault.books.account.perps[0]?.size ?? 0n;
  }

  async pass(minutes: number): Promise<void> {
    for (let left = minutes * 60_000; left > 0; left -= STEP_MS) await this.#step();
  }

  /** The owner brings SOL in, and the engine hedges it when it sees it. */
  async deposit(): Promise<void> {
    await this.#market.deposit(ONE_SOL);
  }

  async close(): Promise<void> {
    await this.#desk.close();
    await this.#goingLive.close();
    this.#folder.close();
    this.#keypair.dispose();
    await this.#market.close();
  }

  async #step(): Promise<void> {
    const { pool } = await this.#goingLive.network();
    const hasHappened = this.#time.pass(STEP_MS);
    this.#market.catchUp(this.#time.clock.now());
    await breathe();
    if (hasHappened || pool.countsView().calls < this.asked) await this.#quiet(pool);
  }

  /** Until every answer is there, and nothing more is asked because of it. */
  async #quiet(pool: RpcPool): Promise<void> {
    let asked = -1;
    for (let rounds = 0; rounds < QUIET_ROUNDS; rounds += 1) {
      if (asked !== this.asked || pool.countsView().calls < this.asked) rounds = 0;
      ({ asked } = this);
      await pause(ROUND_MS);
    }
  }
}

const walletsOf = (address: string): WalletsView => ({
  wallets: [
    {
      address,
      name: 'Bench',
      kind: 'owner',
      owner: address,
      path: null,
      addedAt: 0,
      active: true,
      key: 'plain',
    },
  ],
  lock: 'unlocked',
  error: null,
  keychain: { store: 'none: this process', error: null },
  secrets: 'terminal',
});

export async function callBench(): Promise<void> {
  const engine = await CountedEngine.open();
  try {
    const idle = await counted(engine, async () => {
      await engine.pass(MINUTES);
    });
    const before = engine.short;
    const trading = await counted(engine, async () => {
      for (let minute = 0; minute < MINUTES; minute += CORRECTION_EVERY_MINUTES) {
        await engine.deposit();
        await engine.pass(CORRECTION_EVERY_MINUTES);
      }
    });
    const corrections = Number((before - engine.short) / ONE_SOL);
    if (corrections !== Math.ceil(MINUTES / CORRECTION_EVERY_MINUTES))
      throw new Error(`${corrections} corrections were made`);
    const anHour = 60 / MINUTES;
    figure('RPC calls an hour, idle', idle * anHour, '/h');
    figure(
      `RPC calls an hour, a correction every ${CORRECTION_EVERY_MINUTES} minutes`,
      trading * anHour,
      '/h',
    );
    figure('RPC calls of one correction', (trading - idle) / corrections, 'calls');
  } finally {
    await engine.close();
  }
}

async function counted(engine: CountedEngine, act: () => Promise<void>): Promise<number> {
  const before = engine.asked;
  await act();
  return engine.asked - before;
}
