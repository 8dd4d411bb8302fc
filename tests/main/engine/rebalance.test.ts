import { describe, expect, it } from 'vitest';

import type { Decision, Note } from '../../../src/main/engine/decision.ts';
import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';
import {
  COOLDOWN,
  HOUR,
  NOW,
  approved,
  executed,
  happened,
  hedged,
  legOf,
  memoryOf,
  namesOf,
  outcomeOf,
  refused,
  tick,
  tradeOf,
} from './fixtures/scene.ts';
import { saying } from './fixtures/saying.ts';

/** The one order of a decision, as texts. */
function orderIn({ trade }: Decision): readonly string[] | null {
  if (trade === null) return null;
  expect(trade.purpose).toBe('correct');
  expect(trade.legs).toHaveLength(1);
  const [leg] = trade.legs;
  return [leg.market, leg.side, `${leg.size}`, leg.reduceOnly ? 'reduce-only' : ''];
}

const order = (side: 'buy' | 'sell', size: string): readonly string[] => [
  'SOL-PERP',
  side,
  `${parseBase(size)}`,
  side === 'buy' ? 'reduce-only' : '',
];

const noteIn = ({ notes }: Decision): Note => {
  expect(notes).toHaveLength(1);
  const [note] = notes;
  if (note === undefined) throw new TypeError('nothing was said');
  return note;
};

describe('drift', () => {
  it.each([
    // spot, perp, what is traded
    ['100', '-99', null],
    ['100', '-98.999999999', order('sell', '1')],
    ['100', '-101', null],
    ['100', '-101.000000001', order('buy', '1')],
    ['100', '-100', null],
    ['2.5', '-2.475', null],
    ['2.5', '-2.474999999', order('sell', '0.025')],
    ['2.5', '-2.525000001', order('buy', '0.025')],
  ])(
    '[R5.1] [R5.2] is net delta over hedgeable spot, and only over 1 % is it a signal: %s SOL against %s',
    (spot, perp, expected) => {
      expect(orderIn(tick(hedged(), { spot, perp }))).toEqual(expected);
    },
  );

  it('[R5.2] is held against the tolerance that the user has set', () => {
    const scene = { spot: '100', perp: '-97.5' };

    expect(orderIn(tick(hedged(), scene, { 'engine.deltaTolerancePct': '2.5' }))).toBeNull();
    expect(orderIn(tick(hedged(), scene, { 'engine.deltaTolerancePct': '2.4' }))).toEqual(
      order('sell', '2.5'),
    );
  });

  it("[R5.1] does not count the wallet's own SOL as hedgeable", () => {
    const rich = tick(hedged(), { spot: '100', perp: '-100', wallet: '50' });

    expect(rich.trade).toBeNull();
  });

  it('of a perpetual without spot is 100 %, and the perpetual is closed', () => {
    const decision = tick(hedged(), { spot: '0', perp: '-2' });

    expect(orderIn(decision)).toEqual(order('buy', '2'));
    expect(noteIn(decision)).toMatchObject({ numbers: { driftPct: -100, netDelta: '-2' } });
  });

  it('of spot without a perpetual is 100 %, and all of it is hedged', () => {
    const decision = tick(hedged(), { spot: '3.0005', perp: '0' });

    expect(orderIn(decision)).toEqual(order('sell', '3'));
    expect(noteIn(decision)).toMatchObject({ numbers: { driftPct: 100, netDelta: '3.0005' } });
  });

  it('of nothing against nothing is none', () => {
    expect(tick(hedged(), { spot: '0', perp: '0' }, { 'engine.policy': 'off' })).toEqual({
      memory: hedged(),
      notes: [],
      trade: null,
    });
  });

  it('of less than a lot of spot is not looked at', () => {
    const overrides = { 'engine.policy': 'off' };

    expect(tick(hedged(), { spot: '0.000999999', perp: '0' }, overrides).notes).toEqual([]);
    // From a lot on it is seen; a thousandth is then less than is worth correcting.
    expect(tick(hedged(), { spot: '0.001', perp: '0' }, overrides).notes).toHaveLength(1);
  });

  it('is never corrected by an engine that steers to flat', () => {
    const decision = tick(
      memoryOf({ target: 'flat' }),
      { spot: '100', perp: '-50' },
      { 'engine.policy': 'off' },
    );

    expect(decision).toEqual({ memory: memoryOf(), notes: [], trade: null });
  });
});

