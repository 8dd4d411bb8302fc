import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { DeskRig, planOf, refusalOf } from './deskRig.ts';

const BRACKET = {
  takeProfit: { trigger: parsePrice('160'), limitPrice: parsePrice('160') },
  stopLoss: { trigger: parsePrice('140') },
};

const exitsOf = (rig: DeskRig) =>
  rig.desk
    .open()
    .filter(({ parentId }) => parentId !== null)
    .map(({ id }) => rig.view(id));

async function entered(filled: string, rig = new DeskRig()) {
  await rig.place(planOf({ bracket: BRACKET }));
  rig.venue.fill('m1', filled);
  await rig.tick();
  return rig;
}

describe('the exits of an entry', () => {
  it('wait until it has filled, and are reduce-only orders the other way', async () => {
    const rig = new DeskRig();
    expect(await rig.place(planOf({ bracket: BRACKET }))).toMatchObject({ role: 'entry', parentId: null });
    await rig.tick();
    expect(exitsOf(rig)).toEqual([]);

    rig.venue.fill('m1', '10');
    await rig.tick();

    expect(exitsOf(rig)).toMatchObject([
      { orderId: 'm2', role: 'stopLoss', type: 'stopMarket', triggerPrice: '140', price: null },
      { orderId: 'm3', role: 'takeProfit', type: 'takeProfitLimit', triggerPrice: '160', price: '160' },
    ]);
    for (const exit of exitsOf(rig)) {
      expect(exit).toMatchObject({
        state: 'untriggered',
        parentId: 'm1',
        side: 'sell',
        size: '10',
        reduceOnly: true,
      });
    }
    expect(rig.venue.placed.map(({ trigger }) => trigger?.when)).toEqual([undefined, 'below', 'above']);
  });

  it('follow an entry that takes at once without waiting for a tick', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ bracket: BRACKET, type: 'market', timeInForce: 'ioc' }));
    expect(exitsOf(rig)).toHaveLength(2);
  });

  it.each(['native', 'replace', 'none'] as const)(
    'grow with what it has filled (modify: %s)',
    async (modify) => {
      const rig = await entered('4', new DeskRig({ modify }));
      expect(exitsOf(rig).map(({ size }) => size)).toEqual(['4', '4']);

      rig.venue.fill('m1', '6');
      await rig.tick();

      expect(exitsOf(rig).map(({ size, state }) => [size, state])).toEqual([
        ['10', 'untriggered'],
        ['10', 'untriggered'],
      ]);
      const resting = rig.venue.snapshot().openOrders.map(({ size }) => size);
      expect(resting).toEqual([parseBase('10'), parseBase('10')]);
    },
  );

  it('wait for the smallest order that the market takes', async () => {
    const rig = await entered('0.05');
    expect(exitsOf(rig)).toEqual([]);
    rig.venue.fill('m1', '0.05');
    await rig.tick();
    expect(exitsOf(rig).map(({ size }) => size)).toEqual(['0.1', '0.1']);
  });

  it('are never placed where it was cancelled unfilled', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ bracket: BRACKET }));
    await rig.desk.cancel('m1');
    await rig.tick();

    expect(rig.venue.placed).toHaveLength(1);
    expect(rig.db.prepare('SELECT count(*) AS n FROM trader_orders').get()).toEqual({ n: 1n });
  });

  it('stay for what it had filled when it was cancelled', async () => {
    const rig = await entered('4');
    await rig.desk.cancel('m1');
    await rig.tick();
    expect(exitsOf(rig).map(({ size, state }) => [size, state])).toEqual([
      ['4', 'untriggered'],
      ['4', 'untriggered'],
    ]);
  });

  it.each([
    ['take-profit', '160', 'm3', 'm2'],
    ['stop-loss', '140', 'm2', 'm3'],
  ])('end with the %s, which cancels the other', async (_which, oracle, fills, other) => {
    const rig = await entered('10');
    rig.venue.moveTo(oracle);
    if (fills === 'm3') rig.venue.fill('m3', '10');
    await rig.tick();
    await rig.tick();

    expect(rig.state(fills)).toBe('filled');
    expect(rig.state(other)).toBe('cancelled');
    expect(rig.desk.open()).toEqual([]);
    rig.commit();
    expect(rig.store.live()).toEqual([]);
  });

  it('share what one of them has filled in part', async () => {
    const rig = await entered('10');
    rig.venue.moveTo('160');
    rig.venue.fill('m3', '3');
    await rig.tick();

    expect(exitsOf(rig).map(({ size, filled }) => [size, filled])).toEqual([
      ['7', '0'],
      ['10', '3'],
    ]);
  });

  it('end an entry that still rests when one of them has filled', async () => {
    const rig = await entered('4');
    rig.venue.moveTo('140');
    await rig.tick();

    expect(rig.state('m1')).toBe('partiallyFilled');
    expect(rig.desk.open()).toEqual([]);
  });

  it('still protect what the entry fills while it is being ended', async () => {
    const rig = await entered('4');
    rig.venue.asked = (request) => {
      if (request === 'cancel m1') rig.venue.fill('m1', '2');
    };
    rig.venue.moveTo('160');
    rig.venue.fill('m3', '4');
    await rig.tick();
    await rig.tick();

    expect(rig.view('m1')).toMatchObject({ state: 'partiallyFilled', filled: '6' });
    expect(rig.view('m2')).toMatchObject({ state: 'untriggered', size: '2' });
    expect(exitsOf(rig).map(({ role, size }) => [role, size])).toEqual([
      ['stopLoss', '2'],
      ['takeProfit', '2'],
    ]);
  });

  it('go at once where their trigger was passed while the entry filled', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ bracket: BRACKET }));
    rig.venue.moveTo('139');
    rig.venue.fill('m1', '10');
    await rig.tick();

    expect(rig.view('m2')).toMatchObject({ role: 'stopLoss', state: 'filled', averagePrice: '138.31' });
    expect(rig.venue.placed.at(-1)?.trigger).toBeUndefined();
  });

  it('that the book did not bear are tried again, once a moment, until all is closed', async () => {
    const rig = await entered('10');
    rig.venue.offered = parseBase('4');
    rig.venue.moveTo('140');
    await rig.tick();
    expect(rig.view('m2')).toMatchObject({ state: 'partiallyFilled', filled: '4' });
    await rig.tick();
    expect(rig.view('m4')).toMatchObject({ state: 'partiallyFilled', size: '6', filled: '4' });
    rig.venue.offered = undefined;
    await rig.tick();
    await rig.tick();

    const closed = rig.venue.placed
      .filter(({ reduceOnly }) => reduceOnly)
      .reduce((sum, { clientOrderId }) => sum + rig.venue.reportOf(clientOrderId).filled, 0n);
    expect(closed).toBe(parseBase('10'));
    expect(rig.desk.open()).toEqual([]);
  });

  it('are placed once, though a tick comes while they are being placed', async () => {
    const rig = new DeskRig();
    let inner: Promise<void> | undefined;
    rig.venue.asked = (request) => {
      if (request === 'place m2') inner = rig.tick();
    };
    await rig.place(planOf({ bracket: BRACKET, type: 'market', timeInForce: 'ioc' }));
    await inner;
    await rig.tick();

    expect(exitsOf(rig).map(({ role }) => role)).toEqual(['stopLoss', 'takeProfit']);
    expect(rig.venue.placed).toHaveLength(3);
  });

  it('are left alone while the venue owes an answer about them', async () => {
    const rig = await entered('4');
    rig.venue.fill('m1', '3');
    rig.venue.faults.push('lost', 'lost', 'lost', 'lost');
    await rig.tick();
    expect(exitsOf(rig).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    rig.venue.fill('m1', '3');
    await rig.tick();
    expect(rig.said.filter((line) => line.includes('could not follow'))).toEqual([]);
    await rig.tick();
    expect(exitsOf(rig).map(({ size, state }) => [size, state])).toEqual([
      ['10', 'untriggered'],
      ['10', 'untriggered'],
    ]);
  });

  it('that a trader cancels are not placed again', async () => {
    const rig = await entered('4');
    await rig.desk.cancel('m2');
    rig.venue.fill('m1', '6');
    await rig.tick();
    await rig.tick();
    expect(exitsOf(rig).map(({ role, size }) => [role, size])).toEqual([['takeProfit', '10']]);
  });

  it('have no size of their own to change, but a trigger', async () => {
    const rig = await entered('4');
    expect((await refusalOf(rig.desk.modify('m2', { size: parseBase('1') }))).code).toBe('NOT_SUPPORTED');
    await rig.desk.modify('m2', { triggerPrice: parsePrice('141') });
    expect(rig.view('m2')).toMatchObject({ triggerPrice: '141', size: '4' });
  });

  it('are watched here where the venue holds no triggers', async () => {
    const rig = await entered('10', new DeskRig({ triggers: false }));
    expect(exitsOf(rig).map(({ state }) => state)).toEqual(['conditional', 'conditional']);
    rig.venue.moveTo('140.01');
    await rig.tick();
    expect(rig.venue.placed).toHaveLength(1);
    rig.venue.moveTo('140');
    await rig.tick();

    expect(rig.state('m2')).toBe('filled');
    expect(rig.state('m3')).toBe('cancelled');
    expect(rig.venue.placed.at(-1)).toMatchObject({ clientOrderId: 'm2', reduceOnly: true });
    expect(rig.venue.placed.at(-1)?.trigger).toBeUndefined();
  });

  it('that the gates refuse are over, with the reason; those that nobody could judge are tried again', async () => {
    const rig = new DeskRig();
    let asked = 0;
    rig.verdict = async (plan) => {
      await Promise.resolve();
      asked += 1;
      if (asked === 1) throw new AppError('LEVERAGE_EXCEEDED', 'Too much.');
      if (asked === 2) throw new AppError('VENUE_UNAVAILABLE', 'No answer.', {}, { retryable: true });
      return rig.approve(plan);
    };
    await rig.place(planOf({ bracket: BRACKET }));
    rig.venue.fill('m1', '10');
    await rig.tick();
    expect(rig.view('m2')).toMatchObject({ state: 'rejected', code: 'LEVERAGE_EXCEEDED' });
    expect(rig.state('m3')).toBe('conditional');
    await rig.tick();
    expect(rig.state('m3')).toBe('untriggered');
    expect(asked).toBe(3);
  });

  it.each(['TOO_MANY_ORDERS', 'STALE_PRICE', 'LATENCY_TOO_HIGH', 'VENUE_UNAVAILABLE'] as const)(
    'that are refused for what may pass (%s) are tried again, once a moment',
    async (code) => {
      const rig = new DeskRig();
      await rig.place(planOf({ bracket: { stopLoss: BRACKET.stopLoss } }));
      rig.venue.refusal = { code, message: 'Not now.' };
      rig.venue.fill('m1', '10');
      rig.venue.faults.push('refused', 'refused');
      await rig.tick();
      expect(rig.view('m2')).toMatchObject({ state: 'rejected', code });
      await rig.tick(0);
      expect(exitsOf(rig)).toEqual([]);
      await rig.tick();
      expect(rig.view('m3')).toMatchObject({ state: 'rejected', code });
      await rig.tick();

      expect(exitsOf(rig)).toMatchObject([
        { orderId: 'm4', role: 'stopLoss', size: '10', state: 'untriggered' },
      ]);
    },
  );

  it('that are refused for good are not tried again', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ bracket: { stopLoss: BRACKET.stopLoss } }));
    rig.venue.fill('m1', '10');
    rig.venue.faults.push('refused');
    await rig.tick();
    await rig.tick();
    expect(rig.view('m2')).toMatchObject({ state: 'rejected', code: 'INVALID_PRICE' });
    expect(exitsOf(rig)).toEqual([]);
  });

  it('of a short are bought back: profit below, loss above', async () => {
    const rig = new DeskRig();
    const bracket = { takeProfit: { trigger: parsePrice('140') }, stopLoss: { trigger: parsePrice('160') } };
    await rig.place(planOf({ side: 'sell', limitPrice: parsePrice('151'), bracket }));
    rig.venue.fill('m1', '10');
    await rig.tick();

    expect(
      rig.venue.placed.slice(1).map(({ side, trigger, limitPrice }) => [side, trigger?.when, limitPrice]),
    ).toEqual([
      ['buy', 'above', parsePrice('160.8')],
      ['buy', 'below', parsePrice('140.7')],
    ]);
  });
});

