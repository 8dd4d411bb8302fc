import { describe, expect, it } from 'vitest';

import { Lane } from '../../../src/main/simulation/lane.ts';
import { PaperRun } from '../../../src/main/simulation/paperRun.ts';
import { parseScript, type ScriptAction } from '../../../src/main/simulation/script.ts';
import { EventCounts } from '../../../src/main/simulation/statistics.ts';
import { ForgetfulStore } from '../../../src/main/storage/vaultStore.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { neverExiting } from '../../../src/main/simulation/settings.ts';
import { formatUsd, formatValue, parsePrice, parseUsd } from '../../../src/shared/money/decimal.ts';
import { EngineRig, GENEROUS, ONE_CLIP, type RigScript } from '../../support/engineRig.ts';
import { EMPTY_ACCOUNT } from '../../../src/main/domain/account.ts';
import { base } from '../../../src/shared/money/quantity.ts';

const S = 1_000;
const MINUTE = 60 * S;

interface RunOptions extends RigScript {
  readonly script?: readonly object[];
  readonly steps?: number;
  readonly batch?: number;
  readonly compare?: boolean;
}

function runOf({ script = [], steps = 10_000, batch, compare = false, ...options }: RunOptions = {}) {
  const rig = new EngineRig({ ...options, unopened: true });
  const killed: ScriptAction[] = [];
  const other = compare
    ? new Lane({
        feed: rig.feed,
        start: { account: { ...EMPTY_ACCOUNT, cash: parseUsd('10000') }, wallet: base(100_000_000n) },
        settings: neverExiting(rig.settings),
        paper: rig.settings.paper,
        store: new ForgetfulStore(),
        clock: rig.clock,
        log: silentLogger,
        past: rig.feed.history,
        heard: () => undefined,
      })
    : undefined;
  const run = new PaperRun({
    feed: rig.feed,
    clock: rig.clock,
    store: rig.store,
    main: rig.lane,
    neverExiting: other,
    counts: new EventCounts(),
    script: parseScript(JSON.stringify(script), 'script.json'),
    steps,
    ...(batch === undefined ? {} : { batch }),
    kill: (action) => killed.push(action),
  });
  /** When the engine ticked, in ms after the start. */
  const ticks = (): readonly number[] =>
    rig.log.named('state').map(({ context }) => Number(context['at']) - rig.feed.startMs);
  return { rig, run, other, killed, ticks };
}

const HEDGE = { pastHourly: GENEROUS, overrides: ONE_CLIP } as const;

