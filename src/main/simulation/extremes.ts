import { VALUE_ONE, type Value } from '../../shared/money/quantity.ts';
import type { Account, OraclePrices } from '../domain/account.ts';
import { driftPct } from '../domain/delta.ts';
import { equityOf, exposureOf, healthPct, leverageRatio } from '../domain/margin.ts';
import type { Memory } from '../engine/memory.ts';
import type { View } from '../engine/view.ts';

interface Peaks {
  readonly minHealth: number;
  readonly maxLeverage: number;
  readonly maxDriftPct: number;
  readonly maxDrawdownPct: number;
  /** Growth of a dollar since the start, free of transfers, and its highest so far. */
  readonly index: number;
  readonly peakIndex: number;
  /** Equity when the index was last moved, and the transfers that are in it. */
  readonly equity: number;
  readonly transfers: number;
}

/** The worst that a run has seen, step by step. Statistics for people: plain numbers, no decision rests on them. */
export class Extremes {
  #minHealth = 100;
  #maxLeverage = 0;
  #maxDriftPct = 0;
  #maxDrawdownPct = 0;
  #index = 1;
  #peakIndex = 1;
  #equity: number;
  #transfers = 0;

  constructor(equity: Value) {
    this.#equity = toNumber(equity);
  }

  /** @param worth equity with the wallet; @param transfers net transfers so far */
  see(view: View, memory: Memory, worth: Value, transfers: Value): void {
    const { account, oracles } = view;
    if (account.perps.length > 0 || account.cash < 0n) this.#seeRisk(view, account, oracles);
    if (memory.target === 'hedged' && memory.plan.kind === 'idle' && memory.gap === null) {
      const drift = Math.abs(driftPct(view.spot, view.perp));
      if (drift > this.#maxDriftPct) this.#maxDriftPct = drift;
    }
    this.#grow(toNumber(worth), transfers === 0n ? 0 : toNumber(transfers));
  }

  get peaks(): Peaks {
    return {
      minHealth: this.#minHealth,
      maxLeverage: this.#maxLeverage,
      maxDriftPct: this.#maxDriftPct,
      maxDrawdownPct: this.#maxDrawdownPct,
      index: this.#index,
      peakIndex: this.#peakIndex,
      equity: this.#equity,
      transfers: this.#transfers,
    };
  }

  restore(state: unknown): void {
    const saved = state as Peaks;
    this.#minHealth = saved.minHealth;
    this.#maxLeverage = saved.maxLeverage;
    this.#maxDriftPct = saved.maxDriftPct;
    this.#maxDrawdownPct = saved.maxDrawdownPct;
    this.#index = saved.index;
    this.#peakIndex = saved.peakIndex;
    this.#equity = saved.equity;
    this.#transfers = saved.transfers;
  }

  #seeRisk(view: View, account: Account, oracles: OraclePrices): void {
    const health = healthPct(view.terms);
    if (health < this.#minHealth) this.#minHealth = health;
    const leverage = leverageRatio(exposureOf(account, oracles), equityOf(account, oracles));
    if (leverage > this.#maxLeverage) this.#maxLeverage = leverage;
  }

  #grow(equity: number, transfers: number): void {
    const before = this.#equity + (transfers - this.#transfers);
    if (before > 0) this.#index *= equity / before;
    this.#equity = equity;
    this.#transfers = transfers;
    if (this.#index > this.#peakIndex) this.#peakIndex = this.#index;
    const drawdown = 100 * (1 - this.#index / this.#peakIndex);
    if (drawdown > this.#maxDrawdownPct) this.#maxDrawdownPct = drawdown;
  }
}

const toNumber = (amount: Value): number => Number(amount) / Number(VALUE_ONE);
