import type { Database, Statement } from 'better-sqlite3';
import { AppError } from '../../shared/contract/appError.ts';
import { formatBase, formatUsd, parseBase, parseUsd } from '../../shared/money/decimal.ts';
import { NO_USD, type Base } from '../../shared/money/quantity.ts';
import type {
  ConfirmationRecords,
  ConfirmationUse,
  ConfirmedLeg,
  StandingConfirmation,
  TradePlace,
} from '../domain/confirmation.ts';
import { durable } from './durable.ts';

interface StandingRow {
  readonly id: string;
  readonly venue: string;
  readonly owner: string;
  readonly sub_account: bigint;
  readonly per_trade: string;
  readonly per_day: string;
  readonly granted_at: bigint;
  readonly until: bigint;
  readonly revoked_at: bigint | null;
}

interface UseRow {
  readonly id: string;
  readonly t: bigint;
  readonly venue: string;
  readonly owner: string;
  readonly sub_account: bigint;
  readonly basis: ConfirmationUse['basis'];
  readonly of: string;
  readonly worth: string;
  readonly legs: string;
}

/** Both tables as they are, for a restore. */
export interface KeptConfirmations {
  readonly standing: readonly (readonly [standing: StandingConfirmation, revokedAt: number | null])[];
  readonly uses: readonly ConfirmationUse[];
}

type LegText = Omit<ConfirmedLeg, 'size'> & { readonly size: string };
type Place = [venue: string, owner: string, subAccount: number];
type StandingValues = [id: string, ...Place, string, string, number, number, number | null];
type UseValues = [id: string, t: number, ...Place, string, string, string, string];

/** Standing confirmations, and every use of a confirmation. Each change is a transaction of its own, and durable. */
export class ConfirmationRepository implements ConfirmationRecords {
  readonly #inForce: Statement<Place, StandingRow>;
  readonly #allStanding: Statement<[], StandingRow>;
  readonly #allUses: Statement<[], UseRow>;
  readonly #usesAfter: Statement<[...Place, number], UseRow>;
  readonly #repairsOf: Statement<[of: string], UseRow>;
  readonly #used: Statement<[of: string], UseRow>;
  readonly #grant: (standing: StandingConfirmation) => void;
  readonly #revoke: (place: TradePlace, t: number) => void;
  readonly #use: (use: ConfirmationUse) => void;
  readonly #settle: (useId: string, filled: readonly Base[]) => void;
  readonly #keep: (kept: KeptConfirmations) => void;

