import type { InsuranceFundStake, UserStats } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import {
  checkDerived,
  checkNotPaused,
  checkOwner,
  checkSigner,
  checkTokens,
  checkVaultAddress,
  ownedStats,
  seedOf,
  stateOf,
} from './access.ts';
import { untilPeriod } from './funding.ts';
import { lesser, quotient, saturating, unsigned } from './integers.ts';
import { utilization } from './interest.ts';
import { PERCENT, QUOTE_MARKET } from './precision.ts';
import { notModelled, refuse } from './refusal.ts';
import type { Run } from './run.ts';
import { borrows, checkedClaim, checkVault, deposits } from './spotBalance.ts';
import { tokenAccount } from './tokenAccount.ts';
import { createAccount } from './userAccount.ts';

/** Stakes in a market's insurance fund. Sources: instructions/if_staker.rs, controller/insurance.rs, math/insurance.rs. */

const STAKE_BYTES = 136;
const PAUSED = { init: 1, add: 2, requestRemove: 4, remove: 8 } as const;
const HEALTHY_UTILIZATION = (PERCENT * 8n) / 10n;

type Action = 'Stake' | 'UnstakeRequest' | 'UnstakeCancelRequest' | 'Unstake';

interface Staking {
  readonly run: Run;
  readonly market: SpotMarket;
  readonly stake: InsuranceFundStake;
  readonly stats: UserStats;
  /** Token units in the fund's vault. */
  readonly vault: bigint;
}

function checkOperation(
  { ifPausedOperations, marketIndex }: SpotMarket,
  operation: keyof typeof PAUSED,
): void {
  if ((ifPausedOperations & PAUSED[operation]) !== 0)
    refuse('InsuranceFundOperationPaused', `spot market ${marketIndex}`);
}

/** Shares for so many token units: one for one while there are none. */
function sharesOf(tokens: bigint, totalShares: bigint, vault: bigint): bigint {
  if (vault > 0n) return totalShares === vault ? tokens : quotient(tokens * totalShares, vault);
  if (totalShares !== 0n) refuse('InvalidIFSharesDetected', 'shares of nothing');
  return tokens;
}

/** Token units that shares are worth, rounded down. */
function worthOf(shares: bigint, totalShares: bigint, vault: bigint): bigint {
  if (shares > totalShares) refuse('InvalidIFSharesDetected', `${shares} > ${totalShares}`);
  return totalShares > 0n ? (vault * shares) / totalShares : 0n;
}

function marketIndexOf(run: Run): number {
  return (run.args as unknown as { readonly marketIndex: number }).marketIndex;
}

function stakingOf(run: Run): Staking {
  const marketIndex = marketIndexOf(run);
  const { value: market } = run.held('SpotMarket', 'spotMarket');
  const { value: stake } = run.held('InsuranceFundStake', 'insuranceFundStake');
  checkDerived(run, 'spotMarket', 'spot_market', seedOf.index(marketIndex));
  checkOwner(stake, run, 'insuranceFundStake');
  const { value: stats } = ownedStats(run);
  checkDerived(run, 'insuranceFundVault', 'insurance_fund_vault', seedOf.index(marketIndex));
  return { run, market, stake, stats, vault: tokenAccount(run, run.address('insuranceFundVault')).amount };
}

function checkMarket({ run, stake }: Staking): void {
  if (stake.marketIndex !== marketIndexOf(run))
    refuse('IncorrectSpotMarketAccountPassed', `${stake.marketIndex}`);
}

export function initializeInsuranceFundStake(run: Run): void {
  const marketIndex = marketIndexOf(run);
  const authority = run.address('authority');
  checkDerived(run, 'spotMarket', 'spot_market', seedOf.index(marketIndex));
  checkDerived(
    run,
    'insuranceFundStake',
    'insurance_fund_stake',
    seedOf.key(authority),
    seedOf.index(marketIndex),
  );
  createAccount(run, 'insuranceFundStake', 'InsuranceFundStake', STAKE_BYTES);
  ownedStats(run);
  const { value: stake } = run.held('InsuranceFundStake', 'insuranceFundStake');
  Object.assign(stake, { authority, marketIndex, lastValidTs: run.now });
  checkOperation(run.held('SpotMarket', 'spotMarket').value, 'init');
}

