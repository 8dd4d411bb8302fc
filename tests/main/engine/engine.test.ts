import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { formatBase, parseBase, parsePrice, parseUsd } from '../../../src/shared/money/decimal.ts';
import { fromStateText, toStateText } from '../../../src/main/platform/stateText.ts';
import { perpSize } from '../../../src/main/domain/account.ts';
import { healthPct } from '../../../src/main/domain/margin.ts';
import { Fraction, valueIn } from '../../support/fraction.ts';
import { EngineRig, GENEROUS, ONE_CLIP, type RigScript } from '../../support/engineRig.ts';
import { saying } from './fixtures/saying.ts';

const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;

/** Half of $10,000 at $150.15. */
const GOAL = '33.3';

const entering = (script: RigScript = {}): EngineRig =>
  new EngineRig({ pastHourly: GENEROUS, ...script, overrides: { ...ONE_CLIP, ...script.overrides } });

/** An engine that has entered its hedge at the start. */
async function hedgedRig(script: RigScript = {}): Promise<EngineRig> {
  const rig = entering(script);
  await rig.tick(0);

  expect(rig.engine.memory.target).toBe('hedged');
  return rig;
}

const holdings = (rig: EngineRig): { readonly spot: string; readonly perp: string } => {
  const { account } = rig.venue.snapshot();
  return { spot: formatBase(account.spot), perp: formatBase(perpSize(account, 'SOL-PERP')) };
};

const HEDGED = { spot: GOAL, perp: `-${GOAL}` };

/** Ticks every 5 s, as a run does while the engine is restless. */
async function tickOn(rig: EngineRig, from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at += 5 * S) await rig.tick(at);
}

describe('an entry', () => {
  it('buys spot and sells as much short, and is then in place', async () => {
    const rig = await hedgedRig();

    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.decisions('enter')).toHaveLength(1);
    expect(rig.decisions('hedged')).toHaveLength(1);
    expect(rig.engine.memory.plan.kind).toBe('idle');
    expect(rig.store.orders).toEqual([
      {
        clientOrderId: 't1-1',
        intentId: 't1',
        t: rig.feed.startMs,
        market: 'SOL',
        side: 'buy',
        size: GOAL,
        limitPrice: '150.75',
        reduceOnly: false,
        validUntil: rig.feed.startMs + MINUTE,
        purpose: 'enter',
      },
      {
        clientOrderId: 't1-2',
        intentId: 't1',
        t: rig.feed.startMs,
        market: 'SOL-PERP',
        side: 'sell',
        size: GOAL,
        limitPrice: '149.25',
        reduceOnly: false,
        validUntil: rig.feed.startMs + MINUTE,
        purpose: 'enter',
      },
    ]);
  });

  it('says what it trades, and what that costs and earns, before it does', async () => {
    const rig = await hedgedRig();
    const [trade] = rig.decisions('trade');
    const said = rig.heard.findIndex((entry) => entry === trade);
    const done = rig.heard.findIndex(({ type }) => type === 'FILL');

    expect(said).toBeLessThan(done);
    // 33.3 × ($0.15 + $0.15); 0.1 % of 33.3 × ($150.15 + $149.85); 2 × 0.00001 SOL; 4995 × 0.01 % × 360.
    expect(trade?.data).toEqual({
      action: 'trade',
      because: saying('33.3 SOL'),
      purpose: 'enter',
      market1: 'SOL',
      side1: 'buy',
      size1: GOAL,
      limit1: '150.75',
      market2: 'SOL-PERP',
      side2: 'sell',
      size2: GOAL,
      limit2: '149.25',
      slippage: '9.99',
      fees: '9.99',
      gas: '0.003',
      tip: '0',
      cost: '19.983',
      expectedRevenue: '179.82',
      net: '159.837',
      breakEvenMs: Number(
        new Fraction(2n * 19_983n * 30n * 24n * 3_600_000n).over(new Fraction(179_820n)).ceil(),
      ),
    });
  });

  it('[R11.3] of many clips is made within one tick, and never has more than $500 unhedged', async () => {
    const rig = new EngineRig({ pastHourly: GENEROUS });
    await rig.tick(0);

    // 11 clips of 2.985 SOL and one of 0.465.
    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders).toHaveLength(24);
    expect(new Set(rig.store.orders.map(({ clientOrderId }) => clientOrderId)).size).toBe(24);
    expect(valueIn(rig.engine.unhedgedPeak.usd).toNumber()).toBeCloseTo(2.985 * 150, 9);
    expect(rig.engine.unhedgedPeak.ms).toBe(0);
    expect(rig.engine.restless).toBe(false);
  });

  it('hedges SOL that is there already, in the same tick', async () => {
    const rig = entering({ spot: '5' });
    await rig.tick(0);

    // Half of 10000 + 750 at $150.15 is 35.797 SOL, 30.797 of them bought.
    expect(holdings(rig)).toEqual({ spot: '35.797', perp: '-35.797' });
    expect(rig.store.orders.map(({ purpose, size }) => [purpose, size])).toEqual([
      ['enter', '30.797'],
      ['enter', '30.797'],
      ['correct', '5'],
    ]);
  });

  it('[R11.1] that never exits is made at the first tick, against every rate', async () => {
    const rig = new EngineRig({ pastHourly: '-0.001', pastHours: 1, overrides: ONE_CLIP, always: true });
    await rig.tick(0);

    expect(holdings(rig)).toEqual(HEDGED);
  });

  it('waits quietly where funding does not pay, and costs no promise', () => {
    const rig = new EngineRig();
    rig.move(0);

    expect(rig.engine.tick()).toBeUndefined();
    expect(rig.heardOf('BLOCKED').map(({ data }) => data['code'])).toEqual(['UNPROFITABLE']);

    rig.move(59 * MINUTE);

    expect(rig.engine.tick()).toBeUndefined();
    expect(rig.heardOf('BLOCKED')).toHaveLength(1);

    rig.move(HOUR);

    expect(rig.engine.tick()).toBeUndefined();
    expect(rig.heardOf('BLOCKED')).toHaveLength(2);
  });

  it('needs both markets of the hedge', () => {
    expect(() => new EngineRig({ markets: ['SOL'] })).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_MARKET',
        message: saying('SOL-PERP'),
        details: { market: 'SOL-PERP' },
      }),
    );
    expect(() => new EngineRig({ markets: ['SOL-PERP'] })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_MARKET', details: { market: 'SOL' } }),
    );
  });
});

