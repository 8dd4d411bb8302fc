const MINUTE_MS = 60_000;
const MINUTES = 60;

export interface MethodCount {
  readonly calls: number;
  readonly errors: number;
}

export interface CallCountsView {
  /** Requests to nodes since the program began, each attempt one. */
  readonly calls: number;
  readonly errors: number;
  readonly callsLastHour: number;
  readonly errorsLastHour: number;
  /** What concurrent readers shared instead of asking. */
  readonly shared: number;
  readonly byMethod: Readonly<Record<string, MethodCount>>;
}

/** What the nodes were asked, for GET_SYSTEM_STATS and the benchmarks. */
export class CallCounts {
  readonly #elapsed: () => number;
  readonly #byMethod = new Map<string, MethodCount>();
  /** By minute since the clock's zero, the last hour only. */
  readonly #minutes = new Map<number, MethodCount>();
  #shared = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  count(method: string, failed: boolean): void {
    const minute = this.#minute();
    add(this.#byMethod, method, failed);
    add(this.#minutes, minute, failed);
    for (const old of this.#minutes.keys()) if (old <= minute - MINUTES) this.#minutes.delete(old);
  }

  countShared(): void {
    this.#shared += 1;
  }

  view(): CallCountsView {
    const minute = this.#minute();
    const all = sum([...this.#byMethod.values()]);
    const hour = sum([...this.#minutes].filter(([at]) => at > minute - MINUTES).map(([, count]) => count));
    return {
      calls: all.calls,
      errors: all.errors,
      callsLastHour: hour.calls,
      errorsLastHour: hour.errors,
      shared: this.#shared,
      byMethod: Object.fromEntries(this.#byMethod),
    };
  }

  #minute(): number {
    return Math.floor(this.#elapsed() / MINUTE_MS);
  }
}

function add<Key>(counts: Map<Key, MethodCount>, key: Key, failed: boolean): void {
  const { calls, errors } = counts.get(key) ?? { calls: 0, errors: 0 };
  counts.set(key, { calls: calls + 1, errors: errors + (failed ? 1 : 0) });
}

const sum = (counts: readonly MethodCount[]): MethodCount => ({
  calls: counts.reduce((total, { calls }) => total + calls, 0),
  errors: counts.reduce((total, { errors }) => total + errors, 0),
});
