import { sizeFor, valueOf } from '../../shared/money/arithmetic.ts';
import { base, value, type Base, type Price, type Value } from '../../shared/money/quantity.ts';

interface Holding {
  readonly sol: Base;
  readonly paid: Value;
}

/** The plain alternative: the whole capital in SOL from the start, at no cost, and every transfer too. */
export class JustHolding {
  #held: Holding;

  constructor(capital: Value, oracle: Price) {
    this.#held = { sol: sizeFor(capital, oracle, 'floor'), paid: capital };
  }

  /** Dollars that came in (positive) or went out, turned into SOL, or out of it, at the oracle. */
  transfer(worth: Value, oracle: Price): void {
    const { sol, paid } = this.#held;
    this.#held = { sol: base(sol + sizeFor(worth, oracle, 'floor')), paid: value(paid + worth) };
  }

  /** What it has made by now. */
  pnl(oracle: Price): Value {
    return value(valueOf(this.#held.sol, oracle) - this.#held.paid);
  }

  save(): Holding {
    return this.#held;
  }

  restore(state: unknown): void {
    this.#held = state as Holding;
  }
}
