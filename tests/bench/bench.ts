/**
 * Figures of the code that the app runs, one JSON line each: {name, value, unit}. `npm run -s bench`.
 * Set BENCH_DAYS and BENCH_SECONDS to shorten the runs while working on it; the published figures are of 365 and 60.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPaperRun, type OpenRun } from '../../src/main/simulation/openRun.ts';
import { healthPct, maintenanceTerms } from '../../src/main/domain/margin.ts';
import { decide } from '../../src/main/engine/decide.ts';
import { IN_MEMORY } from '../../src/main/storage/openFolder.ts';
import { openDatabase } from '../../src/main/storage/database.ts';
import { SqliteVaultStore } from '../../src/main/storage/sqliteVaultStore.ts';
import { candleBench } from './candleBench.ts';
import { figure, quantile } from './figures.ts';
import { hostBench } from './hostBench.ts';
import { liveBench } from './liveBench.ts';
import { marketBench } from './marketBench.ts';
import { matcherBench } from './matcherBench.ts';
import { VaultRepository } from '../../src/main/storage/vaultRepository.ts';

const DAYS = Number(process.env['BENCH_DAYS'] ?? 365);
const STEPS = DAYS * 1_440;
const SAMPLES = 200_000;
const INTENTS = 5_000;
const LEDGER_COMMITS = 2_000;
const TRANSACTIONS_A_COMMIT = 50;

function open(dataDir: string, compare: boolean): OpenRun {
  return openPaperRun(
    {
      seed: 7,
      steps: STEPS,
      startMs: Date.UTC(2025, 0, 1),
      capital: '10000',
      overrides: {},
      files: undefined,
      scriptFile: undefined,
      dataDir,
      compare,
      logLevel: 'info',
      stderrLevel: 'none',
    },
    { now: () => Date.now(), kill: () => undefined },
  );
}

/** Runs to the end; microseconds of each thousandth step would hide the rest, so the whole is timed. */
async function secondsOf({ run }: OpenRun): Promise<number> {
  const started = performance.now();
  while (!run.finished) {
    const work = run.advance();
    if (work !== undefined) await work;
  }
  return (performance.now() - started) / 1_000;
}

/** Microseconds of each call, sorted. */
function timed(samples: number, call: (i: number) => void): Float64Array {
  const took = new Float64Array(samples);
  for (let i = 0; i < samples; i += 1) {
    const started = performance.now();
    call(i);
    took[i] = (performance.now() - started) * 1_000;
  }
  return took.sort();
}

const folder = mkdtempSync(join(tmpdir(), 'phantom-arbiter-bench-'));
try {
  const memory = open(IN_MEMORY, false);
  figure('engine steps, in memory', STEPS / (await secondsOf(memory)), 'steps/s');
  const { engine } = memory.run.parts.main;
  const { view } = engine;
  const { settings } = memory;

  let proposed = 0;
  timed(SAMPLES, () => {
    if (decide(engine.memory, { type: 'tick', view }, settings, view.now).trade !== null) proposed += 1;
  });
  const decisions = timed(SAMPLES, () => {
    if (decide(engine.memory, { type: 'tick', view }, settings, view.now).trade !== null) proposed += 1;
  });
  figure('decide p50', quantile(decisions, 0.5), 'us');
  figure('decide p99', quantile(decisions, 0.99), 'us');
  const { perp, weights } = view.markets;
  const health = timed(SAMPLES, () => {
    const terms = maintenanceTerms(view.account, view.oracles, () => perp.maintenanceMargin, weights);
    if (healthPct(terms) < 0) proposed += 1;
  });
  figure('health p99', quantile(health, 0.99), 'us');
  memory.close();

  const kept = open(join(folder, 'persisted'), false);
  figure('engine steps, persisted', STEPS / (await secondsOf(kept)), 'steps/s');
  kept.close();
  const compared = open(join(folder, 'compared'), true);
  figure('engine steps, persisted, beside never exiting', STEPS / (await secondsOf(compared)), 'steps/s');
  compared.close();
  figure(`resident memory after ${DAYS} simulated days`, process.memoryUsage().rss / 2 ** 20, 'MiB');

  const db = openDatabase(join(folder, 'figures.sqlite'), { now: 0 });
  const name = { engine: 'bench', venue: 'paper', subAccount: 0, mode: 'paper' } as const;
  const store = new SqliteVaultStore(db, new VaultRepository(db).findOrCreate(name, 0));
  const intents = timed(INTENTS, (i) => {
    store.intend({
      clientOrderId: `b${i}-1`,
      intentId: `b${i}`,
      t: i,
      market: 'SOL-PERP',
      side: 'sell',
      size: '1.5',
      limitPrice: '149.25',
      reduceOnly: false,
      validUntil: i + 60_000,
      purpose: 'correct',
    });
  });
  figure('journalled intent p99, synchronous=FULL', quantile(intents, 0.99) / 1_000, 'ms');
  const started = performance.now();
  let seq = 0;
  for (let i = 0; i < LEDGER_COMMITS; i += 1) {
    for (let j = 0; j < TRANSACTIONS_A_COMMIT; j += 1) {
      seq += 1;
      store.ledger({
        seq,
        t: i,
        kind: 'FUNDING',
        postings: [
          { account: 'quote:SOL-PERP', asset: 'USDC', amount: 28_538n },
          { account: 'funding', asset: 'USDC', amount: -28_538n },
        ],
      });
    }
    store.commit({ step: i, t: i, state: '{}' });
  }
  const seconds = (performance.now() - started) / 1_000;
  figure('ledger entries, 100 a commit', (LEDGER_COMMITS * TRANSACTIONS_A_COMMIT * 2) / seconds, 'rows/s');
  db.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
await hostBench();
matcherBench();
candleBench();
await marketBench();
await liveBench();
