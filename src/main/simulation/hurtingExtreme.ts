import type { Price } from '../../shared/money/quantity.ts';
import { equityOf, healthier, maintenanceTerms } from '../domain/margin.ts';
import type { Lane } from './lane.ts';

/**
 * Which extreme of a candle hurts the account more, and is therefore assumed to have come first: the one with the
 * lower health, or with the lower equity where health is the same, or the low.
 */
export function hurtingExtreme({ venue }: Lane, high: Price, low: Price): 'high' | 'low' {
  const { account, oracles } = venue.snapshot();
  const ratioOf = (market: string) => venue.maintenanceRatio(market);
  const at = (sol: Price) => {
    const moved = { ...oracles, SOL: sol };
    return {
      terms: maintenanceTerms(account, moved, ratioOf, venue.weights),
      equity: equityOf(account, moved),
    };
  };
  const [atHigh, atLow] = [at(high), at(low)];
  if (healthier(atLow.terms, atHigh.terms)) return 'high';
  if (healthier(atHigh.terms, atLow.terms)) return 'low';
  return atHigh.equity < atLow.equity ? 'high' : 'low';
}
