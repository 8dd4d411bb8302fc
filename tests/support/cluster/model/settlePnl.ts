import type { PerpPosition, State, User } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { updateAmm } from './ammUpdate.ts';
import { isTooDivergent, settleFunding, spreadPercent } from './funding.ts';
import { reservePrice } from './amm.ts';
import { greater, lesser, magnitude, modulo, quotient } from './integers.ts';
import { accrueInterest } from './interest.ts';
import { meets } from './margin.ts';
import type { Markets } from './markets.ts';
import { isValidFor, type Validity } from './oracle.ts';
import { addQuote, addSettled, unrealizedPnl } from './perpPosition.ts';
import { settleWithPools } from './pools.ts';
import { PERCENT } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import { contractTerms } from './tiers.ts';
import type { Held, Run } from './run.ts';
import { changeBalance, poolTokens } from './spotBalance.ts';
import { checkNotBankrupt, heldPerpPosition, isBeingLiquidated, quotePosition, wasActive } from './user.ts';
import { netUserPnl } from './weights.ts';

/** Turns what a perp position has won or lost into quote asset. Source: controller/pnl.rs. */

const PAUSED_SETTLE = 8;
const PAUSED_SETTLE_WITH_POSITION = 16;

export interface Settling {
  readonly run: Run;
  readonly state: State;
  readonly markets: Markets;
  readonly user: Held<'User'>;
  /** Who asks for it. */
  readonly authority: string;
  /** Passes over a market that can't be settled now. */
  readonly isTry: boolean;
}

export const meetsForSettling = (user: User, markets: Markets): boolean =>
  meets(user, markets, { type: 'Maintenance', isStrict: true });

/** `meetsMargin` where it is known already. */
export function settlePnl(settling: Settling, marketIndex: number, meetsMargin?: boolean): void {
  const { run, state, markets, user } = settling;
  const market = markets.perp(marketIndex);
  if (market.status === 'Settlement') notModelled('markets that are closed down');
  updateAmm(run, market, markets.price(market.amm.oracle), state);
  try {
    settle(settling, market, meetsMargin);
  } catch (cause) {
    if (!(cause instanceof Unsettled)) throw cause;
    if (!settling.isTry) refuse(cause.refusal, cause.message);
    run.log(cause.message);
  }
  wasActive(user.value, run.slot);
}

/** Why a market isn't settled, which may be passed over. */
class Unsettled extends Error {
  readonly refusal: string;