describe('a venue that is full', () => {
  /** An entry that has filled, beside two orders that take the room of its exits. */
  async function crowded() {
    const rig = new DeskRig({ openOrders: 3 });
    await rig.place(planOf({ bracket: BRACKET }));
    await rig.place(planOf());
    await rig.place(planOf());
    rig.venue.fill('m1', '10');
    await rig.tick();
    return rig;
  }

  it('has the stop-loss of a bracket, and the take-profit once there is room', async () => {
    const rig = await crowded();
    expect(exitsOf(rig).map(({ role }) => role)).toEqual(['stopLoss']);
    for (let moment = 0; moment < 5; moment += 1) await rig.tick();
    expect(rig.venue.placed).toHaveLength(4);

    await rig.desk.cancel('m3');
    await rig.tick();

    expect(exitsOf(rig).map(({ role, state, size }) => [role, state, size])).toEqual([
      ['stopLoss', 'untriggered', '10'],
      ['takeProfit', 'untriggered', '10'],
    ]);
  });

  it('still takes an exit whose trigger is passed, for that takes no room', async () => {
    const rig = await crowded();
    rig.venue.moveTo('160');
    await rig.tick();
    expect(rig.venue.placed.at(-1)).toMatchObject({ limitPrice: parsePrice('160'), reduceOnly: true });
    expect(rig.venue.placed.at(-1)?.trigger).toBeUndefined();
  });

  it.each([
    ['gtc', 2, 3, 'limit'],
    ['ioc', 1, 2, 'market'],
  ] as const)(
    'is sent no %s entry with %i places left that needs %i with its exits',
    async (timeInForce, room, needed, type) => {
      const rig = new DeskRig({ openOrders: room });
      const plan = planOf({ bracket: BRACKET, timeInForce, type });
      const refusal = await refusalOf(rig.place(plan));

      expect(refusal).toMatchObject({ code: 'TOO_MANY_ORDERS', details: { room, needed } });
      expect(rig.venue.arrived).toEqual([]);
      expect(rig.desk.open()).toEqual([]);
      expect((await new DeskRig({ openOrders: needed }).place(plan)).state).toMatch(/^(?:open|filled)$/);
      expect((await rig.place(planOf())).state).toBe('open');
    },
  );

  it('refuses an entry that its conditions let go when there is no room for its exits any more', async () => {
    const rig = new DeskRig({ openOrders: 3 });
    const conditions = { match: 'all', of: [{ kind: 'time', at: rig.clock.now() + 1_000 }] } as const;
    await rig.place(planOf({ bracket: BRACKET, conditions }));
    await rig.place(planOf());
    await rig.tick();
    expect(rig.view('m1')).toMatchObject({ state: 'rejected', code: 'TOO_MANY_ORDERS' });
    expect(rig.venue.placed).toHaveLength(1);
  });
});
