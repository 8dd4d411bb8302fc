import type { AppError } from '../../../shared/contract/appError.ts';
import { NO_BASE, NO_USD } from '../../../shared/money/quantity.ts';
import { DAY_MS } from '../../domain/funding.ts';
import { isFinal, type OrderReport, type OrderRequest } from '../../domain/order.ts';

interface Kept {
  readonly report: OrderReport;
  /** The order itself is refused from here on, so that forgetting its report can't let it through twice. */
  readonly validUntil: number;
}

/** What the venue has answered: an order that comes again gets its first report. Final ones are kept for a day. */
export class OrderReports {
  #kept: readonly Kept[] = [];

  find(clientOrderId: string): OrderReport | undefined {
    return this.#kept.find(({ report }) => report.clientOrderId === clientOrderId)?.report;
  }

  /** Keeps a report in the place of an earlier one of the same order, and gives it back. */
  keep(report: OrderReport, validUntil: number): OrderReport {
    const others = this.#kept.filter((one) => one.report.clientOrderId !== report.clientOrderId);
    this.#kept = [...others, { report, validUntil }];
    return report;
  }

  /** The same for an order that is known already; how long it is kept stays as it was. */
  change(report: OrderReport): void {
    this.#kept = this.#kept.map((one) =>
      one.report.clientOrderId === report.clientOrderId ? { ...one, report } : one,
    );
  }

  /** Forgets what was final a day ago. */
  prune(now: number): void {
    if (this.#kept.length === 0) return;
    this.#kept = this.#kept.filter(
      ({ report, validUntil }) => !isFinal(report.status) || now <= validUntil + DAY_MS,
    );
  }

  save(): readonly Kept[] {
    return this.#kept;
  }

  restore(kept: readonly Kept[]): void {
    this.#kept = kept;
  }
}

/** An order that has not traded. */
export function unfilled({ clientOrderId }: OrderRequest, status: OrderReport['status']): OrderReport {
  return { clientOrderId, status, filled: NO_BASE, quote: NO_USD, fee: NO_USD };
}

/** An order that the venue refused, or gave up, and why. */
export function refused(order: OrderRequest, status: 'rejected' | 'expired', why: AppError): OrderReport {
  return { ...unfilled(order, status), rejection: { code: why.code, message: why.message } };
}
