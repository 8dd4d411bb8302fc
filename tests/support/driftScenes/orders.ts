import { expect, it } from 'vitest';

import { parseBase, parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { price } from '../../../src/shared/money/quantity.ts';
import { reportIn, type Scene } from './scene.ts';

/** Kinds of orders as the program of Drift has them, beyond what any venue must do. */
export function describeOrders(given: () => Scene): void {
  it('[R9.3] goes under one name through a change, which the program makes another order of', async () => {
    const { venue } = given();
    const order = given().order({ size: '0.3' });
    await given().report(order);
    const before = venue.state.user.orders[0]?.orderId;

    const changed = await venue.modify(order.clientOrderId, { limitPrice: parsePrice('148.5') });

    expect(changed).toMatchObject({ kind: 'report', report: { status: 'open', filled: 0n } });
    expect(venue.state.user.orders.map(({ orderId }) => orderId)).not.toEqual([before]);
    expect(venue.snapshot().openOrders).toMatchObject([
      { clientOrderId: order.clientOrderId, limitPrice: parsePrice('148.5'), size: parseBase('0.3') },
    ]);
    await given().oracle(148_000_000n);
    expect(reportIn(await venue.query(order.clientOrderId))).toMatchObject({
      status: 'filled',
      filled: order.size,
    });
    expect(reportIn(await venue.cancel(order.clientOrderId)).status).toBe('filled');
  });

  it('counts what has filled into a changed size', async () => {
    const { place, venue } = given();
    const order = given().order({ size: '0.3', at: '150.01' });
    await place.maker.quote([
      { market: 'SOL-PERP', bidOffset: 1_000_000n, askOffset: 10_000n, size: 100_000_000n },
    ]);
    // Who quotes is read anew after two seconds.
    place.cluster.warp(3);
    expect(await given().report(order)).toMatchObject({ status: 'open', filled: parseBase('0.1') });

    const change = { size: parseBase('0.2') };
    expect(reportIn(await venue.modify(order.clientOrderId, change)).filled).toBe(parseBase('0.1'));
    expect(venue.state.user.orders).toMatchObject([{ size: parseBase('0.1'), filled: 0n }]);
    expect(await venue.modify(order.clientOrderId, { size: parseBase('0.1') })).toMatchObject({
      kind: 'refused',
      why: { code: 'INVALID_SIZE' },
    });
    await place.maker.requote();
    await place.keep();
    await venue.sync();
    expect(reportIn(await venue.query(order.clientOrderId))).toMatchObject({
      status: 'filled',
      filled: parseBase('0.2'),
    });
  });

  it('is filled before the change comes, and ends as it was', async () => {
    const { place, venue } = given();
    const order = given().order();
    await given().report(order);
    place.cluster.setOracle('SOL', 148_000_000n);
    await place.maker.requote();
    await place.keep();

    const late = await venue.modify(order.clientOrderId, { size: parseBase('0.5') });

    expect(reportIn(late)).toMatchObject({ status: 'filled', filled: order.size });
    expect(venue.snapshot().account.perps[0]?.size).toBe(order.size);
  });

  it('[R9.3] is told under its name by a sync that hears of it before whoever sent it does', async () => {
    const { venue, place } = given();
    const resting = given().order({ size: '0.3' });
    await given().report(resting);
    const lost = place.cluster.faults.switchOn({ kind: 'saysAbsent' }, { methods: ['getSignatureStatuses'] });
    const order = given().order({ at: '151', timeInForce: 'ioc' });
    expect(await venue.place(order)).toMatchObject({ kind: 'noReply' });
    const change = { limitPrice: parsePrice('148'), size: parseBase('0.2') };
    expect(await venue.modify(resting.clientOrderId, change)).toMatchObject({ kind: 'noReply' });
    venue.takeEvents();
    await venue.sync();
    lost.off();

    expect(reportIn(await venue.query(order.clientOrderId))).toMatchObject({
      status: 'filled',
      filled: order.size,
    });
    expect(venue.snapshot().openOrders).toMatchObject([{ clientOrderId: resting.clientOrderId, ...change }]);
    expect(await given().report(order)).toMatchObject({ status: 'filled' });
    expect(venue.snapshot().account.perps[0]?.size).toBe(order.size);
  });

  it('that slides rests where the program has moved it to, and shows so', async () => {
    const { venue } = given();
    const order = given().order({ at: '151', postOnly: 'slide' });
    expect(await given().report(order)).toMatchObject({ status: 'open', filled: 0n });
    const [shown] = venue.snapshot().openOrders;
    expect(shown?.limitPrice).toBeLessThan(order.limitPrice);
    expect(shown?.limitPrice).toBe((venue.state.user.orders[0]?.price ?? 0n) * 1_000n);
  });

  it('that waits at a limit is let loose on the oracle, and rests there', async () => {
    const { venue } = given();
    const order = given().order({
      side: 'sell',
      at: '151',
      trigger: { price: parsePrice('149'), when: 'below' },
    });
    expect(await given().report(order)).toMatchObject({ status: 'untriggered' });

    await given().oracle(148_900_000n);
    expect(venue.snapshot().openOrders).toMatchObject([{ status: 'open', limitPrice: parsePrice('151') }]);

    await given().oracle(152_000_000n);
    expect(venue.takeOrderReports().at(-1)).toMatchObject({ status: 'filled', filled: order.size });
    const fills = venue.takeEvents().filter((event) => event.type === 'FILL');
    expect(fills).not.toEqual([]);
    for (const fill of fills) expect(fill.price).toBeGreaterThanOrEqual(order.limitPrice);
  });

  it('that stops a loss closes the position once it is let loose, and no more', async () => {
    const { venue } = given();
    await given().report(given().order({ at: '150.5', timeInForce: 'ioc' }));
    const stop = given().order({
      side: 'sell',
      size: '0.5',
      at: '147',
      timeInForce: 'ioc',
      reduceOnly: true,
      trigger: { price: parsePrice('147'), when: 'below' },
      tolerance: parseRate('0.01'),
    });
    expect(await given().report(stop)).toMatchObject({ status: 'untriggered' });
    await given().oracle(146_000_000n);

    expect(venue.snapshot().account.perps[0]?.size ?? 0n).toBe(0n);
    expect(venue.snapshot().openOrders).toEqual([]);
    expect(venue.takeOrderReports().at(-1)).toMatchObject({ filled: parseBase('0.1') });
  });

  it.each([
    ['that is immediate once it is triggered', { timeInForce: 'ioc' as const }],
    ['that rests only, with a trigger', { postOnly: 'reject' as const }],
    ['whose limit follows the oracle, with a trigger', { oracleOffset: price(-1_000_000_000n) }],
  ])('%s is none of the program, and is refused before anything is sent', async (_, changed) => {
    const { venue, place } = given();
    const { slot } = place.cluster;
    const order = given().order({ ...changed, trigger: { price: parsePrice('151'), when: 'above' } });
    expect(await given().report(order)).toMatchObject({
      status: 'rejected',
      rejection: { code: 'NOT_SUPPORTED' },
    });
    expect(venue.snapshot().openOrders).toEqual([]);
    expect(place.cluster.slot).toBe(slot);
  });

  it('follows the oracle, and is filled where it then stands', async () => {
    const { venue } = given();
    const order = given().order({ oracleOffset: parsePrice('0.5'), side: 'sell', at: '150.5' });
    expect(await given().report(order)).toMatchObject({ status: 'open' });
    await given().oracle(152_000_000n);
    expect(venue.snapshot().openOrders).toMatchObject([{ limitPrice: parsePrice('152.5') }]);

    await given().place.maker.quote([
      { market: 'SOL-PERP', bidOffset: -600_000n, askOffset: 1_000_000n, size: 1_000_000_000n },
    ]);
    await given().place.keep();
    await venue.sync();
    const [fill] = venue.takeEvents().filter((event) => event.type === 'FILL');
    expect(fill).toMatchObject({ price: parsePrice('152.5'), liquidity: 'maker' });
  });

  it('of SOL itself is taken, rests, is changed and cancelled as one of a perpetual is', async () => {
    const { venue } = given();
    const spot = { market: 'SOL' } as const;
    const bought = await given().report(given().order({ ...spot, size: '2', at: '151', timeInForce: 'ioc' }));
    expect(bought).toMatchObject({ status: 'filled', filled: parseBase('2') });
    expect(venue.snapshot().account.spot).toBe(parseBase('2'));

    const resting = given().order({ ...spot, side: 'sell', at: '152', size: '1' });
    expect(await given().report(resting)).toMatchObject({ status: 'open' });
    await venue.modify(resting.clientOrderId, { limitPrice: parsePrice('151') });
    await given().oracle(152_000_000n);
    expect(reportIn(await venue.query(resting.clientOrderId))).toMatchObject({ status: 'filled' });

    const last = given().order({ ...spot, side: 'sell', at: '160', size: '1' });
    await given().report(last);
    expect(reportIn(await venue.cancel(last.clientOrderId))).toMatchObject({ status: 'cancelled' });
    expect(venue.unexplained).toEqual([]);
  });

  it('are cancelled by market, those of another left alone', async () => {
    const { venue } = given();
    const perp = given().order();
    const spot = given().order({ market: 'SOL' });
    for (const order of [perp, spot]) await given().report(order);

    expect(await venue.cancelAll('SOL')).toMatchObject([
      { clientOrderId: spot.clientOrderId, status: 'cancelled' },
    ]);
    expect(venue.snapshot().openOrders).toMatchObject([{ clientOrderId: perp.clientOrderId }]);
  });

  it('whose time is over is taken away by a keeper, who is paid for it', async () => {
    const { venue, place } = given();
    const order = given().order({ timeInForce: 'gtd', expiresAt: place.rig.clock.now() + 30_000 });
    await given().report(order);
    venue.takeEvents();
    await given().pass(60);

    expect(reportIn(await venue.query(order.clientOrderId))).toMatchObject({ status: 'expired' });
    expect(venue.takeEvents().filter(({ type }) => type === 'COST')).toMatchObject([
      { kind: 'keeper', market: 'SOL-PERP' },
    ]);
    expect(venue.unexplained).toEqual([]);
  });

  it('whole at once or not at all is not offered: the program of 2024 would fill it in part', async () => {
    expect(await given().report(given().order({ timeInForce: 'fok', at: '151' }))).toMatchObject({
      status: 'rejected',
      rejection: { code: 'NOT_SUPPORTED' },
    });
  });

  it('explain the account to the last unit through an hour of funding and a settlement', async () => {
    const { venue, place } = given();
    await given().report(given().order({ side: 'sell', size: '5', at: '149', timeInForce: 'ioc' }));
    await place.keeper.passHours(3);
    await venue.sync();
    await venue.settlePnl('SOL-PERP');
    await given().report(given().order({ size: '9', at: '151', timeInForce: 'ioc', reduceOnly: true }));
    await venue.settlePnl('SOL-PERP');

    expect(venue.unexplained).toEqual([]);
    const types = new Set(venue.takeEvents().map(({ type }) => type));
    for (const type of ['FILL', 'FUNDING', 'SETTLEMENT'] as const) expect(types).toContain(type);
    expect(venue.snapshot().account.perps).toEqual([]);
  });
}
