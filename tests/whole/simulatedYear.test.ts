import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { openPaperRun } from '../../src/main/simulation/openRun.ts';
import {
  folderOfFile,
  paper,
  reportIn,
  run,
  timeless,
  type Ended,
  type Report,
} from '../support/paperCli.ts';
import { linesOf, recompute } from '../support/recompute.ts';
import { expectRecomputed } from './fixtures/agreement.ts';

const folder = folderOfFile();
const events = path.join(folder, 'year.jsonl');
const DAY_MS = 86_400_000;

const KEYS = [
  'seed from to equityStart equityEnd netTransfers pnl neverExiting justHolding entries exits trades rebalances',
  'skipped blocked fundingPayments settlements minHealth maxLeverage maxDriftPct maxUnhedgedUsd maxUnhedgedMs',
  'maxDrawdownPct liquidated steps eventLogHash elapsedMs',
].join(' ');

describe('a year on a simulated market', () => {
  let ended: Ended;
  let report: Report;
  let again: Report;

  beforeAll(async () => {
    const year = ['paper', '--days', '365', '--seed', '7', '--json'];
    const [first, second] = await Promise.all([run(...year, '--events', events), run(...year)]);
    ended = first;
    report = reportIn(first);
    again = reportIn(second);
  });

  it('prints exactly one JSON object on stdout, with the keys of the report', () => {
    expect(ended.stdout).toBe(`${JSON.stringify(report)}\n`);
    expect(Object.keys(report).join(' ')).toBe(KEYS);
    expect(Object.keys(report.pnl)).toEqual(['funding', 'price', 'fees', 'slippage', 'interest', 'total']);
  });

  it('shows its progress on stderr', () => {
    expect(ended.stderr).toContain('100 % (525600 of 525600 minutes)\n');
  });

  it('runs 365 days to the minute', () => {
    expect(report.steps).toBe(365 * 1_440);
    expect(report.to - report.from).toBe(365 * DAY_MS - 60_000);
  });

  it('gives the same report and the same event-log hash twice', () => {
    expect(timeless(again)).toEqual(timeless(report));
    expect(again.eventLogHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('an independent script recomputes equity and each of the five parts from the event log', () => {
    expectRecomputed(report, events);
  });

  it('that script finds a log that was tampered with', () => {
    const log = readFileSync(events, 'utf8');
    const { seq } = linesOf(log).find(({ type }) => type === 'FILL') ?? { seq: 0 };
    const tampered = (change: (line: string) => string): readonly string[] => {
      const lines = log.split('\n');
      lines[seq - 1] = change(lines[seq - 1] ?? '');
      return recompute(lines.join('\n')).problems;
    };
    expect(tampered((line) => line)).toEqual([]);
    expect(tampered((line) => line.replace(/"fee":"0\./, '"fee":"0.1'))).not.toEqual([]);
    expect(tampered((line) => line.replace('"buy"', '"sell"'))).not.toEqual([]);
    expect(tampered((line) => line.replace(/"seq":\d+/, '"seq":9'))).not.toEqual([]);
    expect(tampered((line) => line.replace(',', ', '))).not.toEqual([]);
  });

  it('[R1.3] funding accrues every hour while a position is open, and is settled every 8 h', () => {
    const lines = linesOf(readFileSync(events, 'utf8'));
    const paid = lines.filter(({ type }) => type === 'FUNDING').map(({ t }) => t);
    const settled = lines.filter(({ type }) => type === 'SETTLEMENT').map(({ t }) => t);
    const hours = Array.from({ length: 365 * 24 - 1 }, (_, i) => report.from + (i + 1) * 3_600_000);
    expect(report.exits).toBe(0);
    expect(paid).toEqual(hours);
    expect(settled).toEqual(hours.filter((t) => t % (8 * 3_600_000) === 0));
  });
});

describe('the seed', () => {
  const month = ['--days', '30'];

  it('another seed gives another hash', async () => {
    const hashes = await Promise.all(
      ['7', '8'].map(async (seed) => (await paper(...month, '--seed', seed)).eventLogHash),
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it('kept in memory, the same run writes the same log, byte for byte', async () => {
    const file = path.join(folder, 'month.jsonl');
    const kept = path.join(folder, 'month');
    const { from } = await paper(...month, '--seed', '7', '--events', file, '--data-dir', kept);
    const open = openPaperRun(
      {
        seed: 7,
        steps: 30 * 1_440,
        startMs: from,
        capital: '10000',
        overrides: {},
        files: undefined,
        scriptFile: undefined,
        dataDir: ':memory:',
        compare: false,
        logLevel: 'error',
        stderrLevel: 'none',
      },
      { now: () => 0, kill: () => undefined },
    );
    while (!open.run.finished) await open.run.advance();
    expect([...open.lines()].join('')).toBe(readFileSync(file, 'utf8'));
    open.close();
  });
});