  constructor(refusal: string, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

function settle(
  { run, state, markets, user, authority }: Settling,
  market: PerpMarket,
  meetsMargin?: boolean,
): void {
  checkNotBankrupt(user.value);
  const spot = markets.quote;
  accrueInterest(run, spot, undefined);
  const { price } = markets.price(market.amm.oracle);
  checkPriceBand(market, price, state);
  settleFunding(run, user, market);
  const position = heldPerpPosition(user.value, market.marketIndex);
  if (unrealizedPnl(position, price) < 0n && !(meetsMargin ?? meetsForSettling(user.value, markets)))
    throw new Unsettled('InsufficientCollateralForSettlingPNL', 'the account is near its liquidation');
  checkOracle(run, markets, market, price);
  checkStatus(market, position.baseAssetAmount !== 0n);
  const available = poolTokens(market.pnlPool, spot) + poolTokens(market.amm.feePool, spot) / 5n;
  const net = netUserPnl(market.amm, price);
  const excess = net < available ? available - greater(net, 0n) : 0n;
  const claimed = claimable(position, price, excess);
  const settled = settleWithPools(market, spot, quotePosition(user.value), claimed, run.now);
  if (claimed === 0n) throw new Unsettled('NoUnsettledPnl', 'nothing to settle');
  if (settled === 0n) throw new Unsettled('PnlPoolCantSettleUser', 'the pool has nothing');
  const isOwn = authority === user.value.authority || authority === user.value.delegate;
  const isClosedAndLiquidated =
    settled > 0n && position.baseAssetAmount === 0n && isBeingLiquidated(user.value);
  if (settled >= 0n && excess <= 0n && !isClosedAndLiquidated && !isOwn)
    throw new Unsettled(
      'UserMustSettleTheirOwnPositiveUnsettledPNL',
      'a gain that the pool has not in excess',
    );
  changeBalance(magnitude(settled), settled > 0n ? 'Deposit' : 'Borrow', spot, quotePosition(user.value));
  addQuote(position, market, -settled);
  addSettled(user.value, position, settled);
  if (modulo(position.baseAssetAmount, market.amm.orderStepSize) !== 0n)
    refuse('InvalidPerpPositionDetected', `${position.baseAssetAmount}`);
  run.emit('SettlePnlRecord', {
    ts: run.now,
    user: user.address,
    marketIndex: market.marketIndex,
    pnl: settled,
    baseAssetAmount: position.baseAssetAmount,
    quoteAssetAmountAfter: position.quoteAssetAmount,
    quoteEntryAmount: position.quoteEntryAmount,
    settlePrice: price,
    explanation: 'None',
  });
}

/** A gain counts as far as it was realised by reducing the position, or the pool has more than it needs. */
function claimable(position: PerpPosition, price: bigint, excess: bigint): bigint {
  const pnl = unrealizedPnl(position, price);
  if (pnl <= 0n) return pnl;
  return lesser(
    pnl,
    greater(position.quoteAssetAmount - position.quoteEntryAmount, 0n) + greater(excess, 0n),
  );
}

/** An oracle that is too old for the market's own maker will do where its price has hardly moved. */
function checkOracle(run: Run, markets: Markets, market: PerpMarket, price: bigint): void {
  const { amm } = market;
  if (amm.curveUpdateIntensity === 0 || (amm.lastOracleValid && amm.lastUpdateSlot === run.slot)) return;
  const validity = markets.perpValidity(market);
  if (isValidFor('SettlePnl', validity) && isNearTwap(market, price)) return;
  if (!amm.lastOracleValid) throw new Unsettled(ORACLE_REFUSALS[validity], validity);
  throw new Unsettled('AMMNotUpdatedInSameSlot', `${amm.lastUpdateSlot}`);
}

const ORACLE_REFUSALS: Readonly<Record<Validity, string>> = {
  NonPositive: 'OracleNonPositive',
  TooVolatile: 'OracleTooVolatile',
  TooUncertain: 'OracleTooUncertain',
  StaleForMargin: 'OracleStaleForMargin',
  InsufficientDataPoints: 'OracleInsufficientDataPoints',
  StaleForAMM: 'OracleStaleForAMM',
  Valid: 'DefaultError',
};

/** Source: state/perp_market.rs, is_price_divergence_ok_for_settle_pnl. */
function isNearTwap({ amm, contractTier }: PerpMarket, price: bigint): boolean {
  const twap = amm.historicalOracleData.lastOraclePriceTwap5min;
  const { settleDivergence, settleDeviation } = contractTerms(contractTier);
  const least = lesser(twap, price);
  const isNear = magnitude(quotient((price - twap) * PERCENT, least)) < PERCENT / settleDivergence;
  return isNear && greater(amm.oracleStd, amm.markStd) < least / settleDeviation;
}

/** Source: controller/orders.rs, validate_market_within_price_band. */
function checkPriceBand({ amm }: PerpMarket, price: bigint, state: State): void {
  const [own, oracle] = [spreadPercent(amm, reservePrice(amm)), spreadPercent(amm, price)];
  const wider = magnitude(own) > magnitude(oracle) ? own : oracle;
  if (isTooDivergent(wider, state)) refuse('PriceBandsBreached', `${wider}`);
}

function checkStatus({ pausedOperations, status, marketIndex }: PerpMarket, hasBase: boolean): void {
  const isPaused =
    (pausedOperations & PAUSED_SETTLE) !== 0 ||
    (hasBase && (pausedOperations & PAUSED_SETTLE_WITH_POSITION) !== 0);
  const isOpen = status === 'Active' || (!hasBase && status === 'ReduceOnly');
  if (isPaused || !isOpen)
    throw new Unsettled('InvalidMarketStatusToSettlePnl', `perp market ${marketIndex}`);
}