describe('the journal', () => {
  it('[R8.3] has an order before the venue sees it, and its outcome before anyone hears of it', async () => {
    const rig = entering();
    const seen: unknown[] = [];
    rig.store.beforeSending = ({ clientOrderId }) => {
      seen.push({
        clientOrderId,
        ...holdings(rig),
        fills: rig.heardOf('FILL').length,
        journalled: rig.store.orders.at(-1)?.clientOrderId,
      });
    };
    await rig.tick(0);

    expect(seen).toEqual([
      { clientOrderId: 't1-1', spot: '0', perp: '0', fills: 0, journalled: 't1-1' },
      { clientOrderId: 't1-2', spot: GOAL, perp: '0', fills: 0, journalled: 't1-2' },
    ]);
    const steps = rig.store.rows.flatMap((one) => {
      if (one.kind === 'intend' || one.kind === 'outcome') return [`${one.kind} ${one.row.clientOrderId}`];
      return one.kind === 'event' && one.row.type === 'FILL' ? ['FILL'] : [];
    });

    expect(steps).toEqual(['intend t1-1', 'outcome t1-1', 'intend t1-2', 'outcome t1-2', 'FILL', 'FILL']);
    expect(rig.store.outcomes).toEqual([
      {
        clientOrderId: 't1-1',
        t: rig.feed.startMs,
        state: 'filled',
        filled: GOAL,
        quote: '4999.995',
        fee: '4.999995',
        code: null,
      },
      {
        clientOrderId: 't1-2',
        t: rig.feed.startMs,
        state: 'filled',
        filled: GOAL,
        quote: '4990.005',
        fee: '4.990005',
        code: null,
      },
    ]);
  });

  it('that cannot be written keeps the order from being sent', async () => {
    const rig = entering();
    rig.store.beforeSending = () => {
      throw new AppError('DATA_FOLDER_UNWRITABLE', 'The disk is full.');
    };

    await expect(rig.tick(0)).rejects.toThrow('The disk is full.');
    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });
    expect(await rig.venue.query('t1-1')).toEqual({ kind: 'absent' });
  });

  it('keeps why the venue refused', async () => {
    const rig = entering();
    rig.venue.faults.arm('reject', 1);
    await rig.tick(0);

    expect(rig.store.outcomes).toMatchObject([
      { clientOrderId: 't1-1', state: 'rejected', filled: '0', code: 'SIMULATION_FAILED' },
    ]);
    expect(rig.decisions('incomplete').map(({ data }) => data['code'])).toEqual(['SIMULATION_FAILED']);
    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });
    // The first leg of nothing is no gap, and the next tick tries again under a new id.
    expect(rig.engine.restless).toBe(false);

    await rig.tick(MINUTE);

    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.map(({ clientOrderId }) => clientOrderId)).toEqual(['t1-1', 't2-1', 't2-2']);
  });
});