describe('a correction', () => {
  it.each([
    ['10', '-8.7654321', order('sell', '1.234')],
    ['10', '-8.001', order('sell', '1.999')],
    ['10', '-8.0009', order('sell', '1.999')],
    ['10', '-11.2349999', order('buy', '1.234')],
    ['10.000000001', '-9', order('sell', '1')],
  ])(
    '[R5.5] is the absolute net delta, rounded down to the lot: %s SOL against %s',
    (spot, perp, expected) => {
      expect(orderIn(tick(hedged(), { spot, perp }))).toEqual(expected);
    },
  );

  it('[R5.7] of a net long lets the short grow, as a hedge', () => {
    const decision = tick(hedged(), { spot: '10', perp: '-9.8' });

    expect(orderIn(decision)).toEqual(order('sell', '0.2'));
    expect(decision.trade?.effect).toBe('hedges');
    expect(decision.trade?.because).toEqual(saying('drift'));
    expect(noteIn(decision)).toEqual({
      type: 'DECISION',
      action: 'rebalance',
      because: saying('2 %', 'long', 'short', '0.2 SOL'),
      numbers: {
        driftPct: 2,
        netDelta: '0.2',
        spot: '10',
        perp: '-9.8',
        correction: '0.2',
        direction: 'up',
      },
    });
  });

  it('[R5.8] of a net short lets the short shrink, reduce-only', () => {
    const decision = tick(hedged(), { spot: '10', perp: '-10.3' });

    expect(orderIn(decision)).toEqual(order('buy', '0.3'));
    expect(decision.trade?.effect).toBe('reduces');
    expect(noteIn(decision)).toEqual({
      type: 'DECISION',
      action: 'rebalance',
      because: saying(' 3 %', 'short', 'shrinks', '0.3 SOL'),
      numbers: {
        driftPct: -3,
        netDelta: '-0.3',
        spot: '10',
        perp: '-10.3',
        correction: '0.3',
        direction: 'down',
      },
    });
  });

  it('[R4.4] carries a limit of mark ± 0.5 %', () => {
    const marks = { perpMark: '149' };
    const sold = tick(hedged(), { spot: '10', perp: '-9.8', ...marks });
    const bought = tick(hedged(), { spot: '10', perp: '-10.2', ...marks });

    expect(sold.trade?.legs[0].limitPrice).toBe(parsePrice('148.255'));
    expect(bought.trade?.legs[0].limitPrice).toBe(parsePrice('149.745'));
  });

  it.each([
    ['0.4', '-0.395', order('sell', '0.005')],
    ['0.4', '-0.3941', order('sell', '0.005')],
    ['0.4', '-0.395000001', null],
    ['0.4', '-0.405', order('buy', '0.005')],
    ['0.4', '-0.404999999', null],
  ])('[R5.6] under 0.005 SOL is skipped: %s SOL against %s', (spot, perp, expected) => {
    expect(orderIn(tick(hedged(), { spot, perp }))).toEqual(expected);
  });

  it('[R5.6] that is skipped says so, with its numbers', () => {
    const decision = tick(hedged(), { spot: '0.4', perp: '-0.39512' });

    expect(noteIn(decision)).toEqual({
      type: 'DECISION',
      action: 'skip',
      because: saying('0.004 SOL'),
      numbers: {
        driftPct: 1.22,
        netDelta: '0.00488',
        spot: '0.4',
        perp: '-0.39512',
        reason: 'minimum',
        correction: '0.004',
        minimum: '0.005',
      },
    });
    expect(decision.memory).toEqual(hedged({ said: { what: 'skip minimum', at: NOW } }));
  });

  it("[R5.6] under the market's own minimum is skipped too", () => {
    const scene = { spot: '1', perp: '-0.951' };

    expect(orderIn(tick(hedged(), { ...scene, perpMinimum: '0.05' }))).toBeNull();
    expect(orderIn(tick(hedged(), { ...scene, perpMinimum: '0.049' }))).toEqual(order('sell', '0.049'));
  });

  it('forgets what was last said, so that a later skip is said again', () => {
    const said = { what: 'skip minimum', at: NOW };

    expect(tick(hedged({ said }), { spot: '10', perp: '-9' }).memory).toEqual(hedged());
  });
});

