import type { User } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import { greater, lesser, quotient, saturating } from './integers.ts';
import { PERCENT } from './precision.ts';
import { borrows, changePosition, deposits, tokensOf } from './spotBalance.ts';
import { refuse } from './refusal.ts';
import { heldSpotPosition } from './user.ts';

/** How much may leave a spot market within a day. Source: math/spot_withdraw.rs. */

const PAUSED_WITHDRAW = 4;

const leastDeposits = (market: SpotMarket): bigint => {
  const { depositTokenTwap: twap, withdrawGuardThreshold: threshold } = market;
  return twap - greater(twap / 4n, lesser(threshold, twap));
};

function mostBorrows(market: SpotMarket, depositTokens: bigint): bigint {
  const lower = lesser(depositTokens, market.depositTokenTwap);
  const grown = greater(lower / 6n, market.borrowTokenTwap + lower / 10n);
  return greater(market.withdrawGuardThreshold, lesser(grown, lower - lower / 5n));
}

function utilizationLimits(
  market: SpotMarket,
  depositTokens: bigint,
  borrowTokens: bigint,
): { readonly leastDeposits: bigint; readonly mostBorrows: bigint } {
  const { utilizationTwap, withdrawGuardThreshold: threshold } = market;
  const most = greater(
    BigInt(market.optimalUtilization),
    utilizationTwap + saturating(PERCENT, utilizationTwap) / 2n,
  );
  return {
    leastDeposits: lesser(quotient(borrowTokens * PERCENT, most), saturating(depositTokens, threshold)),
    mostBorrows: greater((most * depositTokens) / PERCENT, threshold),
  };
}

/** A small user's own deposits may leave in any case. */
function isSmallUsersOwn(market: SpotMarket, user: User, withdrawn: bigint): boolean {
  const position = heldSpotPosition(user, market.marketIndex);
  if (user.totalDeposits < user.totalWithdraws) return false;
  if (position.cumulativeDeposits < 0n || position.balanceType !== 'Deposit') return false;
  const left = tokensOf(position.scaledBalance, market, 'Deposit');
  return left + withdrawn < market.withdrawGuardThreshold / 10n;
}

function isWithinLimits(market: SpotMarket, user: User, withdrawn: bigint): boolean {
  const [depositTokens, borrowTokens] = [deposits(market), borrows(market)];
  const byUtilization = utilizationLimits(market, depositTokens, borrowTokens);
  const least = greater(leastDeposits(market), byUtilization.leastDeposits);
  const most = lesser(mostBorrows(market, depositTokens), byUtilization.mostBorrows);
  const isBorrow = heldSpotPosition(user, market.marketIndex).balanceType === 'Borrow';
  const isWithin = depositTokens >= least && (!isBorrow || borrowTokens <= most);
  return isWithin || isSmallUsersOwn(market, user, withdrawn);
}

/** Takes tokens out of a position, within the market's limits. Source: controller/spot_position.rs. */
export function takeOut(tokens: bigint, market: SpotMarket, user: User): void {
  const position = heldSpotPosition(user, market.marketIndex);
  changePosition(tokens, 'Borrow', market, position, { isLeaving: true });
  const name = `spot market ${market.marketIndex}`;
  if (!isWithinLimits(market, user, tokens)) refuse('DailyWithdrawLimit', name);
  if (!['Active', 'ReduceOnly', 'Settlement'].includes(market.status)) refuse('MarketWithdrawPaused', name);
  if ((market.pausedOperations & PAUSED_WITHDRAW) !== 0) refuse('MarketWithdrawPaused', name);
  if (market.assetTier === 'Protected' && position.balanceType === 'Borrow')
    refuse('ProtectedAssetTierViolation', name);
}

/** Token units that somebody with so many tokens may have more, without leaving the program. */
export function mostFillable(market: SpotMarket, tokens: bigint): bigint {
  const [depositTokens, borrowTokens] = [deposits(market), borrows(market)];
  const borrowable = lesser(
    saturating(mostBorrows(market, depositTokens), borrowTokens),
    saturating(depositTokens, borrowTokens),
  );
  return greater(tokens, 0n) + borrowable;
}