describe('a blocked trade', () => {
  it('[R6.9] [R10.6] is logged with its reason and the numbers that blocked it, and everyone is told', async () => {
    const rig = entering({ overrides: { 'paper.latencyMs': '501' } });
    await rig.tick(0);
    const [blocked] = rig.heardOf('BLOCKED');

    expect(blocked?.data).toEqual({
      because: saying('501 ms'),
      code: 'LATENCY_TOO_HIGH',
      purpose: 'enter',
      market1: 'SOL',
      side1: 'buy',
      size1: GOAL,
      market2: 'SOL-PERP',
      side2: 'sell',
      size2: GOAL,
      latencyMs: 501,
      limitMs: 500,
      breakEvenMs: expect.any(Number) as unknown,
    });
    expect(rig.store.lines.some((line) => line.includes('"code":"LATENCY_TOO_HIGH"'))).toBe(true);
    expect(rig.log.at('warn')).toEqual([
      {
        level: 'warn',
        message: blocked?.data['because'],
        context: expect.objectContaining({
          code: 'LATENCY_TOO_HIGH',
          latencyMs: 501,
          limitMs: 500,
          at: rig.feed.startMs,
        }) as unknown,
      },
    ]);
    expect(rig.store.orders).toEqual([]);
    expect(rig.decisions('trade')).toEqual([]);
  });

  it('[R6.9] is proposed and refused again at the next tick, and passes when nothing blocks it', async () => {
    const rig = entering();
    rig.venue.faults.arm('staleOracle', 2);
    await rig.tick(0);
    await rig.tick(MINUTE);

    expect(rig.heardOf('BLOCKED').map(({ t, data }) => [t - rig.feed.startMs, data['code']])).toEqual([
      [0, 'STALE_PRICE'],
    ]);
    expect(holdings(rig)).toEqual(HEDGED);
  });
});

