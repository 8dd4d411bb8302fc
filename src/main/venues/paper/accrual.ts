import { NO_BASE, base, usd, type Usd } from '../../../shared/money/quantity.ts';
import type { Account } from '../../domain/account.ts';
import type { AssetAmount } from '../../domain/accountEvent.ts';
import { accrued, payable } from '../../domain/interest.ts';
import type { PaperSettings } from './paperSettings.ts';

interface AccrualState {
  readonly since: number;
  /** Unpaid interest, unrounded, in units of balance × rate × ms. */
  readonly sol: bigint;
  readonly usdc: bigint;
}

/**
 * Interest of both balances. It accrues with every millisecond at the balance that stands then, and is paid in whole
 * units when the hour is full; what a whole unit leaves over stays in the accrual.
 */
export class Accrual {
  readonly #settings: PaperSettings;
  #state: AccrualState;

  constructor(settings: PaperSettings, since: number) {
    this.#settings = settings;
    this.#state = { since, sol: 0n, usdc: 0n };
  }

  /** Accrues up to `t`. Call it before a balance changes. */
  upTo(t: number, { cash, spot }: Account): void {
    const { since, sol, usdc } = this.#state;
    const elapsed = t - since;
    if (elapsed === 0) return;
    this.#state = {
      since: t,
      sol: sol + accrued(spot, this.#settings.solDepositApr, elapsed),
      usdc: usdc + accrued(cash, this.#cashRate(cash), elapsed),
    };
  }

  /** What can be paid now, asset by asset; zero amounts are left out. */
  pay(): readonly AssetAmount[] {
    const sol = payable(this.#state.sol);
    const usdc = payable(this.#state.usdc);
    this.#state = { ...this.#state, sol: sol.carry, usdc: usdc.carry };
    const paid: AssetAmount[] = [];
    if (sol.whole !== NO_BASE) paid.push({ asset: 'SOL', amount: base(sol.whole) });
    if (usdc.whole !== 0n) paid.push({ asset: 'USDC', amount: usd(usdc.whole) });
    return paid;
  }

  save(): AccrualState {
    return this.#state;
  }

  restore(state: AccrualState): void {
    this.#state = state;
  }

  #cashRate(cash: Usd): PaperSettings['usdcDepositApr'] {
    return cash < 0n ? this.#settings.usdcBorrowApr : this.#settings.usdcDepositApr;
  }
}