/** Where the fund has lost much, shares are counted in tens, hundreds and so on: not here. */
function checkBase({ market: { insuranceFund: fund }, stake, vault }: Staking): void {
  if (vault !== 0n && fund.totalShares / 10n / vault >= 10n)
    notModelled('an insurance fund that has lost much');
  if (fund.sharesBase !== stake.ifBase) notModelled('an insurance fund that has lost much');
  if (vault !== 0n && fund.totalShares === 0n) fund.totalShares = vault;
}

interface Before {
  readonly ifShares: bigint;
  readonly userShares: bigint;
  readonly totalShares: bigint;
}

const before = ({ market: { insuranceFund: fund }, stake }: Staking): Before => ({
  ifShares: stake.ifShares,
  userShares: fund.userShares,
  totalShares: fund.totalShares,
});

/** Counts the stake for the owner's fees, and tells of it. `vaultAfter` in token units. */
function concluded(staking: Staking, was: Before, action: Action, amount: bigint, vaultAfter: bigint): void {
  const { run, market, stake, stats, vault } = staking;
  const { insuranceFund: fund } = market;
  if (market.marketIndex === QUOTE_MARKET)
    stats.ifStakedQuoteAssetAmount = worthOf(stake.ifShares, fund.totalShares, vaultAfter);
  run.emit('InsuranceFundStakeRecord', {
    ts: run.now,
    userAuthority: stats.authority,
    action,
    amount,
    marketIndex: market.marketIndex,
    insuranceVaultAmountBefore: vault,
    ifSharesBefore: was.ifShares,
    userIfSharesBefore: was.userShares,
    totalIfSharesBefore: was.totalShares,
    ifSharesAfter: stake.ifShares,
    userIfSharesAfter: fund.userShares,
    totalIfSharesAfter: fund.totalShares,
  });
}

function changeShares({ market: { insuranceFund: fund }, stake }: Staking, by: bigint): void {
  stake.ifShares = unsigned(stake.ifShares + by);
  fund.totalShares = unsigned(fund.totalShares + by);
  fund.userShares = unsigned(fund.userShares + by);
}

export function addInsuranceFundStake(run: Run): void {
  const { amount } = run.args as unknown as { readonly amount: bigint };
  const staking = stakingOf(run);
  const { market, stake, vault } = staking;
  checkVaultAddress(run, market.marketIndex);
  checkSigner(run, stateOf(run));
  checkTokens(run, 'insuranceFundVault', true);
  if (amount === 0n) refuse('InsufficientDeposit', '0');
  checkOperation(market, 'add');
  checkMarket(staking);
  if (market.status === 'Initialized') refuse('InvalidSpotMarketState', `spot market ${market.marketIndex}`);
  if (stake.lastWithdrawRequestShares !== 0n || stake.lastWithdrawRequestValue !== 0n)
    refuse('IFWithdrawRequestInProgress', 'a request is in progress');
  const { revenueSettlePeriod: period, lastRevenueSettleTs } = market.insuranceFund;
  if (period > 0n && untilPeriod(lastRevenueSettleTs, period, run.now) === 0n)
    notModelled("the insurance fund's revenue");
  checkVault(market, tokenAccount(run, run.address('spotMarketVault')).amount);
  if (vault === 0n && market.insuranceFund.totalShares !== 0n)
    refuse('InvalidIFForNewStakes', 'the fund is empty');
  checkBase(staking);
  const was = before(staking);
  const shares = sharesOf(amount, market.insuranceFund.totalShares, vault);
  stake.costBasis = stake.ifShares === 0n ? amount : stake.costBasis + amount;
  changeShares(staking, shares);
  concluded(staking, was, 'Stake', amount, vault + amount);
  run.chain.transferTokens(run.address('userTokenAccount'), run.address('insuranceFundVault'), amount);
}

