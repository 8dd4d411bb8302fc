import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OrderTicket } from '../../../../src/shared/contract/orders.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import type { OpenRun } from '../../../../src/main/simulation/openRun.ts';
import { handOf, handRun, place, runTo } from './handRun.ts';

const TYPES = ['market', 'limit', 'stopMarket', 'stopLimit', 'takeProfitLimit', 'oracleOffset'] as const;
const NUMBERS = ['1', '0.1', '0', '-1', '140', '149.123', '160', `0.${'0'.repeat(9)}1`, '9'.repeat(40), ''];

const number = fc.constantFrom(...NUMBERS);
const side = fc.constantFrom('buy' as const, 'sell' as const);

/** Fields that go together, and fields that do not. */
const anything: fc.Arbitrary<OrderTicket> = fc.record(
  {
    market: fc.constantFrom('SOL-PERP', 'BTC-PERP', 'SOL', 'XRP-PERP', '__proto__'),
    side,
    size: number,
    type: fc.constantFrom(...TYPES),
    price: number,
    triggerPrice: number,
    offset: number,
    postOnly: fc.constantFrom('reject', 'try', 'slide'),
    timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK', 'GTD'),
    validUntil: fc.constantFrom(0, 1, 8_640_000_000_000_000),
    reduceOnly: fc.boolean(),
  },
  { requiredKeys: ['market', 'side', 'size', 'type'] },
);
const sensible: fc.Arbitrary<OrderTicket> = fc.record({
  market: fc.constantFrom('SOL-PERP', 'SOL'),
  side,
  size: number,
  type: fc.constant('limit' as const),
  price: number,
});

/** Whatever an order could change: what is held, what is booked, what is open. */
function standingOf(open: OpenRun) {
  const { lane, storage } = handOf(open);
  const { account, wallet, openOrders } = lane.venue.snapshot();
  return { account, wallet, openOrders, live: lane.desk.open(), balances: storage.balances() };
}

describe('an order by hand', () => {
  it('[R8.9] that is refused, whatever its ticket holds, says why in a code and moves nothing', async () => {
    const open = handRun();
    await runTo(open, 2);
    const { desk } = handOf(open);
    let [taken, refused] = [0, 0];
    for (const ticket of fc.sample(fc.oneof(anything, sensible), { seed: 4, numRuns: 400 })) {
      const before = standingOf(open);
      const said = JSON.stringify(ticket);
      const outcome = await desk.place(ticket).catch((error: unknown) => error);
      open.run.commit();
      if (outcome instanceof AppError) {
        refused += 1;
        expect(outcome.code, `of ${said}`).not.toBe('INTERNAL');
        expect(standingOf(open), `of ${said}`).toEqual(before);
      } else {
        expect(outcome, `of ${said}`).toHaveProperty('order');
        taken += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
    expect(taken).toBeGreaterThan(10);
  });

  it('[R6.9] that a gate refuses is in the log with its reason and numbers', async () => {
    const open = handRun();
    await runTo(open, 2);
    const ticket = { market: 'SOL-PERP', side: 'buy', size: '5000', type: 'market' } as const;
    const refusal = (await handOf(open)
      .desk.place(ticket)
      .catch((error: unknown) => error)) as AppError;
    open.run.commit();
    const last = [...handOf(open).storage.eventLines()].at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      type: 'BLOCKED',
      data: { code: refusal.code, purpose: 'manual', size: '5000', market: 'SOL-PERP' },
    });
  });
});

describe('an SOS that closes', () => {
  it('closes every position that can be closed, although one can not', async () => {
    const open = handRun();
    await runTo(open, 2);
    await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
    await place(open, { market: 'BTC-PERP', side: 'sell', size: '0.02', type: 'market' });
    const { desk, lane } = handOf(open);
    lane.venue.faults.arm('reject', 1);
    await expect(desk.stop(true)).rejects.toThrow(AppError);
    const held = lane.venue.snapshot().account.perps.filter(({ size }) => size !== 0n);
    expect(held).toHaveLength(1);
    expect(desk.isStopped(true)).toBe(false);
    await desk.stop(true);
    expect([lane.isFlat, desk.isStopped(true)]).toEqual([true, true]);
  });
});