describe('the cooldown', () => {
  const drifted = { spot: '100', perp: '-98' };

  it('[R5.3] lets a signal pass once 30 min are over, and not a millisecond sooner', () => {
    expect(orderIn(tick(hedged({ cooldownFrom: NOW - COOLDOWN }), drifted))).toEqual(order('sell', '2'));
    expect(tick(hedged({ cooldownFrom: NOW - COOLDOWN + 1 }), drifted).trade).toBeNull();
  });

  it('[R5.3] is as long as the user has set it', () => {
    const overrides = { 'engine.cooldownMs': '1000' };

    expect(orderIn(tick(hedged({ cooldownFrom: NOW - 1000 }), drifted, overrides))).not.toBeNull();
    expect(orderIn(tick(hedged({ cooldownFrom: NOW - 999 }), drifted, overrides))).toBeNull();
    expect(
      orderIn(tick(hedged({ cooldownFrom: NOW }), drifted, { 'engine.cooldownMs': '0' })),
    ).not.toBeNull();
  });

  it('[R5.4] skips and logs the remaining cooldown', () => {
    const decision = tick(hedged({ cooldownFrom: NOW - COOLDOWN + 90_001 }), drifted);

    expect(decision.trade).toBeNull();
    expect(noteIn(decision)).toEqual({
      type: 'DECISION',
      action: 'skip',
      because: saying('2 %', '2 min'),
      numbers: {
        driftPct: 2,
        netDelta: '2',
        spot: '100',
        perp: '-98',
        reason: 'cooldown',
        cooldownRemainingMs: 90_001,
      },
    });
    expect(decision.memory.said).toEqual({ what: 'skip cooldown', at: NOW });
  });

  it('[R5.4] says so once and then hourly, as long as nothing changes', () => {
    const skipping = { cooldownFrom: NOW - 1, said: { what: 'skip cooldown', at: NOW - HOUR + 1 } };
    const silent = tick(hedged(skipping), drifted);

    expect(silent).toEqual({ memory: hedged(skipping), notes: [], trade: null });

    const again = tick(hedged({ ...skipping, said: { what: 'skip cooldown', at: NOW - HOUR } }), drifted);

    expect(namesOf(again.notes)).toEqual(['skip']);
    expect(again.memory.said?.at).toBe(NOW);

    const changed = tick(hedged({ ...skipping, said: { what: 'skip minimum', at: NOW - 1 } }), drifted);

    expect(changed.notes).toHaveLength(1);
  });

  it('has no say while the drift is within the tolerance, and then every word is forgotten', () => {
    const calm = tick(
      hedged({ cooldownFrom: NOW - 1, urgent: 'transfer', said: { what: 'skip cooldown', at: NOW } }),
      { spot: '100', perp: '-99.5' },
    );

    expect(calm).toEqual({ memory: hedged({ cooldownFrom: NOW - 1 }), notes: [], trade: null });
    expect(tick(hedged({ urgent: 'transfer' }), { spot: '100', perp: '-99.5' }).memory.urgent).toBeNull();
    expect(
      tick(hedged({ said: { what: 'x', at: NOW } }), { spot: '100', perp: '-99.5' }).memory.said,
    ).toBeNull();
  });
});

