import type { Base, Price, Value } from '../../shared/money/quantity.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import type { Side } from '../domain/market.ts';
import type { CostEstimate } from './cost.ts';

/** Why a trade is proposed; `manual`: a trader has ordered it. */
export type Purpose =
  'enter' | 'exit' | 'correct' | 'finishLeg' | 'undoLeg' | 'deleverage' | 'flatten' | 'manual';

/**
 * What a trade does to risk: `opens` a hedge or enlarges it, `hedges` what stands open (corrections, second legs),
 * or only `reduces`.
 */
export type Effect = 'opens' | 'hedges' | 'reduces';

/** A part of a leg as it is expected to fill. */
export interface LegFill {
  readonly size: Base;
  readonly price: Price;
  /** `maker`: it rests until the market comes to it, so it costs no slippage. */
  readonly liquidity: 'maker' | 'taker';
}

export interface Leg {
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
  /** No fill is worse than this. */
  readonly limitPrice: Price;
  readonly reduceOnly: boolean;
  /** How it may fill, where that is not all as a taker at what the book shows. Together its size, or what it can reduce. */
  readonly fills?: readonly LegFill[];
}

/** A trade as the engine wants it: one leg, or two that belong together and go one after the other. */
export interface ProposedTrade {
  readonly purpose: Purpose;
  readonly effect: Effect;
  readonly legs: readonly [Leg] | readonly [Leg, Leg];
  /** Why, in a sentence for the trader. */
  readonly because: string;
}

/** What a trade is expected to cost and earn, shown beside every decision. */
export interface TradeEstimate {
  readonly cost: CostEstimate;
  /** Funding over the horizon at the rate that the gate counts; negative where it would be paid. */
  readonly expectedRevenue: Value;
  /** expectedRevenue − cost, each computed on its own. */
  readonly net: Value;
  /** When funding has paid for getting in and out, or null if it never does. */
  readonly breakEvenMs: number | null;
}

/** A gate's no: the code, a sentence, and the numbers that decided. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly numbers: Readonly<Record<string, string | number>>;
}

declare const passed: unique symbol;

/** A trade that has passed every gate. Only risk/gates.ts makes one, and execution takes nothing else. */
export interface ApprovedTrade {
  readonly verdict: 'approved';
  readonly trade: ProposedTrade;
  readonly estimate: TradeEstimate;
  readonly [passed]: true;
}

export interface RefusedTrade {
  readonly verdict: 'refused';
  readonly trade: ProposedTrade;
  readonly estimate: TradeEstimate;
  /** Every gate that said no; never empty. */
  readonly reasons: readonly [Refusal, ...Refusal[]];
}
