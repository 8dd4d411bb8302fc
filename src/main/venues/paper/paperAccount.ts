import { AppError } from '../../../shared/contract/appError.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import type { Rate } from '../../../shared/money/quantity.ts';
import type { Account, OraclePrices } from '../../domain/account.ts';
import { afterEvent, type Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent, AssetAmount } from '../../domain/accountEvent.ts';
import { USDC_PRICE } from '../../domain/books.ts';
import { HOUR_MS, fundingPayment } from '../../domain/funding.ts';
import {
  liquidatable,
  maintenanceTerms,
  oracleOf,
  unsettledPnl,
  type MarginTerms,
} from '../../domain/margin.ts';
import type { Market } from '../../domain/market.ts';
import type { FundingPrint } from '../../market/feed.ts';
import { Accrual } from './accrual.ts';
import { liquidate } from './liquidation.ts';
import { PAPER_WEIGHTS } from './paperMarkets.ts';
import type { PaperSettings } from './paperSettings.ts';

interface SavedAccount {
  readonly holdings: Holdings;
  readonly carries: Readonly<Record<string, bigint>>;
  readonly accrual: ReturnType<Accrual['save']>;
  readonly paidAt: number;
}

/** The money side of the paper venue: what is held, and what time does to it. Every change leaves an event. */
export class PaperAccount {
  readonly #settings: PaperSettings;
  readonly #markets: ReadonlyMap<string, Market>;
  readonly #oracles: () => OraclePrices;
  readonly #accrual: Accrual;
  #now: number;
  #holdings: Holdings;
  /** Fractions of a millionth that funding has left, by market. */
  #carries: Readonly<Record<string, bigint>> = {};
  /** The hour up to which interest has been paid. */
  #paidAt: number;
  #events: AccountEvent[] = [];
  /** The margin terms last computed: asked for several times a step, and the same until account or oracle change. */
  #margin:
    { readonly account: Account; readonly oracles: OraclePrices; readonly terms: MarginTerms } | undefined;

  constructor(
    settings: PaperSettings,
    markets: ReadonlyMap<string, Market>,
    oracles: () => OraclePrices,
    start: Holdings,
    startMs: number,
  ) {
    this.#settings = settings;
    this.#markets = markets;
    this.#oracles = oracles;
    this.#holdings = start;
    this.#now = startMs;
    this.#accrual = new Accrual(settings, startMs);
    this.#paidAt = Math.floor(startMs / HOUR_MS);
  }

  get holdings(): Holdings {
    return this.#holdings;
  }

  /** Funding that fell due, then interest and settlement of the hours that are full. */
  advance(t: number, prints: readonly FundingPrint[]): void {
    this.#now = t;
    for (const print of prints) this.#payFunding(print);
    const hour = Math.floor(t / HOUR_MS);
    if (hour > this.#paidAt) this.#closeHours(hour);
  }

  /** Whether there was a liquidation. */
  liquidateIfDue(): boolean {
    if (!liquidatable(this.maintenance())) return false;
    const events = liquidate({
      t: this.#now,
      holdings: this.#holdings,
      oracles: this.#oracles(),
      maintenanceRatioOf: this.maintenanceRatio,
      weights: PAPER_WEIGHTS,
      markets: this.#markets,
      penalty: this.#settings.liquidationPenalty,
    });
    for (const event of events) this.apply(event);
    return true;
  }

  /** What stands against what right now, by the maintenance margin. */
  maintenance(): MarginTerms {
    const { account } = this.#holdings;
    const oracles = this.#oracles();
    if (this.#margin?.account !== account || this.#margin.oracles !== oracles) {
      const terms = maintenanceTerms(account, oracles, this.maintenanceRatio, PAPER_WEIGHTS);
      this.#margin = { account, oracles, terms };
    }
    return this.#margin.terms;
  }

  /** Maintenance margin of a market, as a fraction of notional. Throws UNKNOWN_MARKET. */
  readonly maintenanceRatio = (market: string): Rate => this.#market(market).maintenanceMargin;

  /** Initial margin of a market, as a fraction of notional. Throws UNKNOWN_MARKET. */
  readonly initialRatio = (market: string): Rate => this.#market(market).initialMargin;

  apply(event: AccountEvent): void {
    this.#accrual.upTo(this.#now, this.#holdings.account);
    this.#holdings = afterEvent(this.#holdings, event);
    this.#events.push(event);
  }

  transfer(moved: AssetAmount): void {
    const oracle = moved.asset === 'SOL' ? this.#solPrice() : USDC_PRICE;
    this.apply({ type: 'TRANSFER', t: this.#now, moved, oracle });
  }

  /** Takes the gas of one transaction from the wallet. Throws INSUFFICIENT_GAS. */
  payGas(): void {
    const { gas } = this.#settings;
    if (this.#holdings.wallet < gas) {
      throw new AppError('INSUFFICIENT_GAS', 'The wallet has too little SOL for a transaction.');
    }
    if (gas === 0n) return;
    const paid = { asset: 'SOL', amount: gas } as const;
    this.apply({ type: 'COST', t: this.#now, kind: 'gas', paid, oracle: this.#solPrice() });
  }

  takeEvents(): readonly AccountEvent[] {
    if (this.#events.length === 0) return this.#events;
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  save(): SavedAccount {
    return {
      holdings: this.#holdings,
      carries: this.#carries,
      accrual: this.#accrual.save(),
      paidAt: this.#paidAt,
    };
  }

  restore(saved: SavedAccount, t: number): void {
    this.#now = t;
    this.#holdings = saved.holdings;
    this.#carries = saved.carries;
    this.#accrual.restore(saved.accrual);
    this.#paidAt = saved.paidAt;
    this.#events = [];
  }

  #payFunding({ market, price, rate }: FundingPrint): void {
    const held = this.#holdings.account.perps.find((position) => position.market === market);
    if (held === undefined || held.size === 0n) return;
    const { amount, carry } = fundingPayment(held.size, price, rate, this.#carries[market] ?? 0n);
    this.#carries = { ...this.#carries, [market]: carry };
    this.apply({ type: 'FUNDING', t: this.#now, market, size: held.size, price, rate, amount });
  }

  #closeHours(hour: number): void {
    this.#accrual.upTo(this.#now, this.#holdings.account);
    for (const paid of this.#accrual.pay()) {
      const oracle = paid.asset === 'SOL' ? this.#solPrice() : USDC_PRICE;
      this.apply({ type: 'INTEREST', t: this.#now, paid, oracle });
    }
    const every = this.#settings.settlementHours;
    if (Math.floor(hour / every) > Math.floor(this.#paidAt / every)) this.settle();
    this.#paidAt = hour;
  }

  /** Moves the unsettled PnL of a market, or of all, into cash. */
  settle(market?: string): void {
    for (const held of this.#holdings.account.perps) {
      if (market !== undefined && held.market !== market) continue;
      const oracle = oracleOf(this.#oracles(), held.asset);
      const amount = toUsd(unsettledPnl(held, oracle), 'floor');
      if (amount !== 0n)
        this.apply({ type: 'SETTLEMENT', t: this.#now, market: held.market, amount, oracle });
    }
  }

  #market(symbol: string): Market {
    const market = this.#markets.get(symbol);
    if (market !== undefined) return market;
    throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
  }

  #solPrice(): ReturnType<typeof oracleOf> {
    return oracleOf(this.#oracles(), 'SOL');
  }
}
