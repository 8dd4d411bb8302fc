import type { BalanceType, SpotPosition } from './accounts.ts';
import type { PoolBalance, SpotMarket } from './marketAccounts.ts';
import { magnitude, quotient, quotientDown, quotientUp, unsigned } from './integers.ts';
import type { StrictPrice } from './oracle.ts';
import { refuse } from './refusal.ts';

/** Balances as shares of a spot market, and what they are worth in its token. Source: math/spot_balance.rs. */

/** A balance of a user or of a pool, which only has deposits. */
export type Balance = SpotPosition | PoolBalance;

const typeOf = (balance: Balance): BalanceType =>
  'balanceType' in balance ? balance.balanceType : 'Deposit';

/** Scaled balance 1e9 × interest 1e10 to the token's own units. */
const scale = (market: SpotMarket): bigint => 10n ** BigInt(19 - market.decimals);
export const precisionOf = (market: SpotMarket): bigint => 10n ** BigInt(market.decimals);

const interestOf = (market: SpotMarket, type: BalanceType): bigint =>
  type === 'Deposit' ? market.cumulativeDepositInterest : market.cumulativeBorrowInterest;

/** Token units of a scaled balance: deposits rounded down, borrows up. */
export function tokensOf(balance: bigint, market: SpotMarket, type: BalanceType): bigint {
  const product = balance * interestOf(market, type);
  return type === 'Deposit' ? quotient(product, scale(market)) : quotientUp(product, scale(market));
}

/** Token units of a balance; negative for a borrow. */
export function signedTokens(balance: Balance, market: SpotMarket): bigint {
  const type = typeOf(balance);
  const tokens = tokensOf(balance.scaledBalance, market, type);
  return type === 'Deposit' ? tokens : -tokens;
}

/** The scaled balance of so many token units. */
function scaledOf(tokens: bigint, market: SpotMarket, type: BalanceType, roundsUp: boolean): bigint {
  const balance = quotient(tokens * scale(market), interestOf(market, type));
  return roundsUp && balance !== 0n ? balance + 1n : balance;
}

export const deposits = (market: SpotMarket): bigint => tokensOf(market.depositBalance, market, 'Deposit');
export const borrows = (market: SpotMarket): bigint => tokensOf(market.borrowBalance, market, 'Borrow');
export const poolTokens = (pool: PoolBalance, market: SpotMarket): bigint =>
  tokensOf(pool.scaledBalance, market, 'Deposit');

/** Quote 1e6 that tokens are worth at a price, rounded down. */
export const tokenValue = (tokens: bigint, market: SpotMarket, price: bigint): bigint =>
  quotientDown(tokens * price, precisionOf(market));

/** The same at the worse of price and twap. */
export const strictTokenValue = (tokens: bigint, market: SpotMarket, price: StrictPrice): bigint =>
  tokenValue(tokens, market, tokens > 0n ? price.least : price.most);

function changeTotal(market: SpotMarket, type: BalanceType, by: bigint): void {
  if (type === 'Deposit') market.depositBalance = unsigned(market.depositBalance + by);
  else market.borrowBalance = unsigned(market.borrowBalance + by);
}

/**
 * Credits (`Deposit`) or debits (`Borrow`) a balance by so many token units, and its market with it. What leaves the
 * program (`isLeaving`) is rounded against who takes it. Source: controller/spot_balance.rs, update_spot_balances.
 */
export function changeBalance(
  tokens: bigint,
  direction: BalanceType,
  market: SpotMarket,
  balance: Balance,
  isLeaving = false,
): void {
  let left = tokens;
  const type = typeOf(balance);
  if (direction === type) increase(left, direction, market, balance);
  else {
    const held = tokensOf(balance.scaledBalance, market, type);
    if (held !== 0n) {
      const isPart = held > left;
      const scaled = isPart
        ? scaledOf(left, market, type, isLeaving || type === 'Borrow')
        : balance.scaledBalance;
      changeTotal(market, type, -scaled);
      balance.scaledBalance = unsigned(balance.scaledBalance - scaled);
      left -= isPart ? left : held;
    }
    if (left > 0n) {
      if (!('balanceType' in balance))
        return refuse('CantUpdateSpotBalanceType', 'a pool holds deposits only');
      balance.balanceType = direction;
      increase(left, direction, market, balance);
    }
  }
  if (isLeaving && direction === 'Borrow' && deposits(market) < borrows(market))
    refuse('SpotMarketInsufficientDeposits', `spot market ${market.marketIndex}`);
}

function increase(tokens: bigint, type: BalanceType, market: SpotMarket, balance: Balance): void {
  const scaled = scaledOf(tokens, market, type, type === 'Borrow');
  balance.scaledBalance += scaled;
  changeTotal(market, type, scaled);
}

/** The same, counted into what a user has put in and taken out: `counted` where that differs from the tokens. */
export function changePosition(
  tokens: bigint,
  direction: BalanceType,
  market: SpotMarket,
  position: SpotPosition,
  { isLeaving = false, counted = tokens }: { readonly isLeaving?: boolean; readonly counted?: bigint } = {},
): void {
  changeBalance(tokens, direction, market, position, isLeaving);
  position.cumulativeDeposits += direction === 'Deposit' ? counted : -counted;
}

/** Source: controller/spot_balance.rs, transfer_spot_balances. */
export function transferTokens(tokens: bigint, market: SpotMarket, from: Balance, to: Balance): void {
  if (tokens === 0n) return;
  if (typeOf(from) === 'Deposit' && market.depositBalance < from.scaledBalance)
    refuse('InvalidSpotMarketState', `spot market ${market.marketIndex}`);
  changeBalance(magnitude(tokens), tokens < 0n ? 'Deposit' : 'Borrow', market, from);
  changeBalance(magnitude(tokens), tokens < 0n ? 'Borrow' : 'Deposit', market, to);
}

/** Refused where the market's vault holds less than its depositors are owed. Source: math/spot_withdraw.rs. */
export function checkVault(market: SpotMarket, vaultTokens: bigint): void {
  if (vaultTokens < checkedClaim(market))
    refuse('SpotMarketVaultInvariantViolated', `spot market ${market.marketIndex}`);
}

/** What depositors are owed, token units. Source: math/spot_withdraw.rs, validate_spot_balances. */
export function checkedClaim(market: SpotMarket): bigint {
  if (poolTokens(market.revenuePool, market) > deposits(market))
    refuse('SpotMarketVaultInvariantViolated', `spot market ${market.marketIndex}`);
  return deposits(market) - borrows(market);
}

/** Source: state/spot_market.rs, validate_max_token_deposits. */
export function checkMostDeposits(market: SpotMarket): void {
  if (market.maxTokenDeposits !== 0n && deposits(market) > market.maxTokenDeposits)
    refuse('MaxDeposit', `spot market ${market.marketIndex}`);
}
