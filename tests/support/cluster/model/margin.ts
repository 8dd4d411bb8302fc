import type { PerpPosition, SpotPosition, User } from './accounts.ts';
import type { PerpMarket, SpotMarket } from './marketAccounts.ts';
import { riskier, simulatedSides, withCustomRatio } from './fillSimulation.ts';
import { fundingPayment } from './fundingPayment.ts';
import { greater, lesser, magnitude } from './integers.ts';
import type { Markets } from './markets.ts';
import { isValidFor, strictPrice, type StrictPrice } from './oracle.ts';
import { baseValue, unrealizedPnl, worstCaseBase } from './perpPosition.ts';
import { MARGIN, OPEN_ORDER_MARGIN, PRICE, QUOTE, QUOTE_MARKET } from './precision.ts';
import { refuse } from './refusal.ts';
import { signedTokens, strictTokenValue, tokenValue } from './spotBalance.ts';
import {
  exitLiquidation,
  hasOpenOrder,
  isBeingLiquidated,
  isFreePerp,
  isFreeSpot,
  isReduceOnly,
  quotePosition,
} from './user.ts';
import { gainWeight, perpMarginRatio, type MarginType } from './weights.ts';

/** What counts as collateral against what is required. Source: math/margin.rs, state/margin_calculation.rs. */

export interface MarginTerms {
  readonly type: MarginType;
  /** Prices at the worse of oracle and its twap of five minutes. */
  readonly isStrict?: boolean;
  /** 1e4 of liabilities that are asked for beyond the requirement. */
  readonly buffer?: number;
  /** The perp market whose part of the requirement is kept apart. */
  readonly trackedPerp?: number;
}

/** All quote 1e6. */
export interface Margin {
  collateral: bigint;
  requirement: bigint;
  requirementWithBuffer: bigint;
  trackedRequirement: bigint;
  spotLiabilities: number;
  perpLiabilities: number;
  areOraclesValid: boolean;
  hasIsolatedPerp: boolean;
  hasIsolatedSpot: boolean;
}

const MOST_GAIN_FOR_INITIAL = 100n * QUOTE;
const MOST_ORDERS = 32;

/** The sums of one calculation. */
class Sums {
  readonly #buffer: bigint;
  readonly #tracked: number | undefined;
  readonly margin: Margin = {
    collateral: 0n,
    requirement: 0n,
    requirementWithBuffer: 0n,
    trackedRequirement: 0n,
    spotLiabilities: 0,
    perpLiabilities: 0,
    areOraclesValid: true,
    hasIsolatedPerp: false,
    hasIsolatedSpot: false,
  };

  constructor({ buffer = 0, trackedPerp }: MarginTerms) {
    this.#buffer = BigInt(buffer);
    this.#tracked = trackedPerp;
  }

