import { describe, expect, it } from 'vitest';

import { ORDER_LIFE_MS, type OrderOutcome } from '../../../src/main/execution/executor.ts';
import type { PlaceReply } from '../../../src/main/venues/venue.ts';
import { formatPrice, parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { approve, approveHedge, legOf } from './approval.ts';
import { desk } from './desk.ts';
import { NO_REPLY, START_MS, reportOf, type Scripted } from './scriptedVenue.ts';

describe('an order that is sent', () => {
  it('is in the journal before the venue hears of it, each leg at its turn', async () => {
    const { venue, store, executor } = desk();
    const journal: (readonly string[])[] = [];
    venue.arrived = () => journal.push([...store.told]);
    await executor.execute(await approveHedge(venue, '2'));
    expect(journal).toEqual([['intent t1-1'], ['intent t1-1', 'outcome t1-1', 'intent t1-2']]);
    expect(store.told).toEqual(['intent t1-1', 'outcome t1-1', 'intent t1-2', 'outcome t1-2']);
  });

  it('is not sent when it could not be journalled', async () => {
    const { venue, store, executor } = desk();
    const approved = await approveHedge(venue, '2');
    store.failure = new Error('the disk is full');
    await expect(executor.execute(approved)).rejects.toBe(store.failure);
    expect(venue.placed).toEqual([]);
  });

  it('is what the leg said: immediate or cancel, good for one minute, under an id of its own', async () => {
    const { venue, executor } = desk();
    const legs = [legOf(venue, 'SOL', 'sell', '2', true), legOf(venue, 'SOL-PERP', 'sell', '1.5')] as const;
    await executor.execute(await approve(venue, legs));
    await executor.execute(await approve(venue, [legs[0]]));
    expect(ORDER_LIFE_MS).toBe(60_000);
    const common = { timeInForce: 'ioc', validUntil: START_MS + 60_000 };
    expect(venue.placed).toEqual([
      { clientOrderId: 't1-1', ...legs[0], ...common },
      { clientOrderId: 't1-2', ...legs[1], ...common },
      { clientOrderId: 't2-1', ...legs[0], ...common },
    ]);
  });

  it('is journalled as it was sent, in decimal texts, with its trade and its purpose', async () => {
    const { venue, store, clock, executor } = desk();
    clock.set(START_MS + 5);
    const leg = legOf(venue, 'SOL-PERP', 'sell', '0.25');
    await executor.execute(await approve(venue, [leg], 'correct'));
    expect(store.rows[0]).toEqual({
      row: 'intent',
      clientOrderId: 't1-1',
      intentId: 't1',
      t: START_MS + 5,
      market: 'SOL-PERP',
      side: 'sell',
      size: '0.25',
      limitPrice: formatPrice(leg.limitPrice),
      reduceOnly: false,
      validUntil: START_MS + 60_005,
      purpose: 'correct',
    });
  });

  it('has its outcome written before anybody hears of it', async () => {
    const { venue, store, clock, executor } = desk();
    venue.arrived = () => clock.set(START_MS + 40);
    venue.answerOrders(reportOf('t1-1', 'partiallyFilled', '1.5'));
    const { outcomes } = await executor.execute(await approve(venue, [legOf(venue, 'SOL', 'buy', '2')]));
    expect(store.outcomes).toEqual([
      {
        clientOrderId: 't1-1',
        t: START_MS + 40,
        state: 'partiallyFilled',
        filled: '1.5',
        quote: '150.25',
        fee: '0.15025',
        code: null,
      },
    ]);
    expect(outcomes).toEqual([
      {
        order: venue.placed[0],
        purpose: 'enter',
        paired: false,
        state: 'partiallyFilled',
        filled: parseBase('1.5'),
        quote: parseUsd('150.25'),
        fee: parseUsd('0.15025'),
        rejection: null,
      },
    ]);
  });

  it('that the venue rejects carries the reason', async () => {
    const { venue, store, executor } = desk();
    venue.faults.arm('reject', 1);
    const approved = await approveHedge(venue, '2');
    const { outcomes, approved: same } = await executor.execute(approved);
    expect(same).toBe(approved);
    expect(outcomes).toMatchObject([
      {
        state: 'rejected',
        filled: 0n,
        rejection: { code: 'SIMULATION_FAILED', message: 'The venue refused the order in simulation.' },
      },
    ]);
    expect(store.outcomes).toMatchObject([{ state: 'rejected', code: 'SIMULATION_FAILED' }]);
  });
});

describe('the second leg of two', () => {
  it('matches the first on a venue that fills whole', async () => {
    const { venue, executor } = desk();
    const { outcomes } = await executor.execute(await approveHedge(venue, '2'));
    expect(outcomes.map(({ state, filled, paired }) => [state, filled, paired])).toEqual([
      ['filled', parseBase('2'), true],
      ['filled', parseBase('2'), true],
    ]);
    const { account } = venue.snapshot();
    expect([account.spot, account.perps[0]?.size]).toEqual([parseBase('12'), parseBase('-2')]);
  });

  it('is only as large as the first has filled', async () => {
    const { venue, store, executor } = desk();
    venue.faults.arm('partialFill', 1);
    const { outcomes } = await executor.execute(await approveHedge(venue, '2'));
    expect(outcomes.map(({ order, state, filled }) => [order.size, state, filled])).toEqual([
      [parseBase('2'), 'partiallyFilled', parseBase('1')],
      [parseBase('1'), 'filled', parseBase('1')],
    ]);
    expect(store.rows.find(({ clientOrderId }) => clientOrderId === 't1-2')).toMatchObject({ size: '1' });
  });

  it.each([
    ['smaller than what the first filled', '3', '2', '2'],
    ['as large as what the first filled', '2', '2', '2'],
    ['larger than what the first filled', '2', '3', '2'],
  ])('that was wanted %s is never larger than it', async (_what, first, second, sent) => {
    const { venue, executor } = desk();
    await executor.execute(await approveHedge(venue, first, second));
    expect(venue.placed.map(({ size }) => size)).toEqual([parseBase(first), parseBase(sent)]);
  });

  it.each([
    ['filled', '2'],
    ['partiallyFilled', '0.001'],
    ['cancelled', '0.5'],
    ['expired', '0.5'],
  ] as const)('goes out for what filled when the first is %s with %s', async (status, filled) => {
    const { venue, executor } = desk();
    venue.answerOrders(reportOf('t1-1', status, filled));
    await executor.execute(await approveHedge(venue, '2'));
    expect(venue.placed.map(({ size }) => size)).toEqual([parseBase('2'), parseBase(filled)]);
  });

  it.each<[string, Scripted<PlaceReply>, OrderOutcome['state']]>([
    ['has no reply', NO_REPLY, 'unknown'],
    ['still rests', reportOf('t1-1', 'open'), 'unknown'],
    ['still rests, partly filled', reportOf('t1-1', 'open', '1'), 'unknown'],
    ['broke the connection', new Error('socket hang up'), 'unknown'],
    ['was rejected', reportOf('t1-1', 'rejected', '0', { code: 'STALE_PRICE', message: 'Old.' }), 'rejected'],
    ['expired', reportOf('t1-1', 'expired'), 'expired'],
    ['was cancelled', reportOf('t1-1', 'cancelled'), 'cancelled'],
  ])('stays at home when the first %s', async (_what, reply, state) => {
    const { venue, store, executor } = desk();
    venue.answerOrders(reply);
    const { outcomes } = await executor.execute(await approveHedge(venue, '2'));
    expect(outcomes.map((one) => one.state)).toEqual([state]);
    expect(venue.placed).toHaveLength(1);
    expect(store.told).toEqual(['intent t1-1', 'outcome t1-1']);
    expect(store.outcomes).toMatchObject([{ state }]);
  });

  it('may itself be unknown, and then the first stays what it was', async () => {
    const { venue, executor } = desk();
    venue.answerOrders(reportOf('t1-1', 'filled', '2'), NO_REPLY);
    const { outcomes } = await executor.execute(await approveHedge(venue, '2'));
    expect(outcomes.map(({ state, filled }) => [state, filled])).toEqual([
      ['filled', parseBase('2')],
      ['unknown', 0n],
    ]);
  });
});
