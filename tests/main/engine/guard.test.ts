import { describe, expect, it } from 'vitest';

import { formatBase, parseBase } from '../../../src/shared/money/decimal.ts';
import {
  COOLDOWN,
  HOUR,
  NOW,
  gapOf,
  hedged,
  legOf,
  memoryOf,
  namesOf,
  outcomeOf,
  tick,
  type SceneText,
} from './fixtures/scene.ts';
import { saying } from './fixtures/saying.ts';
import type { ProposedTrade } from '../../../src/main/risk/trade.ts';
import type { Memory } from '../../../src/main/engine/memory.ts';

const legsOf = (trade: ProposedTrade | null): readonly string[] =>
  (trade?.legs ?? []).map(
    ({ market, side, size, reduceOnly }) => `${side} ${formatBase(size)} ${market}${reduceOnly ? ' !' : ''}`,
  );

/**
 * 20 SOL at $150, hedged: 5 % of $3,000 are required, and 90 % of $3,000 and the cash count. With no cash but a borrow
 * b the requirement is 150 + b of 2,700: health is 30 % at b = 1,740, 60 % at 930.
 */
const at = (borrow: string): SceneText => ({ spot: '20', perp: '-20', cash: `-${borrow}` });
const DELEVERAGING = hedged({ plan: { kind: 'deleverage' } });
const PAIR = ['buy 2.985 SOL-PERP !', 'sell 2.985 SOL !'];

describe('SOL that the user brought in', () => {
  it('counts only as far as it is still there: what was sold of it is not kept from SOL bought later', () => {
    const { memory } = tick(hedged({ transferredSol: parseBase('5') }), { spot: '3', perp: '-3' });
    expect(memory.transferredSol).toBe(parseBase('3'));

    const all = tick(hedged({ transferredSol: parseBase('3') }), { spot: '3', perp: '-3' });
    expect(all.memory.transferredSol).toBe(parseBase('3'));
  });
});

