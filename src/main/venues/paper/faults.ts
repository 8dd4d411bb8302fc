/** What can go wrong with an order on purpose, so that tests and scripts can see it survived. */
export type OrderFault = 'timeout' | 'lateFill' | 'partialFill' | 'reject' | 'lostReply';
export type Fault = OrderFault | 'staleOracle';

export const FAULTS: readonly Fault[] = [
  'timeout',
  'lateFill',
  'partialFill',
  'reject',
  'lostReply',
  'staleOracle',
];

interface Armed {
  readonly fault: Fault;
  readonly left: number;
}

/** The switches: each fault hits the next n orders, in the order in which they were armed. */
export class FaultSwitches {
  #armed: readonly Armed[] = [];

  arm(fault: Fault, orders: number): void {
    this.#armed = [...this.#armed, { fault, left: orders }];
  }

  /** The fault that hits the order now placed, if any. */
  nextForOrder(): OrderFault | undefined {
    const next = this.#armed.find(({ fault }) => fault !== 'staleOracle');
    if (next === undefined || next.fault === 'staleOracle') return undefined;
    this.#use(next);
    return next.fault;
  }

  /** Whether the oracle is stale for the order now prepared. */
  takeStaleOracle(): boolean {
    const next = this.#armed.find(({ fault }) => fault === 'staleOracle');
    if (next !== undefined) this.#use(next);
    return next !== undefined;
  }

  save(): readonly Armed[] {
    return this.#armed;
  }

  restore(armed: readonly Armed[]): void {
    this.#armed = armed;
  }

  #use(used: Armed): void {
    this.#armed = this.#armed
      .map((one) => (one === used ? { ...one, left: one.left - 1 } : one))
      .filter(({ left }) => left > 0);
  }
}
