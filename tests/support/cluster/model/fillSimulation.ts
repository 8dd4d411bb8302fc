import type { SpotPosition } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import { greater, lesser, magnitude } from './integers.ts';
import type { StrictPrice } from './oracle.ts';
import { MARGIN } from './precision.ts';
import { signedTokens, strictTokenValue, tokenValue } from './spotBalance.ts';
import { assetWeight, liabilityWeight, type MarginType } from './weights.ts';

/** A spot position as it would be if all orders of one side were filled. Source: state/user.rs, OrderFillSimulation. */
export interface FillSimulation {
  readonly tokens: bigint;
  /** Quote 1e6 that the orders bring or cost. */
  readonly ordersValue: bigint;
  readonly tokenValue: bigint;
  readonly weightedValue: bigint;
  readonly contribution: bigint;
}

function weighted(
  tokens: bigint,
  value: bigint,
  market: SpotMarket,
  price: bigint,
  type: MarginType,
): bigint {
  if (value === 0n) return 0n;
  const weight =
    value > 0n
      ? assetWeight(magnitude(tokens), market, price, type)
      : liabilityWeight(magnitude(tokens), market, type);
  return (value * weight) / MARGIN;
}

/** Source: SpotPosition::simulate_fills_both_sides. */
function simulatedSide(
  position: SpotPosition,
  open: bigint,
  market: SpotMarket,
  price: StrictPrice,
  type: MarginType,
): FillSimulation {
  const held = signedTokens(position, market);
  const ordersValue = tokenValue(-open, market, price.most);
  const tokens = held + open;
  const value = strictTokenValue(held, market, price) - ordersValue;
  const weightedValue = weighted(tokens, value, market, price.current, type);
  return {
    tokens,
    ordersValue,
    tokenValue: value,
    weightedValue,
    contribution: weightedValue + ordersValue,
  };
}

export interface Sides {
  readonly bids: FillSimulation;
  readonly asks: FillSimulation;
}

export const simulatedSides = (
  position: SpotPosition,
  market: SpotMarket,
  price: StrictPrice,
  type: MarginType,
): Sides => ({
  bids: simulatedSide(position, position.openBids, market, price, type),
  asks: simulatedSide(position, position.openAsks, market, price, type),
});

/** The asks where both are as bad. */
export const riskier = ({ bids, asks }: Sides): FillSimulation =>
  asks.contribution <= bids.contribution ? asks : bids;

/** With the ratio that the user has set for himself, where that asks for more. */
export function withCustomRatio(
  simulation: FillSimulation,
  market: SpotMarket,
  price: bigint,
  ratio: bigint,
): FillSimulation {
  if (ratio === 0n || simulation.weightedValue === 0n) return simulation;
  const size = magnitude(simulation.tokens);
  const weight =
    simulation.weightedValue < 0n
      ? greater(liabilityWeight(size, market, 'Initial'), ratio + MARGIN)
      : lesser(assetWeight(size, market, price, 'Initial'), greater(MARGIN - ratio, 0n));
  const weightedValue = (simulation.tokenValue * weight) / MARGIN;
  return { ...simulation, weightedValue, contribution: weightedValue + simulation.ordersValue };
}