describe('what bypasses the cooldown', () => {
  const cooling = hedged({ cooldownFrom: NOW - 1 });

  it.each([
    ['95', null],
    ['94.999999999', order('sell', '5')],
    ['105', null],
    ['105.000000001', order('buy', '5')],
  ])('[R5.3] is a drift over 5 %: 100 SOL against a short of %s', (short, expected) => {
    const decision = tick(cooling, { spot: '100', perp: `-${short}` });

    expect(orderIn(decision)).toEqual(expected);
    if (expected !== null) expect(noteIn(decision).numbers['bypass']).toBe('drift');
  });

  it('is a perpetual without spot, unless only a drift over 100 % is urgent', () => {
    const naked = { spot: '0', perp: '-2' };

    expect(orderIn(tick(cooling, naked))).toEqual(order('buy', '2'));
    expect(orderIn(tick(cooling, naked, { 'engine.urgentDriftPct': '100' }))).toBeNull();
  });

  it.each(['transfer', 'liquidation'] as const)('is a %s', (urgent) => {
    const decision = tick({ ...cooling, urgent }, { spot: '100', perp: '-98' });

    expect(orderIn(decision)).toEqual(order('sell', '2'));
    expect(noteIn(decision).numbers['bypass']).toBe(urgent);
    // It stays urgent until a correction has traded.
    expect(decision.memory.urgent).toBe(urgent);
  });

  it('is not named where no cooldown stood in the way', () => {
    const free = tick(hedged({ urgent: 'transfer' }), { spot: '100', perp: '-94' });

    expect(noteIn(free).numbers).not.toHaveProperty('bypass');
  });

  it('does not make a drift within the tolerance a signal', () => {
    expect(tick({ ...cooling, urgent: 'transfer' }, { spot: '100', perp: '-99' }).trade).toBeNull();
  });

  it('[R5.6] does not make a correction worthwhile that is too small', () => {
    const decision = tick({ ...cooling, urgent: 'transfer' }, { spot: '0.04', perp: '-0.0351' });

    expect(decision.trade).toBeNull();
    expect(noteIn(decision).numbers['reason']).toBe('minimum');
  });
});

describe('what a transfer does', () => {
  it('makes the next correction urgent and is remembered, in and out', () => {
    const into = happened(hedged({ transferredSol: parseBase('1') }), {
      type: 'transferred',
      sol: parseBase('2.5'),
    });
    const out = happened(into.memory, { type: 'transferred', sol: parseBase('-5') });

    expect(into).toEqual({
      memory: hedged({ transferredSol: parseBase('3.5'), urgent: 'transfer' }),
      notes: [],
      trade: null,
    });
    expect(out.memory.transferredSol).toBe(parseBase('-1.5'));
  });

  it('is forgotten as a reason once the hedge is straight again', () => {
    const { memory } = happened(hedged({ cooldownFrom: NOW - 1 }), {
      type: 'transferred',
      sol: parseBase('1'),
    });

    expect(tick(memory, { spot: '101', perp: '-100' }).memory.urgent).toBeNull();
  });
});

describe('what a liquidation does', () => {
  it('makes the next correction urgent and gives up the plan and the gap, but not an open outcome', () => {
    const pending = outcomeOf(legOf('SOL-PERP', 'sell', '1'), { state: 'unknown' });
    const before = hedged({
      plan: { kind: 'deleverage' },
      gap: { size: parseBase('1'), since: NOW, kind: 'reducing' },
      pending,
      cooldownFrom: NOW - 1,
    });

    expect(happened(before, { type: 'liquidated' })).toEqual({
      memory: hedged({ pending, cooldownFrom: NOW - 1, urgent: 'liquidation' }),
      notes: [],
      trade: null,
    });
  });
});