describe('an unknown outcome', () => {
  it('[R9.4] of an order that never arrived alerts, is asked about, and is over when it can no longer arrive', async () => {
    const rig = entering();
    rig.venue.faults.arm('timeout', 1);
    await rig.tick(0);

    expect(rig.heardOf('ALERT').map(({ data }) => [data['code'], data['orderId']])).toEqual([
      ['OUTCOME_UNKNOWN', 't1-1'],
    ]);
    expect(rig.engine.restless).toBe(true);
    expect(rig.engine.memory.pending?.order.clientOrderId).toBe('t1-1');

    await tickOn(rig, 5 * S, MINUTE);

    expect(rig.engine.memory.pending).not.toBeNull();
    expect(rig.store.orders).toHaveLength(1);
    // Said once, not at every question.
    expect(rig.heardOf('ALERT')).toHaveLength(1);
    expect(rig.store.outcomes.map(({ state }) => state)).toEqual(['unknown']);

    await rig.tick(MINUTE + 1);

    expect(rig.decisions('resolved').map(({ data }) => data['outcome'])).toEqual(['expired']);
    expect(rig.store.outcomes.map(({ clientOrderId, state }) => [clientOrderId, state]).slice(0, 2)).toEqual([
      ['t1-1', 'unknown'],
      ['t1-1', 'expired'],
    ]);
    // The market is free again, and the entry goes on at once.
    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.map(({ clientOrderId }) => clientOrderId)).toEqual(['t1-1', 't2-1', 't2-2']);
  });

  it('[R11.3] of a first leg that filled late is matched by the second from then on', async () => {
    const rig = entering();
    rig.venue.faults.arm('lateFill', 1);
    await rig.tick(0);
    await tickOn(rig, 5 * S, 20 * S);

    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });

    await rig.tick(25 * S);

    expect(rig.decisions('resolved').map(({ data }) => [data['outcome'], data['filled']])).toEqual([
      ['filled', GOAL],
    ]);
    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.map(({ clientOrderId, purpose }) => [clientOrderId, purpose])).toEqual([
      ['t1-1', 'enter'],
      ['t2-1', 'finishLeg'],
    ]);
    expect(rig.engine.restless).toBe(false);
    // The time that it was unknown is not counted.
    expect(rig.engine.unhedgedPeak.ms).toBe(0);
  });

  it('[R11.3] of a second leg leaves the first alone, and is then finished', async () => {
    const rig = entering();
    rig.store.beforeSending = ({ clientOrderId }) => {
      if (clientOrderId === 't1-2') rig.venue.faults.arm('timeout', 1);
    };
    await rig.tick(0);

    expect(rig.engine.memory.gap?.size).toBe(parseBase(GOAL));
    expect(holdings(rig)).toEqual({ spot: GOAL, perp: '0' });

    await tickOn(rig, 5 * S, MINUTE);

    expect(rig.store.orders).toHaveLength(2);

    await rig.tick(65 * S);

    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.at(-1)?.purpose).toBe('finishLeg');
    expect(rig.engine.restless).toBe(false);
    expect(rig.engine.unhedgedPeak.ms).toBe(0);
  });

  it('of an order whose reply was lost is found out at the next question, and nothing is sent twice', async () => {
    const rig = entering();
    rig.store.beforeSending = ({ clientOrderId }) => {
      if (clientOrderId === 't1-2') rig.venue.faults.arm('lostReply', 1);
    };
    await rig.tick(0);

    expect(rig.engine.memory.pending).not.toBeNull();
    expect(holdings(rig)).toEqual(HEDGED);

    await rig.tick(5 * S);

    expect(rig.engine.memory.gap).toBeNull();
    expect(rig.engine.restless).toBe(false);
    expect(rig.store.orders).toHaveLength(2);
    expect(rig.store.outcomes.at(-1)).toMatchObject({ clientOrderId: 't1-2', state: 'filled' });
  });
});

describe('a fill in part', () => {
  it('of the first leg is matched by as much of the second, and the rest follows at the next tick', async () => {
    const rig = entering();
    rig.venue.faults.arm('partialFill', 1);
    await rig.tick(0);

    expect(holdings(rig)).toEqual({ spot: '16.65', perp: '-16.65' });
    expect(rig.store.orders.map(({ size }) => size)).toEqual([GOAL, '16.65']);
    expect(rig.engine.restless).toBe(false);

    await rig.tick(MINUTE);

    expect(holdings(rig)).toEqual(HEDGED);
  });

  it('[R11.3] of the second leg is finished at once', async () => {
    const rig = entering();
    rig.store.beforeSending = ({ clientOrderId }) => {
      if (clientOrderId === 't1-2') rig.venue.faults.arm('partialFill', 1);
    };
    await rig.tick(0);

    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.map(({ purpose, size }) => [purpose, size])).toEqual([
      ['enter', GOAL],
      ['enter', GOAL],
      ['finishLeg', '16.65'],
    ]);
    expect(rig.decisions('finishLeg')).toHaveLength(1);
  });
});