export function requestRemoveInsuranceFundStake(run: Run): void {
  const { amount } = run.args as unknown as { readonly amount: bigint };
  const staking = stakingOf(run);
  const { market, stake, vault } = staking;
  checkOperation(market, 'requestRemove');
  checkMarket(staking);
  if (stake.lastWithdrawRequestShares !== 0n)
    refuse('IFWithdrawRequestInProgress', 'a request is in progress');
  const shares = sharesOf(amount, market.insuranceFund.totalShares, vault);
  if (shares <= 0n) refuse('IFWithdrawRequestTooSmall', `${amount}`);
  if (stake.ifShares < shares) refuse('InsufficientIFShares', `${stake.ifShares} < ${shares}`);
  checkBase(staking);
  const was = before(staking);
  stake.lastWithdrawRequestShares = shares;
  stake.lastWithdrawRequestValue = lesser(
    worthOf(shares, market.insuranceFund.totalShares, vault),
    saturating(vault, 1n),
  );
  concluded(staking, was, 'UnstakeRequest', stake.lastWithdrawRequestValue, vault);
  stake.lastWithdrawRequestTs = run.now;
}

/** What the fund has earned on requested shares meanwhile isn't the owner's. Source: calculate_if_shares_lost. */
function sharesLost({ market: { insuranceFund: fund }, stake, vault }: Staking): bigint {
  const { lastWithdrawRequestShares: shares, lastWithdrawRequestValue: value } = stake;
  if (worthOf(shares, fund.totalShares, vault) <= value) return 0n;
  const kept = sharesOf(value, unsigned(fund.totalShares - shares), unsigned(vault - value));
  if (kept > shares) refuse('InvalidIFSharesDetected', `${kept} > ${shares}`);
  return shares - kept;
}

export function cancelRequestRemoveInsuranceFundStake(run: Run): void {
  const staking = stakingOf(run);
  checkMarket(staking);
  if (staking.stake.lastWithdrawRequestShares === 0n) refuse('NoIFWithdrawRequestInProgress', 'no request');
  checkBase(staking);
  const was = before(staking);
  changeShares(staking, -sharesLost(staking));
  concluded(staking, was, 'UnstakeCancelRequest', 0n, staking.vault);
  forgetRequest(staking);
}

function forgetRequest({ run, stake }: Staking): void {
  stake.lastWithdrawRequestShares = 0n;
  stake.lastWithdrawRequestValue = 0n;
  stake.lastWithdrawRequestTs = run.now;
}

export function removeInsuranceFundStake(run: Run): void {
  const staking = stakingOf(run);
  const { market, stake, vault } = staking;
  const state = stateOf(run);
  checkSigner(run, state);
  checkTokens(run, 'insuranceFundVault', true);
  checkNotPaused(state, 'withdraw');
  checkOperation(market, 'remove');
  checkMarket(staking);
  const used = utilization(deposits(market), borrows(market));
  if (market.utilizationTwap > HEALTHY_UTILIZATION || used > HEALTHY_UTILIZATION)
    refuse('SpotMarketInsufficientDeposits', 'too much is borrowed');
  if (run.now - stake.lastWithdrawRequestTs < market.insuranceFund.unstakingPeriod)
    refuse('TryingToRemoveLiquidityTooFast', 'the unstaking period runs');
  checkBase(staking);
  const was = before(staking);
  const shares = stake.lastWithdrawRequestShares;
  if (shares === 0n) refuse('InvalidIFUnstake', 'no request');
  if (stake.ifShares < shares) refuse('InsufficientIFShares', `${stake.ifShares} < ${shares}`);
  const worth = worthOf(shares, market.insuranceFund.totalShares, vault);
  sharesLost(staking);
  const amount = lesser(worth, stake.lastWithdrawRequestValue);
  changeShares(staking, -shares);
  stake.costBasis -= amount;
  forgetRequest(staking);
  concluded(staking, was, 'Unstake', amount, unsigned(vault - worth));
  run.chain.transferTokens(run.address('insuranceFundVault'), run.address('userTokenAccount'), amount);
  if (tokenAccount(run, run.address('insuranceFundVault')).amount === 0n)
    refuse('InvalidIFDetected', 'the fund would be empty');
  checkedClaim(market);
}
