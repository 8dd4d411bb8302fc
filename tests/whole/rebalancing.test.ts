import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { folderOfFile, paper, writeScript, type Report, type ScriptEntry } from '../support/paperCli.ts';
import {
  amountOf,
  decimal,
  driftPctOf,
  hedgeableOf,
  linesOf,
  magnitude,
  standings,
  textOf,
  written,
  type Line,
  type Standing,
} from '../support/recompute.ts';
import { expectRecomputed } from './fixtures/agreement.ts';
import { BUSY, BUSY_DAYS } from './fixtures/busyScript.ts';

const folder = folderOfFile();
const COOLDOWN_MS = 30 * 60_000;
const LOT = decimal('0.001');

const actionOf = ({ type, data }: Line): string => (type === 'DECISION' ? textOf(data, 'action') : type);

describe('four days of deposits, withdrawals and everything that goes wrong with orders', () => {
  const events = path.join(folder, 'busy.jsonl');
  let report: Report;
  let books: readonly Standing[];
  let lines: readonly Line[];

  beforeAll(async () => {
    const script = writeScript(path.join(folder, 'busy.json'), BUSY);
    const args = ['--days', String(BUSY_DAYS), '--seed', '7', '--script', script, '--events', events];
    report = await paper(...args);
    lines = linesOf(readFileSync(events, 'utf8'));
    books = [...standings(lines)];
  });

  /** Lines of one action, with the books right after each. */
  const of = (action: string): readonly Standing[] => books.filter(({ line }) => actionOf(line) === action);

  it('the figures are recomputed from the log', () => {
    expectRecomputed(report, events);
    expect(Number(report.netTransfers)).not.toBe(0);
  });

  it('[R5.7] [R5.8] corrects at least 10 times each way, the short growing where the hedge is long', () => {
    expect(report.rebalances.up).toBeGreaterThanOrEqual(10);
    expect(report.rebalances.down).toBeGreaterThanOrEqual(10);
    for (const { line } of of('rebalance')) {
      const long = amountOf(line.data, 'netDelta') > 0n;
      expect(line.data['direction']).toBe(long ? 'up' : 'down');
    }
    for (const { line } of of('rebalanced')) {
      expect(line.data['side']).toBe(line.data['direction'] === 'up' ? 'sell' : 'buy');
    }
  });

  it('[R5.1] [R5.2] acts on a drift over 1 %, as the books have it', () => {
    for (const { line, ...standing } of of('rebalance')) {
      const drift = driftPctOf({ line, ...standing });
      expect(drift).toBeGreaterThan(1);
      expect(Math.abs(Number(line.data['driftPct']))).toBeCloseTo(drift, 2);
    }
  });

  it('[R5.5] the correction is the net delta, rounded down to the lot', () => {
    for (const standing of of('rebalance')) {
      const net = magnitude(hedgeableOf(standing) + (standing.perp.get('SOL-PERP') ?? 0n));
      expect(textOf(standing.line.data, 'correction')).toBe(written(net - (net % LOT)));
    }
  });

  it('[R5.2] after each fully filled correction drift is inside the tolerance', () => {
    const full = of('rebalanced').filter(({ line }) => line.data['outcome'] === 'filled');
    expect(full.length).toBeGreaterThanOrEqual(20);
    for (const standing of full) expect(driftPctOf(standing)).toBeLessThanOrEqual(1);
  });

  it('[R5.3] [R5.4] skips inside the cooldown, and says how much of it is left', () => {
    const skips = of('skip').filter(({ line }) => line.data['reason'] === 'cooldown');
    expect(skips.length).toBeGreaterThanOrEqual(1);
    expect(report.skipped.cooldown).toBe(skips.length);
    for (const { line } of skips) {
      const last = of('rebalanced').findLast((done) => done.line.seq < line.seq)?.line.t ?? 0;
      expect(line.data['cooldownRemainingMs']).toBe(last + COOLDOWN_MS - line.t);
      expect(textOf(line.data, 'because')).toContain(
        `${Math.ceil((last + COOLDOWN_MS - line.t) / 60_000)} min`,
      );
    }
  });

  it('[R5.9] a done correction starts the cooldown, and only a bypass trades inside it', () => {
    const bypasses = new Set<unknown>();
    for (const { line, ...standing } of of('rebalance')) {
      const { bypass } = line.data;
      const last = of('rebalanced').findLast((done) => done.line.seq < line.seq)?.line;
      const inside = last !== undefined && line.t - last.t < COOLDOWN_MS;
      expect(bypass !== undefined, `line ${line.seq}`).toBe(inside);
      if (bypass === 'drift') expect(driftPctOf({ line, ...standing })).toBeGreaterThan(5);
      if (bypass === 'transfer')
        expect(of('TRANSFER').some((moved) => moved.line.seq > (last?.seq ?? 0))).toBe(true);
      bypasses.add(bypass);
    }
    expect(bypasses).toEqual(new Set([undefined, 'transfer', 'drift']));
  });

  it('[R5.6] skips a correction under 0.005 SOL', () => {
    const skips = of('skip').filter(({ line }) => line.data['reason'] === 'minimum');
    expect(skips.length).toBeGreaterThanOrEqual(1);
    expect(report.skipped.minimum).toBe(skips.length);
    for (const standing of skips) {
      expect(driftPctOf(standing)).toBeGreaterThan(1);
      expect(amountOf(standing.line.data, 'correction')).toBeLessThan(decimal('0.005'));
    }
    for (const { line } of of('rebalance')) {
      expect(amountOf(line.data, 'correction')).toBeGreaterThanOrEqual(decimal('0.005'));
    }
  });

  it('[R5.10] a failed correction starts no cooldown: it is tried again at the next tick', () => {
    const failed = of('incomplete').filter(
      ({ line }) => line.data['purpose'] === 'correct' && line.data['outcome'] === 'rejected',
    );
    expect(failed.length).toBeGreaterThanOrEqual(2);
    for (const { line } of failed) {
      const next = of('rebalance').find((again) => again.line.seq > line.seq)?.line;
      expect((next?.t ?? Infinity) - line.t).toBeLessThanOrEqual(60_000);
      expect(next?.data['bypass']).toBeUndefined();
    }
  });

  it('[R5.10] an unknown outcome blocks the market until it is resolved, and each is', () => {
    const outcomes = new Set<unknown>();
    const unknown = lines.filter(({ type, data }) => type === 'ALERT' && data['code'] === 'OUTCOME_UNKNOWN');
    expect(unknown.length).toBeGreaterThanOrEqual(5);
    for (const { seq, t, data } of unknown) {
      const resolved = of('resolved').find(({ line }) => line.data['orderId'] === data['orderId'])?.line;
      outcomes.add(resolved?.data['outcome']);
      expect(resolved?.seq).toBeGreaterThan(seq);
      expect((resolved?.t ?? Infinity) - t).toBeLessThanOrEqual(65_000);
      const between = lines.slice(seq, (resolved?.seq ?? seq) - 1).map(actionOf);
      expect(between).not.toContain('trade');
    }
    expect(outcomes).toEqual(new Set(['filled', 'expired']));
  });

  it('no order is filled twice, and the journal has each once', () => {
    const filled = lines.filter(({ type }) => type === 'FILL').map(({ data }) => data['orderId']);
    expect(new Set(filled).size).toBe(filled.length);
  });

  it('[R11.3] what stands unhedged between two legs stays under $500 and 20 s', () => {
    const { maxUnhedgedUsd, maxUnhedgedMs } = expectRecomputed(report, events);
    for (const usd of [maxUnhedgedUsd, report.maxUnhedgedUsd]) expect(Number(usd)).toBeLessThanOrEqual(500);
    expect(maxUnhedgedMs).toBeLessThanOrEqual(20_000);
    expect(maxUnhedgedMs).toBeGreaterThanOrEqual(15_000);
    expect(of('finishLeg').length).toBeGreaterThanOrEqual(2);
    expect(of('undoLeg').length).toBeGreaterThanOrEqual(2);
  });

  it('[R11.4] trades on no stale oracle, and does once it is fresh', () => {
    const stale = lines.filter(({ data }) => data['code'] === 'STALE_PRICE');
    expect(stale.length).toBeGreaterThanOrEqual(1);
    expect(report.blocked['STALE_PRICE']).toBe(stale.length);
    for (const { t, data } of stale) {
      expect(Number(data['ageMs'])).toBeGreaterThan(30_000);
      expect(of('rebalance').some(({ line }) => line.t === t + 60_000)).toBe(true);
    }
  });

  it('[R3.1] [R3.7] refuses to pay out what is not there, and goes on', () => {
    expect(report.blocked['INSUFFICIENT_BALANCE']).toBe(2);
    expect(lines.filter(({ type }) => type === 'TRANSFER')).toHaveLength(
      BUSY.filter(({ action }) => action === 'deposit' || action === 'withdraw').length - 2,
    );
  });
});

