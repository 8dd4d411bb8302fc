import { AppError } from '../../shared/contract/appError.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd } from '../../shared/money/decimal.ts';
import { RATE_ONE, value } from '../../shared/money/quantity.ts';
import { divide } from '../../shared/money/rounding.ts';
import type { FillEvent } from '../domain/accountEvent.ts';
import {
  equityOf,
  exposureOf,
  freeCollateral,
  healthPct,
  initialTerms,
  leverageRatio,
} from '../domain/margin.ts';
import type { Logger } from '../platform/logger.ts';
import { estimateNumbers, round } from '../risk/gates.ts';
import type { ProposedTrade, TradeEstimate } from '../risk/trade.ts';
import type { Note } from './decision.ts';
import type { Memory } from './memory.ts';
import type { View } from './view.ts';

/** What the engine tells the log file (R10.3 to R10.7, R10.10). `at` is the engine's clock; the log has its own. */
export class EngineLog {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  note(note: Note, at: number): void {
    const { because, numbers } = note;
    switch (note.type) {
      case 'DECISION':
        this.#log.info(because, { action: note.action, ...numbers, at });
        break;
      case 'BLOCKED':
        this.#log.warn(because, { code: note.code, ...numbers, at });
        break;
      case 'ALERT':
        this.#log.error(because, {
          code: note.code,
          ...numbers,
          at,
          error: new AppError(note.code, because),
        });
        break;
    }
  }

  /** A trade of ours. On paper the order's id stands where a transaction's signature would. */
  fill({ market, side, size, price, orderId, t }: FillEvent): void {
    const numbers = { size: formatBase(size), price: formatPrice(price) };
    this.#log.info('trade', { market, side, ...numbers, signature: orderId, at: t });
  }

  profitability({ purpose }: ProposedTrade, estimate: TradeEstimate): void {
    const { expectedRevenue, cost, net } = estimateNumbers(estimate);
    this.#log.info('profitability', { purpose, expectedRevenue, cost, net });
  }

  account({ account, oracles, terms, markets, now }: View): void {
    if (!this.#log.isEnabled('info')) return;
    const initial = initialTerms(account, oracles, () => markets.perp.initialMargin, markets.weights);
    const equity = equityOf(account, oracles);
    this.#log.info('account', {
      healthPct: round(healthPct(terms)),
      leverage: round(leverageRatio(exposureOf(account, oracles), equity)),
      totalCollateral: formatUsd(toUsd(value(divide(terms.collateral, RATE_ONE, 'floor')), 'floor')),
      freeCollateral: formatUsd(toUsd(freeCollateral(initial), 'floor')),
      at: now,
    });
  }

  /** Everything that the next decision rests on, for whoever has to find out why it was made. */
  state(view: View, memory: Memory): void {
    if (!this.#log.isEnabled('debug')) return;
    const { now, markets: _markets, ...seen } = view;
    this.#log.debug('state', { at: now, memory, ...seen });
  }

  /** The venue threw where it should have answered. */
  venueFailed(message: string, error: unknown, context: Readonly<Record<string, unknown>>): void {
    this.#log.error(message, { ...context, error });
  }
}
