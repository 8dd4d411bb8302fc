import type { Base, Rate } from '../../shared/money/quantity.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import { perpSize } from '../domain/account.ts';
import type { MarginTerms } from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import type { OrderRequest } from '../domain/order.ts';
import type { FundingAverage } from '../market/fundingHistory.ts';
import type { Quote } from '../market/feed.ts';

/** SOS: everything stops, and optionally everything is closed. Released only by the user. */
export type Halt = 'none' | 'halted' | 'flattening';

/** The two markets of the hedge. */
export interface HedgeMarkets {
  readonly spot: Market;
  readonly perp: Market;
  readonly weights: CollateralWeights;
}

/** What the engine sees when it decides: the account, the prices and funding of this moment, nothing later. */
export class View {
  readonly now: number;
  readonly account: Account;
  readonly wallet: Base;
  readonly oracles: OraclePrices;
  readonly gas: Base;
  readonly spotQuote: Quote;
  readonly perpQuote: Quote;
  readonly fundingHourly: Rate | undefined;
  readonly fundingAverage: FundingAverage | undefined;
  readonly markets: HedgeMarkets;
  readonly halt: Halt;
  /** Orders that rest in the book. */
  readonly openOrders: readonly OrderRequest[];
  /** Maintenance margin terms: what health is made of. */
  readonly terms: MarginTerms;
  readonly perp: Base;

  constructor(seen: Omit<View, 'perp' | 'spot'>) {
    this.now = seen.now;
    this.account = seen.account;
    this.wallet = seen.wallet;
    this.oracles = seen.oracles;
    this.gas = seen.gas;
    this.spotQuote = seen.spotQuote;
    this.perpQuote = seen.perpQuote;
    this.fundingHourly = seen.fundingHourly;
    this.fundingAverage = seen.fundingAverage;
    this.markets = seen.markets;
    this.halt = seen.halt;
    this.openOrders = seen.openOrders;
    this.terms = seen.terms;
    this.perp = perpSize(seen.account, seen.markets.perp.symbol);
  }

  /** Hedgeable spot: the SOL of the sub-account, never the wallet's own. */
  get spot(): Base {
    return this.account.spot;
  }
}
