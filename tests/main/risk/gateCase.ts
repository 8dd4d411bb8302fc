import { parseBase, parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { readGroup, type Overrides } from '../../../src/shared/settings/group.ts';
import type { Side } from '../../../src/main/domain/market.ts';
import type { Preflight } from '../../../src/main/venues/venue.ts';
import { PAPER_SETTINGS } from '../../../src/main/venues/paper/paperSettings.ts';
import { paperMarkets } from '../../../src/main/venues/paper/paperMarkets.ts';
import { judge, type GateContext } from '../../../src/main/risk/gates.ts';
import { RISK_SETTINGS, type RiskSettings } from '../../../src/main/risk/riskSettings.ts';
import type { Effect, Leg, ProposedTrade, Purpose, Refusal } from '../../../src/main/risk/trade.ts';
import { WEIGHTS, accountOf, oraclesOf, type AccountText } from '../../support/accounts.ts';
import type { LevelText } from '../../support/steadyFeed.ts';

export const NOW = Date.UTC(2025, 0, 1);
const MARKETS = ['SOL', 'SOL-PERP', 'BTC-PERP'] as const;

/** Risk settings; changed ones by their last word: `{ maxLeverage: '10' }`. */
export function riskSettings(changed: Overrides = {}): RiskSettings {
  return readGroup(RISK_SETTINGS, dotted('risk', changed));
}

export const marketsOf = (paper: Overrides = {}): GateContext['markets'] =>
  paperMarkets(readGroup(PAPER_SETTINGS, dotted('paper', paper)), MARKETS);

const dotted = (group: string, changed: Overrides): Overrides =>
  Object.fromEntries(Object.entries(changed).map(([name, text]) => [`${group}.${name}`, text]));

export interface SeenText {
  readonly mark?: string;
  readonly oracle?: string;
  readonly ageMs?: number;
  readonly latencyMs?: number;
  readonly depth?: readonly LevelText[];
}

export function preflightOf({
  oracle = '100',
  mark = oracle,
  ageMs = 0,
  latencyMs = 40,
  depth = [['0.0005', '1000000']],
}: SeenText = {}): Preflight {
  return {
    quote: { oracle: parsePrice(oracle), oracleTime: NOW - ageMs, mark: parsePrice(mark) },
    depth: depth.map(([offset, size]) => ({ offset: parseRate(offset), size: parseBase(size) })),
    latencyMs,
  };
}

export interface CaseText extends AccountText {
  readonly wallet?: string;
  /** SOL a transaction. */
  readonly gas?: string;
  /** Funding now, as a fraction an hour. */
  readonly funding?: string;
  readonly seen?: Readonly<Record<string, SeenText>>;
  readonly prices?: Readonly<Record<string, string>>;
  readonly paper?: Overrides;
}

/** SOL at $100 with a deep book, $10,000, a full wallet, and funding that pays for anything. */
export function contextOf(given: CaseText = {}): GateContext {
  const {
    wallet = '1',
    gas = '0',
    funding = '0.001',
    seen = {},
    prices = {},
    paper = FREE,
    ...account
  } = given;
  return {
    now: NOW,
    account: accountOf({ cash: '10000', ...account }),
    wallet: parseBase(wallet),
    gas: parseBase(gas),
    openOrders: [],
    oracles: oraclesOf({ SOL: '100', BTC: '60000', ...prices }),
    markets: marketsOf(paper),
    weights: WEIGHTS,
    preflights: new Map(
      MARKETS.map((market) => [
        market,
        preflightOf({ oracle: market === 'BTC-PERP' ? '60000' : '100', ...seen[market] }),
      ]),
    ),
    fundingHourly: parseRate(funding),
  };
}

/** No fees: a trade costs its slippage of 0.1 %. */
export const FREE: Overrides = { takerFeePct: '0' };

export interface LegText {
  readonly market?: string;
  readonly reduceOnly?: boolean;
}

export const leg = (
  side: Side,
  size: string,
  { market = 'SOL-PERP', reduceOnly = false }: LegText = {},
): Leg => ({
  market,
  side,
  size: parseBase(size),
  limitPrice: parsePrice(side === 'buy' ? '1000000' : '0.001'),
  reduceOnly,
});

export interface TradeText {
  readonly purpose?: Purpose;
  readonly effect?: Effect;
}

export const trade = (
  legs: ProposedTrade['legs'],
  { purpose = 'enter', effect = 'opens' }: TradeText = {},
): ProposedTrade => ({ purpose, effect, legs, because: 'a test wants it' });

/** Why a trade is refused; empty where it is approved. */
export function refusalsOf(
  proposed: ProposedTrade,
  context: GateContext,
  settings: RiskSettings = riskSettings(),
): readonly Refusal[] {
  const verdict = judge(proposed, context, settings);
  return verdict.verdict === 'refused' ? verdict.reasons : [];
}

/** The codes of the gates that said no. */
export const codesOf = (...asked: Parameters<typeof refusalsOf>): readonly string[] =>
  refusalsOf(...asked).map(({ code }) => code);
