import { describe, expect, it } from 'vitest';

import type { OrderPlan } from '../../../../src/main/domain/orderPlan.ts';
import { OrderDesk } from '../../../../src/main/execution/orders/orderDesk.ts';
import { OrderStore } from '../../../../src/main/execution/orders/orderStore.ts';
import { ManualClock } from '../../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../../src/main/platform/logger.ts';
import { VaultRepository } from '../../../../src/main/storage/vaultRepository.ts';
import { PAPER_SETTINGS } from '../../../../src/main/venues/paper/paperSettings.ts';
import { PaperVenue } from '../../../../src/main/venues/paper/paperVenue.ts';
import { parseBase, parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { readGroup } from '../../../../src/shared/settings/group.ts';
import { holdingsOf } from '../../../support/accounts.ts';
import { STEADY_START, SteadyFeed } from '../../../support/steadyFeed.ts';
import { NOW, opened } from '../../storage/fixtures/scratch.ts';
import { VAULT } from '../../storage/fixtures/steps.ts';
import { approve } from '../approval.ts';

/** A desk on the paper venue, with SOL at 100. */
function paperDesk() {
  const feed = new SteadyFeed();
  const venue = new PaperVenue(feed, readGroup(PAPER_SETTINGS, {}), holdingsOf({ cash: '100000' }, '1'));
  const db = opened();
  const store = new OrderStore(db, new VaultRepository(db).findOrCreate(VAULT, NOW));
  const clock = new ManualClock(STEADY_START);
  const said: string[] = [];
  const passed = async ({ market, side, size, limitPrice, reduceOnly }: OrderPlan) => {
    const legs = [{ market: market.symbol, side, size, limitPrice, reduceOnly }] as const;
    return approve(venue, legs, 'manual');
  };
  const desk = new OrderDesk({
    venue,
    store,
    clock,
    log: { ...silentLogger, error: (message) => void said.push(message) },
    approve: passed,
    exitTolerance: parseRate('0.005'),
  });
  const tick = async (oracle?: string): Promise<void> => {
    clock.set(clock.now() + 2_000);
    feed.seek(clock.now());
    if (oracle !== undefined) feed.setOracle('SOL', oracle);
    venue.advance(clock.now(), []);
    const hear = () => {
      desk.heard(venue.takeEvents().filter((event) => event.type === 'FILL'));
    };
    hear();
    await desk.tick({ fundingApr: () => undefined });
    hear();
  };
  const place = async (of: Partial<OrderPlan>) => {
    const market = venue.markets.get('SOL-PERP');
    if (market === undefined) throw new Error('no such market');
    const plan: OrderPlan = {
      market,
      side: 'buy',
      size: parseBase('10'),
      type: 'market',
      limitPrice: parsePrice('100.5'),
      timeInForce: 'ioc',
      reduceOnly: false,
      ...of,
    };
    return desk.place(await passed(plan), plan, parsePrice('100'));
  };
  const states = () =>
    store
      .page(undefined, 50)
      .items.map(({ id, state }) => `${id} ${state}`)
      .reverse();
  return { venue, desk, store, said, tick, place, states };
}

const BRACKET = { takeProfit: { trigger: parsePrice('110') }, stopLoss: { trigger: parsePrice('95') } };

describe('a desk on the paper venue', () => {
  it.each([
    ['110', ['m1 filled', 'm2 cancelled', 'm3 filled']],
    ['95', ['m1 filled', 'm2 filled', 'm3 cancelled']],
  ])('opens a position and leaves it by its bracket at %s', async (oracle, ended) => {
    const { venue, store, said, tick, place, states } = paperDesk();
    await place({ bracket: BRACKET });
    expect(states()).toEqual(['m1 filled', 'm2 untriggered', 'm3 untriggered']);
    await tick();
    await tick(oracle);
    await tick();
    await tick();

    expect(states()).toEqual(ended);
    expect(
      venue
        .snapshot()
        .account.perps.map(({ size }) => size)
        .filter((size) => size !== 0n),
    ).toEqual([]);
    const fills = [...store.eachFill('SOL-PERP')];
    expect(fills.reduce((sum, { side, size }) => sum + (side === 'buy' ? size : -size), 0n)).toBe(0n);
    expect(venue.snapshot().openOrders).toEqual([]);
    expect(said).toEqual([]);
  });

  it('changes and cancels what rests', async () => {
    const { venue, desk, said, place } = paperDesk();
    await place({ type: 'limit', timeInForce: 'gtc', limitPrice: parsePrice('97') });
    await desk.modify('m1', { limitPrice: parsePrice('96'), size: parseBase('4') });

    expect(venue.snapshot().openOrders).toMatchObject([
      { clientOrderId: 'm1', limitPrice: parsePrice('96'), size: parseBase('4') },
    ]);
    expect((await desk.cancelAll()).failed).toEqual([]);
    expect(venue.snapshot().openOrders).toEqual([]);
    expect(said).toEqual([]);
  });

  it.each(['timeout', 'lostReply', 'lateFill'] as const)(
    '[R9.4] knows in the end what became of an order that met a %s',
    async (fault) => {
      const { venue, desk, place, tick } = paperDesk();
      venue.faults.arm(fault, 1);
      expect((await place({})).order.state).toBe('unknown');
      for (let i = 0; i < 40; i += 1) await tick();

      const { state, filled } = desk.find('m1');
      const held = venue.snapshot().account.perps.reduce((sum, { size }) => sum + size, 0n);
      expect(state).toBe(fault === 'timeout' ? 'expired' : 'filled');
      expect(filled).toBe(held);
    },
  );
});
