/** In the order in which a block comes to them. */
const COMMITMENTS = ['processed', 'confirmed', 'finalized'] as const;

export type Commitment = (typeof COMMITMENTS)[number];

/** Nodes behind one name take turns, and are a few slots apart. */
export const TOLERATED_SLOTS = 10;
/** So far ahead of the others nobody can be: 500 slots are more than three minutes. */
const LEAD_SLOTS = 500;
/** More than a cluster makes, which is one in 400 ms. */
const SLOTS_PER_MS = 5 / 1_000;

interface Word {
  /** What the node said last. */
  readonly slot: number;
  readonly at: number;
  readonly highest: Readonly<Record<Commitment, number>>;
}

export interface SlotVerdict<Node> {
  /** `behind`: older than what has been seen; `outvoted`: most of the others say that it can't be yet. */
  readonly verdict: 'fits' | 'behind' | 'outvoted';
  /** How many slots older than the newest of its commitment. */
  readonly lag: number;
  /** Nodes that were believed until now, and that this word outvotes. */
  readonly exposed: readonly Node[];
}

const NONE: Readonly<Record<Commitment, number>> = { processed: 0, confirmed: 0, finalized: 0 };

/**
 * How far the cluster has come, by what its nodes said. A node that is behind is found by it, and one that runs ahead,
 * where there are two others to say so. Without them the highest slot is believed: who is behind is the likelier fault.
 */
export class SlotMemory<Node> {
  readonly #elapsed: () => number;
  readonly #words = new Map<Node, Word>();
  #told = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** The newest slot that was seen at a commitment, or at a stronger one, which comes later; 0 before any. */
  seen(commitment: Commitment): number {
    const stronger = COMMITMENTS.slice(COMMITMENTS.indexOf(commitment));
    const slots = [...this.#words.values()].flatMap(({ highest }) => stronger.map((one) => highest[one]));
    return Math.max(0, ...slots);
  }

  /** The newest slot of which accounts were handed out: nothing older may be handed out again. */
  get told(): number {
    return this.#told;
  }

  tell(slot: number): void {
    this.#told = Math.max(this.#told, slot);
  }

  /** Takes a node's word, and says what it is worth. */
  judge(node: Node, slot: number, commitment: Commitment): SlotVerdict<Node> {
    const at = this.#elapsed();
    const before = this.#words.get(node)?.highest ?? NONE;
    if (this.#isOutvoted(node, slot)) {
      this.#forget(node);
      return { verdict: 'outvoted', lag: 0, exposed: [] };
    }
    this.#words.set(node, { slot, at, highest: before });
    const exposed = [...this.#words].filter(([other, word]) => this.#isOutvoted(other, word.slot));
    for (const [other] of exposed) this.#forget(other);
    const lag = Math.max(0, this.seen(commitment) - slot);
    const verdict = lag > TOLERATED_SLOTS ? 'behind' : 'fits';
    if (verdict === 'fits')
      this.#words.set(node, {
        slot,
        at,
        highest: { ...before, [commitment]: Math.max(before[commitment], slot) },
      });
    return { verdict, lag, exposed: exposed.map(([other]) => other) };
  }

  /** Whether at least two others, and most of them, are so far behind that one of both sides must be wrong. */
  #isOutvoted(node: Node, slot: number): boolean {
    const now = this.#elapsed();
    const others = [...this.#words].filter(([other]) => other !== node).map(([, word]) => word);
    const against = others.filter(
      (word) => slot > word.slot + (now - word.at) * SLOTS_PER_MS + LEAD_SLOTS,
    ).length;
    return against >= 2 && against * 2 > others.length;
  }

  #forget(node: Node): void {
    this.#words.delete(node);
    this.#told = Math.min(this.#told, Math.max(0, ...[...this.#words.values()].map(({ slot }) => slot)));
  }
}