describe('a second leg that cannot be had', () => {
  async function stuckRig(): Promise<EngineRig> {
    const rig = entering();
    rig.store.beforeSending = ({ market }) => {
      if (market === 'SOL-PERP') rig.venue.faults.arm('reject', 1);
    };
    await rig.tick(0);
    return rig;
  }

  it('[R11.3] is tried a few times more within the tick, and then again after 5 s', async () => {
    const rig = await stuckRig();

    expect(rig.engine.restless).toBe(true);
    expect(rig.store.orders.map(({ purpose }) => purpose)).toEqual([
      'enter',
      'enter',
      'finishLeg',
      'finishLeg',
      'finishLeg',
    ]);

    await rig.tick(5 * S);

    expect(rig.engine.restless).toBe(true);
    expect(rig.engine.unhedgedPeak.ms).toBe(5 * S);
    expect(holdings(rig)).toEqual({ spot: GOAL, perp: '0' });
  });

  it('[R11.3] is tried again at once however many clips have gone well before it', async () => {
    const rig = new EngineRig({ pastHourly: GENEROUS });
    rig.store.beforeSending = ({ clientOrderId }) => {
      if (clientOrderId === 't5-2') rig.venue.faults.arm('reject', 1);
    };
    await rig.tick(0);

    expect(holdings(rig)).toEqual(HEDGED);
    expect(rig.store.orders.filter(({ purpose }) => purpose === 'finishLeg')).toHaveLength(1);
    expect(rig.engine.restless).toBe(false);
  });

  it('[R11.3] has its first leg undone within 20 s, and is tried again only 5 min later', async () => {
    const rig = await stuckRig();
    await rig.tick(5 * S);
    await rig.tick(10 * S);

    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });
    expect(rig.engine.restless).toBe(false);
    expect(rig.store.orders.at(-1)).toMatchObject({ purpose: 'undoLeg', side: 'sell', reduceOnly: true });
    expect(rig.engine.unhedgedPeak.ms).toBe(10 * S);
    expect(valueIn(rig.engine.unhedgedPeak.usd).toNumber()).toBeCloseTo(33.3 * 150, 9);

    rig.store.beforeSending = () => undefined;
    await rig.tick(5 * MINUTE);

    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });

    await rig.tick(5 * MINUTE + 10 * S);

    expect(holdings(rig)).toEqual(HEDGED);
  });

  it('[R11.3] is worth at the oracle what its first leg bought', async () => {
    const rig = await stuckRig();
    rig.feed.setOracle('SOL', '151');
    await rig.tick(5 * S);

    expect(valueIn(rig.engine.unhedgedPeak.usd).toNumber()).toBeCloseTo(33.3 * 151, 9);
  });
});

