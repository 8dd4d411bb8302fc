import { exact, shareOfUsd, sizeFor, toUsd, valueOf } from '../../../shared/money/arithmetic.ts';
import {
  NO_USD,
  RATE_ONE,
  base,
  value,
  type Base,
  type Rate,
  type Usd,
} from '../../../shared/money/quantity.ts';
import { divide, magnitude, smaller, toStep } from '../../../shared/money/rounding.ts';
import { SPOT_ASSET, type CollateralWeights, type OraclePrices } from '../../domain/account.ts';
import { afterEvent, type Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent } from '../../domain/accountEvent.ts';
import { USDC_PRICE } from '../../domain/books.ts';
import { liquidatable, maintenanceTerms, oracleOf, type MarginRatioOf } from '../../domain/margin.ts';
import type { Market, Side } from '../../domain/market.ts';

export interface LiquidationCase {
  readonly t: number;
  readonly holdings: Holdings;
  readonly oracles: OraclePrices;
  readonly maintenanceRatioOf: MarginRatioOf;
  readonly weights: CollateralWeights;
  readonly markets: ReadonlyMap<string, Market>;
  /** Fraction of the closed notional that the liquidator takes. */
  readonly penalty: Rate;
}

/**
 * What a liquidation does, or nothing while the account is healthy. Every perpetual is closed whole at the oracle, a
 * penalty on its notional; if a borrow still weighs more than the collateral, deposited SOL is sold for it in the
 * same way. Stricter than Drift, which closes in parts. A loss beyond the collateral stays as a borrow, unhidden.
 */
export function liquidate(given: LiquidationCase): readonly AccountEvent[] {
  if (!isDue(given, given.holdings)) return [];
  const events: AccountEvent[] = [];
  let holdings = given.holdings;
  const apply = (event: AccountEvent): void => {
    events.push(event);
    holdings = afterEvent(holdings, event);
  };
  for (const position of given.holdings.account.perps) {
    const size = base(magnitude(position.size));
    const side = position.size > 0n ? 'sell' : 'buy';
    if (size > 0n) for (const event of closing(given, position.market, side, size)) apply(event);
    const amount = toUsd(exact(perpQuote(holdings, position.market)), 'floor');
    const oracle = oracleOf(given.oracles, position.asset);
    if (amount !== 0n) apply({ type: 'SETTLEMENT', t: given.t, market: position.market, amount, oracle });
  }
  if (holdings.account.cash < 0n && holdings.account.spot > 0n && isDue(given, holdings)) {
    const size = spotToSell(given, holdings);
    if (size > 0n) for (const event of closing(given, SPOT_ASSET, 'sell', size)) apply(event);
  }
  return events;
}

function isDue({ oracles, maintenanceRatioOf, weights }: LiquidationCase, { account }: Holdings): boolean {
  return liquidatable(maintenanceTerms(account, oracles, maintenanceRatioOf, weights));
}

function perpQuote({ account }: Holdings, market: string): Usd {
  return account.perps.find((held) => held.market === market)?.quote ?? NO_USD;
}

function closing(given: LiquidationCase, market: string, side: Side, size: Base): readonly AccountEvent[] {
  const asset = given.markets.get(market)?.asset ?? SPOT_ASSET;
  const oracle = oracleOf(given.oracles, asset);
  const penalty = shareOfUsd(toUsd(valueOf(size, oracle), 'ceil'), given.penalty, 'ceil');
  return [
    {
      type: 'FILL',
      t: given.t,
      orderId: `liquidation-${market}-${given.t}`,
      market,
      side,
      size,
      price: oracle,
      oracle,
      fee: NO_USD,
      liquidity: 'taker',
    },
    {
      type: 'COST',
      t: given.t,
      kind: 'liquidation',
      paid: { asset: 'USDC', amount: penalty },
      oracle: USDC_PRICE,
    },
  ];
}

/** SOL that repays the borrow after the penalty, in whole lots rounded up, at most all whole lots that there are. */
function spotToSell(given: LiquidationCase, { account }: Holdings): Base {
  const lot = given.markets.get(SPOT_ASSET)?.lot ?? 1n;
  const oracle = oracleOf(given.oracles, SPOT_ASSET);
  const owed = value(divide(-exact(account.cash) * RATE_ONE, RATE_ONE - given.penalty, 'ceil'));
  const wanted = toStep(sizeFor(owed, oracle, 'ceil'), lot, 'ceil');
  return base(smaller(wanted, toStep(account.spot, lot, 'floor')));
}
