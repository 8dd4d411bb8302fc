import { describe, expect, it } from 'vitest';

import type { Decision } from '../../../src/main/engine/decision.ts';
import type { Memory } from '../../../src/main/engine/memory.ts';
import type { ProposedTrade, Purpose } from '../../../src/main/risk/trade.ts';
import { formatBase, parseBase } from '../../../src/shared/money/decimal.ts';
import {
  HOUR,
  NOW,
  executed,
  gapOf,
  happened,
  hedged,
  legOf,
  memoryOf,
  namesOf,
  outcomeOf,
  tick,
  tradeOf,
} from './fixtures/scene.ts';
import { saying } from './fixtures/saying.ts';

/** A trade as texts: `buy 1 SOL`, and `!` behind what only reduces. */
const legsOf = (trade: ProposedTrade | null): readonly string[] =>
  (trade?.legs ?? []).map(
    ({ market, side, size, reduceOnly }) => `${side} ${formatBase(size)} ${market}${reduceOnly ? ' !' : ''}`,
  );

const entering = (goal: string): Memory =>
  memoryOf({ target: 'hedged', plan: { kind: 'enter', goal: parseBase(goal), notBefore: NOW } });
const EXITING = memoryOf({ plan: { kind: 'exit', cause: 'policy' } });
const PAYS = { average: '0.001', current: '0.001' } as const;

describe('an entry', () => {
  it('[R11.3] buys spot first and sells as much short, a clip at a time', () => {
    const { trade, notes, memory } = tick(entering('33.3'), PAYS);

    expect(legsOf(trade)).toEqual(['buy 2.985 SOL', 'sell 2.985 SOL-PERP']);
    expect(trade).toMatchObject({
      purpose: 'enter',
      effect: 'opens',
      because: saying('2.985', '33.3 SOL'),
    });
    expect(notes).toEqual([]);
    expect(memory).toEqual(entering('33.3'));
  });

  it('[R11.3] buys no more than is missing', () => {
    const scene = { ...PAYS, spot: '32.0005', perp: '-32' };

    expect(legsOf(tick(entering('33.3'), scene).trade)).toEqual(['buy 1.299 SOL', 'sell 1.299 SOL-PERP']);
  });

  it('waits for its moment', () => {
    const waiting: Memory = {
      ...entering('33.3'),
      plan: { kind: 'enter', goal: parseBase('33.3'), notBefore: NOW + 1 },
    };

    expect(tick(waiting, PAYS).trade).toBeNull();
  });
});

describe('an exit', () => {
  it('[R11.3] buys the short back first and sells as much spot, a clip at a time, only ever reducing', () => {
    const { trade, memory, notes } = tick(EXITING, { spot: '10', perp: '-10' });

    expect(legsOf(trade)).toEqual(['buy 2.985 SOL-PERP !', 'sell 2.985 SOL !']);
    expect(trade).toMatchObject({
      purpose: 'exit',
      effect: 'reduces',
      because: saying('both legs'),
    });
    expect(memory).toEqual(EXITING);
    expect(notes).toEqual([]);
  });

  it.each([
    ['1.5', '-1', ['buy 1 SOL-PERP !', 'sell 1 SOL !']],
    ['1', '-1.5', ['buy 1 SOL-PERP !', 'sell 1 SOL !']],
    ['0.0009', '-1.5', ['buy 1.5 SOL-PERP !']],
    ['1.5009', '0', ['sell 1.5 SOL !']],
    ['1.5', '-0.0005', ['sell 1.5 SOL !']],
    ['0.0005', '-0.0015', ['buy 0.001 SOL-PERP !']],
  ])('closes what is left of one leg where the other has nothing: %s SOL against %s', (spot, perp, legs) => {
    expect(legsOf(tick(EXITING, { spot, perp }).trade)).toEqual(legs);
  });

  it.each([
    ['0', '0'],
    ['0.0009', '0'],
    ['0.0009', '-0.0009'],
  ])('is done when no lot is left: %s SOL against %s', (spot, perp) => {
    const decision = tick({ ...EXITING, said: { what: 'x', at: 0 } }, { spot, perp });

    expect(decision.memory).toEqual(memoryOf());
    expect(decision.trade).toBeNull();
    expect(decision.notes).toEqual([
      {
        type: 'DECISION',
        action: 'flat',
        because: saying('both legs', 'closed'),
        numbers: { spot, perp, healthPct: 100 },
      },
    ]);
  });

  it('leaves alone the SOL that the user brought in', () => {
    const brought = { ...EXITING, transferredSol: parseBase('4') };

    expect(legsOf(tick(brought, { spot: '5.5', perp: '-5.5' }).trade)).toEqual([
      'buy 1.5 SOL-PERP !',
      'sell 1.5 SOL !',
    ]);
    // Its hedge is taken off, and then it is left.
    expect(legsOf(tick(brought, { spot: '4', perp: '-4' }).trade)).toEqual(['buy 4 SOL-PERP !']);
    expect(namesOf(tick(brought, { spot: '4', perp: '0' }).notes)).toEqual(['flat']);
    expect(namesOf(tick(brought, { spot: '3', perp: '0' }).notes)).toEqual(['flat']);
  });

  it('does not sell more because SOL was taken out', () => {
    const taken = { ...EXITING, transferredSol: parseBase('-4') };

    expect(legsOf(tick(taken, { spot: '1', perp: '-1' }).trade)).toEqual([
      'buy 1 SOL-PERP !',
      'sell 1 SOL !',
    ]);
    expect(legsOf(tick(taken, { spot: '0', perp: '0' }).trade)).toEqual([]);
  });

  it('goes on under a health that would start the guard', () => {
    const sick = { cash: '-2700', spot: '20', perp: '-20' };

    expect(tick(EXITING, sick).trade?.purpose).toBe('exit');
  });
});

