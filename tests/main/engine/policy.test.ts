import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decide } from '../../../src/main/engine/decide.ts';
import type { Memory } from '../../../src/main/engine/memory.ts';
import { entryGoal, hedgeBreakEvenMs, judgeEntry, judgeExit } from '../../../src/main/engine/policy.ts';
import { neverExiting, readSettings } from '../../../src/main/simulation/settings.ts';
import { formatBase, parseBase, parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { base, price, rate } from '../../../src/shared/money/quantity.ts';
import { Fraction, baseOf, priceOf, rateOf } from '../../support/fraction.ts';
import {
  HOUR,
  NOW,
  hedged,
  memoryOf,
  namesOf,
  settingsOf,
  tick,
  viewOf,
  type SceneText,
} from './fixtures/scene.ts';
import { saying } from './fixtures/saying.ts';

const whole = (text: string): Fraction => baseOf(parseBase(text));
const DAY = 24 * HOUR;
const HORIZON = 30 * DAY;

/**
 * At a taker fee of 0.08 % and without gas, both legs together cost 0.1 % + 0.1 % of slippage and 0.08 % on
 * (1.001 + 0.999) × notional, so 0.36 % of it. Half a rate over 720 h is 360 × the rate: exactly 0.001 % an hour pays.
 */
const AT_COST = { takerFeePct: '0.08', cash: '10000', oracle: '150' } as const;
const PAYS = '0.00001';
const JUST_UNDER = '0.000009999999';
/** Half of $10,000 at $150.15 a SOL, in lots of 0.001: 33.30003… */
const GOAL = '33.3';
const ENTERING: Memory = memoryOf({
  target: 'hedged',
  plan: { kind: 'enter', goal: parseBase(GOAL), notBefore: NOW },
});

describe('an entry', () => {
  it('[R11.1] is made where the averaged and the current rate both pay for both legs, exactly at cost too', () => {
    const decision = tick(memoryOf(), { ...AT_COST, average: PAYS, current: PAYS });

    expect(decision.memory).toEqual(ENTERING);
    expect(decision.trade).toBeNull();
    // 33.3 SOL × $150 = $4,995; 0.36 % of it is $17.982, and twice that is earned in 60 days.
    expect(decision.notes).toEqual([
      {
        type: 'DECISION',
        action: 'enter',
        because: saying('funding', '33.3 SOL'),
        numbers: {
          notional: '4995',
          cost: '17.982',
          expectedByAverage: '17.982',
          expectedByCurrent: '17.982',
          net: '0',
          averageAprPct: 8.76,
          currentAprPct: 8.76,
          breakEvenMs: 2 * HORIZON,
          goal: '33.3',
        },
      },
    ]);
  });

  it.each([
    [JUST_UNDER, PAYS, 'average'],
    [PAYS, JUST_UNDER, 'current'],
    [JUST_UNDER, JUST_UNDER, 'both'],
    ['-0.0001', '0.001', 'average'],
    ['0.001', '-0.0001', 'current'],
  ])(
    '[R11.1] is declined as unprofitable where one of them does not: averaged %s, current %s',
    (average, current, fails) => {
      const { memory, notes, trade } = tick(memoryOf(), { ...AT_COST, average, current });

      expect(trade).toBeNull();
      expect(memory).toEqual(memoryOf({ said: { what: `decline ${fails}`, at: NOW } }));
      expect(notes).toMatchObject([
        {
          type: 'BLOCKED',
          code: 'UNPROFITABLE',
          because: saying('funding', 'not'),
          numbers: { fails, cost: '17.982', notional: '4995' },
        },
      ]);
    },
  );

  it('[R11.1] [R6.4] counts half of a positive rate and all of a negative one, the worse of the two as the net', () => {
    const numbers = (average: string, current: string) =>
      tick(memoryOf(), { ...AT_COST, average, current }).notes[0]?.numbers;

    // 4995 × 0.002 % × 360, 4995 × 0.001 % × 720.
    expect(numbers('0.00002', '-0.00001')).toMatchObject({
      expectedByAverage: '35.964',
      expectedByCurrent: '-35.964',
      net: '-53.946',
      averageAprPct: 17.52,
      currentAprPct: -8.76,
      breakEvenMs: -1,
    });
    expect(numbers('-0.00001', '0.00002')).toMatchObject({ net: '-53.946', breakEvenMs: HORIZON });
  });

  it('[R11.1] declined is logged when it changes and then hourly', () => {
    const scene = { ...AT_COST, average: JUST_UNDER, current: PAYS };
    const said = (what: string, at: number) => memoryOf({ said: { what, at } });

    expect(tick(said('decline average', NOW - 1), scene)).toEqual({
      memory: said('decline average', NOW - 1),
      notes: [],
      trade: null,
    });
    expect(tick(said('decline average', NOW - HOUR + 1), scene).notes).toEqual([]);
    expect(namesOf(tick(said('decline average', NOW - HOUR), scene).notes)).toEqual(['BLOCKED UNPROFITABLE']);
    expect(tick(said('decline both', NOW - 1), scene).notes).toHaveLength(1);
    expect(tick(said('wait for history', NOW - 1), scene).notes).toHaveLength(1);
  });

  it.each([
    [24 * HOUR, 'enter'],
    [24 * HOUR - 1, 'wait'],
    [0, 'wait'],
  ])('[R11.1] needs 24 h of history: %i ms', (coveredMs, action) => {
    const { memory, notes } = tick(memoryOf(), { ...AT_COST, average: PAYS, current: PAYS, coveredMs });

    expect(namesOf(notes)).toEqual([action]);
    expect(memory.target).toBe(action === 'enter' ? 'hedged' : 'flat');
  });

  it('[R11.1] waits for history out loud, once and then hourly', () => {
    const scene = { ...AT_COST, average: PAYS, current: PAYS, coveredMs: 5 * HOUR + 59 * 60_000 };
    const { memory, notes } = tick(memoryOf(), scene);

    expect(notes).toEqual([
      {
        type: 'DECISION',
        action: 'wait',
        because: saying('5 h', '24 h'),
        numbers: { coveredHours: 5, neededHours: 24 },
      },
    ]);
    expect(memory.said).toEqual({ what: 'wait for history', at: NOW });
    expect(tick(memory, scene).notes).toEqual([]);
    expect(tick(memory, { ...scene, now: NOW + HOUR }).notes).toHaveLength(1);
  });

  it.each([
    { average: null, current: PAYS },
    { average: PAYS, current: null },
    { average: null, current: null },
  ])('[R11.1] waits while a rate is missing: $average, $current', (rates) => {
    const { notes, memory } = tick(memoryOf(), { ...AT_COST, ...rates });

    expect(namesOf(notes)).toEqual(['wait']);
    expect(notes[0]?.numbers['coveredHours']).toBe(rates.average === null ? 0 : 72);
    expect(memory.target).toBe('flat');
  });

  it('is not considered for less than the smallest order', () => {
    const scene = { average: '1', current: '1', cash: '300.3' };

    // Half of $300.30 buys exactly one SOL at $150.15.
    expect(tick(memoryOf(), { ...scene, spotMinimum: '1' }).memory.target).toBe('hedged');
    expect(tick(memoryOf(), { ...scene, spotMinimum: '1.001' })).toEqual({
      memory: memoryOf(),
      notes: [],
      trade: null,
    });
    expect(tick(memoryOf(), { ...scene, cash: '0.3' }).notes).toEqual([]);
  });

  it('counts the gas and the tip of every clip', () => {
    const overrides = { 'risk.tipSol': '0.0001' };
    const scene = { ...AT_COST, average: PAYS, current: PAYS, gas: '0.00001' };
    const { notes } = tick(memoryOf(), scene, overrides);

    // $450 at $150.75 are clips of 2.985 SOL, so 12 of them: 2 transactions each at $0.0015, one tip each at $0.015.
    expect(notes[0]?.numbers).toMatchObject({ cost: '18.198', net: '-0.216' });
  });

  it('[R11.1] is left alone while the policy is off', () => {
    const decision = tick(memoryOf(), { ...AT_COST, average: '1', current: '1' }, { 'engine.policy': 'off' });

    expect(decision).toEqual({ memory: memoryOf(), notes: [], trade: null });
  });

  it('is made again by an engine that should be hedged and has nothing', () => {
    const { memory } = tick(hedged(), { ...AT_COST, average: PAYS, current: PAYS });

    expect(memory.plan.kind).toBe('enter');
  });

  it('is not started twice while one waits to be tried again', () => {
    const waiting = memoryOf({
      target: 'hedged',
      plan: { kind: 'enter', goal: parseBase(GOAL), notBefore: NOW + 1 },
    });

    expect(tick(waiting, { ...AT_COST, average: PAYS, current: PAYS })).toEqual({
      memory: waiting,
      notes: [],
      trade: null,
    });
    expect(tick(waiting, { ...AT_COST, now: NOW + 1, average: PAYS, current: PAYS }).trade?.purpose).toBe(
      'enter',
    );
  });

  it('that waits to be tried again keeps what there is hedged', () => {
    const waiting = memoryOf({
      target: 'hedged',
      plan: { kind: 'enter', goal: parseBase(GOAL), notBefore: NOW + 1 },
    });

    expect(tick(waiting, { spot: '10', perp: '-9', average: '0', current: '0' }).trade?.purpose).toBe(
      'correct',
    );
  });
});

describe('what an entry steers to', () => {
  const goal = (scene: SceneText, share = '0.5'): string =>
    formatBase(entryGoal(viewOf(scene), parseRate(share)));

  it.each([
    [{ cash: '10000' }, '0.5', '33.3'],
    [{ cash: '10000' }, '0.95', '63.27'],
    // $3,003 at $150.15: to the lot, and a millionth less is a lot less.
    [{ cash: '6006' }, '0.5', '20'],
    [{ cash: '6005.999999' }, '0.5', '19.999'],
    // The price is that of the spot market, the equity that of the oracle.
    [{ cash: '10000', spotMark: '160' }, '0.5', '31.218'],
    // Spot counts in equity: 10000 + 20 × 150 = 13000.
    [{ cash: '10000', spot: '20' }, '0.5', '43.29'],
    // What is there already is never sold to enter.
    [{ cash: '1000', spot: '50.0009' }, '0.5', '50'],
    // Half of an odd number of 1e-18 dollars, and a price between ticks: rounded, and never up.
    [{ cash: '6006', spot: '0.000000001', oracle: '150.000000001', spotMark: '150' }, '0.5', '20'],
    [{ cash: '6006', spotMark: '150.0000005' }, '0.5', '19.999'],
    [{ cash: '0' }, '0.5', '0'],
    [{ cash: '-10' }, '0.5', '0'],
  ])(
    'is a share of the equity at the price that a taker expects, in whole lots: %o %s',
    (scene, share, lots) => {
      expect(goal(scene, share)).toBe(lots);
    },
  );

  it('includes SOL that is there already, which needs no more than its short', () => {
    const { memory } = tick(memoryOf(), {
      ...AT_COST,
      spot: '50',
      cash: '1000',
      average: PAYS,
      current: PAYS,
    });

    expect(memory.plan).toEqual({ kind: 'enter', goal: parseBase('50'), notBefore: NOW });
    expect(tick(memory, { spot: '50', cash: '1000' }).notes).toEqual([
      {
        type: 'DECISION',
        action: 'hedged',
        because: saying('hedge'),
        numbers: { spot: '50', perp: '0', healthPct: 100 },
      },
    ]);
  });

  it('is paid for by what is still to be bought, where there is something', () => {
    const scene = { ...AT_COST, spot: '10', average: PAYS, current: PAYS };
    const { notes } = tick(memoryOf(), scene);

    // Half of 10000 + 1500 is 38.295 SOL, so 28.295 are to be bought.
    expect(notes[0]?.numbers).toMatchObject({ notional: '4244.25', goal: '38.295' });
  });
});

describe('an exit', () => {
  const open = { takerFeePct: '0.08', spot: '20', perp: '-20' } as const;
  // Twice 0.36 % are lost in 720 h at exactly 0.001 % an hour.
  const LOSES = '-0.000010000001';
  const EVEN = '-0.00001';

  it('[R11.1] is made where the averaged rate is expected to cost more than twice the entry', () => {
    const decision = tick(hedged({ said: { what: 'x', at: NOW } }), {
      ...open,
      average: LOSES,
      current: '0.01',
    });

    expect(decision.trade).toBeNull();
    expect(decision.memory).toEqual(memoryOf({ target: 'flat', plan: { kind: 'exit', cause: 'policy' } }));
    // $3,000 × 0.0010000001 % × 720 = $21.60000216, against 2 × 0.36 % × $3,000 = $21.60.
    expect(decision.notes).toEqual([
      {
        type: 'DECISION',
        action: 'exit',
        because: saying('funding', 'cost'),
        numbers: { expectedLoss: '21.600003', closeAndReopen: '21.6', averageAprPct: -8.76 },
      },
    ]);
  });

  it('[R11.1] is not made exactly at twice the cost, nor while the average is not negative', () => {
    expect(tick(hedged(), { ...open, average: EVEN }).memory).toEqual(hedged());
    expect(tick(hedged(), { ...open, average: '0', current: '-1' }).memory).toEqual(hedged());
    expect(tick(hedged(), { ...open, average: '0.01', current: '-1' }).memory).toEqual(hedged());
    expect(tick(hedged(), { ...open, average: null, current: '-1' }).memory).toEqual(hedged());
  });

  it('[R11.1] is not made while the policy is off, or by the engine that never leaves', () => {
    const scene = { ...open, average: '-0.1', current: '-0.1' };

    expect(tick(hedged(), scene, { 'engine.policy': 'off' }).memory).toEqual(hedged());
    expect(
      decide(hedged(), { type: 'tick', view: viewOf(scene) }, neverExiting(readSettings({})), NOW).memory,
    ).toEqual(hedged());
  });

  it('[R11.1] comes before a correction', () => {
    const decision = tick(hedged(), { spot: '20', perp: '-10', average: '-0.1' });

    expect(namesOf(decision.notes)).toEqual(['exit']);
    expect(decision.trade).toBeNull();
  });

  it('is not asked of an engine without a short', () => {
    expect(tick(hedged(), { spot: '20', perp: '0', average: '-0.1' }).trade?.purpose).toBe('correct');
  });

  it('counts every clip to get out and in again', () => {
    const view = viewOf({ ...open, average: '-0.0001', gas: '0.001' });

    // 7 clips of 2.985 SOL, of two transactions at 0.001 SOL: $2.10 each way.
    expect(judgeExit(parseBase('20'), view, settingsOf())?.['closeAndReopen']).toBe('25.8');
  });
});

describe('the engine that enters at once and never leaves', () => {
  const settings = neverExiting(readSettings({}));
  const always = (memory: Memory, scene: SceneText) =>
    decide(memory, { type: 'tick', view: viewOf(scene) }, settings, NOW);

  it('[R11.1] enters at the first tick, whatever funding says', () => {
    const { memory, notes } = always(memoryOf(), { average: null, current: null });

    expect(memory).toEqual(ENTERING);
    expect(notes).toEqual([
      {
        type: 'DECISION',
        action: 'enter',
        because: saying('funding', '33.3 SOL'),
        numbers: { goal: '33.3' },
      },
    ]);
    expect(always(memory, { average: '-1', current: '-1' }).trade?.purpose).toBe('enter');
  });

  it('still enters nothing that is smaller than an order', () => {
    expect(always(memoryOf(), { cash: '0.1' })).toEqual({ memory: memoryOf(), notes: [], trade: null });
  });
});

describe('an entry under way', () => {
  it('[R11.1] stops where funding no longer pays for the rest, and what stands stays hedged', () => {
    const scene = { ...AT_COST, spot: '13.3', perp: '-13.3', average: PAYS, current: JUST_UNDER };
    const decision = tick(ENTERING, scene);

    expect(decision.memory).toEqual(hedged());
    expect(decision.trade).toBeNull();
    expect(decision.notes).toMatchObject([
      {
        type: 'BLOCKED',
        code: 'UNPROFITABLE',
        because: saying('funding', 'no longer', 'rest'),
        numbers: { notional: '3000' },
      },
    ]);
    expect(tick(ENTERING, { ...scene, current: PAYS }).trade?.purpose).toBe('enter');
  });

  it('is finished when less than the smallest order is missing', () => {
    const done = tick({ ...ENTERING, said: { what: 'x', at: 0 } }, { spot: '33.2991', perp: '-33.299' });

    expect(done.memory).toEqual(hedged());
    expect(done.trade).toBeNull();
    expect(namesOf(done.notes)).toEqual(['hedged']);

    const last = tick(ENTERING, { spot: '33.299', perp: '-33.299', average: '1', current: '1' });

    expect(last.trade?.legs[0].size).toBe(parseBase('0.001'));
    expect(
      tick(ENTERING, { spot: '33.29', perp: '-33.29', spotMinimum: '0.011', average: '1', current: '1' })
        .trade,
    ).toBeNull();
    expect(
      tick(ENTERING, { spot: '33.29', perp: '-33.29', spotMinimum: '0.01', average: '1', current: '1' })
        .trade,
    ).not.toBeNull();
  });
});

describe('for any size and price', () => {
  const anyCase = fc.record({
    lots: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    ticks: fc.bigInt({ min: 1_000n, max: 10n ** 6n }),
    perpOff: fc.bigInt({ min: -20n, max: 20n }),
    hourly: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    gas: fc.bigInt({ min: 0n, max: 10n ** 6n }),
  });
  const toTick = (at: Fraction, up: boolean): Fraction => {
    const ticks = at.times(new Fraction(1_000n));
    return new Fraction(up ? ticks.ceil() : ticks.floor(), 1_000n);
  };
  type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

  function scene({ lots, ticks, perpOff, hourly, gas }: Case) {
    const mark = price(ticks * 1_000_000n);
    const perpMark = price((ticks + perpOff) * 1_000_000n);
    const size = base(lots * 1_000_000n);
    const view = viewOf({
      oracle: `${ticks / 1_000n}.${String(ticks % 1_000n).padStart(3, '0')}`,
      perpMark: priceOf(perpMark).toNumber().toFixed(3),
      gas: baseOf(gas).toNumber().toFixed(9),
      average: rateOf(hourly).toNumber().toFixed(12),
      current: rateOf(hourly).toNumber().toFixed(12),
    });
    const dearest = (mark > perpMark ? priceOf(mark) : priceOf(perpMark)).times(new Fraction(1_005n, 1_000n));
    const clipLots = new Fraction(450n).over(dearest).times(new Fraction(1_000n)).floor();
    const clips = new Fraction(lots, clipLots < 1n ? 1n : clipLots).ceil();
    const bought = toTick(priceOf(mark).times(new Fraction(1_001n, 1_000n)), true);
    const sold = toTick(priceOf(perpMark).times(new Fraction(999n, 1_000n)), false);
    const sol = baseOf(size);
    const slipped = bought.minus(priceOf(mark)).plus(priceOf(perpMark).minus(sold)).times(sol);
    const fees = bought.plus(sold).times(sol).times(new Fraction(1n, 1_000n));
    const gasPaid = baseOf(gas)
      .times(new Fraction(2n * clips))
      .times(priceOf(mark));
    return { view, size, cost: slipped.plus(fees).plus(gasPaid), notional: sol.times(priceOf(mark)) };
  }
  /** What a year's rate earns in 30 days. */
  const earned = (notional: Fraction, hourly: Fraction): Fraction => {
    const all = notional.times(hourly).times(new Fraction(720n));
    return all.sign() > 0 ? all.times(new Fraction(1n, 2n)) : all;
  };
  /** Roundings of a few 1e-18 dollars are not what these properties are about. */
  const SLACK = new Fraction(1n, 10n ** 15n);
  const near = (a: Fraction, b: Fraction): boolean => a.minus(b).absolute().to(SLACK) < 0;

  it('[R11.1] an entry is made exactly where the expected funding covers the cost of both legs', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { view, size, cost, notional } = scene(given);
        const revenue = earned(notional, rateOf(rate(given.hourly)));
        if (near(revenue, cost)) return;

        expect(judgeEntry(size, view, settingsOf()).kind).toBe(revenue.to(cost) > 0 ? 'enter' : 'decline');
      }),
    );
  });

  it('[R11.1] an exit is made exactly where the expected loss is above twice that cost', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { view, size, cost, notional } = scene(given);
        const loss = earned(notional, rateOf(rate(given.hourly))).negated();
        const twice = cost.times(new Fraction(2n));
        if (near(loss, twice)) return;

        expect(judgeExit(size, view, settingsOf()) !== undefined).toBe(loss.to(twice) > 0);
      }),
    );
  });

  it('[R6.1] break-even is when funding has paid for the way in and out, and never while it costs', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const { view, size, cost, notional } = scene(given);
        const revenue = earned(notional, rateOf(rate(given.hourly)));
        const ms = hedgeBreakEvenMs(size, view, settingsOf());
        if (revenue.sign() <= 0) {
          expect(ms).toBeNull();
          return;
        }
        const expected = cost
          .times(new Fraction(2n * BigInt(HORIZON)))
          .over(revenue)
          .ceil();

        expect(Math.abs(Number(expected) - (ms ?? Number.NaN))).toBeLessThanOrEqual(
          1 + Number(expected) / 1e9,
        );
      }),
    );
  });

  it('[R6.1] break-even is never where no rate is known yet', () => {
    expect(hedgeBreakEvenMs(parseBase('1'), viewOf({ current: null }), settingsOf())).toBeNull();
  });

  it('the size that an entry steers to never costs more than its share of the equity', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (cents, ticks) => {
          const at = parsePrice(`${ticks / 1_000n}.${String(ticks % 1_000n).padStart(3, '0')}`);
          const cash = new Fraction(cents, 100n);
          const view = viewOf({
            cash: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
            oracle: priceOf(at).toNumber().toFixed(3),
          });
          const goal = entryGoal(view, parseRate('0.5'));
          const paid = (sol: Fraction): Fraction =>
            sol.times(priceOf(at)).times(new Fraction(1_001n, 1_000n));
          const budget = cash.times(new Fraction(1n, 2n));

          expect(goal % 1_000_000n).toBe(0n);
          expect(paid(baseOf(goal)).to(budget)).toBeLessThanOrEqual(0);
          expect(paid(baseOf(goal).plus(whole('0.001'))).to(budget)).toBeGreaterThan(0);
        },
      ),
    );
  });
});
