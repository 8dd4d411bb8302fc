import { describe, expect, it } from 'vitest';

import { OrderFillRepository } from '../../../src/main/storage/orderFillRepository.ts';
import { OrderRepository, type OrderRow } from '../../../src/main/storage/orderRepository.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { NOW, opened, refusal } from './fixtures/scratch.ts';
import { VAULT } from './fixtures/steps.ts';

const rowOf = (number: number, of: Partial<OrderRow> = {}): OrderRow => ({
  number,
  clientOrderId: null,
  parent: null,
  market: 'SOL-PERP',
  side: 'buy',
  state: 'open',
  done: false,
  watched: false,
  size: '10',
  filled: '0',
  quote: '0',
  limitPrice: '149',
  decisionMid: null,
  sentT: NOW,
  firstFillT: null,
  body: `{"number":${number}}`,
  ...of,
});

function repositories() {
  const db = opened();
  const vaultId = new VaultRepository(db).findOrCreate(VAULT, NOW);
  return { db, vaultId, orders: new OrderRepository(db), fills: new OrderFillRepository(db) };
}

describe('the orders of a trader’s own hand', () => {
  it('are one row each, as they last were', () => {
    const { vaultId, orders } = repositories();
    orders.save(vaultId, rowOf(1));
    orders.save(
      vaultId,
      rowOf(1, { state: 'filled', done: true, filled: '10', firstFillT: NOW + 5, body: '{}' }),
    );

    expect(orders.byNumber(vaultId, 1)).toEqual({ number: 1, clientOrderId: null, body: '{}' });
    expect([...orders.figures(vaultId, undefined)]).toEqual([
      {
        number: 1,
        side: 'buy',
        state: 'filled',
        done: true,
        size: '10',
        filled: '10',
        quote: '0',
        limitPrice: '149',
        decisionMid: null,
        sentT: NOW,
        firstFillT: NOW + 5,
      },
    ]);
    expect(
      refusal(() => {
        orders.save(vaultId, rowOf(1));
      }),
    ).toMatchObject({
      code: 'INTERNAL',
      details: { number: 1, state: 'open' },
    });
  });

  it('are found by their exits, and by what is still to be done', () => {
    const { vaultId, orders } = repositories();
    orders.save(vaultId, rowOf(1, { state: 'filled', done: true, watched: true }));
    orders.save(vaultId, rowOf(2, { parent: 1 }));
    orders.save(vaultId, rowOf(3, { parent: 1, state: 'filled', done: true }));
    orders.save(vaultId, rowOf(4, { state: 'filled', done: true }));

    expect(orders.exits(vaultId, 1).map(({ number }) => number)).toEqual([2, 3]);
    expect(orders.live(vaultId).map(({ number }) => number)).toEqual([1, 2]);
    expect(orders.lastNumber(vaultId)).toBe(4);
  });

  it('have fills that belong to one of them', () => {
    const { vaultId, orders, fills } = repositories();
    const fill = {
      seq: 1,
      number: 1,
      t: NOW,
      market: 'SOL-PERP',
      side: 'buy',
      size: '1',
      price: '149',
      fee: '-0.03',
      liquidity: 'maker',
    } as const;
    expect(() => {
      fills.insert(vaultId, fill);
    }).toThrow('FOREIGN KEY');
    orders.save(vaultId, rowOf(1));
    fills.insert(vaultId, fill);

    expect(fills.ofOrder(vaultId, 1)).toEqual([fill]);
    expect(fills.page(vaultId, 'SOL-PERP', 2, 5)).toEqual([fill]);
    expect(fills.page(vaultId, undefined, 1, 5)).toEqual([]);
    expect(fills.lastSeq(vaultId)).toBe(1);
  });
});