describe('a drift', () => {
  it('[R5.7] [R5.9] after a deposit of SOL is corrected at the next tick, cooldown or not', async () => {
    const rig = await hedgedRig();
    for (const [after, perp] of [
      [MINUTE, '-34.3'],
      [2 * MINUTE, '-35.3'],
    ] as const) {
      await rig.venue.deposit({ asset: 'SOL', amount: parseBase('1') });
      await rig.tick(after);

      expect(holdings(rig).perp).toBe(perp);
      expect(rig.engine.memory).toMatchObject({ cooldownFrom: rig.feed.startMs + after, urgent: null });
    }
    expect(rig.decisions('rebalanced').map(({ data }) => data['direction'])).toEqual(['up', 'up']);
    expect(rig.engine.memory.transferredSol).toBe(parseBase('2'));
  });

  it('[R11.3] that is corrected stands in nobody’s way: one leg alone is no gap between two', async () => {
    const rig = new EngineRig({ pastHourly: GENEROUS });
    await rig.tick(0);
    const { usd } = rig.engine.unhedgedPeak;
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('10') });
    await rig.tick(MINUTE);

    expect(holdings(rig).perp).toBe('-43.3');
    expect(rig.engine.unhedgedPeak).toEqual({ usd, ms: 0 });
  });

  it('[R5.8] after a withdrawal of SOL shrinks the short', async () => {
    const rig = await hedgedRig();
    await rig.venue.withdraw({ asset: 'SOL', amount: parseBase('3.3') });
    await rig.tick(MINUTE);

    expect(holdings(rig)).toEqual({ spot: '30', perp: '-30' });
    expect(rig.store.orders.at(-1)).toMatchObject({ purpose: 'correct', side: 'buy', reduceOnly: true });
  });

  it('[R5.3] a transfer of USDC moves no delta and is no reason to hurry', async () => {
    const rig = await hedgedRig();
    await rig.venue.deposit({ asset: 'USDC', amount: parseUsd('1000') });
    await rig.tick(MINUTE);

    expect(rig.engine.memory).toMatchObject({ urgent: null, transferredSol: 0n });
  });

  it('[R5.10] whose correction failed is corrected at the next tick', async () => {
    const rig = await hedgedRig();
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('1') });
    rig.venue.faults.arm('reject', 1);
    await rig.tick(MINUTE);

    expect(rig.engine.memory.cooldownFrom).toBeNull();
    // One leg alone is no gap: it is not tried again within the tick.
    expect(rig.store.orders).toHaveLength(3);

    await rig.tick(2 * MINUTE);

    expect(holdings(rig)).toEqual({ spot: '34.3', perp: '-34.3' });
  });

  it('[R5.10] whose correction is in doubt waits for it', async () => {
    const rig = await hedgedRig();
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('1') });
    rig.venue.faults.arm('timeout', 1);
    await rig.tick(MINUTE);
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('10') });
    await tickOn(rig, MINUTE + 5 * S, 2 * MINUTE);

    expect(rig.store.orders).toHaveLength(3);
    expect(holdings(rig).perp).toBe('-33.3');

    await rig.tick(2 * MINUTE + 5 * S);

    expect(holdings(rig)).toEqual({ spot: '44.3', perp: '-44.3' });
  });
});

describe('an exit', () => {
  it('[R11.1] closes both legs, clip by clip, when the average turns', async () => {
    const rig = new EngineRig({ pastHourly: GENEROUS, overrides: { 'engine.averageHours': '24' } });
    await rig.tick(0);
    const entered = rig.store.orders.length;
    rig.move(HOUR - 1);
    rig.feed.seek(rig.feed.startMs + HOUR);
    rig.feed.fund('SOL-PERP', '-0.01');
    await rig.tick(HOUR);

    expect(rig.decisions('exit')).toHaveLength(1);
    expect(rig.decisions('flat')).toHaveLength(1);
    expect(rig.engine.memory).toMatchObject({ target: 'flat', plan: { kind: 'idle' } });
    const exits = rig.store.orders.slice(entered);

    expect(exits.every(({ reduceOnly, purpose }) => reduceOnly && purpose === 'exit')).toBe(true);
    expect(exits.length).toBeGreaterThanOrEqual(24);
    expect(holdings(rig).perp).toBe('0');
    // What interest left under a lot stays.
    expect(rig.venue.snapshot().account.spot).toBeLessThan(1_000_000n);
  });
});

describe('ill health', () => {
  it('[R11.2] has both legs reduced from under 30 % to 60 %, inside the cooldown and in one tick', async () => {
    const rig = new EngineRig({
      pastHourly: GENEROUS,
      overrides: { 'engine.spotSharePct': '95', 'engine.cooldownMs': '86400000' },
    });
    await rig.tick(0);
    rig.feed.setOracle('SOL', '400');
    await rig.tick(7 * HOUR);
    const before = rig.store.orders.length;

    expect(before).toBeGreaterThan(0);
    expect(rig.heardOf('ALERT')).toEqual([]);

    // Settlement turns the short's loss into a borrow, which weighs more than the SOL that it was lost against.
    rig.move(8 * HOUR);

    expect(healthPct(rig.venue.snapshot().maintenance)).toBeLessThan(30);

    await rig.tick(8 * HOUR);

    expect(rig.heardOf('ALERT').map(({ data }) => data['code'])).toEqual(['HEALTH_TOO_LOW']);
    expect(rig.decisions('restored')).toHaveLength(1);
    const reducing = rig.store.orders.slice(before);

    expect(reducing.length).toBeGreaterThan(2);
    expect(reducing.every(({ purpose, reduceOnly }) => purpose === 'deleverage' && reduceOnly)).toBe(true);
    expect(healthPct(rig.venue.snapshot().maintenance)).toBeGreaterThanOrEqual(60);
    const { spot, perp } = holdings(rig);

    expect(Number(spot) + Number(perp)).toBeLessThan(0.01);
    expect(Number(spot)).toBeGreaterThan(1);
  });

  it('that ends in a liquidation alerts, gives up the plan, and makes the next correction urgent', async () => {
    const rig = await hedgedRig();
    rig.feed.setOracle('SOL', '2100');
    rig.move(MINUTE);
    const alerts = rig.heardOf('ALERT');

    // 33.3 × $2,100 × 2.5 %.
    expect(alerts[0]?.data).toEqual({
      because: saying('liquidated'),
      code: 'HEALTH_TOO_LOW',
      penalty: '1748.25',
    });
    expect(rig.engine.memory).toMatchObject({ urgent: 'liquidation', gap: null, plan: { kind: 'idle' } });
    expect(holdings(rig).perp).toBe('0');
  });
});