describe('a leg without its other', () => {
  const half = 10_000;
  const opening = (waitedMs: number, size = '2'): Memory => ({
    ...entering('33.3'),
    gap: gapOf(size, NOW - waitedMs),
  });
  const scene = { spot: '2', perp: '0' };

  it.each([0, 1, half - 1])('[R11.3] of an opening is finished at first: after %i ms', (waitedMs) => {
    const { trade, notes, memory } = tick(opening(waitedMs), scene);
    const because = saying('2 SOL', `${waitedMs / 1_000} s`);

    expect(legsOf(trade)).toEqual(['sell 2 SOL-PERP']);
    expect(trade).toMatchObject({ purpose: 'finishLeg', effect: 'hedges', because });
    expect(notes).toEqual([
      {
        type: 'DECISION',
        action: 'finishLeg',
        because,
        numbers: { gap: '2', waitedMs, market: 'SOL-PERP', side: 'sell', size: '2' },
      },
    ]);
    expect(memory).toEqual(opening(waitedMs));
  });

  it.each([half, half + 1, 20_000, HOUR])(
    '[R11.3] of an opening is undone once half of its 20 s is gone: after %i ms',
    (waitedMs) => {
      const { trade, notes } = tick(opening(waitedMs), scene);

      expect(legsOf(trade)).toEqual(['sell 2 SOL !']);
      expect(trade).toMatchObject({ purpose: 'undoLeg', effect: 'reduces' });
      expect(namesOf(notes)).toEqual(['undoLeg']);
    },
  );

  it('[R11.3] has as long as the user has set', () => {
    const overrides = { 'engine.unhedgedMs': '60000' };

    expect(tick(opening(29_999), scene, overrides).trade?.purpose).toBe('finishLeg');
    expect(tick(opening(30_000), scene, overrides).trade?.purpose).toBe('undoLeg');
  });

  it.each([0, half, HOUR])('[R11.3] of an exit is only ever finished: after %i ms', (waitedMs) => {
    const exiting = { ...EXITING, gap: gapOf('2', NOW - waitedMs, 'reducing') };
    const { trade, notes } = tick(exiting, { spot: '9', perp: '-7' });

    expect(legsOf(trade)).toEqual(['sell 2 SOL !']);
    expect(trade).toMatchObject({ purpose: 'finishLeg', effect: 'reduces' });
    expect(notes[0]?.numbers).toMatchObject({ market: 'SOL', side: 'sell', size: '2' });
  });

  it.each([
    ['opening', 0, 'finishLeg'],
    ['opening', half, 'undoLeg'],
    ['reducing', half, 'finishLeg'],
  ] as const)('that is short (%s, %i ms) is bought back', (kind, waitedMs, purpose) => {
    const { trade } = tick(hedged({ gap: gapOf('-2', NOW - waitedMs, kind) }), { spot: '7', perp: '-9' });

    expect(legsOf(trade)).toEqual(['buy 2 SOL-PERP !']);
    expect(trade).toMatchObject({ purpose, effect: 'reduces' });
  });

  it('is sold or bought back no further than there is', () => {
    const undo = opening(half);
    const short = hedged({ gap: gapOf('-2', NOW, 'reducing') });

    expect(legsOf(tick(undo, { spot: '1.2349' }).trade)).toEqual(['sell 1.234 SOL !']);
    expect(legsOf(tick(short, { spot: '7', perp: '-1.2349' }).trade)).toEqual(['buy 1.234 SOL-PERP !']);
  });

  it.each([
    ['2', half, 'opening', { spot: '0.0009' }],
    ['2', 0, 'reducing', { spot: '0' }],
    ['-2', 0, 'reducing', { perp: '-0.0009' }],
    ['-2', 0, 'reducing', { perp: '0' }],
  ] as const)('is forgotten where nothing of it is left to trade: %s', (size, waitedMs, kind, left) => {
    const memory = hedged({ gap: gapOf(size, NOW - waitedMs, kind) });

    expect(tick(memory, left)).toEqual({ memory: hedged(), notes: [], trade: null });
  });

  it('comes before the health guard and before a correction', () => {
    const sick = { cash: '-2700', spot: '20', perp: '-20' };

    expect(tick(hedged({ gap: gapOf('2', NOW, 'reducing') }), sick).trade?.purpose).toBe('finishLeg');
    expect(tick(hedged({ gap: gapOf('2', NOW) }), { spot: '20', perp: '-10' }).trade?.purpose).toBe(
      'finishLeg',
    );
  });
});

