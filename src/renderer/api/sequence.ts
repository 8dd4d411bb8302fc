/** Watches the numbers of a connection's broadcasts: one that is missing means that something was missed. */
export class Sequence {
  #instanceId: string | undefined;
  #seq: number | undefined;

  /** A new connection counts anew. */
  restart(): void {
    this.#instanceId = undefined;
    this.#seq = undefined;
  }

  /** A snapshot says what it stands for. Broadcasts may have come in before it. */
  start(instanceId: string, seq: number): void {
    this.#seq = instanceId === this.#instanceId ? Math.max(seq, this.#seq ?? 0) : seq;
    this.#instanceId = instanceId;
  }

  /** Whether a broadcast follows on what came before. */
  follows(instanceId: string, seq: number): boolean {
    const isNext = this.#seq === undefined || (instanceId === this.#instanceId && seq === this.#seq + 1);
    this.#instanceId = instanceId;
    this.#seq = seq;
    return isNext;
  }
}
