/**
 * The process of the host: the loopback host of the app, with a busy market behind it. It is started with
 * `--expose-gc` by marketBench.ts and told what to do over IPC.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import { openLoopback } from '../../../src/main/loopback/loopbackHost.ts';
import type { PageFiles } from '../../../src/main/platform/pageFiles.ts';
import type { BookLevel } from '../../../src/main/market/data/bookView.ts';
import { formatBase, formatPrice } from '../../../src/shared/money/decimal.ts';
import { BusyMarket } from './busyMarket.ts';
import type { HostOrder, HostReport, Levels, MemoryBytes } from './hostReport.ts';
import { MarketProgram } from './marketProgram.ts';

const KEY = 'ab'.repeat(32);
const NO_PAGES: PageFiles = {
  page: () => ({ type: 'text/html', bytes: Buffer.from('') }),
  assets: new Map(),
};
/** As often as a timer can. A message that comes late all the same counts from when it was due. */
const PRODUCE_EVERY_MS = 1;

const tell = (report: HostReport): void => {
  process.send?.(report);
};

const wall = (): number => performance.timeOrigin + performance.now();

function memory(): MemoryBytes {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const spaces = getHeapSpaceStatistics().filter(({ space_name }) => space_name.startsWith('new_'));
  return {
    resident: rss,
    heap: heapUsed,
    young: spaces.reduce((sum, { physical_space_size }) => sum + physical_space_size, 0),
  };
}

const textsOf = (levels: readonly BookLevel[]): Levels =>
  levels.map(({ price, size }) => [formatPrice(price), formatBase(size)]);

const market = new BusyMarket(wall());
const program = new MarketProgram(market);
const host = await openLoopback({ program, files: NO_PAGES, key: KEY, port: 0 });

/** Messages at a rate, for so long. Resolves when the last one is out. */
function produce(rate: number, forMs: number): Promise<void> {
  const startedAt = wall();
  const all = Math.round((rate * forMs) / 1_000);
  return new Promise((resolve) => {
    let made = 0;
    const timer = setInterval(() => {
      const due = Math.min(all, Math.floor(((wall() - startedAt) * rate) / 1_000));
      for (; made < due; made += 1) market.produce(startedAt + ((made + 1) * 1_000) / rate);
      if (made < all) return;
      clearInterval(timer);
      resolve();
    }, PRODUCE_EVERY_MS);
  });
}

async function run({ rate, warmUpMs, measureMs }: HostOrder): Promise<void> {
  await produce(rate, warmUpMs);
  const before = memory();
  const made = market.messages;
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  tell({ kind: 'counting', from: wall() });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  await produce(rate, measureMs / 2);
  const halfway = memory();
  await produce(rate, measureMs / 2);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  loop.disable();
  const { sequence, bids, asks } = market.book;
  tell({
    kind: 'ended',
    figures: {
      trades: market.trades,
      book: { sequence, bids: textsOf(bids), asks: textsOf(asks) },
      messages: market.messages - made,
      seconds,
      cpuSeconds: (user + system) / 1e6,
      loopDelayP99Ms: loop.percentile(99) / 1e6,
      before,
      halfway,
      after: memory(),
      unexpected: program.unexpected.map(String),
    },
  });
}

process.on('message', (order: HostOrder) => {
  void run(order);
});
process.once('disconnect', () => {
  void host
    .close()
    .then(() => program.close())
    .then(() => process.exit(0));
});
tell({ kind: 'listening', port: host.port, key: KEY });