describe('what comes of a pair of legs', () => {
  const buy = legOf('SOL', 'buy', '2');
  const sell = legOf('SOL-PERP', 'sell', '2');
  const entry = tradeOf('enter', [buy, sell], 'opens');
  const paired = { purpose: 'enter', paired: true } as const;
  const before = entering('33.3');
  const after = (outcomes: Parameters<typeof executed>[1], memory = before, now = NOW): Decision =>
    happened(memory, executed(entry, outcomes), now);

  it('that both filled is nothing to speak of', () => {
    expect(after([outcomeOf(buy, paired), outcomeOf(sell, paired)])).toEqual({
      memory: before,
      notes: [],
      trade: null,
    });
  });

  it('[R11.3] is a gap where the second filled less, from that moment on', () => {
    const partial = outcomeOf(sell, {
      ...paired,
      id: 't1-2',
      state: 'partiallyFilled',
      filled: parseBase('0.75'),
    });
    const { memory, notes } = after([outcomeOf(buy, paired), partial], before, NOW + 3);

    expect(memory.gap).toEqual(gapOf('1.25', NOW + 3));
    expect(memory.pending).toBeNull();
    expect(namesOf(notes)).toEqual(['incomplete']);
    expect(notes[0]?.because).toEqual(saying('t1-2', '0.75', '2'));
  });

  it('[R11.3] is a gap where the second failed', () => {
    const { memory } = after([outcomeOf(buy, paired), outcomeOf(sell, { ...paired, state: 'rejected' })]);

    expect(memory.gap).toEqual(gapOf('2', NOW));
  });

  it('is no gap where neither traded', () => {
    const { memory, notes } = after([outcomeOf(buy, { ...paired, state: 'rejected' })]);

    expect(memory).toEqual(before);
    expect(namesOf(notes)).toEqual(['incomplete']);
  });

  it('starts no cooldown', () => {
    expect(after([outcomeOf(buy, paired), outcomeOf(sell, paired)]).memory.cooldownFrom).toBeNull();
  });

  it.each(['exit', 'deleverage', 'flatten'] as const)(
    '[R11.3] of a reduction (%s) leaves a gap that can only be finished',
    (purpose: Purpose) => {
      const cover = legOf('SOL-PERP', 'buy', '2', true);
      const sold = legOf('SOL', 'sell', '2', true);
      const trade = tradeOf(purpose, [cover, sold], 'reduces');
      const { memory } = happened(
        EXITING,
        executed(trade, [
          outcomeOf(cover, { purpose, paired: true }),
          outcomeOf(sold, { purpose, paired: true, state: 'expired' }),
        ]),
      );

      expect(memory.gap).toEqual(gapOf('2', NOW, 'reducing'));
    },
  );

  it('[R11.3] with an unknown second leg is a gap that nobody touches until the venue says so', () => {
    const pending = outcomeOf(sell, { ...paired, id: 't1-2', state: 'unknown' });
    const { memory, notes } = after([outcomeOf(buy, paired), pending]);

    expect(memory).toEqual({ ...before, gap: gapOf('2', NOW), pending });
    expect(namesOf(notes)).toEqual(['ALERT OUTCOME_UNKNOWN']);
    for (const waitedMs of [5_000, 10_000, 60_000]) {
      expect(tick(memory, { spot: '2', now: NOW + waitedMs }).trade).toBeNull();
    }
  });

  it('[R11.3] with a second leg that turns out to have filled is whole', () => {
    const pending = outcomeOf(sell, { ...paired, state: 'unknown' });
    const { memory } = after([outcomeOf(buy, paired), pending]);
    const resolved = happened(
      memory,
      { type: 'resolved', outcome: { ...pending, state: 'filled', filled: sell.size } },
      NOW + 25_000,
    );

    expect(resolved.memory).toEqual(before);
    expect(namesOf(resolved.notes)).toEqual(['resolved']);
  });

  it('[R11.3] with a second leg that never was has its whole time again from the resolution', () => {
    const pending = outcomeOf(sell, { ...paired, state: 'unknown' });
    const { memory } = after([outcomeOf(buy, paired), pending]);
    const { memory: freed } = happened(
      memory,
      { type: 'resolved', outcome: { ...pending, state: 'expired' } },
      NOW + 65_000,
    );

    expect(freed).toEqual({ ...before, gap: gapOf('2', NOW + 65_000) });
    expect(tick(freed, { spot: '2', now: NOW + 74_999 }).trade?.purpose).toBe('finishLeg');
    expect(tick(freed, { spot: '2', now: NOW + 75_000 }).trade?.purpose).toBe('undoLeg');
  });

  it('[R11.3] with a second leg that rests half filled counts what filled once, when it is known', () => {
    const open = outcomeOf(sell, { ...paired, id: 't1-2', state: 'unknown', filled: parseBase('0.5') });
    const { memory } = after([outcomeOf(buy, paired), open]);

    expect(memory.gap).toEqual(gapOf('2', NOW));

    const { memory: freed } = happened(memory, {
      type: 'resolved',
      outcome: { ...open, state: 'filled', filled: sell.size },
    });

    expect(freed).toEqual(before);
  });

  it('[R11.3] with a first leg that filled late is a gap from then on', () => {
    const pending = outcomeOf(buy, { ...paired, state: 'unknown' });
    const { memory } = after([pending]);

    expect(memory).toEqual({ ...before, pending });

    const { memory: freed } = happened(
      memory,
      { type: 'resolved', outcome: { ...pending, state: 'filled', filled: buy.size } },
      NOW + 25_000,
    );

    expect(freed).toEqual({ ...before, gap: gapOf('2', NOW + 25_000) });
  });

  it('of a reduction that filled late is one that can only be finished', () => {
    const cover = outcomeOf(legOf('SOL-PERP', 'buy', '2', true), {
      purpose: 'exit',
      paired: true,
      state: 'unknown',
    });
    const { memory } = happened(
      { ...EXITING, pending: cover },
      { type: 'resolved', outcome: { ...cover, state: 'filled', filled: parseBase('2') } },
    );

    expect(memory.gap).toEqual(gapOf('2', NOW, 'reducing'));
  });
});