/** What is armed for one way in or out: never more than an engine can repair within 20 s. */
const TROUBLES: readonly (readonly (readonly [fault: string, orders: number])[])[] = [
  [
    ['partialFill', 1],
    ['reject', 9],
  ],
  [['partialFill', 6]],
  [
    ['lateFill', 1],
    ['reject', 6],
  ],
  [
    ['lostReply', 1],
    ['lateFill', 2],
  ],
  [
    ['partialFill', 1],
    ['reject', 4],
    ['timeout', 1],
    ['partialFill', 2],
  ],
  [
    ['reject', 2],
    ['lostReply', 3],
  ],
  [
    ['partialFill', 1],
    ['staleOracle', 3],
    ['reject', 2],
  ],
];

describe('a month of ways in and out on a wild market', () => {
  const wild = ['simulation.fundingVolatility=120', 'engine.averageHours=24'];
  const args = ['--days', '30', '--seed', '1', ...wild.flatMap((setting) => ['--set', setting])];
  const [calmEvents, events] = ['calm', 'wild'].map((name) => path.join(folder, `${name}.jsonl`));
  let report: Report;
  let books: readonly Standing[];

  beforeAll(async () => {
    const calm = await paper(...args, '--events', calmEvents ?? '');
    const ways = linesOf(readFileSync(calmEvents ?? '', 'utf8')).filter((line) =>
      ['enter', 'exit'].includes(actionOf(line)),
    );
    const script = ways.flatMap(({ t }, i): readonly ScriptEntry[] =>
      (TROUBLES[i % TROUBLES.length] ?? []).map(([fault, orders]) => ({
        at: t - calm.from,
        action: 'fault',
        fault,
        orders,
      })),
    );
    const file = writeScript(path.join(folder, 'wild.json'), script);
    report = await paper(...args, '--script', file, '--events', events ?? '');
    books = [...standings(linesOf(readFileSync(events ?? '', 'utf8')))];
  });

  it('[R11.1] leaves and comes back as funding turns, whatever goes wrong on the way', () => {
    expectRecomputed(report, events ?? '');
    expect(report.entries).toBeGreaterThanOrEqual(5);
    expect(report.exits).toBeGreaterThanOrEqual(5);
  });

  it('[R11.1] leaves reduce-only: after each exit nothing is left of either leg', () => {
    const exits = books.filter(({ line }) => actionOf(line) === 'flat');
    expect(exits).toHaveLength(report.exits);
    for (const standing of exits) {
      expect(standing.perp.get('SOL-PERP')).toBe(0n);
      expect(hedgeableOf(standing)).toBeLessThan(LOT);
    }
  });

  it('[R11.3] never stands unhedged with more than $500 or for longer than 20 s', () => {
    const { maxUnhedgedUsd, maxUnhedgedMs } = expectRecomputed(report, events ?? '');
    expect(Number(maxUnhedgedUsd)).toBeLessThanOrEqual(500);
    expect(maxUnhedgedMs).toBeLessThanOrEqual(20_000);
    expect(maxUnhedgedMs).toBeGreaterThan(0);
  });
});
