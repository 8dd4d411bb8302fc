import type { BalanceType, State, User, UserStats } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import {
  checkNotPaused,
  checkSigner,
  checkTokens,
  checkVaultAddress,
  ownedStats,
  ownedUser,
  stateOf,
  statsOf,
  tradedBy,
} from './access.ts';
import { emitDeposit } from './events.ts';
import { lesser, quotient } from './integers.ts';
import { accrueInterest } from './interest.ts';
import {
  checkSpotMarginTrading,
  checkWithdraw,
  freeCollateral,
  isStillLiquidated,
  marginOf,
} from './margin.ts';
import { Markets } from './markets.ts';
import { MARGIN, PRICE, QUOTE, U64_MAX } from './precision.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import {
  changeBalance,
  changePosition,
  checkMostDeposits,
  checkVault,
  precisionOf,
  signedTokens,
  tokensOf,
} from './spotBalance.ts';
import { tokenAccount } from './tokenAccount.ts';
import {
  checkNotBankrupt,
  exitLiquidation,
  findSpotPosition,
  isBeingLiquidated,
  madeSpotPosition,
  wasActive,
} from './user.ts';
import { assetWeight } from './weights.ts';
import { takeOut } from './withdrawLimit.ts';

/** Tokens into the venue, out of it, and between accounts of one owner. Source: instructions/user.rs. */

interface Moved {
  readonly marketIndex: number;
  readonly amount: bigint;
  readonly reduceOnly: boolean;
}

const movedBy = (run: Run): Moved => run.args as unknown as Moved;
const valueOf = (amount: bigint, price: bigint, market: SpotMarket): bigint =>
  (amount * price) / precisionOf(market);

function broughtUpToDate(
  run: Run,
  markets: Markets,
  index: number,
): { readonly market: SpotMarket; readonly price: bigint } {
  const market = markets.spot(index);
  const oracle = markets.price(market.oracle);
  accrueInterest(run, market, oracle);
  return { market, price: oracle.price };
}

function marketsOf(run: Run, state: State, index: number): Markets {
  return new Markets(run, { spot: [index] }, state.oracleGuardRails);
}

/** Refused where a deposit would leave less than one unit. */
function checkNoDust(user: User, market: SpotMarket): void {
  const position = madeSpotPosition(user, market.marketIndex);
  if (signedTokens(position, market) === 0n && position.scaledBalance !== 0n)
    refuse('InvalidSpotPosition', `${position.scaledBalance}`);
}

export function deposit(run: Run): void {
  const state = stateOf(run);
  const user = tradedBy(run, 'user');
  statsOf(run, 'userStats', user.value);
  const { marketIndex, amount: asked, reduceOnly } = movedBy(run);
  checkVaultAddress(run, marketIndex);
  checkTokens(run, 'spotMarketVault', true);
  checkNotPaused(state, 'deposit');
  const markets = marketsOf(run, state, marketIndex);
  if (asked === 0n) refuse('InsufficientDeposit', '0');
  checkNotBankrupt(user.value);
  if (markets.spot(marketIndex).status === 'Initialized')
    refuse('MarketBeingInitialized', `spot market ${marketIndex}`);
  const { market, price } = broughtUpToDate(run, markets, marketIndex);
  const position = madeSpotPosition(user.value, marketIndex);
  const wasBorrow = position.scaledBalance > 0n && position.balanceType === 'Borrow';
  const onlyRepays = (market.status === 'ReduceOnly' || reduceOnly) && position.balanceType === 'Borrow';
  const amount = onlyRepays ? lesser(tokensOf(position.scaledBalance, market, 'Borrow'), asked) : asked;
  user.value.totalDeposits += valueOf(amount, price, market);
  changePosition(amount, 'Deposit', market, position);
  checkNoDust(user.value, market);
  if (position.balanceType === 'Deposit' && position.scaledBalance > 0n && market.status !== 'Active')
    refuse('MarketActionPaused', `spot market ${marketIndex}`);
  isStillLiquidated(user.value, markets, state.liquidationMarginBufferRatio);
  wasActive(user.value, run.slot);
  run.chain.transferTokens(run.address('userTokenAccount'), run.address('spotMarketVault'), amount);
  emitDeposit(run, user, market, {
    direction: 'Deposit',
    amount,
    oraclePrice: price,
    explanation: wasBorrow ? 'RepayBorrow' : 'None',
  });
  checkMostDeposits(market);
}

/** The most that may be taken out without a borrow. Source: math/margin.rs, calculate_max_withdrawable_amount. */
function mostWithdrawable(user: User, market: SpotMarket, markets: Markets): bigint {
  const margin = marginOf(user, markets, { type: 'Initial' });
  const position = madeSpotPosition(user, market.marketIndex);
  const tokens = tokensOf(position.scaledBalance, market, position.balanceType);
  const { price } = markets.price(market.oracle);
  const weight = assetWeight(tokens, market, price, 'Initial');
  if (weight === 0n) return U64_MAX;
  if (margin.spotLiabilities + margin.perpLiabilities === 0) return tokens;
  const value = quotient(freeCollateral(margin) * MARGIN, weight);
  return quotient(value * PRICE, price) * (precisionOf(market) / QUOTE);
}

