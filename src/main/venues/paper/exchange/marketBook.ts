import type { Base } from '../../../../shared/money/quantity.ts';
import type { Side } from '../../../domain/market.ts';
import type { DepthLevel } from '../../../market/feed.ts';
import { ambientSide, type AmbientLevel } from './ambientBook.ts';
import type { Flow } from './flow.ts';
import { NO_LOTS, lots, ticks, type Lots, type Ticks } from './grid.ts';
import { Matcher } from './matcher.ts';
import type { Match } from './restingOrder.ts';
import type { Barriers, SavedBook, SavedLevel } from './savedBook.ts';

/** Whose an order is: those who quote, ours, and those who come to trade. */
const OTHERS = 0;
const OURS = 1;
const TAKERS = 2;

/** How far from the mark others go with an order that takes, as a share of it. */
const REACH = 0.001;

/** A trade that everybody sees. `own` of ours, where one of ours was the maker. */
export interface Print {
  /** The taker's. */
  readonly side: Side;
  readonly ticks: Ticks;
  readonly lots: Lots;
  readonly own: number | undefined;
}

/** A price of one side. */
interface Spot {
  readonly side: Side;
  readonly at: Ticks;
}

const SIDES: readonly Side[] = ['buy', 'sell'];
const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');
/** Whether a price of a side comes before another. */
const isBetter = (side: Side, at: number, than: number): boolean => (side === 'buy' ? at > than : at < than);

const nameOf = ({ side, at }: Spot): string => `${side}${at}`;
const EVERYTHING = lots(Number.MAX_SAFE_INTEGER);

/**
 * The book of one market on paper: what others quote and ours, matched by price and time. It moves by beats. In each,
 * others trade, the mark sweeps what it has passed, and others quote anew around it; what they have before us in a queue
 * goes only by trades and by cancels, and those take from before and behind us alike. Between beats it is only ours that
 * change it.
 */
export class MarketBook {
  readonly #lot: Base;
  readonly #flow: Flow | undefined;
  readonly #matcher = new Matcher();
  /** Where ours wait. */
  readonly #own = new Map<number, Spot>();
  #barriers: Barriers = {};
  /** Where ours have taken, or pushed others back, since others last quoted. */
  readonly #disturbed = new Map<string, Spot>();
  #nextOther = -1;
  #sequence = 0;
  #mark = ticks(0);
  /** The last beat whose trades others have made. */
  #beat = Number.NEGATIVE_INFINITY;

  /** @param flow what others do; left out, they only quote */
  constructor(lot: Base, flow: Flow | undefined) {
    this.#lot = lot;
    this.#flow = flow;
  }

  /** Rises with every change that can be seen. */
  get sequence(): number {
    return this.#sequence;
  }

  /** The mark of the last beat, in ticks. */
  get mark(): Ticks {
    return this.#mark;
  }

  /** Opens it, or lets others quote anew, without a trade. @param mark in ticks */
  quote(beat: number, mark: Ticks, depth: readonly DepthLevel[]): void {
    this.#mark = mark;
    this.#beat = beat;
    this.#disturbed.clear();
    this.#barriers = { buy: this.#bestOfOurs('buy'), sell: this.#bestOfOurs('sell') };
    const unevenness = this.#flow?.unevenness(beat);
    for (const side of SIDES) this.#requote(side, ambientSide(side, mark, depth, this.#lot, unevenness));
    this.#sequence += 1;
  }

