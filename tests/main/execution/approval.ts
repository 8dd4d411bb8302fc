import { judge } from '../../../src/main/risk/gates.ts';
import { RISK_SETTINGS } from '../../../src/main/risk/riskSettings.ts';
import type { ApprovedTrade, Leg, ProposedTrade } from '../../../src/main/risk/trade.ts';
import type { Side } from '../../../src/main/domain/market.ts';
import type { Venue } from '../../../src/main/venues/venue.ts';
import { movedBy } from '../../../src/shared/money/arithmetic.ts';
import { parseBase, parseRate } from '../../../src/shared/money/decimal.ts';
import { price } from '../../../src/shared/money/quantity.ts';
import { toStep } from '../../../src/shared/money/rounding.ts';
import { readGroup } from '../../../src/shared/settings/group.ts';

/** A leg that fills at once: its limit lies 0.5 % behind the mark. */
export function legOf(venue: Venue, market: string, side: Side, size: string, reduceOnly = false): Leg {
  const tolerance = parseRate(side === 'buy' ? '0.005' : '-0.005');
  const limit = movedBy(venue.quote(market).mark, tolerance, 'floor');
  const limitPrice = price(toStep(limit, venue.markets.get(market)?.tick ?? 1n, 'floor'));
  return { market, side, size: parseBase(size), limitPrice, reduceOnly };
}

/** Passed by the real gates: there is no other way to an approved trade. */
export async function approve(
  venue: Venue,
  legs: ProposedTrade['legs'],
  purpose: ProposedTrade['purpose'] = 'enter',
): Promise<ApprovedTrade> {
  const preflights = await Promise.all(
    legs.map(async ({ market }) => [market, await venue.preflight(market)] as const),
  );
  const { t, account, wallet, gas, oracles } = venue.snapshot();
  const verdict = judge(
    { purpose, effect: 'opens', legs, because: 'A test wants it.' },
    {
      now: t,
      account,
      wallet,
      gas,
      openOrders: [],
      oracles,
      markets: venue.markets,
      weights: venue.weights,
      preflights: new Map(preflights),
      fundingHourly: parseRate('0.00001'),
    },
    { ...readGroup(RISK_SETTINGS, {}), profitGate: 'none' },
  );
  if (verdict.verdict === 'refused') throw new Error(verdict.reasons.map(({ message }) => message).join(' '));
  return verdict;
}

/** Buys spot and sells the perpetual: the two legs of a hedge. */
export const approveHedge = (venue: Venue, spot: string, perp = spot): Promise<ApprovedTrade> =>
  approve(venue, [legOf(venue, 'SOL', 'buy', spot), legOf(venue, 'SOL-PERP', 'sell', perp)]);