  require(requirement: bigint, liability: bigint, perpMarket?: number): void {
    this.margin.requirement += requirement;
    if (this.#buffer > 0n)
      this.margin.requirementWithBuffer += requirement + (liability * this.#buffer) / MARGIN;
    if (perpMarket !== undefined && perpMarket === this.#tracked)
      this.margin.trackedRequirement += requirement;
  }
}

/** Source: calculate_margin_requirement_and_total_collateral_and_liability_info. */
export function marginOf(user: User, markets: Markets, terms: MarginTerms): Margin {
  const sums = new Sums(terms);
  const ratio = terms.type === 'Initial' ? BigInt(user.maxMarginRatio) : 0n;
  for (const position of user.spotPositions) {
    checkSpotPosition(position);
    if (!isFreeSpot(position)) addSpot(sums, position, markets, terms, ratio);
  }
  for (const position of user.perpPositions)
    if (!isFreePerp(position)) addPerp(sums, position, markets, terms, ratio);
  if (sums.margin.spotLiabilities > 0 && sums.margin.requirement === 0n)
    refuse('InvalidMarginRatio', 'spot liabilities without a requirement');
  return sums.margin;
}

function checkSpotPosition({ openOrders, openBids, openAsks, marketIndex }: SpotPosition): void {
  if (openOrders > MOST_ORDERS || openBids < 0n || openAsks > 0n)
    refuse('InvalidSpotPositionDetected', `spot market ${marketIndex}`);
}

function addSpot(
  sums: Sums,
  position: SpotPosition,
  markets: Markets,
  terms: MarginTerms,
  ratio: bigint,
): void {
  const market = markets.spot(position.marketIndex);
  sums.margin.areOraclesValid &&= isValidFor('MarginCalc', markets.spotValidity(market));
  const price = spotPrice(market, markets, terms);
  if (price.least <= 0n) refuse('InvalidOracle', `spot market ${market.marketIndex}`);
  if (market.marketIndex === QUOTE_MARKET) addQuoteAsset(sums, position, market, price);
  else addAsset(sums, position, market, price, terms.type, ratio);
}

const spotPrice = (market: SpotMarket, markets: Markets, { isStrict = false }: MarginTerms): StrictPrice =>
  strictPrice(
    markets.price(market.oracle).price,
    market.historicalOracleData.lastOraclePriceTwap5min,
    isStrict,
  );

function addQuoteAsset(sums: Sums, position: SpotPosition, market: SpotMarket, price: StrictPrice): void {
  const tokens = signedTokens(position, market);
  if (tokens === 0n && position.scaledBalance !== 0n) refuse('InvalidMarginRatio', 'a balance of no tokens');
  const value = strictTokenValue(tokens, market, price);
  if (position.balanceType === 'Deposit') sums.margin.collateral += value;
  else {
    if (value === 0n) refuse('InvalidMarginRatio', 'a borrow of no value');
    sums.require(-value, -value);
    sums.margin.spotLiabilities += 1;
  }
}

function addAsset(
  sums: Sums,
  position: SpotPosition,
  market: SpotMarket,
  price: StrictPrice,
  type: MarginType,
  ratio: bigint,
): void {
  const { margin } = sums;
  const worst = withCustomRatio(
    riskier(simulatedSides(position, market, price, type)),
    market,
    price.current,
    ratio,
  );
  if (worst.tokens === 0n && position.scaledBalance !== 0n)
    refuse('InvalidMarginRatio', 'a balance of no tokens');
  sums.require(BigInt(position.openOrders) * OPEN_ORDER_MARGIN, 0n);
  if (worst.tokenValue > 0n) margin.collateral += worst.weightedValue;
  else if (worst.tokenValue < 0n) {
    sums.require(-worst.weightedValue, -worst.tokenValue);
    margin.spotLiabilities += 1;
    margin.hasIsolatedSpot ||= market.assetTier === 'Isolated';
  } else if (hasOpenOrder(position)) {
    margin.spotLiabilities += 1;
    margin.hasIsolatedSpot ||= market.assetTier === 'Isolated';
  }
  if (worst.ordersValue > 0n) margin.collateral += worst.ordersValue;
  else sums.require(-worst.ordersValue, -worst.ordersValue);
}

function addPerp(
  sums: Sums,
  position: PerpPosition,
  markets: Markets,
  terms: MarginTerms,
  ratio: bigint,
): void {
  const market = markets.perp(position.marketIndex);
  const quote = markets.spot(market.quoteSpotMarketIndex);
  const { margin } = sums;
  margin.areOraclesValid &&= isValidFor('MarginCalc', markets.spotValidity(quote));
  const validity = markets.perpValidity(market);
  const worth = perpWorth(position, market, markets, spotPrice(quote, markets, terms), terms.type, ratio);
  sums.require(worth.requirement, worth.liability, market.marketIndex);
  margin.collateral += worth.pnl;
  const isLiability =
    position.baseAssetAmount !== 0n || position.quoteAssetAmount < 0n || hasOpenOrder(position);
  if (isLiability) {
    margin.perpLiabilities += 1;
    margin.hasIsolatedPerp ||= market.contractTier === 'Isolated';
  }
  if (isLiability || terms.type !== 'Initial') margin.areOraclesValid &&= isValidFor('MarginCalc', validity);
}

/** Source: calculate_perp_position_value_and_pnl. */
function perpWorth(
  position: PerpPosition,
  market: PerpMarket,
  markets: Markets,
  quotePrice: StrictPrice,
  type: MarginType,
  ratio: bigint,
): { readonly requirement: bigint; readonly pnl: bigint; readonly liability: bigint } {
  const { price } = markets.price(market.amm.oracle);
  const gain = unrealizedPnl(position, price) + fundingPayment(position, market.amm);
  const worst = worstCaseBase(position);
  const liability = (baseValue(worst, price) * quotePrice.most) / PRICE;
  const required = greater(ratio, perpMarginRatio(magnitude(worst), market, type));
  const pnl = (((gain * gainWeight(gain, market, type)) / MARGIN) * gainPrice(gain, quotePrice)) / PRICE;
  return {
    requirement: (liability * required) / MARGIN + BigInt(position.openOrders) * OPEN_ORDER_MARGIN,
    pnl: type === 'Initial' ? lesser(pnl, MOST_GAIN_FOR_INITIAL) : pnl,
    liability,
  };
}

function gainPrice(gain: bigint, { current, least, most }: StrictPrice): bigint {
  if (gain === 0n) return current;
  return gain > 0n ? least : most;
}

export const meetsRequirement = ({ collateral, requirement }: Margin): boolean => collateral >= requirement;

/** Quote 1e6 that is free, not below zero. */
export const freeCollateral = ({ collateral, requirement }: Margin): bigint =>
  greater(collateral - requirement, 0n);

export const shortage = ({ collateral, requirementWithBuffer }: Margin): bigint =>
  magnitude(requirementWithBuffer - collateral);

export const canExitLiquidation = ({ collateral, requirementWithBuffer }: Margin): boolean =>
  collateral >= requirementWithBuffer;

export const meets = (user: User, markets: Markets, terms: MarginTerms): boolean =>
  meetsRequirement(marginOf(user, markets, terms));

/** Source: validate_any_isolated_tier_requirements. */
function checkIsolatedTiers(user: User, margin: Margin): void {
  if (isReduceOnly(user)) return;
  const { perpLiabilities, spotLiabilities } = margin;
  const quote = quotePosition(user);
  const borrowsQuote = quote.scaledBalance > 0n && quote.balanceType === 'Borrow';
  const isPerpAlone =
    perpLiabilities <= 1 &&
    !user.isMarginTradingEnabled &&
    (spotLiabilities === 0 || (spotLiabilities === 1 && borrowsQuote));
  if (margin.hasIsolatedPerp && !isPerpAlone) refuse('IsolatedAssetTierViolation', 'of a perp market');
  if (margin.hasIsolatedSpot && !(perpLiabilities === 0 && spotLiabilities === 1))
    refuse('IsolatedAssetTierViolation', 'of a spot market');
}

/** Refused where what is left wouldn't carry the rest. Source: meets_withdraw_margin_requirement. */
export function checkWithdraw(user: User, markets: Markets): void {
  const margin = marginOf(user, markets, { type: 'Initial', isStrict: true });
  const hasLiability = margin.requirement > 0n || margin.spotLiabilities + margin.perpLiabilities > 0;
  if (hasLiability && !margin.areOraclesValid) refuse('InvalidOracle', 'liabilities under an invalid oracle');
  checkIsolatedTiers(user, margin);
  if (!meetsRequirement(margin))
    refuse('InsufficientCollateral', `${margin.collateral} < ${margin.requirement}`);
}

/** Source: meets_place_order_margin_requirement. */
export function checkOrderMargin(user: User, markets: Markets, isRiskIncreasing: boolean): void {
  const margin = marginOf(user, markets, {
    type: isRiskIncreasing ? 'Initial' : 'Maintenance',
    isStrict: true,
  });
  if (!meetsRequirement(margin))
    refuse('InsufficientCollateral', `${margin.collateral} < ${margin.requirement}`);
  checkIsolatedTiers(user, margin);
}

/** Refused where spot orders could lead to a borrow that the user hasn't allowed. Source: validate_spot_margin_trading. */
export function checkSpotMarginTrading(user: User, markets: Markets): void {
  if (user.isMarginTradingEnabled) {
    for (const position of user.perpPositions)
      if (!isFreePerp(position) && markets.perp(position.marketIndex).contractTier === 'Isolated')
        refuse('IsolatedAssetTierViolation', `perp market ${position.marketIndex}`);
    return;
  }
  let bidsValue = 0n;
  for (const position of user.spotPositions) {
    const { openAsks, openBids, marketIndex } = position;
    if (openAsks < 0n && signedTokens(position, markets.spot(marketIndex)) + openAsks < 0n)
      refuse('MarginTradingDisabled', `asks of spot market ${marketIndex}`);
    if (openBids > 0n) {
      const market = markets.spot(marketIndex);
      bidsValue += tokenValue(-openBids, market, markets.price(market.oracle).price);
    }
  }
  const quote = quotePosition(user);
  const quoteTokens = isFreeSpot(quote) ? 0n : signedTokens(quote, markets.quote);
  if (bidsValue !== 0n && quoteTokens + bidsValue < 0n) refuse('MarginTradingDisabled', 'bids');
}

export const liquidationTerms = (buffer: number, trackedPerp?: number): MarginTerms => ({
  type: 'Maintenance',
  buffer,
  ...(trackedPerp === undefined ? {} : { trackedPerp }),
});

/** Whether the account is still being liquidated; it leaves the liquidation where it may. */
export function isStillLiquidated(user: User, markets: Markets, buffer: number): boolean {
  if (!isBeingLiquidated(user)) return false;
  if (!canExitLiquidation(marginOf(user, markets, liquidationTerms(buffer)))) return true;
  exitLiquidation(user);
  return false;
}
