import { price, rate, type Price, type Rate } from '../../../shared/money/quantity.ts';
import type { OraclePrices } from '../../domain/account.ts';
import { HOUR_MS, driftHourlyRate, type FundingSample } from '../../domain/funding.ts';
import { Random, type RandomState } from '../../platform/random.ts';
import {
  MINUTE_MS,
  refuseOutside,
  type DepthLevel,
  type Feed,
  type FundingPrint,
  type Moment,
  type Quote,
} from '../feed.ts';
import type { SimulationSettings } from '../simulationSettings.ts';
import { PremiumProcess, type PremiumState } from './premiumProcess.ts';
import { PriceProcess, type PriceState } from './priceProcess.ts';
import { RelatedPrices, type RelatedState } from './relatedPrices.ts';
import { SimulatedMoment, relatedPrice, toPrice } from './simulatedMoment.ts';

const HISTORY_HOURS = 30 * 24;
const AVERAGE_HOURS = 72;
/** How far funding stands above its mean at the start, so that a newcomer sees the first hedge at once. */
const START_ABOVE_MEAN = 0.25;
/** Drift's clamp for the better contract tiers: 0.125 % an hour. */
const CLAMP: Rate = rate(1_250_000_000n);

/** Prices at a whole minute: SOL in dollars, the others as logarithms until somebody asks. */
interface Minute {
  readonly oracle: number;
  readonly mark: number;
  readonly related: RelatedState;
}

interface SavedFeed {
  readonly t: number;
  readonly now: Minute;
  readonly next: Minute;
  readonly oracleSum: number;
  readonly markSum: number;
  readonly samples: number;
  readonly random: RandomState;
  readonly price: PriceState;
  readonly premium: PremiumState;
  readonly due: readonly FundingPrint[];
}

/**
 * A market made of seeded noise: SOL with clustered volatility and jumps, a perpetual whose mark leaves the oracle
 * and comes back, and funding that follows from the two by Drift's formula. Steps of one minute.
 */
export class SimulatedFeed implements Feed {
  readonly startMs: number;
  readonly endMs: number | undefined;
  readonly markets = ['SOL', 'SOL-PERP', 'BTC-PERP', 'ETH-PERP'] as const;
  readonly history: readonly FundingSample[];
  readonly #random: Random;
  readonly #price: PriceProcess;
  readonly #premium: PremiumProcess;
  readonly #related: RelatedPrices;
  readonly #depthUsd: number;
  #t: number;
  #seekedTo: number;
  #now: Minute;
  #next: Minute;
  #oracleSum = 0;
  #markSum = 0;
  #samples = 0;
  #due: FundingPrint[] = [];
  #at: SimulatedMoment;

