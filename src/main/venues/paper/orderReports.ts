import type { AppError } from '../../../shared/contract/appError.ts';
import { NO_BASE, NO_USD } from '../../../shared/money/quantity.ts';
import { isFinal, type OrderReport, type OrderRequest } from '../../domain/order.ts';

/** How long a report stays once its order is over and would not be taken any more: ten minutes. */
const REPORT_KEPT_MS = 600_000;

interface Kept {
  readonly report: OrderReport;
  /**
   * The order itself is refused after this, so that forgetting its report can't let it through twice. Of an order that
   * was over only later: when it was over.
   */
  readonly validUntil: number;
}

/**
 * What the venue has answered: an order that comes again gets its first report. A final one is kept for ten minutes
 * after its order would have been refused anyway, or was over: time enough for whoever lost an answer to ask.
 */
export class OrderReports {
  readonly #kept = new Map<string, Kept>();
  /** No report has to go before this, so a moment at which none does costs one comparison. */
  #nextDue = Number.POSITIVE_INFINITY;

  find(clientOrderId: string): OrderReport | undefined {
    return this.#kept.get(clientOrderId)?.report;
  }

  /** Keeps a report in the place of an earlier one of the same order, and gives it back. */
  keep(report: OrderReport, validUntil: number, now: number): OrderReport {
    const over = isFinal(report.status);
    const kept = { report, validUntil: over ? Math.max(validUntil, now) : validUntil };
    this.#kept.set(report.clientOrderId, kept);
    if (over) this.#nextDue = Math.min(this.#nextDue, dueOf(kept));
    return report;
  }

  /** The same for an order that is known already. */
  change(report: OrderReport, now: number): void {
    const known = this.#kept.get(report.clientOrderId);
    if (known !== undefined) this.keep(report, known.validUntil, now);
  }

  /** Forgets what was over ten minutes ago. */
  prune(now: number): void {
    if (now <= this.#nextDue) return;
    for (const [id, kept] of this.#kept) if (now > dueOf(kept)) this.#kept.delete(id);
    this.#findNextDue();
  }

  save(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  restore(saved: readonly Kept[]): void {
    this.#kept.clear();
    for (const kept of saved) this.#kept.set(kept.report.clientOrderId, kept);
    this.#findNextDue();
  }

  #findNextDue(): void {
    this.#nextDue = Number.POSITIVE_INFINITY;
    for (const kept of this.#kept.values()) this.#nextDue = Math.min(this.#nextDue, dueOf(kept));
  }
}

/** The last moment at which a report has to be there; that of an order which is not over, always. */
const dueOf = ({ report, validUntil }: Kept): number =>
  isFinal(report.status) ? validUntil + REPORT_KEPT_MS : Number.POSITIVE_INFINITY;

/** An order that has not traded. */
export function unfilled({ clientOrderId }: OrderRequest, status: OrderReport['status']): OrderReport {
  return { clientOrderId, status, filled: NO_BASE, quote: NO_USD, fee: NO_USD };
}

/** An order that the venue refused, or gave up, and why. */
export function refused(order: OrderRequest, status: 'rejected' | 'expired', why: AppError): OrderReport {
  return { ...unfilled(order, status), rejection: { code: why.code, message: why.message } };
}