  constructor(db: Database) {
    const at = 'venue = ? AND owner = ? AND sub_account = ?';
    this.#inForce = db.prepare(`SELECT * FROM standing_confirmations WHERE ${at} AND revoked_at IS NULL`);
    this.#allStanding = db.prepare('SELECT * FROM standing_confirmations ORDER BY rowid');
    this.#allUses = db.prepare('SELECT * FROM confirmation_uses ORDER BY rowid');
    this.#usesAfter = db.prepare(`SELECT * FROM confirmation_uses WHERE ${at} AND t > ? ORDER BY rowid`);
    this.#repairsOf = db.prepare(`SELECT * FROM confirmation_uses WHERE of = ? AND basis = 'repair'`);
    this.#used = db.prepare(`SELECT * FROM confirmation_uses WHERE of = ? AND basis = 'own'`);
    const end = db.prepare<[number, ...Place]>(
      `UPDATE standing_confirmations SET revoked_at = ? WHERE ${at} AND revoked_at IS NULL`,
    );
    const insert = db.prepare<StandingValues>(
      `INSERT INTO standing_confirmations
         (id, venue, owner, sub_account, per_trade, per_day, granted_at, until, revoked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const insertUse = db.prepare<UseValues>(
      `INSERT INTO confirmation_uses (id, t, venue, owner, sub_account, basis, of, worth, legs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#grant = durable(db, (standing: StandingConfirmation) => {
      end.run(standing.grantedAt, ...placeValues(standing.place));
      insert.run(...standingValues(standing, null));
    });
    this.#revoke = durable(db, (place: TradePlace, t: number) => {
      end.run(t, ...placeValues(place));
    });
    this.#use = durable(db, (use: ConfirmationUse) => {
      insertUse.run(...useValues(use));
    });
    const find = db.prepare<[id: string], UseRow>('SELECT * FROM confirmation_uses WHERE id = ?');
    const resize = db.prepare<[worth: string, legs: string, id: string]>(
      'UPDATE confirmation_uses SET worth = ?, legs = ? WHERE id = ?',
    );
    this.#settle = durable(db, (useId: string, filled: readonly Base[]) => {
      const row = find.get(useId);
      const use = row === undefined ? undefined : useOf(row);
      if (use === undefined || !isWithin(use, filled))
        throw new AppError('INTERNAL', 'What has filled does not fit what was confirmed.', { useId });
      const legs = use.legs.map((leg, i) => ({ ...leg, size: filled[i] ?? leg.size }));
      const isNothing = filled.every((size) => size === 0n);
      resize.run(formatUsd(isNothing ? NO_USD : use.worth), legsText(legs), useId);
    });
    this.#keep = durable(db, ({ standing, uses }: KeptConfirmations) => {
      db.exec('DELETE FROM standing_confirmations; DELETE FROM confirmation_uses');
      for (const [one, revokedAt] of standing) insert.run(...standingValues(one, revokedAt));
      for (const use of uses) insertUse.run(...useValues(use));
    });
  }

  standing(place: TradePlace): StandingConfirmation | undefined {
    const row = this.#inForce.get(...placeValues(place));
    return row === undefined ? undefined : standingOf(row);
  }

  grant(standing: StandingConfirmation): void {
    this.#grant(standing);
  }

  revoke(place: TradePlace, t: number): void {
    this.#revoke(place, t);
  }

  use(use: ConfirmationUse): void {
    if (use.basis === 'own' && this.isUsed(use.of))
      throw new AppError('CONFIRMATION_USED', 'That confirmation was used already.', {
        confirmationId: use.of,
      });
    this.#use(use);
  }

  settle(useId: string, filled: readonly Base[]): void {
    this.#settle(useId, filled);
  }

  usesAfter(place: TradePlace, t: number): readonly ConfirmationUse[] {
    return this.#usesAfter.all(...placeValues(place), t).map(useOf);
  }

  repairsOf(useId: string): readonly ConfirmationUse[] {
    return this.#repairsOf.all(useId).map(useOf);
  }

  isUsed(confirmationId: string): boolean {
    return this.#used.get(confirmationId) !== undefined;
  }

  /** For a restore: what there is before the database is exchanged. */
  all(): KeptConfirmations {
    return {
      standing: this.#allStanding
        .all()
        .map((row) => [standingOf(row), row.revoked_at === null ? null : Number(row.revoked_at)]),
      uses: this.#allUses.all().map(useOf),
    };
  }

  /**
   * Puts these in the place of what another database says: a restore must not bring back what was revoked, nor forget
   * what was spent.
   */
  keep(kept: KeptConfirmations): void {
    this.#keep(kept);
  }
}

const placeValues = ({ venue, owner, subAccount }: TradePlace): Place => [venue, owner, subAccount];

const standingValues = (
  { id, place, perTrade, perDay, grantedAt, until }: StandingConfirmation,
  revokedAt: number | null,
): StandingValues => [
  id,
  ...placeValues(place),
  formatUsd(perTrade),
  formatUsd(perDay),
  grantedAt,
  until,
  revokedAt,
];

const useValues = ({ id, t, place, basis, of, worth, legs }: ConfirmationUse): UseValues => [
  id,
  t,
  ...placeValues(place),
  basis,
  of,
  formatUsd(worth),
  legsText(legs),
];

/** Nothing that was used becomes more afterwards. */
const isWithin = (use: ConfirmationUse, filled: readonly Base[]): boolean =>
  filled.length === use.legs.length &&
  use.legs.every(({ size }, i) => (filled[i] ?? -1n) >= 0n && (filled[i] ?? 0n) <= size);

const legsText = (legs: readonly ConfirmedLeg[]): string =>
  JSON.stringify(legs.map(({ market, side, size }) => ({ market, side, size: formatBase(size) })));

const placeOf = (row: Pick<StandingRow, 'venue' | 'owner' | 'sub_account'>): TradePlace => ({
  venue: row.venue,
  owner: row.owner,
  subAccount: Number(row.sub_account),
});

const standingOf = (row: StandingRow): StandingConfirmation => ({
  id: row.id,
  place: placeOf(row),
  perTrade: parseUsd(row.per_trade),
  perDay: parseUsd(row.per_day),
  grantedAt: Number(row.granted_at),
  until: Number(row.until),
});

const useOf = (row: UseRow): ConfirmationUse => ({
  id: row.id,
  t: Number(row.t),
  place: placeOf(row),
  basis: row.basis,
  of: row.of,
  worth: parseUsd(row.worth),
  legs: (JSON.parse(row.legs) as readonly LegText[]).map((leg) => ({ ...leg, size: parseBase(leg.size) })),
});
