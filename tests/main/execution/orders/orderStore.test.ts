import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { OrderState } from '../../../../src/shared/contract/orders.ts';
import { isOver } from '../../../../src/main/execution/orders/orderMachine.ts';
import { OrderStore, type OrderFill } from '../../../../src/main/execution/orders/orderStore.ts';
import { newOrder, type TraderOrder } from '../../../../src/main/execution/orders/traderOrder.ts';
import { VaultRepository } from '../../../../src/main/storage/vaultRepository.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { rate } from '../../../../src/shared/money/quantity.ts';
import { NOW, opened, refusal, scratchFolder } from '../../storage/fixtures/scratch.ts';
import { VAULT } from '../../storage/fixtures/steps.ts';
import { planOf } from './deskRig.ts';
import { PERP } from './exchangeDouble.ts';

function storeIn(db = opened()) {
  const vaultId = new VaultRepository(db).findOrCreate(VAULT, NOW);
  const store = new OrderStore(db, vaultId);
  const commit = () => {
    db.transaction(() => {
      store.write();
    })();
    store.written();
  };
  return { db, vaultId, store, commit, again: () => new OrderStore(db, vaultId) };
}

const orderOf = (number: number, of: Partial<TraderOrder> = {}): TraderOrder => ({
  ...newOrder(planOf(), { number, t: NOW + number, validUntil: NOW, decisionMid: parsePrice('150') }),
  ...of,
});
const fillOf = (orderId: string, market = 'SOL-PERP'): Omit<OrderFill, 'seq'> => ({
  orderId,
  t: NOW,
  market,
  side: 'buy',
  size: parseBase('1.5'),
  price: parsePrice('149.25'),
  fee: parseUsd('-0.04'),
  liquidity: 'maker',
});

describe('an order that is intended', () => {
  it('is on disk before that returns, with everything it says', () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    const { store, vaultId } = storeIn(opened(file));
    const plan = planOf({
      clientOrderId: '12n',
      tolerance: parseRate('0.005'),
      trigger: { price: parsePrice('140'), when: 'below' },
      oracleOffset: parsePrice('-0.5'),
      expiresAt: NOW,
      postOnly: 'slide',
      conditions: { match: 'any', of: [{ kind: 'health', is: 'below', health: rate(1n) }] },
      bracket: { stopLoss: { trigger: parsePrice('130') } },
    });
    const order = newOrder(plan, { number: 1, t: NOW, decisionMid: null });

    store.intend(order);

    const other = new BetterSqlite3(file).defaultSafeIntegers();
    onTestFinished(() => void other.close());
    const read = new OrderStore(other, vaultId);
    expect(read.byId('m1')).toEqual(order);
    expect(read.byClientId('12n')).toEqual(order);
    expect(read.lastNumber).toBe(1);
  });

  it('can not be part of another transaction, and takes no name twice', () => {
    const { db, store } = storeIn();
    expect(
      refusal(() =>
        db.transaction(() => {
          store.intend(orderOf(1));
        })(),
      ).code,
    ).toBe('INTERNAL');
    store.intend(orderOf(1, { clientOrderId: 'a' }));
    expect(
      refusal(() => {
        store.intend(orderOf(2, { clientOrderId: 'a' }));
      }).code,
    ).toBe('INTERNAL');
    expect(store.byId('m2')).toBeUndefined();
  });

  it('that is over is never open again', () => {
    const { store } = storeIn();
    store.intend(orderOf(1, { state: 'filled' }));
    expect(
      refusal(() => {
        store.intend(orderOf(1));
      }).code,
    ).toBe('INTERNAL');
  });
});