describe('the health guard', () => {
  it('[R11.2] reduces both legs under 30 %, and alerts', () => {
    const { trade, memory, notes } = tick(hedged(), at('1740.000001'));

    expect(legsOf(trade)).toEqual(PAIR);
    expect(trade).toMatchObject({ purpose: 'deleverage', effect: 'reduces' });
    expect(memory).toEqual(DELEVERAGING);
    expect(notes).toEqual([
      {
        type: 'ALERT',
        code: 'HEALTH_TOO_LOW',
        because: saying('30 %', 'reduced'),
        numbers: { healthPct: 30, spot: '20', perp: '-20' },
      },
    ]);
  });

  it('[R11.2] does nothing at exactly 30 %', () => {
    expect(tick(hedged(), at('1740'))).toEqual({ memory: hedged(), notes: [], trade: null });
  });

  it('[R11.2] starts and stops where the user has set it', () => {
    const overrides = { 'engine.deleverageHealthPct': '60', 'engine.restoredHealthPct': '70' };

    expect(tick(hedged(), at('930'), overrides).trade).toBeNull();
    expect(tick(hedged(), at('930.000001'), overrides).trade?.purpose).toBe('deleverage');
    expect(tick(DELEVERAGING, at('930'), overrides).trade?.purpose).toBe('deleverage');
    expect(tick(DELEVERAGING, at('660'), overrides).trade).toBeNull();
  });

  it('[R11.2] goes on until health is 60 %, and says when it is', () => {
    const under = tick(DELEVERAGING, at('930.000001'));

    expect(legsOf(under.trade)).toEqual(PAIR);
    expect(under.notes).toEqual([]);
    expect(under.memory).toEqual(DELEVERAGING);

    const restored = tick({ ...DELEVERAGING, said: { what: 'x', at: 0 } }, at('930'));

    expect(restored).toEqual({
      memory: hedged(),
      notes: [
        {
          type: 'DECISION',
          action: 'restored',
          because: saying('health', '60 %'),
          numbers: { spot: '20', perp: '-20', healthPct: 60 },
        },
      ],
      trade: null,
    });
  });

  it('[R11.2] is past the cooldown', () => {
    expect(legsOf(tick(hedged({ cooldownFrom: NOW }), at('2000')).trade)).toEqual(PAIR);
  });

  it('[R11.2] comes before an entry under way, and replaces it', () => {
    const entering = hedged({ plan: { kind: 'enter', goal: parseBase('33'), notBefore: NOW } });
    const { memory, trade } = tick(entering, { ...at('2000'), average: '1', current: '1' });

    expect(trade?.purpose).toBe('deleverage');
    expect(memory.plan).toEqual({ kind: 'deleverage' });
  });

  it('[R11.2] comes before a policy that would leave, and before a correction', () => {
    expect(tick(hedged(), { ...at('2000'), average: '-1' }).trade?.purpose).toBe('deleverage');
    expect(tick(hedged(), { spot: '20', perp: '-15', cash: '-2000' }).trade?.purpose).toBe('deleverage');
  });

  it('[R11.2] reduces one leg alone where the other has nothing, a clip at a time too', () => {
    // A short alone: health is 1 − 150 / 200 with $200.
    expect(legsOf(tick(hedged(), { spot: '0', perp: '-20', cash: '200' }).trade)).toEqual([
      'buy 2.985 SOL-PERP !',
    ]);
    expect(legsOf(tick(hedged(), { spot: '0', perp: '-2', cash: '20' }).trade)).toEqual(['buy 2 SOL-PERP !']);
    // A borrow against SOL alone: 3 of 10 SOL sold restore 60 %, and more would be too much.
    expect(legsOf(tick(hedged(), { spot: '10', perp: '0', cash: '-1200' }).trade)).toEqual([
      'sell 2.985 SOL !',
    ]);
    expect(legsOf(tick(hedged(), { spot: '2', perp: '0', cash: '-200' }).trade)).toEqual(['sell 2 SOL !']);
    expect(
      legsOf(tick(memoryOf(), { spot: '2', perp: '0', cash: '-200' }, { 'engine.policy': 'off' }).trade),
    ).toEqual(['sell 2 SOL !']);
  });

  it('[R11.2] counts SOL that the user brought in: health comes first', () => {
    expect(legsOf(tick(hedged({ transferredSol: parseBase('100') }), at('2000')).trade)).toEqual(PAIR);
  });

  it('[R11.2] has no more to say once nothing is left to reduce, and does not call that health', () => {
    const bankrupt = { cash: '-100', spot: '0.0005', perp: '0' };

    expect(tick(memoryOf(), bankrupt)).toEqual({ memory: memoryOf(), notes: [], trade: null });

    const ended = tick({ ...DELEVERAGING, said: { what: 'x', at: 0 } }, bankrupt);

    expect(ended).toEqual({
      memory: hedged(),
      notes: [
        {
          type: 'DECISION',
          action: 'reduced',
          because: saying('0 %'),
          numbers: { spot: '0.0005', perp: '0', healthPct: 0 },
        },
      ],
      trade: null,
    });
  });

  it('has nothing to guard without a short and without a borrow', () => {
    expect(tick(memoryOf(), { cash: '0', spot: '0' }, { 'engine.policy': 'off' })).toEqual({
      memory: memoryOf(),
      notes: [],
      trade: null,
    });
  });
});

describe('the order of urgency', () => {
  const pending = outcomeOf(legOf('SOL-PERP', 'sell', '1'), { state: 'unknown' });
  const drifted = { spot: '20', perp: '-15', cash: '-2000', average: '-1', current: '-1' } as const;
  const all: Memory = hedged({
    pending,
    gap: gapOf('1', NOW - HOUR, 'reducing'),
    cooldownFrom: NOW - COOLDOWN,
  });

  it('[R11.3] is an unknown outcome, a naked leg, health, the policy, the drift', () => {
    const purposes = [
      tick(all, drifted).trade,
      tick({ ...all, pending: null }, drifted).trade,
      tick({ ...all, pending: null, gap: null }, drifted).trade,
    ].map((trade) => trade?.purpose ?? null);

    expect(purposes).toEqual([null, 'finishLeg', 'deleverage']);
    expect(namesOf(tick(hedged(), { ...drifted, cash: '10000' }).notes)).toEqual(['exit']);
    expect(namesOf(tick(hedged(), { spot: '20', perp: '-15' }).notes)).toEqual(['rebalance']);
  });
});

