import { describe, expect, it } from 'vitest';

import { orderView } from '../../../../src/shared/contract/orders.ts';
import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { DeskRig, NOW, planOf, refusalOf } from './deskRig.ts';

describe('an order by hand', () => {
  it('[R4.3] goes out with size, direction and limit, and rests', async () => {
    const rig = new DeskRig();

    const view = await rig.place(planOf({ clientOrderId: 'mine' }));

    expect(view).toMatchObject({
      orderId: 'm1',
      clientOrderId: 'mine',
      state: 'open',
      left: '10',
      price: '149',
    });
    expect(orderView.parse(view)).toEqual(view);
    expect(rig.venue.placed).toMatchObject([
      { clientOrderId: 'm1', side: 'buy', size: parseBase('10'), limitPrice: parsePrice('149') },
    ]);
  });

  it('is on disk before it is sent', async () => {
    const rig = new DeskRig();
    const seen: unknown[] = [];
    rig.venue.asked = () => void seen.push(rig.db.prepare('SELECT number, state FROM trader_orders').get());

    await rig.place(planOf());

    expect(seen).toEqual([{ number: 1n, state: 'placing' }]);
  });

  it('is not sent where the disk fails', async () => {
    const rig = new DeskRig();
    rig.db.exec('DROP TABLE trader_fills; DROP TABLE trader_orders');

    await expect(rig.placed(planOf())).rejects.toThrow('trader_orders');
    expect(rig.venue.arrived).toEqual([]);
  });

  it('that takes is filled when its answer comes, and counts each fill once', async () => {
    const rig = new DeskRig();

    await rig.place(planOf({ type: 'market', timeInForce: 'ioc' }));
    await rig.tick();

    expect(rig.view('m1')).toMatchObject({
      state: 'filled',
      filled: '10',
      left: '0',
      averagePrice: '149',
      quote: '1490',
      fee: '1.49',
      firstFillAt: NOW,
      doneAt: NOW,
    });
    expect(rig.store.fillsOf('m1')).toHaveLength(1);
  });

  it('fills bit by bit, by reports and by account events, whichever comes first', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.venue.fill('m1', '4');
    rig.desk.heard(rig.venue.takeFills());
    expect(rig.view('m1')).toMatchObject({ state: 'open', filled: '4', left: '6' });

    await rig.tick();
    expect(rig.view('m1').filled).toBe('4');

    rig.venue.fill('m1', '6');
    void rig.desk.tick({ fundingApr: () => undefined });
    expect(rig.view('m1')).toMatchObject({ state: 'filled', filled: '10' });
    rig.desk.heard(rig.venue.takeFills());
    expect(rig.view('m1').filled).toBe('10');
    expect(rig.store.fillsOf('m1').map(({ size }) => size)).toEqual([parseBase('4'), parseBase('6')]);
  });

  it('under a name that was used before gives the first order, and sends nothing', async () => {
    const rig = new DeskRig();
    await rig.placed(planOf({ clientOrderId: '7n' }));
    rig.commit();

    const again = await rig.placed(planOf({ clientOrderId: '7n', size: parseBase('3') }));

    expect(again.repeated).toBe(true);
    expect(again.order.id).toBe('m1');
    await rig.restart();
    expect((await rig.placed(planOf({ clientOrderId: '7n' }))).repeated).toBe(true);
    expect(rig.venue.placed).toHaveLength(1);
  });

  it('that the venue refuses says why', async () => {
    const rig = new DeskRig();
    rig.venue.faults.push('refused');

    expect(await rig.place(planOf())).toMatchObject({
      state: 'rejected',
      code: 'INVALID_PRICE',
      doneAt: NOW,
    });
  });

  it('other than the one that was approved is never sent', async () => {
    const rig = new DeskRig();
    const approved = await rig.approve(planOf());
    if (approved.verdict === 'refused') throw new Error('refused');

    const refusal = await refusalOf(rig.desk.place(approved, planOf({ size: parseBase('11') }), null));

    expect(refusal.code).toBe('INTERNAL');
    expect(rig.venue.arrived).toEqual([]);
  });

  it.each([
    ['FOK orders', { timeInForce: new Set(['gtc', 'ioc'] as const) }, { timeInForce: 'fok' as const }],
    ['post-only orders', { postOnly: new Set<never>() }, { postOnly: 'try' as const }],
    ['orders that follow the oracle', { oracleOffset: false }, { oracleOffset: parsePrice('-1') }],
    ['reduce-only orders', { reduceOnly: false }, { reduceOnly: true }],
    ['exits', { reduceOnly: false }, { bracket: { stopLoss: { trigger: parsePrice('140') } } }],
  ])('is refused before anything is sent where the venue has no %s', async (_what, capabilities, plan) => {
    const rig = new DeskRig(capabilities);

    expect((await refusalOf(rig.placed(planOf(plan)))).code).toBe('NOT_SUPPORTED');
    expect(rig.venue.arrived).toEqual([]);
    expect(rig.desk.open()).toEqual([]);
  });
});