describe('SOS', () => {
  it('halts from the next tick on, says so once, and survives until it is released', async () => {
    const rig = await hedgedRig();
    rig.engine.setHalt('halted');
    rig.engine.setHalt('halted');
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('5') });
    await rig.tick(MINUTE);

    expect(rig.heardOf('ALERT').map(({ data }) => data)).toEqual([
      { code: 'HALTED', because: saying('SOS', 'halted') },
    ]);
    expect(rig.engine.halt).toBe('halted');
    expect(rig.store.orders).toHaveLength(2);

    rig.engine.setHalt('none');
    await rig.tick(2 * MINUTE);

    expect(rig.decisions('released').map(({ data }) => data['because'])).toEqual([saying('released')]);
    expect(holdings(rig)).toEqual({ spot: '38.3', perp: '-38.3' });
  });

  it('that was kept halts again after a restart, without a word', async () => {
    const rig = entering();
    rig.engine.restoreHalt('halted');
    await rig.tick(0);

    expect(rig.heardOf('ALERT')).toEqual([]);
    expect(rig.store.orders).toEqual([]);
    expect(rig.engine.halt).toBe('halted');
  });

  it('flattens both legs, and then does nothing until it is released', async () => {
    const rig = await hedgedRig();
    rig.engine.setHalt('flattening');
    await rig.tick(MINUTE);

    expect(holdings(rig)).toEqual({ spot: '0', perp: '0' });
    expect(rig.heardOf('ALERT').map(({ data }) => data)).toEqual([
      { code: 'HALTED', because: saying('SOS', 'closed') },
    ]);
    expect(rig.store.orders.slice(2).map(({ purpose, reduceOnly }) => [purpose, reduceOnly])).toEqual([
      ['flatten', true],
      ['flatten', true],
    ]);
    expect(rig.decisions('flat')).toHaveLength(1);
    const heard = rig.heard.length;
    await rig.tick(2 * MINUTE);
    await rig.tick(3 * MINUTE);

    expect(rig.heard).toHaveLength(heard);

    rig.engine.setHalt('none');
    await rig.tick(4 * MINUTE);

    expect(holdings(rig).spot).not.toBe('0');
  });

  it('cancels what rests in the book, and only then', async () => {
    const rig = await hedgedRig({ overrides: { 'engine.policy': 'on' } });
    await rig.venue.place({
      clientOrderId: 'mine',
      market: 'SOL',
      side: 'buy',
      size: parseBase('1'),
      limitPrice: parsePrice('140'),
      timeInForce: 'gtc',
      reduceOnly: false,
      validUntil: rig.feed.startMs + HOUR,
    });
    await rig.tick(MINUTE);

    expect(rig.venue.snapshot().openOrders).toHaveLength(1);

    rig.engine.setHalt('halted');
    await rig.tick(2 * MINUTE);

    expect(rig.venue.snapshot().openOrders).toEqual([]);
    expect(await rig.venue.query('mine')).toMatchObject({ report: { status: 'cancelled' } });
  });

  it('still asks about an outcome that is unknown', async () => {
    const rig = entering();
    rig.venue.faults.arm('lateFill', 1);
    await rig.tick(0);
    rig.engine.setHalt('halted');
    await tickOn(rig, 5 * S, 30 * S);

    expect(rig.engine.memory.pending).toBeNull();
    expect(rig.engine.memory.gap?.size).toBe(parseBase(GOAL));
    // The naked leg is known, and left alone.
    expect(holdings(rig)).toEqual({ spot: GOAL, perp: '0' });
  });
});

