/**
 * Figures of market data over a real socket: {name, value, unit}, one JSON line each. The host is a process of its own,
 * the clients are this one. Run by `npm run -s bench`, or alone: `node tests/bench/marketBench.ts`, where `20000 5` behind
 * it asks for one rate and number of clients.
 * Set BENCH_SECONDS to shorten the runs while working on it; the published figures are of 60.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pause } from '../../src/main/platform/timers.ts';
import { figure, quantile } from './figures.ts';
import type { HostFigures, HostOrder, HostReport } from './market/hostReport.ts';
import { MarketClient } from './market/marketClient.ts';

const HOST = fileURLToPath(new URL('market/marketHost.ts', import.meta.url));
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 60);
const WARM_UP_MS = Math.min(5, SECONDS) * 1_000;
const RATES = [1_000, 20_000];
const CLIENTS = [1, 5];
/** For the last frames to arrive. */
const PATIENCE_MS = 5_000;

async function report<Kind extends HostReport['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<HostReport, { kind: Kind }>> {
  const abort = new AbortController();
  const gone = (): void => {
    abort.abort();
  };
  child.once('exit', gone);
  try {
    for (;;) {
      const [told] = (await once(child, 'message', { signal: abort.signal })) as [HostReport];
      if (told.kind === kind) return told as Extract<HostReport, { kind: Kind }>;
    }
  } finally {
    child.off('exit', gone);
  }
}

/** Until all have the last trade and the last book, or it takes too long. */
async function settled(clients: readonly MarketClient[], { trades, book }: HostFigures): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  const isThere = (client: MarketClient): boolean =>
    client.lastTrade === trades - 1 && client.sequence === book.sequence;
  while (!clients.every(isThere) && performance.now() < until) await pause(20);
  // Something may still come that should not.
  await pause(200);
}

const sorted = (delays: readonly (readonly number[])[]): Float64Array =>
  Float64Array.from(delays.flat()).sort();
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

async function measured(rate: number, count: number): Promise<void> {
  const child = fork(HOST, { execArgv: ['--expose-gc'] });
  try {
    const { port, key } = await report(child, 'listening');
    const clients = await Promise.all(Array.from({ length: count }, () => MarketClient.open(port, key)));
    const order: HostOrder = { rate, warmUpMs: WARM_UP_MS, measureMs: SECONDS * 1_000 };
    child.send(order);
    const { from } = await report(child, 'counting');
    for (const client of clients) client.countsFrom = from;
    const { figures } = await report(child, 'ended');
    await settled(clients, figures);
    const problems = clients.flatMap((client) => client.problems(figures)).concat(figures.unexpected);
    if (problems.length > 0) throw new Error(`Market data is wrong: ${problems.slice(0, 5).join('; ')}`);
    tell(rate, clients, figures);
    await Promise.all(clients.map((client) => client.close()));
  } finally {
    if (child.connected) child.disconnect();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

function tell(rate: number, clients: readonly MarketClient[], figures: HostFigures): void {
  const who = clients.length === 1 ? '1 client' : `${clients.length} clients`;
  const name = `market messages at ${rate.toLocaleString('en')} a second, ${who}`;
  const { messages, seconds, cpuSeconds, loopDelayP99Ms, before, halfway, after } = figures;
  const trades = sorted(clients.map(({ tradeDelays }) => tradeDelays));
  const books = sorted(clients.map(({ bookDelays }) => bookDelays));
  const frames = sorted(clients.map(({ frameDelays }) => frameDelays));
  figure(`${name}: produced`, messages / seconds, 'messages/s');
  figure(`${name}: dropped`, sum(clients.map((client) => client.dropped(figures))), 'trades');
  figure(`${name}: told anew`, sum(clients.map(({ snapshots }) => snapshots)), 'snapshots');
  figure(`${name}: frames to each`, frames.length / clients.length / seconds, 'frames/s');
  const changes = sum(clients.map(({ changes }) => changes));
  figure(
    `${name}: book changes to an update`,
    changes / sum(clients.map(({ updates }) => updates)),
    'changes',
  );
  figure(`${name}: trade due to read p50`, quantile(trades, 0.5), 'ms');
  figure(`${name}: trade due to read p99`, quantile(trades, 0.99), 'ms');
  figure(`${name}: newest book change due to read p50`, quantile(books, 0.5), 'ms');
  figure(`${name}: newest book change due to read p99`, quantile(books, 0.99), 'ms');
  figure(`${name}: frame sent to read p50`, quantile(frames, 0.5), 'ms');
  figure(`${name}: frame sent to read p99`, quantile(frames, 0.99), 'ms');
  figure(`${name}: processor of the host`, (100 * cpuSeconds) / seconds, '% of a core');
  figure(`${name}: event loop delay p99`, loopDelayP99Ms, 'ms');
  for (const [what, of] of [
    ['heap', 'heap'],
    ['resident memory', 'resident'],
    ['of it for new objects', 'young'],
  ] as const) {
    figure(`${name}: ${what} at the start`, before[of] / 2 ** 20, 'MiB');
    figure(`${name}: ${what}, growth in the first half`, (halfway[of] - before[of]) / 2 ** 20, 'MiB');
    figure(`${name}: ${what}, growth in the second half`, (after[of] - halfway[of]) / 2 ** 20, 'MiB');
  }
}

export async function marketBench(): Promise<void> {
  for (const rate of RATES) for (const count of CLIENTS) await measured(rate, count);
}

if (import.meta.main) {
  const [rate, count = 1] = process.argv.slice(2).map(Number);
  await (rate === undefined ? marketBench() : measured(rate, count));
}
