import { expect } from 'vitest';

import type {
  FillView,
  OrderState,
  OrderView,
  TradingAccountView,
} from '../../../../src/shared/contract/orders.ts';
import { nano, sum } from '../nano.ts';
import type { Wire } from '../wiredProgram.ts';

const OVER: ReadonlySet<OrderState> = new Set([
  'filled',
  'partiallyFilled',
  'cancelled',
  'rejected',
  'expired',
]);
/** Small, so that a session of any length turns pages. */
const PAGE = 25;
const PERPS = ['SOL-PERP', 'ETH-PERP', 'BTC-PERP'];
const ONE = 1_000_000_000n;
/** Roundings of a few figures to a millionth each. */
const ROUNDING = 10_000n;

/** Everything that can be read of the account, read page by page. */
export interface Audit {
  readonly account: TradingAccountView;
  readonly orders: readonly OrderView[];
  /** Newest first. */
  readonly fills: readonly FillView[];
}

/**
 * Reads the whole account back, and holds its parts against each other: what has filled is what is held, what the ledger
 * says is what the account says, no fill is worse than its order's limit, and nothing is lost between two pages.
 * @param repriced orders whose limit is not what it was when they filled
 */
export async function audited(wire: Wire, repriced: ReadonlySet<string>): Promise<Audit> {
  const account = await wire.ask('GET_TRADING_ACCOUNT', {});
  const { balances } = await wire.ask('GET_LEDGER', { engine: 'manual', limit: 1 });
  const orders = await everyOrder(wire);
  const fills = await everyFill(wire);
  const balance = (name: string): bigint =>
    sum(balances.filter(({ account: of }) => of === name).map(amountOf));

  const assets = [...new Set(balances.map(({ asset }) => asset))];
  const left = assets.map((one) => sum(balances.filter(({ asset }) => asset === one).map(amountOf)));
  expect(left).toEqual(assets.map(() => 0n));
  expect({ cash: nano(account.cash), spot: nano(account.spotSol) }).toEqual({
    cash: balance('cash'),
    spot: balance('spot'),
  });
  expect(sum(fills.map(({ fee }) => nano(fee)))).toBe(balance('fees'));
  for (const market of PERPS) {
    const size = nano(account.positions.find((one) => one.market === market)?.size ?? '0');
    const filled = sum(fills.filter((one) => one.market === market).map(signed));
    expect({ market, size, inLedger: balance(`perp:${market}`) }).toEqual({
      market,
      size: filled,
      inLedger: filled,
    });
  }
  for (const order of orders) checkOrder(order, fills, repriced);
  expectEquity(account, (await wire.ask('GET_ORDERBOOK', { market: 'SOL', depth: 1 })).oracle);
  return { account, orders, fills };
}

function checkOrder(order: OrderView, fills: readonly FillView[], repriced: ReadonlySet<string>): void {
  const { orderId, state, side, size, filled, left, price, fee } = order;
  const own = fills.filter((one) => one.orderId === orderId);
  expect({ orderId, filled: nano(filled), fee: nano(fee), left: nano(left) }).toEqual({
    orderId,
    filled: sum(own.map((one) => nano(one.size))),
    fee: sum(own.map((one) => nano(one.fee))),
    left: OVER.has(state) ? 0n : nano(size) - nano(filled),
  });
  expect(nano(filled)).toBeLessThanOrEqual(nano(size));
  if (state === 'filled') expect({ orderId, filled }).toEqual({ orderId, filled: size });
  for (const fill of own) {
    expect({ orderId, side: fill.side }).toEqual({ orderId, side });
    if (order.postOnly !== null)
      expect({ orderId, liquidity: fill.liquidity }).toEqual({ orderId, liquidity: 'maker' });
    if (price === null || repriced.has(orderId)) continue;
    const worse = side === 'buy' ? nano(fill.price) > nano(price) : nano(fill.price) < nano(price);
    expect({ orderId, price, at: fill.price, worse }).toEqual({
      orderId,
      price,
      at: fill.price,
      worse: false,
    });
  }
}

/** Equity is cash, SOL at the oracle, and what positions have not settled. */
function expectEquity({ cash, spotSol, positions, figures }: TradingAccountView, oracle: string): void {
  const spot = (nano(spotSol) * nano(oracle)) / ONE;
  const equity = nano(cash) + spot + sum(positions.map(({ unsettledPnl }) => nano(unsettledPnl)));
  const off = nano(figures.equity) - equity;
  expect(off).toBeLessThan(ROUNDING);
  expect(off).toBeGreaterThan(-ROUNDING);
}

const amountOf = ({ amount }: { readonly amount: string }): bigint => nano(amount);

const signed = ({ side, size }: FillView): bigint => (side === 'buy' ? nano(size) : -nano(size));

async function everyOrder(wire: Wire): Promise<readonly OrderView[]> {
  const all: OrderView[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await wire.ask('GET_ORDER_HISTORY', {
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...page.orders);
    cursor = page.cursor;
  }
  expect(new Set(all.map(({ orderId }) => orderId)).size).toBe(all.length);
  return all;
}

async function everyFill(wire: Wire): Promise<readonly FillView[]> {
  const all: FillView[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await wire.ask('GET_FILLS', { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.fills);
    cursor = page.cursor;
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  return all;
}