describe('an unknown outcome', () => {
  it.each(['lost', 'lostReply', 'throws'] as const)(
    '[R9.4] of an order whose answer is missing (%s) is never a rejection, and is settled by asking',
    async (fault) => {
      const rig = new DeskRig();
      rig.venue.faults.push(fault);

      expect((await rig.place(planOf())).state).toBe('unknown');
      expect(rig.said).toContain('it is not known what became of an order');
      await rig.tick();
      expect(rig.state('m1')).toBe(fault === 'lostReply' ? 'open' : 'unknown');
      await rig.tick(60_000);
      expect(rig.state('m1')).toBe(fault === 'lostReply' ? 'open' : 'expired');
      expect(rig.venue.placed).toHaveLength(fault === 'lostReply' ? 1 : 0);
    },
  );

  it('of a cancel is settled by asking', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.venue.faults.push('lost');

    expect((await rig.desk.cancel('m1')).state).toBe('unknown');
    await rig.tick();
    expect(rig.state('m1')).toBe('open');
    rig.venue.faults.push('lostReply');
    expect((await rig.desk.cancel('m1')).state).toBe('unknown');
    await rig.tick();
    expect(rig.state('m1')).toBe('cancelled');
  });

  it('of a change is settled by what is in force at the venue', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    const change = { size: parseBase('12'), limitPrice: parsePrice('148') };
    rig.venue.faults.push('lost');
    expect((await rig.desk.modify('m1', change)).state).toBe('unknown');
    await rig.tick();
    expect(rig.view('m1')).toMatchObject({ state: 'open', size: '10', price: '149' });

    rig.venue.faults.push('lostReply');
    await rig.desk.modify('m1', change);
    await rig.tick();
    expect(rig.view('m1')).toMatchObject({ state: 'open', size: '12', price: '148', left: '12' });
  });

  it('is not settled by a word of the venue that is older than the question', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    const early = rig.venue.reportOf('m1');
    rig.venue.faults.push('lostReply', 'lost');
    await rig.desk.cancel('m1');
    rig.venue.say(early);
    await rig.tick();
    expect(rig.state('m1')).toBe('unknown');
    await rig.tick();
    expect(rig.state('m1')).toBe('cancelled');
  });
});

describe('a cancel', () => {
  it('ends an order, and keeps what has filled', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.venue.fill('m1', '4');

    const order = await rig.desk.cancel('m1');

    expect(order).toMatchObject({ state: 'partiallyFilled', filled: parseBase('4') });
    expect(rig.view('m1').left).toBe('0');
    expect((await refusalOf(rig.desk.cancel('m1'))).code).toBe('ORDER_NOT_OPEN');
    expect((await refusalOf(rig.desk.cancel('m9'))).code).toBe('UNKNOWN_ORDER');
  });

  it('that loses the race against a fill says so', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ clientOrderId: 'mine' }));
    rig.venue.fill('m1', '10');

    expect((await rig.desk.cancel('mine')).state).toBe('filled');
  });

  it('of an order that is being asked about has to wait', async () => {
    const rig = new DeskRig();
    const placing = rig.placed(planOf());
    let early: Promise<unknown> | undefined;
    rig.venue.asked = () => {
      early ??= refusalOf(rig.desk.cancel('m1'));
    };
    await placing;

    expect(await early).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
    expect(rig.state('m1')).toBe('open');
  });

  it('of all cancels each by itself, and one that fails keeps no other', async () => {
    const rig = new DeskRig();
    for (const size of ['1', '2', '3']) await rig.place(planOf({ size: parseBase(size) }));
    rig.venue.faults.push(undefined, 'lost', undefined);

    const { cancelled, failed } = await rig.desk.cancelAll('SOL-PERP');

    expect(cancelled.map(({ id, state }) => [id, state])).toEqual([
      ['m1', 'cancelled'],
      ['m3', 'cancelled'],
    ]);
    expect(failed.map(({ order, error }) => [order.id, order.state, error.code])).toEqual([
      ['m2', 'unknown', 'OUTCOME_UNKNOWN'],
    ]);
    expect((await rig.desk.cancelAll('BTC-PERP')).cancelled).toEqual([]);
  });
});

