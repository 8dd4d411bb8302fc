import { parseBase, parsePrice, parseRate } from '../../../shared/money/decimal.ts';
import { NO_RATE } from '../../../shared/money/quantity.ts';
import type { CollateralWeights } from '../../domain/account.ts';
import type { Market } from '../../domain/market.ts';
import type { PaperSettings } from './paperSettings.ts';

/**
 * The paper venue's markets. In each, tick × lot is a whole number of millionths of a dollar, so that every fill
 * moves an exact amount of USDC and nothing is ever left to round.
 */
const GRIDS = [
  { symbol: 'SOL', kind: 'spot', asset: 'SOL', tick: '0.001', lot: '0.001', minimum: '0.001' },
  { symbol: 'SOL-PERP', kind: 'perp', asset: 'SOL', tick: '0.001', lot: '0.001', minimum: '0.001' },
  { symbol: 'BTC-PERP', kind: 'perp', asset: 'BTC', tick: '0.1', lot: '0.0001', minimum: '0.001' },
  { symbol: 'ETH-PERP', kind: 'perp', asset: 'ETH', tick: '0.01', lot: '0.001', minimum: '0.01' },
] as const;

/** Weights of Drift's SOL and USDC deposits. Source: the venue's reference ("Numbers"). */
export const PAPER_WEIGHTS: CollateralWeights = {
  spotAssetInitial: parseRate('0.8'),
  spotAssetMaintenance: parseRate('0.9'),
  cashLiability: parseRate('1'),
};

export function paperMarkets(
  settings: PaperSettings,
  offered: readonly string[],
): ReadonlyMap<string, Market> {
  const markets = GRIDS.filter(({ symbol }) => offered.includes(symbol)).map(
    ({ symbol, kind, asset, tick, lot, minimum }): readonly [string, Market] => [
      symbol,
      {
        symbol,
        kind,
        asset,
        tick: parsePrice(tick),
        lot: parseBase(lot),
        minimum: parseBase(minimum),
        initialMargin: kind === 'perp' ? settings.initialMargin : NO_RATE,
        maintenanceMargin: kind === 'perp' ? settings.maintenanceMargin : NO_RATE,
        takerFee: settings.takerFee,
        makerFee: settings.makerFee,
      },
    ],
  );
  return new Map(markets);
}
