import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decide, type EngineEvent } from '../../../src/main/engine/decide.ts';
import type { Decision } from '../../../src/main/engine/decision.ts';
import type { Memory } from '../../../src/main/engine/memory.ts';
import type { PolicySettings } from '../../../src/main/engine/policy.ts';
import type { View } from '../../../src/main/engine/view.ts';
import { isOver } from '../../../src/main/execution/orderState.ts';
import type { Leg, ProposedTrade } from '../../../src/main/risk/trade.ts';
import { neverExiting, readSettings } from '../../../src/main/simulation/settings.ts';
import type { JournalState } from '../../../src/main/storage/vaultStore.ts';
import { formatBase, formatRate, formatUsd } from '../../../src/shared/money/decimal.ts';
import { base, rate, usd, type Base } from '../../../src/shared/money/quantity.ts';
import { Fraction, baseOf, priceOf } from '../../support/fraction.ts';
import { MINUTE, NOW, approved, memoryOf, outcomeOf, refused, viewOf } from './fixtures/scene.ts';

const LOT = 1_000_000n;
const lots = (count: bigint): Base => base(count * LOT);
const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** Any market, any account: nothing follows from what the engine has done before. */
interface Moment {
  readonly cash: bigint;
  readonly spot: bigint;
  readonly short: bigint;
  readonly ticks: bigint;
  readonly off: bigint;
  readonly current: bigint;
  readonly average: bigint;
  readonly covered: number;
  readonly halt: 'none' | 'halted' | 'flattening';
  readonly later: number;
}

const anySize = fc.oneof(
  { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 40_000n }).map((count) => count * LOT) },
  { weight: 2, arbitrary: fc.bigInt({ min: 0n, max: 40_000n * LOT }) },
  { weight: 1, arbitrary: fc.constant(0n) },
);
const anyRate = fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n });
/** A hedge that is about straight, or two sizes that have nothing to do with each other. */
const anyHedge = fc.oneof(
  fc.record({ spot: anySize, short: anySize }),
  fc
    .tuple(anySize, fc.bigInt({ min: -600n, max: 600n }))
    .map(([spot, bp]) => ({ spot, short: spot + (spot * bp) / 10_000n })),
);
const anyMoment: fc.Arbitrary<Moment> = fc
  .record({
    cash: fc.oneof(
      { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 10n }) },
      { weight: 1, arbitrary: fc.bigInt({ min: -(4n * 10n ** 9n), max: 0n }) },
    ),
    hedge: anyHedge,
    ticks: fc.bigInt({ min: 20_000n, max: 400_000n }),
    off: fc.bigInt({ min: -1_000n, max: 1_000n }),
    current: anyRate,
    average: anyRate,
    covered: fc.integer({ min: 20 * 60, max: 72 * 60 }),
    halt: fc.constantFrom('none', 'none', 'none', 'none', 'halted', 'flattening'),
    later: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 2 * 3_600_000 })),
  })
  .map(({ hedge, ...moment }): Moment => ({ ...moment, ...hedge }));

const dollars = (ticks: bigint): string => `${ticks / 1_000n}.${String(ticks % 1_000n).padStart(3, '0')}`;

const viewAt = (now: number, given: Moment): View =>
  viewOf({
    now,
    cash: formatUsd(usd(given.cash)),
    spot: formatBase(base(given.spot)),
    perp: formatBase(base(-given.short)),
    oracle: dollars(given.ticks),
    perpMark: dollars(given.ticks + given.off),
    current: formatRate(rate(given.current)),
    average: formatRate(rate(given.average)),
    coveredMs: given.covered * MINUTE,
    halt: given.halt,
  });

/** What becomes of the trade that the last tick proposed, and what happens besides. */
interface Turn {
  readonly moment: Moment;
  readonly refuse: boolean;
  /** Whether the venue is asked about an order before the tick. */
  readonly ask: boolean;
  /** How each leg ends; what of it fills, in thousandths. */
  readonly ends: readonly [JournalState, JournalState];
  readonly shares: readonly [bigint, bigint];
  readonly aside: 'nothing' | 'transfer' | 'liquidation';
  readonly moved: bigint;
}

const anyEnd = fc.constantFrom<JournalState>(
  'filled',
  'filled',
  'filled',
  'partiallyFilled',
  'rejected',
  'expired',
  'unknown',
);
const anyShare = fc.bigInt({ min: 1n, max: 999n });
const anyTurn: fc.Arbitrary<Turn> = fc.record({
  moment: anyMoment,
  refuse: fc.constantFrom(false, false, false, true),
  ask: fc.boolean(),
  ends: fc.tuple(anyEnd, anyEnd),
  shares: fc.tuple(anyShare, anyShare),
  aside: fc.constantFrom('nothing', 'nothing', 'nothing', 'transfer', 'liquidation'),
  moved: fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }),
});

function filledOf(size: Base, end: JournalState, share: bigint): Base {
  if (end === 'filled') return size;
  const part = (size / LOT) * share;
  return end === 'partiallyFilled' ? lots(part / 1_000n === 0n ? 1n : part / 1_000n) : base(0n);
}

