import type { SpotPosition } from './accounts.ts';
import type { PerpMarket, SpotMarket } from './marketAccounts.ts';
import { between, greater, lesser, magnitude, saturating } from './integers.ts';
import { QUOTE } from './precision.ts';
import { changeBalance, checkedClaim, poolTokens, signedTokens, transferTokens } from './spotBalance.ts';
import { mostFillable } from './withdrawLimit.ts';

/** What a perp market has in its pools and pays out of them. All quote 1e6. Source: controller/amm.rs. */

/** Beyond which fees go on to the revenue pool. */
const REVENUE_THRESHOLD = 250n * QUOTE;
/** Of losses that users settle, the part that goes to the fee pool while it is owed fees. */
const AMM_PART = 100n;

/** The half of fees that stays with the market. Source: get_total_fee_lower_bound. */
const leastFees = ({ amm }: PerpMarket): bigint => amm.totalExchangeFee / 2n;

/** Positive to the revenue pool, negative from it. Source: calculate_revenue_pool_transfer. */
function revenueTransfer(market: PerpMarket, spot: SpotMarket): bigint {
  const { amm, insuranceClaim: claim } = market;
  const surplus = amm.totalFeeMinusDistributions - amm.totalFeeWithdrawn - REVENUE_THRESHOLD;
  if (surplus > 0n) {
    const spare = saturating(poolTokens(amm.feePool, spot), REVENUE_THRESHOLD + amm.totalSocialLoss);
    const liquidationFees = lesser(
      amm.totalLiquidationFee,
      claim.quoteSettledInsurance + claim.quoteMaxInsurance,
    );
    const mostNow = greater(
      lesser(
        claim.revenueWithdrawSinceLastSettle + claim.maxRevenueWithdrawPerPeriod,
        amm.netRevenueSinceLastFunding,
      ),
      0n,
    );
    const due = greater(leastFees(market) + liquidationFees - amm.totalFeeWithdrawn, 0n);
    return lesser(lesser(due, spare), mostNow);
  }
  if (surplus === 0n) return 0n;
  const most = claim.maxRevenueWithdrawPerPeriod;
  const allowed = between(
    greater(most - claim.revenueWithdrawSinceLastSettle, 0n),
    0n,
    lesser(poolTokens(spot.revenuePool, spot), most),
  );
  return -lesser(-surplus, allowed);
}

function moveRevenue(market: PerpMarket, spot: SpotMarket, now: bigint): void {
  const { amm, insuranceClaim: claim } = market;
  if (spot.insuranceFund.lastRevenueSettleTs > claim.lastRevenueWithdrawTs)
    claim.revenueWithdrawSinceLastSettle = 0n;
  const transfer = revenueTransfer(market, spot);
  if (transfer === 0n) return;
  const tokens = magnitude(transfer);
  if (transfer > 0n) {
    changeBalance(tokens, 'Borrow', spot, amm.feePool);
    changeBalance(tokens, 'Deposit', spot, spot.revenuePool);
    amm.totalFeeWithdrawn += tokens;
  } else {
    changeBalance(tokens, 'Borrow', spot, spot.revenuePool);
    changeBalance(tokens, 'Deposit', spot, amm.feePool);
  }
  amm.totalFeeMinusDistributions -= transfer;
  claim.revenueWithdrawSinceLastSettle -= transfer;
  claim.lastRevenueWithdrawTs = now;
}

/** Brings the fee pool to what it is owed, from or into the pnl pool; whether it is still owed fees is the answer. */
function balancePools(market: PerpMarket, spot: SpotMarket): boolean {
  const { amm, pnlPool } = market;
  const held = poolTokens(amm.feePool, spot);
  const most = amm.totalFeeMinusDistributions + amm.totalLiquidationFee - amm.totalFeeWithdrawn;
  if (most <= held) transferTokens(held - greater(0n, most), spot, amm.feePool, pnlPool);
  const least = leastFees(market) + amm.totalLiquidationFee - amm.totalFeeWithdrawn;
  const missing = least - poolTokens(amm.feePool, spot);
  if (missing > 0n) transferTokens(lesser(missing, poolTokens(pnlPool, spot)), spot, pnlPool, amm.feePool);
  return most > held;
}

/**
 * Moves what a user's gain or loss takes out of the pools or brings in; the answer is how much of it they can settle
 * now. Source: update_pool_balances.
 */
export function settleWithPools(
  market: PerpMarket,
  spot: SpotMarket,
  quotePosition: SpotPosition,
  pnl: bigint,
  now: bigint,
): bigint {
  const isOwedFees = balancePools(market, spot);
  moveRevenue(market, spot, now);
  const settled =
    pnl > 0n
      ? lesser(pnl, poolTokens(market.pnlPool, spot))
      : greater(-mostFillable(spot, signedTokens(quotePosition, spot)), pnl);
  const forAmm = isOwedFees && settled < 0n ? settled / AMM_PART : 0n;
  if (isOwedFees && settled < 0n) changeBalance(-forAmm, 'Deposit', spot, market.amm.feePool);
  const forPool = forAmm - settled;
  changeBalance(magnitude(forPool), forPool >= 0n ? 'Deposit' : 'Borrow', spot, market.pnlPool);
  checkedClaim(spot);
  return settled;
}