function reducedAmount(user: User, market: SpotMarket, markets: Markets, asked: bigint): bigint {
  const position = madeSpotPosition(user, market.marketIndex);
  if (position.balanceType !== 'Deposit') refuse('ReduceOnlyWithdrawIncreasedRisk', 'a borrow');
  const most = mostWithdrawable(user, market, markets);
  return lesser(lesser(asked, most), tokensOf(position.scaledBalance, market, 'Deposit'));
}

export function withdraw(run: Run): void {
  const state = stateOf(run);
  const user = ownedUser(run, 'user');
  const { value: stats } = ownedStats(run);
  const { marketIndex, amount: asked, reduceOnly } = movedBy(run);
  checkVaultAddress(run, marketIndex);
  checkSigner(run, state);
  checkTokens(run, 'spotMarketVault', false);
  checkNotPaused(state, 'withdraw');
  const markets = marketsOf(run, state, marketIndex);
  checkNotBankrupt(user.value);
  const { market, price } = broughtUpToDate(run, markets, marketIndex);
  const onlyReduces = reduceOnly || market.status === 'ReduceOnly';
  madeSpotPosition(user.value, marketIndex);
  let amount = onlyReduces ? reducedAmount(user.value, market, markets, asked) : asked;
  if (paysToWithdraw(user.value, stats, run.slot)) amount -= chargeFee(user.value, stats, market, price);
  user.value.totalWithdraws += valueOf(amount, price, market);
  takeOut(amount, market, user.value);
  afterTaking(run, user, markets);
  const position = findSpotPosition(user.value, marketIndex);
  const isBorrow = position !== undefined && position.scaledBalance > 0n && position.balanceType === 'Borrow';
  emitDeposit(run, user, market, {
    direction: 'Withdraw',
    amount,
    oraclePrice: price,
    explanation: isBorrow ? 'Borrow' : 'None',
  });
  run.chain.transferTokens(run.address('spotMarketVault'), run.address('userTokenAccount'), amount);
  checkVault(market, tokenAccount(run, run.address('spotMarketVault')).amount);
}

function afterTaking(run: Run, user: Held<'User'>, markets: Markets): void {
  checkWithdraw(user.value, markets);
  checkSpotMarginTrading(user.value, markets);
  if (isBeingLiquidated(user.value)) exitLiquidation(user.value);
  wasActive(user.value, run.slot);
}

const MUCH_WITHDRAWN = 10_000_000n * QUOTE;

/** Who has taken out very much and hardly traded pays for taking out again within half a minute. */
function paysToWithdraw(user: User, stats: UserStats, slot: bigint): boolean {
  const paid = stats.fees.totalFeePaid > 0n ? stats.fees.totalFeePaid : 1n;
  return (
    slot - user.lastActiveSlot < 50n &&
    user.totalWithdraws >= MUCH_WITHDRAWN &&
    user.totalWithdraws / paid > 10_000n
  );
}

/** Token units. Source: controller/spot_position.rs, charge_withdraw_fee. */
function chargeFee(user: User, stats: UserStats, market: SpotMarket, price: bigint): bigint {
  const fee = ((QUOTE / 2_000n) * precisionOf(market)) / price;
  user.cumulativeSpotFees -= fee;
  stats.fees.totalFeePaid += fee;
  changeBalance(fee, 'Deposit', market, market.revenuePool);
  changePosition(fee, 'Borrow', market, madeSpotPosition(user, market.marketIndex), { counted: 0n });
  return fee;
}

export function transferDeposit(run: Run): void {
  const from = ownedUser(run, 'fromUser');
  const to = ownedUser(run, 'toUser');
  ownedStats(run);
  const state = stateOf(run);
  const { marketIndex, amount } = movedBy(run);
  checkVaultAddress(run, marketIndex);
  checkNotPaused(state, 'deposit');
  checkNotPaused(state, 'withdraw');
  checkNotBankrupt(to.value);
  checkNotBankrupt(from.value);
  if (from.address === to.address) refuse('CantTransferBetweenSameUserAccount', from.address);
  const markets = marketsOf(run, state, marketIndex);
  const { market, price } = broughtUpToDate(run, markets, marketIndex);
  const emit = (user: Held<'User'>, direction: BalanceType, transferUser: string): void =>
    emitDeposit(run, user, market, {
      direction: direction === 'Deposit' ? 'Deposit' : 'Withdraw',
      amount,
      oraclePrice: price,
      explanation: 'Transfer',
      transferUser,
    });
  from.value.totalWithdraws += valueOf(amount, price, market);
  takeOut(amount, market, from.value);
  afterTaking(run, from, markets);
  emit(from, 'Borrow', to.address);
  to.value.totalDeposits += valueOf(amount, price, market);
  changePosition(amount, 'Deposit', market, madeSpotPosition(to.value, marketIndex));
  checkNoDust(to.value, market);
  emit(to, 'Deposit', from.address);
  wasActive(to.value, run.slot);
  checkVault(market, tokenAccount(run, run.address('spotMarketVault')).amount);
}