describe('SOS', () => {
  const needy: readonly [string, Memory, SceneText][] = [
    ['a drift', hedged(), { spot: '20', perp: '-10' }],
    ['a naked leg', hedged({ gap: gapOf('2', NOW - HOUR) }), { spot: '20', perp: '-18' }],
    ['ill health', hedged(), at('2000')],
    ['an exit', memoryOf({ plan: { kind: 'exit', cause: 'policy' } }), { spot: '20', perp: '-20' }],
    [
      'an entry',
      hedged({ plan: { kind: 'enter', goal: parseBase('9'), notBefore: NOW } }),
      { average: '1', current: '1' },
    ],
    ['a rate that pays', memoryOf(), { average: '1', current: '1' }],
  ];

  it.each(needy)('halts everything: nothing is done about %s', (_what, memory, scene) => {
    expect(tick(memory, { ...scene, halt: 'halted' })).toEqual({ memory, notes: [], trade: null });
    // Released, it is.
    expect(tick(memory, scene)).not.toEqual({ memory, notes: [], trade: null });
  });

  it('flattens both legs, reduce-only, a clip at a time', () => {
    const { trade, memory } = tick(hedged({ cooldownFrom: NOW }), {
      spot: '20',
      perp: '-20',
      halt: 'flattening',
    });

    expect(legsOf(trade)).toEqual(PAIR);
    expect(trade).toMatchObject({ purpose: 'flatten', effect: 'reduces' });
    expect(memory.plan).toEqual({ kind: 'exit', cause: 'sos' });
  });

  it('flattens whatever else was under way', () => {
    const halt = 'flattening';
    const entering = hedged({ plan: { kind: 'enter', goal: parseBase('33'), notBefore: NOW } });

    expect(tick(entering, { spot: '1', perp: '-1', halt }).trade?.purpose).toBe('flatten');
    expect(tick(DELEVERAGING, { ...at('2000'), halt }).trade?.purpose).toBe('flatten');
    expect(tick(hedged(), { ...at('2000'), halt }).trade?.purpose).toBe('flatten');
    expect(
      tick(memoryOf({ plan: { kind: 'exit', cause: 'policy' } }), { spot: '1', perp: '-1', halt }).trade
        ?.purpose,
    ).toBe('flatten');
  });

  it('waits for an unknown outcome even then', () => {
    const memory = hedged({ pending: outcomeOf(legOf('SOL', 'buy', '1'), { state: 'unknown' }) });

    expect(tick(memory, { spot: '20', perp: '-20', halt: 'flattening' })).toEqual({
      memory,
      notes: [],
      trade: null,
    });
  });

  it('first finishes a reduction that it finds half done', () => {
    const memory = memoryOf({ gap: gapOf('1', NOW, 'reducing') });
    const { trade } = tick(memory, { spot: '20', perp: '-19', halt: 'flattening' });

    expect(legsOf(trade)).toEqual(['sell 1 SOL !']);
  });

  it('undoes an entry that it finds half done, however young: nothing is enlarged', () => {
    const memory = hedged({
      plan: { kind: 'enter', goal: parseBase('9'), notBefore: NOW },
      gap: gapOf('1', NOW),
    });
    const { trade } = tick(memory, { spot: '1', perp: '0', halt: 'flattening' });

    expect(legsOf(trade)).toEqual(['sell 1 SOL !']);
    expect(trade?.purpose).toBe('undoLeg');
  });

  it('has nothing to say to an engine that is flat already, and closes what that still holds', () => {
    const halt = 'flattening';
    const nothing = { spot: '0', perp: '0', halt } as const;

    expect(tick(memoryOf(), nothing)).toEqual({ memory: memoryOf(), notes: [], trade: null });
    expect(namesOf(tick(hedged(), nothing).notes)).toEqual(['flat']);
    expect(namesOf(tick(memoryOf({ plan: { kind: 'exit', cause: 'sos' } }), nothing).notes)).toEqual([
      'flat',
    ]);
    expect(legsOf(tick(memoryOf(), { spot: '1', perp: '-1', halt }).trade)).toEqual([
      'buy 1 SOL-PERP !',
      'sell 1 SOL !',
    ]);
  });

  it('is flat when both legs are closed, down to the SOL that the user brought in', () => {
    const memory = hedged({ transferredSol: parseBase('3') });
    const { memory: after, notes, trade } = tick(memory, { spot: '3', perp: '0', halt: 'flattening' });

    expect(trade).toBeNull();
    expect(namesOf(notes)).toEqual(['flat']);
    expect(after).toEqual(memoryOf({ transferredSol: parseBase('3') }));
    expect(legsOf(tick(memory, { spot: '3.5', perp: '-3.5', halt: 'flattening' }).trade)).toEqual([
      'buy 0.5 SOL-PERP !',
      'sell 0.5 SOL !',
    ]);
  });

  it('released after flattening leaves an engine that steers to flat, and enters when funding pays', () => {
    expect(tick(memoryOf(), { spot: '3', perp: '0' }, { 'engine.policy': 'off' }).trade).toBeNull();
    expect(namesOf(tick(memoryOf(), { average: '1', current: '1' }).notes)).toEqual(['enter']);
  });
});
