import { describe, expect, it } from 'vitest';

import type { OpenRun } from '../../../../src/main/simulation/openRun.ts';
import type { Line } from '../../../support/recompute.ts';
import {
  bestBid,
  FUNDED,
  START,
  handLog,
  handOf,
  handRun,
  killedAndReopened,
  liveTo,
  logsOf,
  place,
  priceAt,
  runTo,
  scratchFolder,
} from './handRun.ts';

const MARKETS = ['SOL', 'SOL-PERP', 'BTC-PERP', 'ETH-PERP'] as const;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER } as const;

/** Positions both ways, an order that rests, one that waits for its trigger, one for its conditions. */
async function orders(open: OpenRun): Promise<void> {
  await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
  await place(open, { market: 'BTC-PERP', side: 'sell', size: '0.02', type: 'market' });
  await place(open, {
    market: 'SOL-PERP',
    side: 'buy',
    size: '3',
    type: 'limit',
    price: priceAt(open, 'SOL-PERP', 99.97),
  });
  await place(open, {
    market: 'SOL-PERP',
    side: 'sell',
    size: '1',
    type: 'takeProfitMarket',
    triggerPrice: priceAt(open, 'SOL-PERP', 100.4),
    reduceOnly: true,
  });
  await place(open, {
    market: 'ETH-PERP',
    side: 'buy',
    size: '0.1',
    type: 'market',
    conditions: { match: 'all', of: [{ kind: 'time', at: open.run.now + 200_000 }] },
  });
}

/** Everything that can be seen of it. */
async function seen(open: OpenRun) {
  const { lane } = handOf(open);
  const { data, desk, venue } = lane;
  const markets = await Promise.all(
    MARKETS.map(async (market) => ({
      book: await data.book(market, 20),
      minutes: await data.candles(market, '1m', EVER, 1_000),
      quarters: await data.candles(market, '15m', EVER, 1_000),
      trades: (await data.trades(market, 50)).map(({ id, price }) => [id, price]),
      day: await data.dayFigures(market),
    })),
  );
  return {
    now: lane.now,
    markets,
    logs: logsOf(open),
    orders: desk.open(),
    venue: venue.snapshot(),
    saved: venue.save(),
  };
}

describe('a run that is killed', () => {
  it.each([
    ['after a quiet minute', 5, 0],
    ['a minute before funding is paid', FUNDED, 0],
    ['where funding has just been paid', FUNDED + 1, 0],
    ['within the minute in which funding was paid', FUNDED + 1, 14_000],
    ['on a beat', 6, 30_000],
    ['in the last beat of a minute', FUNDED, 58_000],
  ])('%s goes on with both accounts as if nothing had happened', async (_when, step, into) => {
    const dataDir = scratchFolder();
    const open = handRun({ dataDir });
    await runTo(open, 2);
    await orders(open);
    await runTo(open, step);
    if (into > 0) await liveTo(open, open.run.now + into);
    const again = killedAndReopened(dataDir);
    expect(again.run.now).toBe(open.run.now);
    expect(handOf(again).lane.now).toBe(open.run.now + into);
    await runTo(open, FUNDED + 4);
    await runTo(again, FUNDED + 4);
    expect(await seen(again)).toEqual(await seen(open));
    // Each position once, however often the run was opened.
    const paid = logsOf(again)
      .hand.map((line) => JSON.parse(line) as Line)
      .filter(({ type }) => type === 'FUNDING')
      .map(({ t, data }) => [t, data['market']]);
    const at = START + FUNDED * 60_000;
    expect(paid).toEqual(
      expect.arrayContaining([
        [at, 'SOL-PERP'],
        [at, 'BTC-PERP'],
        [at, 'ETH-PERP'],
      ]),
    );
    expect(paid).toHaveLength(3);
  });

  it('at any commit has both accounts at one moment of one minute', async () => {
    const dataDir = scratchFolder();
    const open = handRun({ dataDir });
    await runTo(open, 2);
    await orders(open);
    for (let step = 3; step <= FUNDED + 2; step += 1) {
      await runTo(open, step);
      const again = killedAndReopened(dataDir);
      expect([again.run.step, handOf(again).lane.now], `after ${step} minutes`).toEqual([step, open.run.now]);
      again.close();
    }
  });

  it('loses no order that was answered, and keeps its place in the queue', async () => {
    const dataDir = scratchFolder();
    const open = handRun({ dataDir });
    await runTo(open, 3);
    const { id } = await place(open, {
      market: 'SOL-PERP',
      side: 'buy',
      size: '3',
      type: 'limit',
      price: bestBid(open, 'SOL-PERP'),
    });
    const before = handOf(open).lane.venue.snapshot().openOrders;
    expect(before).toHaveLength(1);
    expect(before[0]?.ahead).not.toBe(0n);
    const again = killedAndReopened(dataDir);
    expect(handOf(again).lane.venue.snapshot().openOrders).toEqual(before);
    await handOf(again).lane.ready();
    expect(handOf(again).lane.desk.find(id)).toEqual(handOf(open).lane.desk.find(id));
  });

  it('has candles without a gap or a doublet afterwards', async () => {
    const dataDir = scratchFolder();
    let open = handRun({ dataDir });
    for (const step of [3, 6, 7, 12]) {
      await runTo(open, step);
      await liveTo(open, open.run.now + 22_000);
      open.close();
      open = handRun({ dataDir });
    }
    const candles = await handOf(open).lane.data.candles('SOL-PERP', '1m', EVER, 1_000);
    const times = candles.map(({ t }) => t);
    expect(times).toEqual(times.map((_, at) => (times[0] ?? 0) + at * 60_000));
    expect(times).toHaveLength(12);
  });
});

describe('a host that does not trade by hand', () => {
  it('takes the account that is along, so that it is never left behind', async () => {
    const dataDir = scratchFolder();
    const open = handRun({ dataDir });
    await runTo(open, 2);
    await orders(open);
    open.close();
    const terminal = handRun({ dataDir, manual: false });
    await runTo(terminal, FUNDED + 2);
    terminal.run.commit();
    terminal.close();
    const again = handRun({ dataDir });
    expect(handOf(again).lane.now).toBe(again.run.now);
    expect(handLog(again)).toContain('"type":"FUNDING"');
  });
});
