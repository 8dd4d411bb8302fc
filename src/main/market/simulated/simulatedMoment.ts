import { AppError } from '../../../shared/contract/appError.ts';
import { movedBy, sizeFor } from '../../../shared/money/arithmetic.ts';
import { base, price, rate, value, type Price, type Rate } from '../../../shared/money/quantity.ts';
import type { OraclePrices } from '../../domain/account.ts';
import type { DepthLevel, Moment, Quote } from '../feed.ts';

/** The finest price that the simulated oracle publishes: a tenth of a cent, the tick of SOL. */
const TICK = 1_000_000n;
const TICKS_PER_DOLLAR = 1_000;
/** BTC and ETH are published to the cent. */
const CENT = 10_000_000n;
const LEVELS = 10;
const LEVEL_STEP = 300_000_000n;

/** SOL in dollars, the others as logarithms. */
export interface SimulatedPrices {
  readonly oracle: number;
  readonly mark: number;
  readonly btc: number;
  readonly eth: number;
}

/** Dollars on the tick of SOL, to the nearest. */
export const toPrice = (dollars: number): Price =>
  price(BigInt(Math.round(dollars * TICKS_PER_DOLLAR)) * TICK);

/** The price behind a logarithm, to the cent. */
export const relatedPrice = (log: number): Price => price(BigInt(Math.round(Math.exp(log) * 100)) * CENT);

/** What the simulated market shows at one moment. What nobody asks for is not worked out. */
export class SimulatedMoment implements Moment {
  readonly #t: number;
  readonly #depthUsd: number;
  readonly #prices: SimulatedPrices;
  readonly #oracle: Price;
  readonly #mark: Price;
  #oracles: OraclePrices | undefined;

  constructor(t: number, depthUsd: number, prices: SimulatedPrices) {
    this.#t = t;
    this.#depthUsd = depthUsd;
    this.#prices = prices;
    this.#oracle = toPrice(prices.oracle);
    this.#mark = toPrice(prices.mark);
  }

  quote(market: string): Quote {
    const oracleTime = this.#t;
    switch (market) {
      case 'SOL':
        return { oracle: this.#oracle, oracleTime, mark: this.#oracle };
      case 'SOL-PERP':
        return { oracle: this.#oracle, oracleTime, mark: this.#mark };
      case 'BTC-PERP':
      case 'ETH-PERP': {
        const oracle = relatedPrice(market === 'BTC-PERP' ? this.#prices.btc : this.#prices.eth);
        return { oracle, oracleTime, mark: movedBy(oracle, this.#premium(), 'truncate') };
      }
      default:
        throw new AppError('UNKNOWN_MARKET', `The simulated market has no ${market}.`, { market });
    }
  }

  oracles(): OraclePrices {
    this.#oracles ??= {
      SOL: this.#oracle,
      BTC: relatedPrice(this.#prices.btc),
      ETH: relatedPrice(this.#prices.eth),
    };
    return this.#oracles;
  }

  depth(market: string): readonly DepthLevel[] {
    const { mark } = this.quote(market);
    const perLevel =
      sizeFor(value(BigInt(Math.round(this.#depthUsd)) * 10n ** 18n), mark, 'floor') / BigInt(LEVELS);
    return Array.from({ length: LEVELS }, (_, i) => ({
      offset: rate(BigInt(i + 1) * LEVEL_STEP),
      size: base(perLevel),
    }));
  }

  #premium(): Rate {
    return rate(BigInt(Math.round((this.#prices.mark / this.#prices.oracle - 1) * 1e12)));
  }
}
