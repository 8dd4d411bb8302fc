import fc from 'fast-check';

import type { Side } from '../../../../../src/main/domain/market.ts';
import { lots, ticks, type Lots, type Ticks } from '../../../../../src/main/venues/paper/exchange/grid.ts';
import type { Match, RestingOrder } from '../../../../../src/main/venues/paper/exchange/restingOrder.ts';
import type { Matching } from '../../../../support/naiveMatcher.ts';
import { anySide } from '../../../../support/arbitraries.ts';

interface Placement {
  readonly kind: 'limit' | 'ioc' | 'postOnly';
  readonly owner: number;
  readonly side: Side;
  readonly ticks: Ticks;
  readonly lots: Lots;
}
interface Change {
  readonly kind: 'cancel' | 'reduce';
  /** Which of the placements so far, from the newest back. */
  readonly back: number;
  readonly lots: Lots;
}
export type Step = Placement | Change;

/** What a step did. */
export interface Effect {
  readonly step: Step;
  /** The order that was placed or changed. */
  readonly id: number;
  readonly matches: readonly Match[];
  /** Lots that came to rest. */
  readonly rested: number;
  /** Lots that left the book otherwise than by a match. */
  readonly withdrawn: number;
  readonly refused: boolean;
}

const anyLots = fc.integer({ min: 1, max: 12 }).map(lots);

/** Few prices, few owners and small sizes, so that queues form and orders meet, their own too. */
const anyPlacement: fc.Arbitrary<Placement> = fc.record({
  kind: fc.constantFrom('limit', 'limit', 'ioc', 'postOnly'),
  owner: fc.integer({ min: 1, max: 3 }),
  side: anySide,
  ticks: fc.integer({ min: 95, max: 105 }).map(ticks),
  lots: anyLots,
});
const anyChange: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('cancel', 'reduce'),
  back: fc.nat(12),
  lots: anyLots,
});
export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: anyPlacement }, { weight: 1, arbitrary: anyChange }),
  { minLength: 1, maxLength: 120, size: 'max' },
);

/** Plays steps on a book one by one, with the ids 1, 2, 3 … in order of placement. */
export class Player {
  readonly #book: Matching;
  #placed = 0;

  constructor(book: Matching) {
    this.#book = book;
  }

  play(step: Step): Effect {
    return 'back' in step ? this.#change(step) : this.#place(step);
  }

  #place(step: Placement): Effect {
    const { owner, side, ticks, lots: size } = step;
    this.#placed += 1;
    const id = this.#placed;
    const matches = step.kind === 'postOnly' ? [] : this.#book.take(owner, side, size, ticks);
    const left = size - matches.reduce((sum, match) => sum + match.lots, 0);
    const rests = step.kind !== 'ioc' && left > 0;
    const refused = rests && isRefused(() => this.#book.rest(id, owner, side, ticks, lots(left)));
    return { step, id, matches, rested: rests && !refused ? left : 0, withdrawn: 0, refused };
  }

  #change(step: Change): Effect {
    const id = this.#placed - step.back;
    const before = this.#book.order(id);
    const refused =
      step.kind === 'reduce'
        ? isRefused(() => this.#book.reduce(id, step.lots))
        : this.#book.cancel(id) === undefined;
    const left: RestingOrder | undefined = this.#book.order(id);
    return {
      step,
      id,
      matches: [],
      rested: 0,
      withdrawn: (before?.lots ?? 0) - (left?.lots ?? 0),
      refused,
    };
  }
}

function isRefused(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}