describe('what the engine sees', () => {
  it('is the account and the prices of its last tick', async () => {
    const rig = await hedgedRig();
    rig.feed.setOracle('SOL', '160');
    rig.feed.setMark('SOL-PERP', '161');
    await rig.tick(MINUTE);
    const { view } = rig.engine;

    expect(formatBase(view.spot)).toBe(GOAL);
    expect(formatBase(view.perp)).toBe(`-${GOAL}`);
    expect(view.now).toBe(rig.feed.startMs + MINUTE);
    expect(view.spotQuote.mark).toBe(160_000_000_000n);
    expect(view.perpQuote.mark).toBe(161_000_000_000n);
  });

  it('of funding is what the perpetual pays, and that is kept', async () => {
    const rig = await hedgedRig();
    rig.feed.fund('SOL-PERP', '0.0002');
    rig.feed.fund('BTC-PERP', '0.9');
    await rig.tick(HOUR);

    expect(rig.engine.view.fundingHourly).toBe(200_000_000n);
    expect(rig.store.rows.filter(({ kind }) => kind === 'funding').map(({ row }) => row)).toEqual([
      {
        market: 'SOL-PERP',
        sample: { t: rig.feed.startMs, rate: 200_000_000n, periodMs: HOUR },
      },
    ]);
  });
});

describe('a restart', () => {
  it('goes on with what it knew: plan, doubts, peak, and numbers of trades', async () => {
    const first = entering();
    first.store.beforeSending = ({ clientOrderId }) => {
      if (clientOrderId === 't1-2') first.venue.faults.arm('lateFill', 1);
    };
    await first.tick(0);
    const saved: unknown = fromStateText(toStateText(first.lane.save()));
    const second = entering();
    second.move(5 * S);
    second.lane.restore(saved, second.feed.startMs + 5 * S);

    expect(second.engine.memory).toEqual(first.engine.memory);
    expect(second.engine.unhedgedPeak).toEqual(first.engine.unhedgedPeak);
    expect(second.engine.restless).toBe(true);

    await tickOn(second, 10 * S, 25 * S);

    expect(holdings(second)).toEqual(HEDGED);

    await second.venue.deposit({ asset: 'SOL', amount: parseBase('1') });
    await second.tick(MINUTE);

    expect(second.store.orders.map(({ clientOrderId }) => clientOrderId)).toEqual(['t2-1']);
  });

  it('sees the account that was restored, not the one that it looked at before', async () => {
    const first = await hedgedRig();
    const second = entering();

    expect(formatBase(second.engine.view.spot)).toBe('0');

    second.lane.restore(first.lane.save(), second.feed.startMs);

    expect(formatBase(second.engine.view.spot)).toBe(GOAL);
  });
});

describe('capital', () => {
  it('[R7.2] that changes reaches the vault by the next tick', async () => {
    const rig = await hedgedRig();
    const { cash } = rig.vault.books.account;
    await rig.venue.deposit({ asset: 'USDC', amount: parseUsd('250.5') });

    expect(rig.vault.books.account.cash).toBe(cash);

    await rig.engine.tick();

    expect(rig.vault.books.account.cash).toBe(cash + parseUsd('250.5'));
    expect(rig.vault.books.account).toEqual(rig.venue.snapshot().account);
    expect(rig.heardOf('TRANSFER').map(({ data }) => data)).toEqual([
      { asset: 'USDC', amount: '250.5', oracle: '1' },
    ]);
    expect(rig.store.transactions.at(-1)?.postings).toEqual([
      { account: 'cash', asset: 'USDC', amount: 250_500_000n },
      { account: 'transfers', asset: 'USDC', amount: -250_500_000n },
    ]);
  });
});