describe('what comes of a repair', () => {
  const memory: Memory = { ...entering('33.3'), gap: gapOf('2', NOW - 5_000) };
  const finish = legOf('SOL-PERP', 'sell', '2');
  const undo = legOf('SOL', 'sell', '2', true);
  const finishing = tradeOf('finishLeg', [finish]);
  const undoing = tradeOf('undoLeg', [undo], 'reduces');

  it('[R11.3] that filled is the end of the gap, and the entry goes on', () => {
    const decision = happened(memory, executed(finishing, [outcomeOf(finish, { purpose: 'finishLeg' })]));

    expect(decision.memory).toEqual(entering('33.3'));
  });

  it('[R11.3] that filled in part leaves a smaller gap of the same age', () => {
    const partial = outcomeOf(finish, {
      purpose: 'finishLeg',
      state: 'partiallyFilled',
      filled: parseBase('1.5'),
    });

    expect(happened(memory, executed(finishing, [partial])).memory.gap).toEqual(gapOf('0.5', NOW - 5_000));
  });

  it('[R11.3] that failed leaves the gap as it was', () => {
    const failed = outcomeOf(finish, { purpose: 'finishLeg', state: 'rejected' });

    expect(happened(memory, executed(finishing, [failed])).memory).toEqual(memory);
  });

  it('[R11.3] that was undone lets the entry rest for 5 min', () => {
    const decision = happened(memory, executed(undoing, [outcomeOf(undo, { purpose: 'undoLeg' })]));

    expect(decision.memory).toEqual({
      ...entering('33.3'),
      plan: { kind: 'enter', goal: parseBase('33.3'), notBefore: NOW + 300_000 },
    });
  });

  it('that was undone in part rests too, and the rest of the gap stays', () => {
    const partial = outcomeOf(undo, {
      purpose: 'undoLeg',
      state: 'partiallyFilled',
      filled: parseBase('0.5'),
    });
    const decision = happened(memory, executed(undoing, [partial]));

    expect(decision.memory.gap).toEqual(gapOf('1.5', NOW - 5_000));
    expect(decision.memory.plan).toMatchObject({ notBefore: NOW + 300_000 });
  });

  it('that could not be undone is no reason to rest', () => {
    const failed = outcomeOf(undo, { purpose: 'undoLeg', state: 'expired' });

    expect(happened(memory, executed(undoing, [failed])).memory).toEqual(memory);
  });

  it('that was undone without an entry under way changes no plan', () => {
    const idle = hedged({ gap: gapOf('2', NOW - 5_000) });
    const decision = happened(idle, executed(undoing, [outcomeOf(undo, { purpose: 'undoLeg' })]));

    expect(decision.memory).toEqual(hedged());
  });

  it('that finished an entry lets nothing rest', () => {
    const decision = happened(memory, executed(finishing, [outcomeOf(finish, { purpose: 'finishLeg' })]));

    expect(decision.memory.plan).toMatchObject({ notBefore: NOW });
  });

  it.each([
    ['finishLeg', finish],
    ['undoLeg', undo],
  ] as const)('[R11.3] whose outcome was unknown (%s) and that then filled ends the gap', (purpose, leg) => {
    const pending = outcomeOf(leg, { purpose, state: 'unknown' });
    const { memory: blocked } = happened(
      memory,
      executed(purpose === 'undoLeg' ? undoing : finishing, [pending]),
    );

    expect(blocked).toEqual({ ...memory, pending });

    const { memory: freed } = happened(
      blocked,
      { type: 'resolved', outcome: { ...pending, state: 'filled', filled: leg.size } },
      NOW + 60_000,
    );

    expect(freed.gap).toBeNull();
    expect(freed.plan).toMatchObject({ notBefore: purpose === 'undoLeg' ? NOW + 360_000 : NOW });
  });

  it('[R11.3] whose outcome was unknown and that filled in part has its whole time again', () => {
    const pending = outcomeOf(finish, { purpose: 'finishLeg', state: 'unknown' });
    const { memory: freed } = happened(
      { ...memory, pending },
      { type: 'resolved', outcome: { ...pending, state: 'partiallyFilled', filled: parseBase('0.5') } },
      NOW + 60_000,
    );

    expect(freed.gap).toEqual(gapOf('1.5', NOW + 60_000));
  });

  it('of a correction is no repair: a gap is not changed by it', () => {
    const correction = outcomeOf(finish, { purpose: 'correct', state: 'unknown' });
    const { memory: freed } = happened(
      { ...memory, pending: correction },
      { type: 'resolved', outcome: { ...correction, state: 'filled', filled: finish.size } },
    );

    expect(freed.gap).toEqual(memory.gap);

    const { memory: traded } = happened(memory, executed(tradeOf('correct', [finish]), [outcomeOf(finish)]));

    expect(traded.gap).toEqual(memory.gap);
  });

  it('of a single leg of an exit opens no gap', () => {
    const cover = legOf('SOL-PERP', 'buy', '2', true);
    const outcome = outcomeOf(cover, { purpose: 'exit' });

    expect(happened(EXITING, executed(tradeOf('exit', [cover], 'reduces'), [outcome])).memory).toEqual(
      EXITING,
    );

    const pending = { ...outcome, state: 'unknown' as const };

    expect(happened({ ...EXITING, pending }, { type: 'resolved', outcome }).memory).toEqual(EXITING);
  });
});