describe('a change', () => {
  it('is made by the venue where it can', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.venue.fill('m1', '4');

    await rig.desk.modify('m1', { size: parseBase('6'), limitPrice: parsePrice('148.5') });

    expect(rig.view('m1')).toMatchObject({
      state: 'open',
      size: '6',
      filled: '4',
      left: '2',
      price: '148.5',
    });
    expect(rig.venue.arrived).toEqual(['place m1', 'modify m1']);
  });

  it('that the venue refuses leaves the order as it was', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.venue.faults.push('refused');

    expect((await refusalOf(rig.desk.modify('m1', { limitPrice: parsePrice('1') }))).code).toBe(
      'PRICE_OUT_OF_BAND',
    );
    expect(rig.view('m1')).toMatchObject({ state: 'open', price: '149' });
  });

  it('is a cancel and a new order where the venue can only do that, for what has not filled', async () => {
    const rig = new DeskRig({ modify: 'replace' });
    await rig.place(planOf());
    rig.venue.fill('m1', '4');

    await rig.desk.modify('m1', { size: parseBase('9') });

    expect(rig.venue.arrived).toEqual(['place m1', 'cancel m1', 'place m1.2']);
    expect(rig.venue.placed.at(-1)).toMatchObject({ clientOrderId: 'm1.2', size: parseBase('5') });
    expect(rig.view('m1')).toMatchObject({ state: 'open', size: '9', filled: '4', left: '5' });
    rig.venue.fill('m1.2', '5');
    await rig.tick();
    expect(rig.view('m1')).toMatchObject({ state: 'filled', filled: '9', quote: '1341' });
    expect(rig.store.fillsOf('m1')).toHaveLength(2);
  });

  it('by a new order whose answer is missing is settled by asking, with what filled before', async () => {
    const rig = new DeskRig({ modify: 'replace' });
    await rig.place(planOf());
    rig.venue.fill('m1', '4');
    rig.venue.faults.push(undefined, 'lostReply');

    expect(await rig.desk.modify('m1', { size: parseBase('9') })).toMatchObject({ state: 'unknown' });
    await rig.tick();

    expect(rig.view('m1')).toMatchObject({ state: 'open', size: '9', filled: '4', left: '5' });
  });

  it('by a new order that loses the race against a fill is told, and sends nothing anew', async () => {
    const rig = new DeskRig({ modify: 'replace' });
    await rig.place(planOf());
    rig.venue.fill('m1', '7');

    expect((await refusalOf(rig.desk.modify('m1', { size: parseBase('6') }))).code).toBe('ORDER_NOT_OPEN');
    expect(rig.view('m1')).toMatchObject({ state: 'partiallyFilled', filled: '7', size: '10' });
    expect(rig.venue.placed).toHaveLength(1);
  });

  it('by a new order that the venue refuses says so', async () => {
    const rig = new DeskRig({ modify: 'replace' });
    await rig.place(planOf());
    rig.venue.faults.push(undefined, 'refused');

    await rig.desk.modify('m1', { size: parseBase('6') });

    expect(rig.view('m1')).toMatchObject({ state: 'rejected', code: 'INVALID_PRICE' });
  });

  it('is refused before anything is sent where it can not be made', async () => {
    const rig = new DeskRig({ modify: 'none' });
    await rig.place(planOf());
    rig.venue.fill('m1', '4');
    await rig.tick();
    const codeOf = async (change: Parameters<typeof rig.desk.modify>[1]) =>
      (await refusalOf(rig.desk.modify('m1', change))).code;

    expect(await codeOf({ size: parseBase('12') })).toBe('NOT_SUPPORTED');
    expect(await codeOf({ triggerPrice: parsePrice('1') })).toBe('INVALID_TRIGGER');
    expect(await codeOf({ oracleOffset: parsePrice('1') })).toBe('INVALID_PRICE');
    expect(rig.venue.arrived).toEqual(['place m1']);

    const able = new DeskRig();
    await able.place(planOf());
    able.venue.fill('m1', '4');
    await able.tick();
    expect((await refusalOf(able.desk.modify('m1', { size: parseBase('4') }))).code).toBe('INVALID_SIZE');
    await able.desk.cancel('m1');
    expect((await refusalOf(able.desk.modify('m1', { size: parseBase('5') }))).code).toBe('ORDER_NOT_OPEN');
    expect((await refusalOf(able.desk.modify('m2', { size: parseBase('5') }))).code).toBe('UNKNOWN_ORDER');
  });
});

describe('an order with an end', () => {
  it('is ended by the venue where it can', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ timeInForce: 'gtd', expiresAt: NOW + 5_000 }));
    await rig.tick(10_000);
    expect(rig.state('m1')).toBe('open');
    rig.venue.end('m1', 'expired');
    await rig.tick();
    expect(rig.state('m1')).toBe('expired');
  });

  it('is ended by the desk where the venue does not', async () => {
    const rig = new DeskRig({ timeInForce: new Set(['gtc', 'ioc'] as const) });
    await rig.place(planOf({ timeInForce: 'gtd', expiresAt: NOW + 5_000 }));
    expect(rig.venue.placed).toMatchObject([{ timeInForce: 'gtc' }]);
    await rig.tick(4_999);
    expect(rig.state('m1')).toBe('open');
    await rig.tick(1);
    expect(rig.state('m1')).toBe('expired');
  });
});

describe('a quiet moment', () => {
  it('costs no promise', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());

    expect(rig.desk.tick({ fundingApr: () => undefined })).toBeUndefined();
  });

  it('leaves a venue that contradicts itself unbelieved, and in the log', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    await rig.desk.cancel('m1');
    rig.venue.say({ ...rig.venue.reportOf('m1'), status: 'filled', filled: parseBase('10') });
    await rig.tick();

    expect(rig.state('m1')).toBe('cancelled');
    expect(rig.said).toEqual(['The venue contradicts itself about order m1.']);
  });
});
