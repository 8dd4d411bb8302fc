import type { Fault } from './faults.ts';

export interface FaultScope {
  /** Methods of JSON-RPC, or of notifications (`accountNotification`). All, unless given. */
  readonly methods?: readonly string[];
  /** Without end, unless given. */
  readonly times?: number;
}

interface Waiting {
  readonly hits: number;
  readonly resolve: () => void;
}

/** A fault that is on, and what it holds back. */
export class FaultSwitch {
  readonly fault: Fault;
  readonly #methods: ReadonlySet<string> | undefined;
  #left: number;
  #hits = 0;
  #held: (() => void)[] = [];
  #waiting: Waiting[] = [];

  constructor(fault: Fault, { methods, times = Infinity }: FaultScope) {
    this.fault = fault;
    this.#methods = methods && new Set(methods);
    this.#left = times;
  }

  /** Requests that have run into it. */
  get hits(): number {
    return this.#hits;
  }

  /** Resolves when so many requests have run into it. */
  hit(hits = 1): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hits >= hits) resolve();
      else this.#waiting.push({ hits, resolve });
    });
  }

  /** Lets go what is held so far, oldest first. */
  release(): void {
    const held = this.#held;
    this.#held = [];
    for (const each of held) each();
  }

  /** No request runs into it any more. What it holds stays held until released. */
  off(): void {
    this.#left = 0;
  }

  concerns(method: string): boolean {
    return this.#left > 0 && (this.#methods?.has(method) ?? true);
  }

  count(): void {
    this.#left -= 1;
    this.#hits += 1;
    const due = this.#waiting.filter(({ hits }) => hits <= this.#hits);
    this.#waiting = this.#waiting.filter(({ hits }) => hits > this.#hits);
    for (const { resolve } of due) resolve();
  }

  /** Does something when released. */
  hold(action: () => void): void {
    this.#held.push(action);
  }

  /** Resolves when released. */
  held(): Promise<void> {
    return new Promise((resolve) => {
      this.hold(resolve);
    });
  }
}