/** An execution as the executor makes it: the second leg only as large as the first has filled, and not at all after a doubt. */
function execution(trade: ProposedTrade, { ends, shares }: Turn): EngineEvent {
  const [first, second] = trade.legs;
  const paired = second !== undefined;
  const { purpose } = trade;
  const filled = filledOf(first.size, ends[0], shares[0]);
  const outcomes = [outcomeOf(first, { purpose, paired, state: ends[0], filled })];
  if (second !== undefined && ends[0] !== 'unknown' && filled > 0n) {
    const leg: Leg = { ...second, size: filled < second.size ? filled : second.size };
    const part = filledOf(leg.size, ends[1], shares[1]);
    outcomes.push(outcomeOf(leg, { purpose, paired, id: 't1-2', state: ends[1], filled: part }));
  }
  return { type: 'executed', execution: { approved: approved(trade), outcomes } };
}

function deepFrozen<T>(thing: T): T {
  if (typeof thing === 'object' && thing !== null && !Object.isFrozen(thing)) {
    Object.freeze(thing);
    Object.values(thing).forEach(deepFrozen);
  }
  return thing;
}

type Policy = 'on' | 'off' | 'always';
const settingsFor = (policy: Policy): PolicySettings =>
  policy === 'always' ? neverExiting(readSettings({})) : readSettings({ 'engine.policy': policy });

interface Tick {
  readonly before: Memory;
  readonly view: View;
  readonly decision: Decision;
  readonly settings: PolicySettings;
}

interface Play {
  readonly turns: readonly Turn[];
  readonly policy: Policy;
  /** What the engine steers to when the play begins. */
  readonly target: Memory['target'];
}

/** Plays some turns and shows every tick of them to `see`. */
function play({ turns, policy, target }: Play, see: (tick: Tick) => void): void {
  const settings = settingsFor(policy);
  let memory = memoryOf({ target });
  let now = NOW;
  const step = (event: EngineEvent): Decision => {
    const before = deepFrozen(memory);
    const decision = decide(before, event, settings, now);

    expect(decide(before, event, settings, now)).toEqual(decision);
    memory = decision.memory;
    return decision;
  };
  for (const turn of turns) {
    now += turn.moment.later;
    if (turn.aside === 'transfer') step({ type: 'transferred', sol: base(turn.moved) });
    if (turn.aside === 'liquidation') step({ type: 'liquidated' });
    const { pending } = memory;
    if (pending !== null && turn.ask) {
      const filled = filledOf(pending.order.size, turn.ends[0], turn.shares[0]);
      step({ type: 'resolved', outcome: { ...pending, state: turn.ends[0], filled } });
    }
    const before = memory;
    const view = viewAt(now, turn.moment);
    const decision = step({ type: 'tick', view });
    see({ before, view, decision, settings });
    const { trade } = decision;
    if (trade === null) continue;
    step(turn.refuse ? { type: 'refused', refused: refused(trade) } : execution(trade, turn));
  }
}

const anyPlay: fc.Arbitrary<Play> = fc.record({
  turns: fc.array(anyTurn, { minLength: 8, maxLength: 24, size: 'max' }),
  policy: fc.constantFrom<Policy>('on', 'off', 'always'),
  target: fc.constantFrom('hedged', 'hedged', 'flat'),
});

const always = (see: (tick: Tick, trade: ProposedTrade) => void): void => {
  fc.assert(
    fc.property(anyPlay, (given) => {
      play(given, (tick) => {
        if (tick.decision.trade !== null) see(tick, tick.decision.trade);
      });
    }),
    { numRuns: 60 },
  );
};