describe('a run', () => {
  it('goes minute by minute, and a quiet minute promises nothing', () => {
    const { run, ticks } = runOf({ overrides: { 'engine.policy': 'off' } });
    for (let step = 0; step < 3; step += 1) expect(run.advance()).toBeUndefined();

    expect(ticks()).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(run.step).toBe(3);
    expect(run.now).toBe(run.parts.feed.startMs + 2 * MINUTE);
  });

  it('opens its vault with the first minute', async () => {
    const { run, rig } = runOf(HEDGE);
    await run.advance();
    await run.advance();

    expect(rig.heard[0]?.type).toBe('OPENING');
    expect(rig.heardOf('OPENING')).toHaveLength(1);
  });

  it('is valued at every midnight but the first', async () => {
    const { run, rig } = runOf({ overrides: { 'engine.policy': 'off' }, steps: 2_881 });
    while (!run.finished) await run.advance();

    expect(rig.heardOf('VALUATION').map(({ t }) => (t - rig.feed.startMs) / MINUTE)).toEqual([1_440, 2_880]);
  });

  it('[R11.3] ticks every 5 s while an outcome is unknown, and no longer', async () => {
    const { run, ticks } = runOf({ ...HEDGE, script: [{ at: 0, action: 'fault', fault: 'timeout' }] });
    for (let step = 0; step < 3; step += 1) await run.advance();

    const everyFive = Array.from({ length: 14 }, (_, i) => 5 * S * i);

    expect(ticks()).toEqual([...everyFive, 2 * MINUTE]);
  });

  it('[R11.3] ticks every 5 s while a leg stands alone', async () => {
    const { run, rig, ticks } = runOf(HEDGE);
    rig.store.beforeSending = ({ market }) => {
      if (market === 'SOL-PERP') rig.venue.faults.arm('reject', 1);
    };
    await run.advance();
    rig.store.beforeSending = () => undefined;
    await run.advance();

    // Undone at 10 s; the entry rests until 5 min later.
    expect(ticks()).toEqual([0, 5 * S, 10 * S, MINUTE]);
  });

  it('carries a script out at its moments, between minutes too where it ticks then', async () => {
    const { run, rig } = runOf({
      ...HEDGE,
      script: [
        { at: 0, action: 'fault', fault: 'lateFill' },
        { at: 12 * S, action: 'deposit', asset: 'USDC', amount: '5' },
        { at: 90 * S, action: 'deposit', asset: 'USDC', amount: '7' },
      ],
    });
    for (let step = 0; step < 3; step += 1) await run.advance();

    expect(
      rig.heardOf('TRANSFER').map(({ t, data }) => [(t - rig.feed.startMs) / S, data['amount']]),
    ).toEqual([
      [15, '5'],
      [120, '7'],
    ]);
  });

  it('lets the engine trade on what the script has just done', async () => {
    const { run, rig } = runOf({
      ...HEDGE,
      script: [{ at: MINUTE, action: 'deposit', asset: 'SOL', amount: '1' }],
    });
    await run.advance();
    await run.advance();

    expect(rig.decisions('rebalanced')).toHaveLength(1);
  });

  it('[R11.1] deposits and withdraws for those that it is compared with, too', async () => {
    const { run, rig, other } = runOf({
      ...HEDGE,
      compare: true,
      script: [
        { at: MINUTE, action: 'deposit', asset: 'USDC', amount: '1000' },
        { at: MINUTE, action: 'withdraw', asset: 'USDC', amount: '400' },
        { at: MINUTE, action: 'withdraw', asset: 'USDC', amount: '1000000' },
      ],
    });
    await run.advance();
    const before = other?.vault.books.account.cash ?? 0n;
    await run.advance();

    expect((other?.vault.books.account.cash ?? 0n) - before).toBe(parseUsd('600'));
    expect(rig.heardOf('BLOCKED').map(({ data }) => data['code'])).toEqual(['INSUFFICIENT_BALANCE']);
    // 10015 + 600 dollars of SOL at $150, that is then worth $165.
    expect(Number(formatValue(run.holding.pnl(parsePrice('165'))))).toBeCloseTo(1061.5, 6);
    expect(formatValue(run.equityStart)).toBe('10015');
  });

  it('[R11.1] turns a deposit of SOL into SOL for the one that just holds', async () => {
    const { run } = runOf({
      script: [{ at: 0, action: 'deposit', asset: 'SOL', amount: '10' }],
      overrides: { 'engine.policy': 'off' },
    });
    await run.advance();

    expect(Number(formatValue(run.holding.pnl(parsePrice('165'))))).toBeCloseTo(1151.5, 6);
  });

  it('is killed where the script says so', async () => {
    const { run, killed } = runOf({ script: [{ at: MINUTE, action: 'kill' }] });
    await run.advance();

    expect(killed).toEqual([]);

    await run.advance();
    await run.advance();

    expect(killed).toEqual([{ at: MINUTE, index: 0, action: 'kill' }]);
  });

  it('is committed with every minute that left rows, and otherwise with every batch and at the end', async () => {
    const { run, rig } = runOf({ ...HEDGE, batch: 4, steps: 10 });
    while (!run.finished) await run.advance();

    const commits = rig.store.rows.flatMap((one) => (one.kind === 'commit' ? [one.row] : []));

    expect(commits.map(({ step }) => step)).toEqual([1, 4, 8, 10]);
    expect(commits.map(({ t }) => (t - rig.feed.startMs) / MINUTE)).toEqual([0, 3, 7, 9]);
  });

  it('[R7.2] ends every minute with a vault that has what the venue has', async () => {
    const { run, rig } = runOf(HEDGE);
    for (let step = 0; step < 3; step += 1) {
      await run.advance();

      expect(rig.vault.books.account).toEqual(rig.venue.snapshot().account);
    }
    expect(formatUsd(rig.vault.books.account.cash)).toBe('4990.015');
  });
});

describe('a run that is resumed', () => {
  it('goes on from its checkpoint as if it had never stopped', async () => {
    const options: RunOptions = {
      ...HEDGE,
      script: [
        { at: 0, action: 'fault', fault: 'lateFill' },
        { at: 3 * MINUTE, action: 'deposit', asset: 'SOL', amount: '1' },
      ],
    };
    const whole = runOf(options);
    const first = runOf(options);
    const second = runOf(options);
    for (let step = 0; step < 6; step += 1) await whole.run.advance();
    for (let step = 0; step < 2; step += 1) await first.run.advance();
    const kept = first.rig.store.rows.findLast(({ kind }) => kind === 'commit');
    if (kept?.kind !== 'commit') throw new TypeError('nothing was committed');
    second.run.restore(kept.row.state);

    expect(second.run.step).toBe(kept.row.step);
    expect(second.rig.clock.now()).toBe(kept.row.t);

    while (second.run.step < 6) await second.run.advance();

    expect([...first.rig.store.lines, ...second.rig.store.lines].slice(-20)).toEqual(
      whole.rig.store.lines.slice(-20),
    );
    expect(second.run.extremes.peaks).toEqual(whole.run.extremes.peaks);
    expect(second.run.holding.save()).toEqual(whole.run.holding.save());
    expect(second.run.equityStart).toBe(whole.run.equityStart);
  });
});
