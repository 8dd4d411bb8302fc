import type { TradingAccountView, TradingPositionView } from '../../../shared/contract/orders.ts';
import { formatBase, formatPrice, formatRate, formatUsd } from '../../../shared/money/decimal.ts';
import { NO_RATE, base, value, type Price, type Rate, type Value } from '../../../shared/money/quantity.ts';
import { exact, toUsd, valueOf } from '../../../shared/money/arithmetic.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import { figuresOf } from '../../domain/orderPreview.ts';
import { oracleOf, unsettledPnl } from '../../domain/margin.ts';
import { entryPrice } from '../../domain/position.ts';
import { accountFiguresView } from '../../risk/orderPreviewView.ts';
import type { PaperVenue } from '../../venues/paper/paperVenue.ts';
import { restingOf } from './manualGates.ts';

/** The sub-account that is traded by hand, as its owner sees it. */
export function manualAccountView(
  venue: PaperVenue,
  subAccount: number,
  timestamp: number,
): TradingAccountView {
  const { account, wallet, oracles, openOrders } = venue.snapshot();
  const { markets, weights, volume30d } = venue;
  const ratio =
    (which: 'initialMargin' | 'maintenanceMargin') =>
    (market: string): Rate =>
      markets.get(market)?.[which] ?? NO_RATE;
  const rules = {
    initialRatioOf: ratio('initialMargin'),
    maintenanceRatioOf: ratio('maintenanceMargin'),
    weights,
  };
  const figures = figuresOf(account, oracles, rules, restingOf(openOrders));
  const [first] = markets.values();
  const positions = account.perps
    .filter(({ size, quote }) => size !== 0n || quote !== 0n)
    .map((position): TradingPositionView => {
      const oracle = oracleOf(oracles, position.asset);
      const danger = figures.liquidationPrices.find(({ asset }) => asset === position.asset);
      const { mark } = venue.quote(position.market);
      return {
        market: position.market,
        size: formatBase(position.size),
        entryPrice: formatPrice(entryPrice(position)),
        markPrice: formatPrice(mark),
        notional: up(valueOf(base(magnitude(position.size)), oracle)),
        liquidationAbove: textOf(danger?.above),
        liquidationBelow: textOf(danger?.below),
        unrealizedPnl: down(value(position.size * oracle + exact(position.entryQuote))),
        unsettledPnl: down(unsettledPnl(position, oracle)),
        settledPnl: formatUsd(position.settledPnl),
        fundingEarned: formatUsd(position.fundingEarned),
      };
    });
  return {
    venue: venue.name,
    subAccount,
    timestamp,
    cash: formatUsd(account.cash),
    spotSol: formatBase(account.spot),
    walletSol: formatBase(wallet),
    figures: accountFiguresView(figures),
    reserved: up(figures.reservedMargin),
    volume30d: formatUsd(volume30d),
    takerFee: formatRate(first?.takerFee ?? NO_RATE),
    makerFee: formatRate(first?.makerFee ?? NO_RATE),
    positions,
  };
}

const up = (amount: Value): string => formatUsd(toUsd(amount, 'ceil'));
const down = (amount: Value): string => formatUsd(toUsd(amount, 'floor'));

const textOf = (at: Price | null | undefined): string | null =>
  at === null || at === undefined ? null : formatPrice(at);
