import { checkDerived, checkExchange, checkNotPaused, seedOf, stateOf, statsOf, tradedBy } from './access.ts';
import { reservePrice } from './amm.ts';
import { updateAmm } from './ammUpdate.ts';
import { fillerOf, type Filling } from './fill.ts';
import { settleFunding, updateFundingRate as updateRate } from './funding.ts';
import { accrueInterest } from './interest.ts';
import { liquidatePerp as liquidate } from './liquidatePerp.ts';
import { Markets } from './markets.ts';
import { checkVaults } from './orders.ts';
import { fillPerpOrder as fillPerp } from './perpFill.ts';
import { QUOTE_MARKET } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Run } from './run.ts';
import { meetsForSettling, settlePnl as settle, type Settling } from './settlePnl.ts';
import { checkVault } from './spotBalance.ts';
import { fillSpotOrder as fillSpot } from './spotFill.ts';
import { tokenAccount } from './tokenAccount.ts';
import { triggerOrder as trigger } from './triggerOrder.ts';
import { lastOrderId, wasActive } from './user.ts';

/** What keepers do to others' accounts, and anybody to markets. Source: instructions/keeper.rs. */

function fillingOf(
  run: Run,
  markets: Markets,
): { readonly filling: Filling; readonly rest: readonly { readonly address: string }[] } {
  const filler = run.held('User', 'filler');
  const taker = run.held('User', 'user');
  const { users, rest } = markets.takeUsers();
  const filling = {
    run,
    state: stateOf(run),
    markets,
    users,
    taker,
    takerStats: statsOf(run, 'userStats', taker.value),
    fillerKey: filler.address,
    filler: fillerOf(taker, users, filler, statsOf(run, 'fillerStats', filler.value)),
    isPlaceAndTake: false,
  };
  return { filling, rest };
}

/** The order that is meant, with its market; undefined where there is none. */
function meantOrder(run: Run): { readonly orderId: number; readonly marketIndex: number } | undefined {
  const { value: user } = run.held('User', 'user');
  const orderId = (run.args as unknown as { readonly orderId: number | null }).orderId ?? lastOrderId(user);
  const order = user.orders.find((one) => one.orderId === orderId);
  return order && { orderId, marketIndex: order.marketIndex };
}

export function fillPerpOrder(run: Run): void {
  const state = stateOf(run);
  tradedBy(run, 'filler');
  checkNotPaused(state, 'fill');
  const meant = meantOrder(run);
  if (meant === undefined) return run.log('Order does not exist');
  const markets = new Markets(run, { perp: [meant.marketIndex] }, state.oracleGuardRails);
  const { filling } = fillingOf(run, markets);
  const market = markets.perp(meant.marketIndex);
  updateAmm(run, market, markets.price(market.amm.oracle), state);
  fillPerp(filling, meant.orderId);
}

export function fillSpotOrder(run: Run): void {
  tradedBy(run, 'filler');
  checkNotPaused(stateOf(run), 'fill');
  const meant = meantOrder(run) ?? refuse('OrderDoesNotExist', 'nothing to fill');
  const { fulfillmentType } = run.args;
  if (fulfillmentType !== null && fulfillmentType !== 'Match') notModelled('spot markets of other programs');
  const markets = new Markets(run, { spot: [QUOTE_MARKET, meant.marketIndex] });
  const { filling, rest } = fillingOf(run, markets);
  fillSpot(filling, meant.orderId);
  checkVaults(run, markets, meant.marketIndex, rest);
}

export function triggerOrder(run: Run): void {
  const state = stateOf(run);
  const filler = tradedBy(run, 'filler');
  checkExchange(state);
  const user = run.held('User', 'user');
  const { orderId } = run.args as unknown as { readonly orderId: number };
  const markets = new Markets(run);
  const order = user.value.orders.find((one) => one.orderId === orderId);
  if (order === undefined) return run.log(`order_id not found ${orderId}`);
  trigger({ run, state, markets, user, filler }, order);
}

function settlingOf(run: Run, perp: readonly number[], isTry: boolean): Settling {
  const state = stateOf(run);
  checkDerived(run, 'spotMarketVault', 'spot_market_vault', seedOf.index(QUOTE_MARKET));
  checkNotPaused(state, 'settlePnl');
  return {
    run,
    state,
    markets: new Markets(run, { perp, spot: [QUOTE_MARKET] }, state.oracleGuardRails),
    user: run.held('User', 'user'),
    authority: run.address('authority'),
    isTry,
  };
}

