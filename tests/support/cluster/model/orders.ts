import type { Direction, MarketKind, Order, State } from './accounts.ts';
import { checkExchange, checkNotPaused, stateOf, statsOf, tradedBy } from './access.ts';
import { updateAmm } from './ammUpdate.ts';
import { cancelOrder, cancelOrders as cancelAll, type Canceller } from './cancelOrder.ts';
import type { Filling } from './fill.ts';
import { Markets } from './markets.ts';
import {
  changedParams,
  isImmediateOrCancel,
  orderParams,
  type OrderChange,
  type OrderParams,
} from './orderParams.ts';
import { fillPerpOrder } from './perpFill.ts';
import {
  placePerpOrder as placePerp,
  placeSpotOrder as placeSpot,
  type Place,
  type Placing,
} from './placeOrder.ts';
import { QUOTE_MARKET } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Run } from './run.ts';
import type { Fields } from './layout.ts';
import { checkVault } from './spotBalance.ts';
import { fillSpotOrder } from './spotFill.ts';
import { tokenAccount } from './tokenAccount.ts';
import { lastOrderId, wasActive } from './user.ts';

/** What an owner or his delegate does with orders. Source: instructions/user.rs. */

const HIGHEST_COUNT = 32;

const paramsOf = (run: Run): OrderParams => orderParams((run.args as { readonly params: Fields }).params);

function placingOf(run: Run, isByState: boolean): Placing {
  const state = stateOf(run);
  const user = tradedBy(run, 'user');
  return {
    run,
    state,
    markets: isByState ? new Markets(run, {}, state.oracleGuardRails) : new Markets(run),
    user,
  };
}

function checkRests(params: OrderParams): void {
  if (isImmediateOrCancel(params)) refuse('InvalidOrderIOC', 'only an order that takes at once');
}

export function placePerpOrder(run: Run): void {
  const params = paramsOf(run);
  const placing = placingOf(run, true);
  checkExchange(placing.state);
  checkRests(params);
  placePerp(placing, params);
}

export function placeSpotOrder(run: Run): void {
  const params = paramsOf(run);
  const placing = placingOf(run, false);
  checkRests(params);
  placeSpot(placing, params);
}

export function placeOrders(run: Run): void {
  const all = (run.args as unknown as { readonly params: readonly Fields[] }).params.map(orderParams);
  const placing = placingOf(run, true);
  checkExchange(placing.state);
  if (all.length > HIGHEST_COUNT) refuse('DefaultError', `${all.length} orders`);
  for (const [at, params] of all.entries()) {
    checkRests(params);
    const place: Place = { isFirst: at === 0, isLast: at === all.length - 1 };
    if (params.marketType === 'Perp') placePerp(placing, params, place);
    else placeSpot(placing, params, place);
  }
}

/** An order that takes and isn't filled is cancelled where it asked for that. */
function cancelRest({ run, markets, user }: Placing, orderId: number, params: OrderParams): void {
  const rest = user.value.orders.find((order) => order.orderId === orderId);
  if (!isImmediateOrCancel(params) || rest === undefined) return;
  cancelById({ run, markets, user }, orderId);
}

function takingOf(placing: Placing, state: State, markets: Markets, users: Filling['users']): Filling {
  const { run, user } = placing;
  return {
    run,
    state,
    markets,
    users,
    taker: user,
    takerStats: statsOf(run, 'userStats', user.value),
    fillerKey: user.address,
    filler: undefined,
    isPlaceAndTake: true,
  };
}

export function placeAndTakePerpOrder(run: Run): void {
  const params = paramsOf(run);
  const state = stateOf(run);
  const user = tradedBy(run, 'user');
  statsOf(run, 'userStats', user.value);
  checkNotPaused(state, 'fill');
  const markets = new Markets(run, { perp: [params.marketIndex] }, state.oracleGuardRails);
  if (params.postOnly !== 'None') refuse('InvalidOrderPostOnly', 'an order that takes');
  const { users } = markets.takeUsers();
  const market = markets.perp(params.marketIndex);
  updateAmm(run, market, markets.price(market.amm.oracle), state);
  const placing = { run, state, markets, user };
  placePerp(placing, params);
  const orderId = lastOrderId(user.value);
  fillPerpOrder(takingOf(placing, state, markets, users), orderId);
  cancelRest(placing, orderId, params);
}

