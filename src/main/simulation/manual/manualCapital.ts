import { AppError } from '../../../shared/contract/appError.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import { formatBase, formatUsd, parseUsd } from '../../../shared/money/decimal.ts';
import { NO_USD, base, type Base, type Usd } from '../../../shared/money/quantity.ts';
import { magnitude, toStep } from '../../../shared/money/rounding.ts';
import { perpOf } from '../../domain/account.ts';
import type { AssetAmount } from '../../domain/accountEvent.ts';
import { oracleOf, unsettledPnl } from '../../domain/margin.ts';
import type { Market } from '../../domain/market.ts';
import type { TraderOrder } from '../../execution/orders/traderOrder.ts';
import { checkWithdrawal } from '../../risk/withdrawal.ts';
import { closingTicket, type ManualDesk } from './manualDesk.ts';

/** A closed position settles what it is owed beyond this (R4.10). */
const SETTLES_OVER: Usd = parseUsd('1');

/** Positions and capital of the account that is traded by hand. */
export class ManualCapital {
  readonly #desk: ManualDesk;

  constructor(desk: ManualDesk) {
    this.#desk = desk;
  }

  /** Throws what placing a market order throws. */
  async openPosition(market: string, direction: 'long' | 'short', size: string): Promise<TraderOrder> {
    if (this.#market(market).kind !== 'perp') throw notPerp(market);
    const side = direction === 'long' ? 'buy' : 'sell';
    return (await this.#desk.place({ market, side, size, type: 'market' })).order;
  }

  /**
   * Closes a position, or all of them, with reduce-only market orders that trade exactly their size; what it leaves
   * unsettled is settled where it is more than a dollar (R4.8 to R4.11). Throws what one could not be closed or settled
   * for, once the others are.
   * @param sellsSpot whether the SOL is sold too
   */
  async closePosition(market: string, sellsSpot: boolean): Promise<readonly TraderOrder[]> {
    const { venue } = this.#desk.lane;
    const { account } = venue.snapshot();
    if (market !== 'ALL') this.#market(market);
    const held = account.perps.filter(
      (one) => one.size !== 0n && (market === 'ALL' || one.market === market),
    );
    const spot = this.#wholeLots('SOL', account.spot);
    if (held.length === 0 && !(sellsSpot && spot > 0n))
      throw new AppError('REDUCE_ONLY_WOULD_INCREASE', 'There is no position to close.', { market });
    const orders: TraderOrder[] = [];
    const failures: AppError[] = [];
    const closing = [...held, ...(sellsSpot && spot > 0n ? [{ market: 'SOL', size: spot }] : [])];
    for (const { market: symbol, size } of closing) {
      try {
        orders.push(await this.#close(symbol, size));
        const left = perpOf(venue.snapshot().account, symbol);
        if (left?.size === 0n && magnitude(this.#unsettled(symbol)) > SETTLES_OVER)
          await this.settlePnl(symbol);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    if (first !== undefined) throw first;
    return orders;
  }

  /** Moves unsettled PnL into cash. Returns how much. Throws UNKNOWN_MARKET, INSUFFICIENT_GAS. */
  async settlePnl(market: string): Promise<Usd> {
    if (this.#market(market).kind !== 'perp') throw notPerp(market);
    const settled = this.#unsettled(market);
    await this.#desk.lane.venue.settlePnl(market);
    this.#desk.lane.sync();
    return settled;
  }

  /** Throws INVALID_SIZE. */
  async deposit(moved: AssetAmount): Promise<void> {
    await this.#desk.lane.ready();
    await this.#desk.lane.venue.deposit(moved);
    this.#desk.lane.sync();
  }

  /** Throws INSUFFICIENT_BALANCE, MINIMUM_COLLATERAL, HEALTH_TOO_LOW, INSUFFICIENT_COLLATERAL: then nothing has moved. */
  async withdraw(moved: AssetAmount): Promise<void> {
    const { lane } = this.#desk;
    await lane.ready();
    const { account, oracles } = lane.venue.snapshot();
    const { markets, weights } = lane.venue;
    try {
      checkWithdrawal(moved, { account, oracles, markets, weights }, lane.settings.risk);
      await lane.venue.withdraw(moved);
    } catch (error) {
      if (error instanceof AppError)
        lane.note({
          type: 'BLOCKED',
          code: error.code,
          because: error.message,
          numbers: {
            action: 'withdraw',
            asset: moved.asset,
            amount: moved.asset === 'SOL' ? formatBase(moved.amount) : formatUsd(moved.amount),
          },
        });
      throw error;
    }
    lane.sync();
  }

  async #close(market: string, held: Base): Promise<TraderOrder> {
    return (await this.#desk.place(closingTicket(this.#desk.lane, market, held))).order;
  }

  #unsettled(market: string): Usd {
    const { account, oracles } = this.#desk.lane.venue.snapshot();
    const held = perpOf(account, market);
    return held === undefined ? NO_USD : toUsd(unsettledPnl(held, oracleOf(oracles, held.asset)), 'floor');
  }

  #wholeLots(market: string, size: Base): Base {
    const lot = this.#desk.lane.venue.markets.get(market)?.lot ?? 1n;
    return base(toStep(size, lot, 'floor'));
  }

  #market(symbol: string): Market {
    const market = this.#desk.lane.venue.markets.get(symbol);
    if (market !== undefined) return market;
    throw new AppError('UNKNOWN_MARKET', `The paper venue has no market ${symbol}.`, { market: symbol });
  }
}

const notPerp = (market: string): AppError =>
  new AppError('UNKNOWN_MARKET', `${market} is no perpetual: there are no positions in it.`, { market });
