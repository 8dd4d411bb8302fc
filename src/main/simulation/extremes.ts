import { VALUE_ONE, type Value } from '../../shared/money/quantity.ts';
import { valueOf } from '../../shared/money/arithmetic.ts';
import { driftPct } from '../domain/delta.ts';
import { exposureOf, healthPct } from '../domain/margin.ts';
import type { Memory } from '../engine/memory.ts';
import type { View } from '../engine/view.ts';

interface Peaks {
  readonly minHealth: number;
  /** Null where equity was gone: leverage was infinite. */
  readonly maxLeverage: number | null;
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
    const { account } = view;
    const equity = toNumber(worth);
    if (account.perps.length > 0 || account.cash < 0n) this.#seeRisk(view, equity);
    if (memory.target === 'hedged' && memory.plan.kind === 'idle' && memory.gap === null) {
      const drift = Math.abs(driftPct(view.spot, view.perp));
      if (drift > this.#maxDriftPct) this.#maxDriftPct = drift;
    }
    this.#grow(equity, transfers === 0n ? 0 : toNumber(transfers));
  }

  get peaks(): Peaks {
    return {
      minHealth: this.#minHealth,
      maxLeverage: Number.isFinite(this.#maxLeverage) ? this.#maxLeverage : null,
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
    this.#maxLeverage = saved.maxLeverage ?? Number.POSITIVE_INFINITY;
    this.#maxDriftPct = saved.maxDriftPct;
    this.#maxDrawdownPct = saved.maxDrawdownPct;
    this.#index = saved.index;
    this.#peakIndex = saved.peakIndex;
    this.#equity = saved.equity;
    this.#transfers = saved.transfers;
  }

  #seeRisk({ terms, account, oracles, wallet, spotQuote }: View, worth: number): void {
    const health = healthPct(terms);
    if (health < this.#minHealth) this.#minHealth = health;
    const equity = worth - toNumber(valueOf(wallet, spotQuote.oracle));
    const exposure = toNumber(exposureOf(account, oracles));
    const leverage = equity > 0 ? exposure / equity : exposure > 0 ? Number.POSITIVE_INFINITY : 0;
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