export function placeAndTakeSpotOrder(run: Run): void {
  const params = paramsOf(run);
  const state = stateOf(run);
  const user = tradedBy(run, 'user');
  statsOf(run, 'userStats', user.value);
  checkNotPaused(state, 'fill');
  const { fulfillmentType } = run.args;
  if (fulfillmentType !== null && fulfillmentType !== 'Match') notModelled('spot markets of other programs');
  const markets = new Markets(run, { spot: [QUOTE_MARKET, params.marketIndex] });
  if (params.postOnly !== 'None') refuse('InvalidOrderPostOnly', 'an order that takes');
  const { users, rest } = markets.takeUsers();
  const placing = { run, state, markets, user };
  placeSpot(placing, params);
  const orderId = lastOrderId(user.value);
  fillSpotOrder(takingOf(placing, state, markets, users), orderId);
  cancelRest(placing, orderId, params);
  checkVaults(run, markets, params.marketIndex, rest);
}

/** A spot fill ends with a look at both vaults, which follow the makers. Source: state/fulfillment_params/drift.rs. */
export function checkVaults(
  run: Run,
  markets: Markets,
  marketIndex: number,
  rest: readonly { readonly address: string }[],
): void {
  for (const [at, market] of [markets.spot(marketIndex), markets.quote].entries()) {
    const vault = rest[at]?.address;
    if (vault !== market.vault)
      return refuse('InvalidFulfillmentConfig', `vault of spot market ${market.marketIndex}`);
    checkVault(market, tokenAccount(run, vault).amount);
  }
}

function cancellerOf(run: Run): Canceller & { readonly state: State } {
  const placing = placingOf(run, true);
  checkExchange(placing.state);
  return placing;
}

/** An order that isn't there is passed over. */
function cancelById(canceller: Canceller, orderId: number): void {
  const { run, user } = canceller;
  const order = user.value.orders.find((one) => one.orderId === orderId && one.status === 'Open');
  if (order === undefined) return run.log(`could not find order id ${orderId}`);
  cancelOrder(canceller, order);
  wasActive(user.value, run.slot);
}

export function cancelOrderById(run: Run): void {
  const canceller = cancellerOf(run);
  const { orderId } = run.args as unknown as { readonly orderId: number | null };
  cancelById(canceller, orderId ?? lastOrderId(canceller.user.value));
}

export function cancelOrderByUserId(run: Run): void {
  const canceller = cancellerOf(run);
  const { userOrderId } = run.args as unknown as { readonly userOrderId: number };
  const order = canceller.user.value.orders.find((one) => one.userOrderId === userOrderId);
  if (order === undefined) return run.log(`could not find user order id ${userOrderId}`);
  cancelOrder(canceller, order);
  wasActive(canceller.user.value, run.slot);
}

export function cancelOrdersByIds(run: Run): void {
  const canceller = cancellerOf(run);
  for (const orderId of (run.args as unknown as { readonly orderIds: readonly number[] }).orderIds)
    cancelById(canceller, orderId);
}

/** Market and its type choose only together. */
export function cancelOrders(run: Run): void {
  const canceller = cancellerOf(run);
  const { marketType, marketIndex, direction } = run.args as unknown as {
    readonly marketType: MarketKind | null;
    readonly marketIndex: number | null;
    readonly direction: Direction | null;
  };
  const isInMarket = (order: Order): boolean =>
    marketType === null ||
    marketIndex === null ||
    (order.marketType === marketType && order.marketIndex === marketIndex);
  cancelAll(canceller, (order) => isInMarket(order) && (direction === null || order.direction === direction));
  wasActive(canceller.user.value, run.slot);
}

const MUST_MODIFY = 1;

/** Cancels an order and places the changed one. Source: controller/orders.rs, modify_order. */
function modify(run: Run, isMeant: (order: Order) => boolean): void {
  const placing = placingOf(run, true);
  checkExchange(placing.state);
  const change = (run.args as unknown as { readonly modifyOrderParams: OrderChange }).modifyOrderParams;
  const { orders } = placing.user.value;
  const order = orders.find((one) => one.status === 'Open' && isMeant(one));
  if (order === undefined) {
    if (change.policy === MUST_MODIFY) refuse('OrderDoesNotExist', 'nothing to modify');
    return run.log('the order was not found');
  }
  const params = changedParams(order, change);
  cancelOrder(placing, order);
  wasActive(placing.user.value, run.slot);
  if (params.marketType === 'Perp') placePerp(placing, params);
  else placeSpot(placing, params);
}

export function modifyOrder(run: Run): void {
  const { orderId } = run.args as unknown as { readonly orderId: number | null };
  const meant = orderId ?? lastOrderId(run.held('User', 'user').value);
  modify(run, (order) => order.orderId === meant);
}

export function modifyOrderByUserId(run: Run): void {
  const { userOrderId } = run.args as unknown as { readonly userOrderId: number };
  modify(run, (order) => order.userOrderId === userOrderId);
}
