import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { folderOfFile, paper, run, type Report } from '../support/paperCli.ts';
import {
  amountOf,
  decimal,
  hedgeableOf,
  linesOf,
  magnitude,
  standings,
  textOf,
  times,
  type Line,
} from '../support/recompute.ts';
import { expectRecomputed } from './fixtures/agreement.ts';

const folder = folderOfFile();
const TICK_MS = 60_000;
const HOUR_MS = 3_600_000;
const LOT = decimal('0.001');

describe('a start with funding that pays', () => {
  let lines: readonly Line[];

  beforeAll(async () => {
    const events = path.join(folder, 'first.jsonl');
    expectRecomputed(await paper('--days', '1', '--seed', '7', '--events', events), events);
    lines = linesOf(readFileSync(events, 'utf8'));
  });

  it('[R11.1] is hedged within two ticks, to within half a lot', () => {
    const hedged = [...standings(lines)].findLast(({ line }) => line.t < (lines[0]?.t ?? 0) + 2 * TICK_MS);
    const spot = hedged === undefined ? 0n : hedgeableOf(hedged);
    const perp = hedged?.perp.get('SOL-PERP') ?? 0n;
    expect(magnitude(spot + perp)).toBeLessThanOrEqual(LOT / 2n);
    const worth = Number(times(spot, hedged?.oracle.get('SOL') ?? 0n) / decimal('1'));
    expect(worth).toBeGreaterThan(4_900);
    expect(worth).toBeLessThanOrEqual(5_000);
  });

  it('[R11.1] says why it entered, with the numbers', () => {
    const enter = lines.find(({ data }) => data['action'] === 'enter');
    expect(enter?.data).toMatchObject({ averageAprPct: 15, currentAprPct: 15, goal: '33.3' });
    expect(Number(enter?.data['net'])).toBeGreaterThan(0);
  });

  it('[R1.5] no taker slips by less than 0.1 % or more than 0.3 % of the mark', () => {
    // On the spot market the mark is the oracle; the perpetual's is not in the log.
    const fills = lines.filter(({ type, data }) => type === 'FILL' && data['market'] === 'SOL');
    expect(fills.length).toBeGreaterThan(0);
    for (const { data } of fills) {
      const slip = Number(textOf(data, 'price')) / Number(textOf(data, 'oracle')) - 1;
      expect(slip).toBeGreaterThanOrEqual(0.001);
      expect(slip).toBeLessThan(0.003);
    }
  });
});

describe('a start with funding that does not pay', () => {
  const events = path.join(folder, 'never.jsonl');
  let report: Report;
  let blocked: readonly Line[];

  beforeAll(async () => {
    const settings = ['simulation.fundingMeanApr=1', 'simulation.fundingVolatility=0'];
    const set = settings.flatMap((setting) => ['--set', setting]);
    report = await paper('--days', '30', '--seed', '7', ...set, '--events', events);
    blocked = linesOf(readFileSync(events, 'utf8')).filter(({ type }) => type === 'BLOCKED');
  });

  it('[R6.3] never opens, and reports UNPROFITABLE', () => {
    expectRecomputed(report, events);
    expect(report).toMatchObject({ entries: 0, trades: 0, fundingPayments: 0 });
    expect(Object.keys(report.blocked)).toEqual(['UNPROFITABLE']);
  });

  it('[R11.1] says so hourly, once while nothing changes', () => {
    const moments = blocked.map(({ t }) => t);
    expect(moments[0]).toBe(report.from);
    expect(new Set(moments.slice(1).map((t, i) => t - (moments[i] ?? 0)))).toEqual(new Set([HOUR_MS]));
    expect(moments).toHaveLength(30 * 24);
  });

  it('[R6.1] [R6.2] [R6.4] [R6.9] says so with numbers that add up', () => {
    for (const { data } of blocked) {
      expect(['both', 'average', 'current']).toContain(data['fails']);
      const [cost, average, current] = ['cost', 'expectedByAverage', 'expectedByCurrent'].map((key) =>
        amountOf(data, key),
      );
      const least = (average ?? 0n) < (current ?? 0n) ? average : current;
      // Each figure is rounded by itself, against the trader.
      const net = (least ?? 0n) - (cost ?? 0n);
      expect(magnitude(amountOf(data, 'net') - net)).toBeLessThanOrEqual(2n * decimal('0.000001'));
      expect(amountOf(data, 'net')).toBeLessThan(0n);
      const notional = Number(textOf(data, 'notional'));
      // Half of a positive rate and all of a negative one over 30 days, on one leg, to a hundredth of a percent a year.
      const apr = Number(data['currentAprPct']);
      const perPercent = (notional * (apr > 0 ? 0.5 : 1) * (30 / 365)) / 100;
      const off = Number(textOf(data, 'expectedByCurrent')) - apr * perPercent;
      expect(Math.abs(off)).toBeLessThanOrEqual(0.0051 * perPercent);
      // A fee of 0.1 % and slippage of 0.1 % on both legs, and gas.
      expect(Number(textOf(data, 'cost')) / notional).toBeGreaterThan(0.004);
      expect(Number(textOf(data, 'cost')) / notional).toBeLessThan(0.0042);
    }
  });

  it('shows it in the table for people, too', async () => {
    const { code, stdout } = await run('paper', '--days', '1', '--set', 'simulation.fundingMeanApr=1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PAPER RUN\n/);
    expect(stdout).toMatch(/^blocked +UNPROFITABLE 24$/m);
  });
});