describe('what comes of a correction', () => {
  const leg = legOf('SOL-PERP', 'sell', '2');
  const correction = tradeOf('correct', [leg]);
  const before = hedged({ urgent: 'transfer', cooldownFrom: NOW - HOUR });

  it('[R5.9] done starts the cooldown, and nothing is urgent any more', () => {
    const { memory, notes, trade } = happened(before, executed(correction, [outcomeOf(leg)]));

    expect(memory).toEqual(hedged({ cooldownFrom: NOW }));
    expect(trade).toBeNull();
    expect(notes).toEqual([
      {
        type: 'DECISION',
        action: 'rebalanced',
        because: saying('grown', '2 SOL'),
        numbers: {
          orderId: 't1-1',
          market: 'SOL-PERP',
          side: 'sell',
          size: '2',
          filled: '2',
          outcome: 'filled',
          purpose: 'correct',
          direction: 'up',
        },
      },
    ]);
  });

  it('[R5.9] done by shrinking the short says so', () => {
    const bought = legOf('SOL-PERP', 'buy', '0.25', true);
    const { notes } = happened(
      before,
      executed(tradeOf('correct', [bought], 'reduces'), [outcomeOf(bought)]),
    );

    expect(notes).toMatchObject([
      {
        because: saying('shrunk', '0.25 SOL'),
        numbers: { direction: 'down', side: 'buy' },
      },
    ]);
  });

  it('[R5.9] done in part starts it too', () => {
    const outcome = outcomeOf(leg, { state: 'partiallyFilled', filled: parseBase('0.5') });
    const { memory, notes } = happened(before, executed(correction, [outcome]));

    expect(memory).toEqual(hedged({ cooldownFrom: NOW }));
    expect(namesOf(notes)).toEqual(['incomplete', 'rebalanced']);
    expect(notes[0]?.because).toEqual(saying('t1-1', '0.5', '2'));
  });

  it.each(['rejected', 'cancelled', 'expired'] as const)(
    '[R5.10] that failed (%s) does not, and stays as urgent as it was',
    (state) => {
      const { memory, notes } = happened(before, executed(correction, [outcomeOf(leg, { state })]));

      expect(memory).toEqual(before);
      expect(namesOf(notes)).toEqual(['incomplete']);
    },
  );

  it('[R5.10] that was rejected says why', () => {
    const rejection = { code: 'SIMULATION_FAILED', message: 'The venue said no.' } as const;
    const { notes } = happened(
      before,
      executed(correction, [outcomeOf(leg, { state: 'rejected', rejection })]),
    );

    expect(notes).toEqual([
      {
        type: 'DECISION',
        action: 'incomplete',
        because: 'The venue said no.',
        numbers: {
          orderId: 't1-1',
          market: 'SOL-PERP',
          side: 'sell',
          size: '2',
          filled: '0',
          outcome: 'rejected',
          purpose: 'correct',
          code: 'SIMULATION_FAILED',
        },
      },
    ]);
  });

  it('[R5.10] that was refused by a gate does not', () => {
    expect(happened(before, { type: 'refused', refused: refused(correction) }).memory).toEqual(before);
  });

  it('[R5.10] [R9.4] whose outcome is unknown is neither: it alerts and blocks the market', () => {
    const outcome = outcomeOf(leg, { state: 'unknown' });
    const { memory, notes } = happened(before, executed(correction, [outcome]), NOW + 7_000);

    expect(memory).toEqual({ ...before, pending: outcome });
    expect(notes).toEqual([
      {
        type: 'ALERT',
        code: 'OUTCOME_UNKNOWN',
        because: saying('not known', 't1-1', 'blocked'),
        numbers: {
          orderId: 't1-1',
          market: 'SOL-PERP',
          side: 'sell',
          size: '2',
          filled: '0',
          outcome: 'unknown',
          purpose: 'correct',
          knownByMs: 53_000,
        },
      },
    ]);
    // However far off the hedge is.
    expect(tick(memory, { spot: '100', perp: '-1' })).toEqual({ memory, notes: [], trade: null });
  });

  it('[R5.10] in doubt is neither even where some of it has filled, until it is known', () => {
    const open = outcomeOf(leg, { state: 'unknown', filled: parseBase('0.5') });
    const { memory, notes } = happened(before, executed(correction, [open]));

    expect(memory).toEqual({ ...before, pending: open });
    expect(namesOf(notes)).toEqual(['ALERT OUTCOME_UNKNOWN']);

    const resolved = happened(memory, {
      type: 'resolved',
      outcome: { ...open, state: 'partiallyFilled' },
    });

    expect(resolved.memory).toEqual(hedged({ cooldownFrom: NOW }));
  });

  it('[R5.10] is asked for again as long as its outcome stays unknown', () => {
    const pending = outcomeOf(leg, { state: 'unknown' });
    const waiting = { ...before, pending };

    expect(happened(waiting, { type: 'resolved', outcome: pending })).toEqual({
      memory: waiting,
      notes: [],
      trade: null,
    });
  });

  it('[R5.10] resolved as filled starts the cooldown then', () => {
    const pending = outcomeOf(leg, { state: 'unknown' });
    const { memory, notes } = happened(
      { ...before, pending },
      { type: 'resolved', outcome: { ...pending, state: 'filled', filled: leg.size } },
      NOW + 60_000,
    );

    expect(memory).toEqual(hedged({ cooldownFrom: NOW + 60_000 }));
    expect(namesOf(notes)).toEqual(['resolved', 'rebalanced']);
    expect(notes[0]?.because).toEqual(saying('t1-1', 'executed', '2'));
    expect(notes[0]?.numbers).toMatchObject({ orderId: 't1-1', filled: '2', outcome: 'filled' });
  });

  it('[R5.10] resolved as never executed does not, and frees the market', () => {
    const pending = outcomeOf(leg, { state: 'unknown' });
    const { memory, notes } = happened(
      { ...before, pending },
      { type: 'resolved', outcome: { ...pending, state: 'expired' } },
    );

    expect(memory).toEqual(before);
    expect(namesOf(notes)).toEqual(['resolved']);
    expect(notes[0]?.because).toEqual(saying('t1-1', 'not executed'));
  });

  it('opens no gap: a correction has one leg', () => {
    expect(happened(before, executed(correction, [outcomeOf(leg)])).memory.gap).toBeNull();
  });
});

