import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import {
  MARKET_DATA,
  folderOfFile,
  launch,
  paper,
  reportIn,
  timeless,
  type Report,
} from '../support/paperCli.ts';
import { decimal, linesOf, standings, textOf, type Line } from '../support/recompute.ts';
import { expectRecomputed } from './fixtures/agreement.ts';
import { hedgeThatStays } from './fixtures/hedgeThatStays.ts';

const folder = folderOfFile();
const CANDLES = path.join(MARKET_DATA, 'sol-usdt-candles-1h.csv');
const FUNDING = path.join(MARKET_DATA, 'sol-usdt-funding-8h.csv');
const HOUR_MS = 3_600_000;

/** A small CSV by its header. */
function table(file: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return rows.map((row) => Object.fromEntries(row.split(',').map((field, i) => [names[i] ?? '', field])));
}

describe.skipIf(!existsSync(MARKET_DATA))(`two recorded years (${MARKET_DATA})`, () => {
  const events = path.join(folder, 'recorded.jsonl');
  let report: Report;
  let lines: readonly Line[];

  beforeAll(async () => {
    report = await paper('--candles', CANDLES, '--funding', FUNDING, '--events', events);
    lines = linesOf(readFileSync(events, 'utf8'));
  });

  it('covers both years to the minute and is never liquidated', () => {
    expect(new Date(report.from).toISOString()).toBe('2024-01-01T00:00:00.000Z');
    expect(new Date(report.to).toISOString()).toBe('2025-12-31T23:59:00.000Z');
    expect(report.steps).toBe(731 * 1_440);
    expect(report.liquidated).toBe(false);
    expect(report.minHealth).toBeGreaterThan(50);
  });

  it('the figures are recomputed from the log', () => {
    const found = expectRecomputed(report, events);
    expect(found.valuations).toBe(730);
    expect(Number(report.pnl.funding)).toBeGreaterThan(0);
    expect(report.entries).toBeGreaterThan(0);
    expect(report.exits).toBeGreaterThan(0);
  });

  it('[R11.1] shows the result beside just holding, which the file alone tells', () => {
    const candles = table(CANDLES);
    const growth = Number(candles.at(-1)?.['close']) / Number(candles[0]?.['open']) - 1;
    expect(Number(report.justHolding.pnlTotal)).toBeCloseTo(Number(report.equityStart) * growth, 1);
  });

  it('[R11.1] and beside never exiting, which a model of it confirms', () => {
    const model = hedgeThatStays(table(CANDLES), table(FUNDING), 10_000);
    expect(Math.abs(Number(report.neverExiting.pnlTotal) - model)).toBeLessThan(20);
  });

  it('[R1.3] funding accrues at each row of the file while a position is open, and at no other moment', () => {
    const rows = new Map(table(FUNDING).map((row) => [Number(row['time']), row]));
    const paid: number[] = [];
    const held = [{ from: 0, size: 0n }];
    for (const { line, perp } of standings(lines)) {
      held.push({ from: line.t, size: perp.get('SOL-PERP') ?? 0n });
      if (line.type !== 'FUNDING') continue;
      const row = rows.get(line.t);
      expect(decimal(textOf(line.data, 'rate'))).toBe(decimal(row?.['rate'] ?? ''));
      expect(decimal(textOf(line.data, 'price'))).toBe(decimal(row?.['mark_price'] ?? ''));
      paid.push(line.t);
    }
    // Funding of a moment is paid before anything trades in it.
    const heldBefore = (t: number): bigint => held.findLast(({ from }) => from < t)?.size ?? 0n;
    expect(paid).toEqual([...rows.keys()].filter((t) => t <= report.to && heldBefore(t) !== 0n));
    expect(paid.length).toBeGreaterThan(1_000);
  });

  it('[R1.3] [R1.5] the mark is the oracle: each fill is 0.1 % to 0.3 % worse than it', () => {
    const fills = lines.filter(({ type }) => type === 'FILL');
    for (const { data } of fills) {
      const worse = data['side'] === 'buy' ? 1 : -1;
      const slip = worse * (Number(textOf(data, 'price')) / Number(textOf(data, 'oracle')) - 1);
      // Up to a tick of 0.001 on a price of 100 or more.
      expect(slip).toBeGreaterThanOrEqual(0.001 - 1e-12);
      expect(slip).toBeLessThan(0.003 + 1e-5);
    }
    expect(fills.length).toBe(report.trades);
  });

  it('every oracle in the log lies within its candle', () => {
    const candles = new Map(table(CANDLES).map((row) => [Number(row['time']), row]));
    for (const { t, type, data } of lines) {
      if (type !== 'FILL' && type !== 'SETTLEMENT') continue;
      const { low, high } = candles.get(t - (t % HOUR_MS)) ?? {};
      const oracle = Number(textOf(data, 'oracle'));
      expect(oracle).toBeGreaterThanOrEqual(Number(low));
      expect(oracle).toBeLessThanOrEqual(Number(high));
    }
  });

  it('knows nothing of what comes later: the first 30 days alone are the same', async () => {
    const [candles, funding] = [CANDLES, FUNDING].map((file) => {
      const cut = path.join(folder, path.basename(file));
      const rows = readFileSync(file, 'utf8').split(/\r?\n/);
      const end = report.from + 30 * 24 * HOUR_MS;
      writeFileSync(cut, rows.filter((row) => !(Number(row.split(',')[0]) >= end)).join('\n'));
      return cut;
    });
    const prefix = path.join(folder, 'prefix.jsonl');
    await paper('--candles', candles ?? '', '--funding', funding ?? '', '--events', prefix);
    const [short, long] = [prefix, events].map((file) => readFileSync(file, 'utf8').split('\n'));
    const known = (short ?? []).slice(0, -2);
    expect(known.length).toBeGreaterThan(500);
    expect((long ?? []).slice(0, known.length)).toEqual(known);
  });

  it('takes the other recorded funding rates, hourly and by the day, as well', async () => {
    const files = ['sol-funding-hyperliquid-1h.csv', 'sol-perp-funding-drift-1d.csv'];
    await Promise.all(
      files.map(async (name) => {
        const log = path.join(folder, `${name}.jsonl`);
        const funding = path.join(MARKET_DATA, name);
        const args = ['--candles', CANDLES, '--funding', funding, '--days', '5', '--events', log];
        expectRecomputed(await paper(...args), log);
      }),
    );
  });

  it('killed and resumed, 20 days of it are the same', async () => {
    const args = ['paper', '--json', '--candles', CANDLES, '--funding', FUNDING, '--days', '20'];
    const whole = launch(args).ended();
    const kept = ['--data-dir', path.join(folder, 'killed')];
    for (let deaths = 0; deaths < 3; deaths += 1) {
      const dying = launch([...args, ...kept]);
      await Promise.race([dying.said(/^\d+ %/), dying.ended()]);
      dying.signal('SIGKILL');
      await dying.ended();
    }
    const resumed = reportIn(await launch([...args, ...kept]).ended());
    expect(timeless(resumed)).toEqual(timeless(reportIn(await whole)));
  });
});
