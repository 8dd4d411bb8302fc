import { AppError } from '../../shared/contract/appError.ts';
import { exact, shareOfValue, toUsd } from '../../shared/money/arithmetic.ts';
import { NO_VALUE, RATE_ONE, rate, value, type Usd } from '../../shared/money/quantity.ts';
import {
  SPOT_ASSET,
  type Account,
  type CollateralWeights,
  type OraclePrices,
  type PerpPosition,
} from '../domain/account.ts';
import type { Holdings } from '../domain/accountChange.ts';
import type { AccountEvent } from '../domain/accountEvent.ts';
import { openBooks, record, revalue, type Books } from '../domain/books.ts';
import { openingPostings, postingsOf, type Posting } from '../domain/ledger.ts';
import { equityOf, freeCollateral, initialTerms, type MarginRatioOf } from '../domain/margin.ts';
import { divide } from '../../shared/money/rounding.ts';
import type { VaultStore } from '../storage/vaultStore.ts';
import { accountData, lineOf, noteData, standingData, type LogData, type LogEntry } from './eventLog.ts';
import type { Note } from './decision.ts';

/** What a vault holds and may still use (R7.5). */
export interface VaultStatus {
  /** Equity of the sub-account. */
  readonly balance: Usd;
  /** What stands behind open positions: the initial margin, and what of a SOL deposit does not count as collateral. */
  readonly allocated: Usd;
  /** Free collateral by the initial margin, never less than zero. */
  readonly available: Usd;
}

interface SavedVault {
  readonly books: Omit<Books, 'adjustments'> & Partial<Pick<Books, 'adjustments'>>;
  readonly seq: number;
}

/**
 * The capital of one engine on one venue and sub-account: its books, its ledger and its event log. What changes it
 * comes in as account events, and every one of them leaves postings that add up to zero and a line in the log.
 */
export class Vault {
  readonly #store: VaultStore;
  readonly #heard: (entry: LogEntry) => void;
  readonly #isReconciled: boolean;
  #books: Books;
  #seq = 0;
  /** Set for good by the first difference: a host that goes on regardless does not get past the next sync. */
  #disagrees = false;

  /**
   * @param heard told of every line of the event log, in order
   * @param isReconciled somebody else holds the books against the venue, and asks the user about what differs
   */
  constructor(
    store: VaultStore,
    start: Holdings,
    oracles: OraclePrices,
    heard: (entry: LogEntry) => void,
    isReconciled = false,
  ) {
    this.#store = store;
    this.#heard = heard;
    this.#isReconciled = isReconciled;
    this.#books = openBooks(start, oracles);
  }

  get books(): Books {
    return this.#books;
  }

  /** Whether its first line is written. */
  get isOpen(): boolean {
    return this.#seq > 0;
  }

  /** The vault's first line and first ledger entries. */
  open(t: number, oracles: OraclePrices): void {
    const seq = this.#write(t, 'OPENING', standingData(this.#books, oracles));
    this.#post(seq, t, 'OPENING', openingPostings(this.#books));
  }

  /** Takes account events in, in order, and checks that the books then say what the venue says. */
  sync(events: readonly AccountEvent[], venue: Holdings): void {
    if (this.#disagrees) throw disagreement();
    for (const event of events) {
      this.#books = record(this.#books, event);
      const seq = this.#write(event.t, event.type, accountData(event));
      this.#post(seq, event.t, event.type, postingsOf(event));
    }
    if (this.#isReconciled || agrees(this.#books, venue)) return;
    this.#disagrees = true;
    throw disagreement();
  }

  note(t: number, note: Note): void {
    this.#write(t, note.type, noteData(note));
  }

  valuation(t: number, oracles: OraclePrices): void {
    this.#books = revalue(this.#books, oracles);
    this.#write(t, 'VALUATION', standingData(this.#books, oracles));
  }

  /** The last line of a log that ends now. It is not kept: a run that goes on has no end yet. */
  closing(t: number, oracles: OraclePrices): LogEntry {
    return { seq: this.#seq + 1, t, type: 'CLOSING', data: standingData(this.#books, oracles) };
  }

  status(oracles: OraclePrices, initialRatioOf: MarginRatioOf, weights: CollateralWeights): VaultStatus {
    const { account } = this.#books;
    const terms = initialTerms(account, oracles, initialRatioOf, weights);
    const uncounted = shareOfValue(
      value(account.spot * (oracles[SPOT_ASSET] ?? 0n)),
      rate(RATE_ONE - weights.spotAssetInitial),
      'ceil',
    );
    // A borrow weighs in the requirement, but what is owed is not the vault's capital.
    const owed = account.cash < 0n ? -exact(account.cash) : 0n;
    const free = freeCollateral(terms);
    return {
      balance: toUsd(equityOf(account, oracles), 'floor'),
      allocated: toUsd(value(divide(terms.requirement, RATE_ONE, 'ceil') - owed + uncounted), 'ceil'),
      available: toUsd(free > 0n ? free : NO_VALUE, 'floor'),
    };
  }

  save(): SavedVault {
    return { books: this.#books, seq: this.#seq };
  }

  restore(state: unknown): void {
    const saved = state as SavedVault;
    // What was saved before there were adjustments had none.
    this.#books = { ...saved.books, adjustments: saved.books.adjustments ?? NO_VALUE };
    this.#seq = saved.seq;
  }

  #write(t: number, type: string, data: LogData): number {
    this.#seq += 1;
    const entry: LogEntry = { seq: this.#seq, t, type, data };
    this.#store.event({ seq: entry.seq, t, type, line: lineOf(entry) });
    this.#heard(entry);
    return this.#seq;
  }

  #post(seq: number, t: number, kind: string, postings: readonly Posting[]): void {
    if (postings.length > 0) this.#store.ledger({ seq, t, kind, postings });
  }
}

const disagreement = (): AppError =>
  new AppError('INTERNAL', 'The vault and the venue disagree about what the account holds.');

function agrees(books: Holdings, venue: Holdings): boolean {
  return books.wallet === venue.wallet && sameAccount(books.account, venue.account);
}

function sameAccount(ours: Account, theirs: Account): boolean {
  const [held, shown] = [openPositions(ours), openPositions(theirs)];
  return (
    ours.cash === theirs.cash &&
    ours.spot === theirs.spot &&
    held.size === shown.size &&
    [...held].every(([market, { size, quote }]) => {
      const other = shown.get(market);
      return other !== undefined && size === other.size && quote === other.quote;
    })
  );
}

/** A position of nothing that owes nothing is none: venues forget it, and books don't. */
const openPositions = ({ perps }: Account): ReadonlyMap<string, PerpPosition> =>
  new Map(perps.filter(({ size, quote }) => size !== 0n || quote !== 0n).map((held) => [held.market, held]));