describe('a refusal', () => {
  it('[R6.9] is a blocked trade, with its reason, its legs and the numbers that blocked it', () => {
    const trade = tradeOf('enter', [legOf('SOL', 'buy', '2.5'), legOf('SOL-PERP', 'sell', '2.5')], 'opens');
    const given = refused(trade);

    expect(happened(memoryOf(), { type: 'refused', refused: given })).toEqual({
      memory: memoryOf(),
      notes: [
        {
          type: 'BLOCKED',
          code: 'STALE_PRICE',
          because: given.reasons[0].message,
          numbers: {
            purpose: 'enter',
            market1: 'SOL',
            side1: 'buy',
            size1: '2.5',
            market2: 'SOL-PERP',
            side2: 'sell',
            size2: '2.5',
            market: 'SOL',
            ageMs: 30_001,
            limitMs: 30_000,
            oracle: '150',
            mark: '150',
            maxGap: '0.02',
            breakEvenMs: given.estimate.breakEvenMs,
          },
        },
      ],
      trade: null,
    });
  });

  it('[R6.9] names every other gate that said no, and has no break-even where there is none', () => {
    const given = refused(tradeOf('enter', [legOf('SOL-PERP', 'sell', '1')], 'opens'));
    const [first] = given.reasons;
    const twice = { code: 'INSUFFICIENT_GAS', message: 'gas', numbers: {} } as const;
    const thrice = { code: 'LATENCY_TOO_HIGH', message: 'slow', numbers: {} } as const;
    const { notes } = happened(memoryOf(), {
      type: 'refused',
      refused: {
        ...given,
        reasons: [first, twice, thrice],
        estimate: { ...given.estimate, breakEvenMs: null },
      },
    });

    expect(notes[0]?.numbers).toMatchObject({ also: 'INSUFFICIENT_GAS LATENCY_TOO_HIGH', breakEvenMs: -1 });
  });
});

it('an approval of a test is one of the real gates', () => {
  expect(approved(tradeOf('correct', [legOf('SOL-PERP', 'sell', '1')])).verdict).toBe('approved');
});