describe('what is gathered', () => {
  it('is read at once, and is on disk with the caller’s transaction or not at all', () => {
    const { db, store, commit, again } = storeIn();
    store.intend(orderOf(1));
    const filled = orderOf(1, { state: 'filled', filled: parseBase('10') });
    store.keep(filled);
    store.addFill(fillOf('m1'));
    expect(store.pending).toBe(true);
    expect(store.byId('m1')).toEqual(filled);
    expect(store.page(undefined, 5).items).toEqual([filled]);
    expect([...store.figures(undefined)]).toMatchObject([{ state: 'filled', filled: '10' }]);
    expect(store.fillsOf('m1')).toEqual([{ ...fillOf('m1'), seq: 1 }]);

    const failing = db.transaction(() => {
      store.write();
      throw new Error('power cut');
    });
    expect(failing).toThrow('power cut');
    expect(again().byId('m1')?.state).toBe('placing');
    expect(store.byId('m1')).toEqual(filled);

    commit();
    expect(store.pending).toBe(false);
    expect(again().byId('m1')).toEqual(filled);
    expect(again().fillsOf('m1')).toEqual([{ ...fillOf('m1'), seq: 1 }]);
    store.addFill(fillOf('m1'));
    expect(store.fillsOf('m1').map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('belongs to one vault, and is gone when that is emptied', () => {
    const { db, vaultId, store, commit } = storeIn();
    const vaults = new VaultRepository(db);
    const otherId = vaults.findOrCreate({ ...VAULT, subAccount: 7 }, NOW);
    const other = new OrderStore(db, otherId);
    for (const one of [store, other]) one.intend(orderOf(1));
    store.addFill(fillOf('m1'));
    commit();
    expect(other.fillsOf('m1')).toEqual([]);

    vaults.empty(vaultId);

    expect(store.byId('m1')).toBeUndefined();
    expect(store.fillsOf('m1')).toEqual([]);
    expect(store.lastNumber).toBe(0);
    expect(other.byId('m1')).toBeDefined();
  });
});

describe('live orders', () => {
  it('are those that are not over, and the families of brackets that are not settled', () => {
    const { store } = storeIn();
    const bracket = { stopLoss: { trigger: parsePrice('130') } };
    store.intend(orderOf(1, { state: 'filled' }));
    store.intend(orderOf(2, { state: 'filled', bracket, role: 'entry' }));
    store.intend(orderOf(3, { state: 'filled', parentId: 'm2' }));
    store.intend(orderOf(4, { state: 'untriggered', parentId: 'm2' }));
    store.intend(orderOf(5, { state: 'unknown' }));
    store.intend(orderOf(6, { state: 'rejected' }));

    expect(store.live().map(({ id }) => id)).toEqual(['m2', 'm3', 'm4', 'm5']);
  });
});

describe('a history in pages', () => {
  const MARKETS = ['SOL-PERP', 'BTC-PERP'] as const;

  it('comes newest first without gap or duplicate, of all markets or of one, while new orders arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...MARKETS), { maxLength: 25 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(undefined, ...MARKETS),
        (markets, limit, wanted) => {
          const { store, commit } = storeIn();
          markets.forEach((market, index) => {
            store.intend(orderOf(index + 1, { market, state: index % 2 === 0 ? 'open' : 'filled' }));
            store.addFill(fillOf(`m${index + 1}`, market));
            if (index % 3 === 0) commit();
          });
          const expected = markets
            .map((market, index) => ({ market, id: `m${index + 1}` }))
            .filter(({ market }) => wanted === undefined || market === wanted)
            .map(({ id }) => id)
            .reverse();
          const [orders, fills]: string[][] = [[], []];
          let [next, nextFill]: (string | null | undefined)[] = [undefined, undefined];
          let number = markets.length;
          do {
            const page = store.page(wanted, limit, next ?? undefined);
            orders?.push(...page.items.map(({ id }) => id));
            next = page.cursor;
            store.intend(orderOf((number += 1)));
          } while (next !== null);
          do {
            const page = store.fills(wanted, limit, nextFill ?? undefined);
            fills?.push(...page.items.map(({ orderId }) => orderId));
            nextFill = page.cursor;
            store.addFill(fillOf(`m${number}`, 'ETH-PERP'));
          } while (nextFill !== null);
          expect(orders).toEqual(expected);
          expect(fills).toEqual(expected);
          expect([...store.eachFill(wanted)].filter(({ market }) => market !== 'ETH-PERP')).toHaveLength(
            expected.length,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends at a cursor that is none of its own', () => {
    const { store } = storeIn();
    store.intend(orderOf(1));
    expect(store.page(undefined, 5, "1' OR 1")).toEqual({ items: [], cursor: null });
  });

  it('gives the figures that statistics are made of, as they are now', () => {
    const { store } = storeIn();
    const states: OrderState[] = ['open', 'filled', 'unknown'];
    states.forEach((state, index) => {
      store.intend(orderOf(index + 1, { state }));
    });
    expect([...store.figures(PERP.symbol)].map(({ state, done }) => [state, done])).toEqual(
      states.map((state) => [state, isOver(state)]),
    );
    expect([...store.figures('BTC-PERP')]).toEqual([]);
  });
});