export function settlePnl(run: Run): void {
  const { marketIndex } = run.args as unknown as { readonly marketIndex: number };
  const settling = settlingOf(run, [marketIndex], false);
  settle(settling, marketIndex);
  checkVault(settling.markets.quote, tokenAccount(run, run.address('spotMarketVault')).amount);
}

export function settleMultiplePnls(run: Run): void {
  const { marketIndexes, mode } = run.args as unknown as {
    readonly marketIndexes: readonly number[];
    readonly mode: 'MustSettle' | 'TrySettle';
  };
  const settling = settlingOf(run, marketIndexes, mode === 'TrySettle');
  const meetsMargin = meetsForSettling(settling.user.value, settling.markets);
  for (const marketIndex of marketIndexes) settle(settling, marketIndex, meetsMargin);
  checkVault(settling.markets.quote, tokenAccount(run, run.address('spotMarketVault')).amount);
}

export function settleFundingPayment(run: Run): void {
  checkNotPaused(stateOf(run), 'funding');
  const user = run.held('User', 'user');
  const held = user.value.perpPositions.filter(({ baseAssetAmount }) => baseAssetAmount !== 0n);
  const markets = new Markets(run, { perp: held.map(({ marketIndex }) => marketIndex) });
  for (const { marketIndex } of held) settleFunding(run, user, markets.perp(marketIndex));
  wasActive(user.value, run.slot);
}

export function updateFundingRate(run: Run): void {
  const state = stateOf(run);
  const { value: market } = run.held('PerpMarket', 'perpMarket');
  const oracle = run.address('oracle');
  if (market.status === 'Delisted') refuse('MarketDelisted', `perp market ${market.marketIndex}`);
  checkNotPaused(state, 'funding');
  if (market.amm.oracle !== oracle) refuse('InvalidOracle', oracle);
  const price = Markets.of(run, oracle, { perp: market }, state.oracleGuardRails).price(oracle);
  updateAmm(run, market, price, state);
  if (market.status !== 'Active' && market.status !== 'ReduceOnly')
    refuse('MarketActionPaused', `perp market ${market.marketIndex}`);
  if (!updateRate(run, market, price, state, reservePrice(market.amm)))
    refuse('FundingWasNotUpdated', `perp market ${market.marketIndex}`);
}

export function updateSpotMarketCumulativeInterest(run: Run): void {
  const state = stateOf(run);
  const { value: market } = run.held('SpotMarket', 'spotMarket');
  const oracle = run.address('oracle');
  checkDerived(run, 'spotMarketVault', 'spot_market_vault', seedOf.index(market.marketIndex));
  if (market.status === 'Delisted') refuse('MarketDelisted', `spot market ${market.marketIndex}`);
  checkExchange(state);
  if (market.oracle !== oracle) refuse('InvalidOracle', oracle);
  checkNotPaused(state, 'funding');
  const price = Markets.of(run, oracle, { spot: market }, state.oracleGuardRails).price(oracle);
  accrueInterest(run, market, price);
  checkVault(market, tokenAccount(run, run.address('spotMarketVault')).amount);
}

export function liquidatePerp(run: Run): void {
  const state = stateOf(run);
  const liquidator = tradedBy(run, 'liquidator');
  const user = run.held('User', 'user');
  const { marketIndex, liquidatorMaxBaseAssetAmount, limitPrice } = run.args as unknown as {
    readonly marketIndex: number;
    readonly liquidatorMaxBaseAssetAmount: bigint;
    readonly limitPrice: bigint | null;
  };
  const userStats = statsOf(run, 'userStats', user.value).value;
  const liquidatorStats = statsOf(run, 'liquidatorStats', liquidator.value).value;
  checkNotPaused(state, 'liquidation');
  if (user.address === liquidator.address) refuse('UserCantLiquidateThemself', user.address);
  const markets = new Markets(run, { perp: [marketIndex] }, state.oracleGuardRails);
  const liquidating = { run, state, markets, user, userStats, liquidator, liquidatorStats };
  liquidate(liquidating, marketIndex, liquidatorMaxBaseAssetAmount, limitPrice);
}