describe('over any sequence of ticks, executions, refusals, resolutions, transfers and liquidations', () => {
  it('[R5.10] nothing is traded while an outcome is unknown, and nothing is remembered of such a tick', () => {
    let unknown = 0;
    fc.assert(
      fc.property(anyPlay, (given) => {
        play(given, ({ before, decision }) => {
          if (before.pending === null) return;
          unknown += 1;

          expect(isOver(before.pending.state)).toBe(false);
          expect(decision).toEqual({ memory: before, notes: [], trade: null });
        });
      }),
      { numRuns: 60 },
    );

    expect(unknown).toBeGreaterThan(5);
  });

  it('nothing at all is traded while the engine is halted', () => {
    always(({ view }) => {
      expect(view.halt).not.toBe('halted');
    });
  });

  it('SOS closes and an exit reduces: nothing is ever increased by them', () => {
    always(({ before, view }, trade) => {
      const leaving = view.halt === 'flattening' || before.plan.kind === 'exit';
      if (!leaving) return;

      expect(trade.effect).toBe('reduces');
      expect(trade.legs.every(({ reduceOnly }) => reduceOnly)).toBe(true);
      const { plan } = before;
      const sos = view.halt === 'flattening' || (plan.kind === 'exit' && plan.cause === 'sos');

      // What stands naked is dealt with first.
      if (before.gap === null) expect(trade.purpose).toBe(sos ? 'flatten' : 'exit');
    });
  });

  it('[R11.2] under a health of 30 % nothing is opened or corrected', () => {
    always(({ before, view }, trade) => {
      const { requirement, collateral } = view.terms;
      const sick = collateral <= requirement || (collateral - requirement) * 10n < collateral * 3n;
      if (requirement === 0n || !sick || before.gap !== null) return;

      expect(['deleverage', 'exit', 'flatten']).toContain(trade.purpose);
    });
  });

  it('every size is a whole number of lots, and more than none', () => {
    always((_, trade) => {
      for (const { size } of trade.legs) {
        expect(size).toBeGreaterThan(0n);
        expect(size % LOT).toBe(0n);
      }
    });
  });

  it('what only reduces is never larger than what is held', () => {
    always(({ view }, trade) => {
      for (const { market, side, size, reduceOnly } of trade.legs) {
        if (!reduceOnly) continue;
        const held = market === 'SOL' ? view.spot : view.perp;

        expect(side === 'sell').toBe(held > 0n);
        expect(size).toBeLessThanOrEqual(absolute(held));
      }
      if (trade.effect === 'reduces') expect(trade.legs.every(({ reduceOnly }) => reduceOnly)).toBe(true);
    });
  });

  it('[R5.5] [R5.7] [R5.8] a correction leaves less than a lot of net delta, of the same sign, and flips nothing', () => {
    let corrections = 0;
    always(({ before, view }, trade) => {
      if (trade.purpose !== 'correct') return;
      corrections += 1;
      const [leg] = trade.legs;
      const net = view.spot + view.perp;
      const after = view.perp + (leg.side === 'buy' ? leg.size : -leg.size);

      expect(before.target).toBe('hedged');
      expect(leg.market).toBe('SOL-PERP');
      expect(absolute(view.spot + after)).toBeLessThan(LOT);
      expect((view.spot + after) * net).toBeGreaterThanOrEqual(0n);
      expect(after).toBeLessThanOrEqual(0n);
      expect(leg.size).toBeGreaterThanOrEqual(5_000_000n);
      // Over 1 % of the spot, and over 5 % inside the cooldown.
      const inside = before.cooldownFrom !== null && view.now < before.cooldownFrom + 30 * MINUTE;
      const floor = inside && before.urgent === null ? 5n : 1n;

      expect(absolute(net) * 100n).toBeGreaterThan(view.spot * floor);
    });

    expect(corrections).toBeGreaterThan(5);
  });

  it('[R11.3] two legs are of one size, on opposite sides, and within $500 at their price limits', () => {
    let pairs = 0;
    always((_, { legs }) => {
      const [first, second] = legs;
      if (second === undefined) return;
      pairs += 1;

      expect(second.size).toBe(first.size);
      expect([first.market, second.market].toSorted()).toEqual(['SOL', 'SOL-PERP']);
      expect(second.side).not.toBe(first.side);
      for (const { size, limitPrice } of legs) {
        expect(baseOf(size).times(priceOf(limitPrice)).to(new Fraction(500n))).toBeLessThan(0);
      }
    });

    expect(pairs).toBeGreaterThan(5);
  });

  it('[R11.3] a gap is finished or undone before anything else is traded', () => {
    always(({ before, view, settings }, trade) => {
      const { gap } = before;
      if (gap === null) {
        expect(['finishLeg', 'undoLeg']).not.toContain(trade.purpose);
        return;
      }
      const late = view.halt === 'flattening' || view.now - gap.since >= settings.engine.unhedgedMs / 2;
      const undo = gap.kind === 'opening' && late;

      expect(trade.purpose).toBe(undo ? 'undoLeg' : 'finishLeg');
      expect(trade.legs).toHaveLength(1);
      expect(trade.legs[0].side).toBe(gap.size > 0n ? 'sell' : 'buy');
      expect(trade.legs[0].size).toBeLessThanOrEqual(absolute(gap.size));
    });
  });

  it('[R11.1] nothing is opened or left while the policy is off, and nothing is left by one that never leaves', () => {
    fc.assert(
      fc.property(anyPlay, ({ policy, ...given }) => {
        play({ ...given, policy }, ({ before, view, decision: { memory, trade } }) => {
          if (policy !== 'on') expect(trade?.purpose).not.toBe('exit');
          if (policy === 'off') {
            expect(trade?.effect).not.toBe('opens');
            expect(
              memory.target === before.target || view.halt === 'flattening' || before.plan.kind === 'exit',
            ).toBe(true);
          }
        });
      }),
      { numRuns: 30 },
    );
  });

  it('a limit is never further than 0.5 % from the mark', () => {
    always(({ view }, trade) => {
      for (const { market, side, limitPrice } of trade.legs) {
        const { mark } = market === 'SOL' ? view.spotQuote : view.perpQuote;

        expect(side === 'buy' ? limitPrice >= mark : limitPrice <= mark).toBe(true);
        expect(absolute(limitPrice - mark) * 200n).toBeLessThanOrEqual(mark);
      }
    });
  });
});