  /**
   * Others trade. The trades come in their order; those of ours among them have yet to be taken into the account. Within a
   * beat it happens once, however often it is called.
   */
  trade(beat: number, depth: readonly DepthLevel[]): readonly Print[] {
    if (this.#flow === undefined || beat <= this.#beat) return [];
    this.#beat = beat;
    const prints: Print[] = [];
    const reach = Math.floor(this.#mark * REACH);
    for (const { side, lots: taken } of this.#flow.orders(beat, this.#visible(depth)))
      this.#trade(prints, side, taken, side === 'buy' ? this.#mark + reach : this.#mark - reach);
    return prints;
  }

  /** The mark sweeps what it has passed, and others quote anew around it. @param mark in ticks */
  move(beat: number, mark: Ticks, depth: readonly DepthLevel[]): readonly Print[] {
    const visible = this.#visible(depth);
    const prints: Print[] = [];
    const last = this.#mark;
    // Whoever moves the mark through a price has traded with what stood there. What stands beyond a mark that has not
    // come to it waits for somebody, unless it is so far beyond that it is worth anybody's fee.
    const beyond = Math.ceil(mark * REACH);
    this.#sweep(prints, 'buy', visible, mark > last ? mark - 1 : mark - beyond - 1);
    this.#sweep(prints, 'sell', visible, mark < last ? mark + 1 : mark + beyond + 1);
    this.quote(beat, mark, depth);
    return prints;
  }

  /** What an order of ours would take now. */
  preview(side: Side, size: Lots, limit: Ticks): readonly Match[] {
    return this.#matcher.preview(OURS, side, size, limit);
  }

  take(side: Side, size: Lots, limit: Ticks): readonly Match[] {
    const matches = this.#matcher.take(OURS, side, size, limit);
    for (const { ticks: at } of matches) this.#disturb(opposite(side), at);
    if (matches.length > 0) this.#sequence += 1;
    return matches;
  }

  /** Rests one of ours behind what stands at its price. Others whose quotes it would cross step back behind it. */
  rest(own: number, side: Side, at: Ticks, size: Lots): void {
    this.#stepBack(opposite(side), at);
    this.#matcher.rest(own, OURS, side, at, size);
    this.#own.set(own, { side, at });
    this.#sequence += 1;
  }

  /** Takes one of ours out of the book. Returns the lots that it still had. */
  cancel(own: number): Lots {
    const gone = this.#matcher.cancel(own);
    this.#own.delete(own);
    if (gone !== undefined) this.#sequence += 1;
    return gone?.lots ?? NO_LOTS;
  }

  /** Makes one of ours smaller; it keeps its turn. */
  reduce(own: number, by: Lots): void {
    this.#matcher.reduce(own, by);
    this.#sequence += 1;
  }

  /** Whether a limit of ours would meet a quote of somebody else. */
  crosses(side: Side, limit: Ticks): boolean {
    return this.#matcher.crosses(OURS, side, limit);
  }

  best(side: Side): Ticks | undefined {
    return this.#matcher.best(side);
  }

  /** Lots in the queue before one of ours, at its own price. */
  aheadOf(own: number): Lots {
    return this.#matcher.ahead(own);
  }

  /** @param depth levels at most */
  levels(side: Side, depth: number): readonly AmbientLevel[] {
    return this.#matcher.levels(side, depth);
  }

  /** The queues in which ours wait and what ours have disturbed; everything else follows from the mark and the beat. */
  save(): SavedBook {
    const spots = new Map([...this.#own.values()].map((spot) => [nameOf(spot), spot]));
    for (const [name, spot] of this.#disturbed) spots.set(name, spot);
    const levels = Array.from(spots.values(), ({ side, at }) => ({
      side,
      ticks: at,
      queue: this.#matcher
        .queue(side, at)
        .map(({ id, owner, lots: size }) => (owner === OURS ? { own: id, lots: size } : { lots: size })),
    }));
    return { sequence: this.#sequence, mark: this.#mark, barriers: this.#barriers, levels };
  }

  /** Puts a saved book back into a fresh one. @param beat and depth as they were when it was saved */
  restore(saved: SavedBook, beat: number, depth: readonly DepthLevel[]): void {
    this.#mark = saved.mark;
    this.#beat = beat;
    this.#barriers = saved.barriers;
    const kept = new Set<string>();
    for (const { side, ticks: at, queue } of saved.levels) {
      this.#putQueue(side, at, queue);
      kept.add(nameOf({ side, at }));
      if (!queue.some(({ own }) => own !== undefined)) this.#disturb(side, at);
    }
    const unevenness = this.#flow?.unevenness(beat);
    for (const side of SIDES) {
      for (const { ticks: at, lots: size } of ambientSide(side, saved.mark, depth, this.#lot, unevenness))
        if (!kept.has(nameOf({ side, at })) && this.#mayQuote(side, at))
          this.#matcher.rest(this.#newOther(), OTHERS, side, at, size);
    }
    this.#sequence = saved.sequence;
  }

  #putQueue(side: Side, at: Ticks, queue: SavedLevel['queue']): void {
    for (const { own, lots: size } of queue) {
      this.#matcher.rest(own ?? this.#newOther(), own === undefined ? OTHERS : OURS, side, at, size);
      if (own !== undefined) this.#own.set(own, { side, at });
    }
  }

  /** Lots that one side shows. */
  #visible(depth: readonly DepthLevel[]): Lots {
    return lots(depth.reduce((sum, { size }) => sum + Number(size / this.#lot), 0));
  }

  #disturb(side: Side, at: Ticks): void {
    this.#disturbed.set(nameOf({ side, at }), { side, at });
  }

  /** Somebody takes. */
  #trade(prints: Print[], side: Side, size: Lots, limit: number): void {
    if (limit <= 0) return;
    for (const match of this.#matcher.preview(TAKERS, side, size, ticks(limit)))
      this.#fill(prints, side, match, match.lots);
  }

  /** Takes all that others have up to a limit, and of ours no more than a book shows. */
  #sweep(prints: Print[], side: Side, visible: Lots, limit: number): void {
    if (limit <= 0) return;
    let left: number = visible;
    for (const match of this.#matcher.preview(TAKERS, side, EVERYTHING, ticks(limit))) {
      if (left === 0) break;
      const taken = match.makerOwner === OURS ? Math.min(match.lots, left) : match.lots;
      if (match.makerOwner === OURS) left -= taken;
      this.#fill(prints, side, match, lots(taken));
    }
  }

  #fill(prints: Print[], side: Side, { makerId, makerOwner, ticks: at }: Match, taken: Lots): void {
    this.#matcher.reduce(makerId, taken);
    const own = makerOwner === OURS ? makerId : undefined;
    if (own !== undefined && this.#matcher.order(own) === undefined) this.#own.delete(own);
    prints.push({ side, ticks: at, lots: taken, own });
  }

  /** Nobody quotes through an order of ours: who would, had traded with it. */
  #mayQuote(side: Side, at: Ticks): boolean {
    const ours = this.#barriers[opposite(side)];
    return ours === undefined || isBetter(opposite(side), at, ours);
  }

  /** Makes what others quote on a side what it is to be. @param wanted best first, as the book is */
  #requote(side: Side, wanted: readonly AmbientLevel[]): void {
    let next = 0;
    for (const { ticks: at } of this.#matcher.levels(side, Number.POSITIVE_INFINITY)) {
      let level = wanted[next];
      for (; level !== undefined && isBetter(side, level.ticks, at); level = wanted[next]) {
        this.#fitIfAllowed(side, level);
        next += 1;
      }
      if (level?.ticks === at) {
        this.#fitIfAllowed(side, level);
        next += 1;
      } else this.#fit(side, at, NO_LOTS);
    }
    for (const level of wanted.slice(next)) this.#fitIfAllowed(side, level);
  }

  #fitIfAllowed(side: Side, { ticks: at, lots: size }: AmbientLevel): void {
    this.#fit(side, at, this.#mayQuote(side, at) ? size : NO_LOTS);
  }

  /** Others' lots at a price, made as many as wanted: more join at the back, fewer go from everywhere alike. */
  #fit(side: Side, at: Ticks, wanted: Lots): void {
    if (!this.#oursAre(side, at)) {
      this.#fitAlone(side, at, wanted);
      return;
    }
    const theirs = this.#matcher.queue(side, at).filter(({ owner }) => owner === OTHERS);
    const present = theirs.reduce((sum, { lots: size }) => sum + size, 0);
    if (present < wanted) {
      this.#matcher.rest(this.#newOther(), OTHERS, side, at, lots(wanted - present));
      return;
    }
    const excess = present - wanted;
    let left = excess;
    for (const one of theirs.toReversed()) {
      const gone = Math.min(left, one.lots, Math.ceil(one.lots * (excess / present)));
      if (gone > 0) this.#matcher.reduce(one.id, lots(gone));
      left -= gone;
    }
  }

  /** The same where none of ours waits: nobody's turn is to be kept, and one order stands for all. */
  #fitAlone(side: Side, at: Ticks, wanted: Lots): void {
    const present = this.#matcher.lotsAt(side, at);
    if (present === wanted) return;
    for (const { id } of present === 0 ? [] : this.#matcher.queue(side, at)) this.#matcher.cancel(id);
    if (wanted > 0) this.#matcher.rest(this.#newOther(), OTHERS, side, at, wanted);
  }

  #stepBack(side: Side, from: Ticks): void {
    for (const at of this.#matcher.prices(side)) {
      if (isBetter(side, from, at)) break;
      this.#fit(side, at, NO_LOTS);
      this.#disturb(side, at);
    }
  }

  #oursAre(side: Side, at: Ticks): boolean {
    for (const own of this.#own.values()) if (own.at === at && own.side === side) return true;
    return false;
  }

  #bestOfOurs(side: Side): Ticks | undefined {
    let best: Ticks | undefined;
    for (const own of this.#own.values())
      if (own.side === side && (best === undefined || isBetter(side, own.at, best))) best = own.at;
    return best;
  }

  #newOther(): number {
    this.#nextOther -= 1;
    return this.#nextOther;
  }
}