  constructor(seed: number, startMs: number, settings: SimulationSettings, endMs?: number) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.#random = new Random(seed);
    this.#price = new PriceProcess(
      this.#random,
      settings.startPrice,
      settings.volatilityPct,
      settings.jumpsPerYear,
      settings.jumpSizePct,
    );
    this.#premium = new PremiumProcess(
      this.#random,
      settings.fundingMeanApr,
      settings.fundingVolatility,
      settings.markNoiseBp,
      settings.fundingMeanApr * START_ABOVE_MEAN,
    );
    this.#related = new RelatedPrices(this.#random);
    this.#depthUsd = settings.depthUsd;
    this.history = this.#premium.past(HISTORY_HOURS, AVERAGE_HOURS).map((aprPct, i) => ({
      t: startMs - (HISTORY_HOURS - 1 - i) * HOUR_MS,
      rate: rate(BigInt(Math.round((aprPct / 100 / 8_760) * 1e12))),
      periodMs: HOUR_MS,
    }));
    this.#t = startMs;
    this.#seekedTo = startMs;
    this.#now = this.#minute();
    this.#next = this.#draw();
    this.#at = this.#between(startMs);
  }

  seek(t: number): void {
    if (t === this.#seekedTo) return;
    while (t >= this.#t + MINUTE_MS) this.#advance();
    this.#seekedTo = t;
    this.#at = this.#between(t);
  }

  quote(market: string): Quote {
    return this.#at.quote(market);
  }

  oracles(): OraclePrices {
    return this.#at.oracles();
  }

  depth(market: string): readonly DepthLevel[] {
    return this.#at.depth(market);
  }

  glimpse(t: number): Moment {
    refuseOutside(t, this.#t);
    return this.#between(t);
  }

  takeFunding(): readonly FundingPrint[] {
    if (this.#due.length === 0) return this.#due;
    const due = this.#due;
    this.#due = [];
    return due;
  }

  save(): SavedFeed {
    return {
      t: this.#t,
      now: this.#now,
      next: this.#next,
      oracleSum: this.#oracleSum,
      markSum: this.#markSum,
      samples: this.#samples,
      random: this.#random.save(),
      price: this.#price.save(),
      premium: this.#premium.save(),
      due: this.#due,
    };
  }

  restore(state: unknown): void {
    const saved = state as SavedFeed;
    this.#t = saved.t;
    this.#now = saved.now;
    this.#next = saved.next;
    this.#oracleSum = saved.oracleSum;
    this.#markSum = saved.markSum;
    this.#samples = saved.samples;
    this.#random.restore(saved.random);
    this.#price.restore(saved.price);
    this.#premium.restore(saved.premium);
    this.#related.restore(saved.next.related);
    this.#due = [...saved.due];
    this.#seekedTo = Number.NaN;
    this.seek(saved.t);
  }

  #advance(): void {
    this.#oracleSum += this.#now.oracle;
    this.#markSum += this.#now.mark;
    this.#samples += 1;
    this.#t += MINUTE_MS;
    this.#now = this.#next;
    if (this.#t % HOUR_MS === 0) this.#payFunding();
    this.#next = this.#draw();
  }

  #draw(): Minute {
    const { change, jump } = this.#price.step();
    this.#related.step(change);
    if ((this.#t + MINUTE_MS) % HOUR_MS === 0) this.#premium.hour();
    this.#premium.minute(jump);
    return this.#minute();
  }

  #minute(): Minute {
    const oracle = this.#price.price;
    return { oracle, mark: oracle * (1 + this.#premium.premium), related: this.#related.save() };
  }

  #payFunding(): void {
    const oracleTwap = toPrice9(this.#oracleSum / this.#samples);
    const markTwap = toPrice9(this.#markSum / this.#samples);
    const hourly = driftHourlyRate(markTwap, oracleTwap, CLAMP);
    const solOracle = toPrice(this.#now.oracle);
    const prices: readonly (readonly [string, Price])[] = [
      ['SOL-PERP', solOracle],
      ['BTC-PERP', relatedPrice(this.#now.related.btc)],
      ['ETH-PERP', relatedPrice(this.#now.related.eth)],
    ];
    for (const [market, at] of prices) {
      this.#due.push({ market, t: this.#t, rate: hourly, periodMs: HOUR_MS, price: at });
    }
    this.#oracleSum = 0;
    this.#markSum = 0;
    this.#samples = 0;
  }

  /** Straight between the minute under way and the next. */
  #between(t: number): SimulatedMoment {
    const into = (t - this.#t) / MINUTE_MS;
    const on = (from: number, to: number): number => from + (to - from) * into;
    const [now, next] = [this.#now, this.#next];
    return new SimulatedMoment(t, this.#depthUsd, {
      oracle: on(now.oracle, next.oracle),
      mark: on(now.mark, next.mark),
      btc: on(now.related.btc, next.related.btc),
      eth: on(now.related.eth, next.related.eth),
    });
  }
}

/** A time-weighted average keeps all nine decimals: funding is the difference of two of them. */
const toPrice9 = (dollars: number): Price => price(BigInt(Math.round(dollars * 1e9)));
