import { describe, expect, it } from 'vitest';

import { ManualCapital } from '../../../../src/main/simulation/manual/manualCapital.ts';
import type { OpenRun } from '../../../../src/main/simulation/openRun.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { handOf, handRun, place, runTo } from './handRun.ts';

const held = (open: OpenRun, market: string): bigint =>
  handOf(open)
    .lane.venue.snapshot()
    .account.perps.find((one) => one.market === market)?.size ?? 0n;

/** Less than the 0.001 that the market trades at least. */
async function leftover(side: 'buy' | 'sell' = 'buy'): Promise<OpenRun> {
  const open = handRun();
  await runTo(open, 2);
  const market = 'BTC-PERP';
  await place(open, { market, side, size: '0.0011', type: 'market' });
  await place(open, { market, side: side === 'buy' ? 'sell' : 'buy', size: '0.001', type: 'market' });
  expect(held(open, market)).toBe(parseBase(side === 'buy' ? '0.0001' : '-0.0001'));
  return open;
}

describe('a position smaller than its market’s minimum', () => {
  it.each(['buy', 'sell'] as const)('[R4.8] that a %s opened is closed to the last lot', async (side) => {
    const open = await leftover(side);
    const [order] = await new ManualCapital(handOf(open).desk).closePosition('BTC-PERP', false);
    expect(order?.filled).toBe(parseBase('0.0001'));
    expect(held(open, 'BTC-PERP')).toBe(0n);
  });

  it('[R4.8] is closed with all others', async () => {
    const open = await leftover();
    await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
    await new ManualCapital(handOf(open).desk).closePosition('ALL', false);
    expect(handOf(open).lane.isFlat).toBe(true);
  });

  it('is closed by an SOS that closes', async () => {
    const open = await leftover();
    const { desk } = handOf(open);
    await desk.stop(true);
    expect(desk.isStopped(true)).toBe(true);
  });
});

describe('closing all positions', () => {
  it('[R4.8] closes those that can be closed, and says what one could not be closed for', async () => {
    const open = handRun();
    await runTo(open, 2);
    const { desk, lane } = handOf(open);
    for (const market of ['SOL-PERP', 'BTC-PERP', 'ETH-PERP'])
      await place(open, { market, side: 'sell', size: '0.1', type: 'market' });
    const spot = lane.venue.snapshot().account.spot;
    lane.venue.faults.arm('reject', 1);
    await expect(new ManualCapital(desk).closePosition('ALL', spot > 0n)).rejects.toThrow(AppError);
    expect(lane.venue.snapshot().account.perps.filter(({ size }) => size !== 0n)).toHaveLength(1);
    await new ManualCapital(desk).closePosition('ALL', false);
    expect(lane.isFlat).toBe(true);
  });
});
