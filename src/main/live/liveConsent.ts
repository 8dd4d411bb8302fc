import type { Base, Price } from '../../shared/money/quantity.ts';
import type { TradePlace } from '../domain/confirmation.ts';
import type { Consent } from '../engine/engine.ts';
import type { Clock } from '../platform/clock.ts';
import type { ConfirmationDesk } from '../risk/confirmation/confirmationDesk.ts';
import type { ConfirmedTrade, UnconfirmedTrade } from '../risk/confirmation/confirmedTrade.ts';
import type { Question } from '../risk/confirmation/question.ts';
import type { RiskSettings } from '../risk/riskSettings.ts';
import type { ApprovedTrade, ProposedTrade } from '../risk/trade.ts';
import type { Preflight } from '../venues/venue.ts';

export interface LiveConsentParts {
  readonly confirmations: ConfirmationDesk;
  readonly place: TradePlace;
  readonly clock: Clock;
  readonly risk: RiskSettings;
  /** Told that the user is to confirm a trade. */
  readonly asked: (question: Question) => void;
  /** Told that a question is over before its time. */
  readonly lapsed: (confirmationId: string) => void;
}

/** Who has said no is not asked for the same again at once, only because the engine still wants it. */
const AFTER_A_NO_MS = 600_000;

interface Waiting {
  readonly question: Question;
  readonly trade: ProposedTrade;
}

/** The user's yes to what an engine would trade: one question at a time, about what it would trade now. */
export class LiveConsent implements Consent {
  readonly #parts: LiveConsentParts;
  #waiting: Waiting | undefined;
  /** The last no: what for, and until when it is not asked about again. */
  #no: { readonly purpose: ProposedTrade['purpose']; readonly until: number } | undefined;

  constructor(parts: LiveConsentParts) {
    this.#parts = parts;
  }

  /** The trade that the user is to confirm; undefined where there is none. */
  get question(): Question | undefined {
    return this.#waiting?.question;
  }

  ask(
    approved: ApprovedTrade,
    preflights: ReadonlyMap<string, Preflight>,
  ): ConfirmedTrade | UnconfirmedTrade | 'asked' {
    const { confirmations, place, clock, risk, asked } = this.#parts;
    const marks = new Map<string, Price>([...preflights].map(([market, { quote }]) => [market, quote.mark]));
    const context = { place, marks, now: clock.now(), limit: risk.confirmAbove };
    const waiting = this.#waiting;
    const claimed = waiting?.trade === approved.trade ? waiting.question.confirmationId : undefined;
    const verdict = confirmations.take(approved, context, claimed);
    // What goes through without having been asked about changes what an open question is about.
    if (verdict.verdict === 'confirmed' && claimed === undefined) this.lapse();
    if (verdict.verdict === 'confirmed' || verdict.reason.code !== 'CONFIRMATION_REQUIRED') return verdict;
    if (waiting !== undefined && context.now < waiting.question.expiresAt) {
      // The price limit follows the mark with every tick; what is asked is whether to trade so much.
      if (sameSizes(waiting.trade, approved.trade)) return 'asked';
      this.lapse();
    }
    if (this.#no?.purpose === approved.trade.purpose && context.now < this.#no.until) return 'asked';
    const question = confirmations.request(approved.trade, context);
    this.#waiting = { question, trade: approved.trade };
    asked(question);
    return verdict;
  }

  made(trade: ConfirmedTrade, filled: readonly Base[]): void {
    this.#parts.confirmations.settle(trade, filled);
  }

  /**
   * The user's yes. Throws what the confirmation desk throws.
   * @returns the trade that is to be made on it; undefined where the question was not about a trade of this engine
   */
  confirm(confirmationId: string): ProposedTrade | undefined {
    const { confirmations, clock } = this.#parts;
    confirmations.confirm(confirmationId, clock.now());
    return this.#waiting?.question.confirmationId === confirmationId ? this.#waiting.trade : undefined;
  }

  /**
   * The user's no: the trade is not made, its question is over, and for ten minutes nothing is asked for the same purpose.
   * Throws what the confirmation desk throws.
   */
  decline(confirmationId: string): void {
    const { confirmations, clock } = this.#parts;
    const now = clock.now();
    confirmations.decline(confirmationId, now);
    if (this.#waiting?.question.confirmationId !== confirmationId) return;
    this.#no = { purpose: this.#waiting.trade.purpose, until: now + AFTER_A_NO_MS };
    this.#waiting = undefined;
  }

  /** The question is over: its trade was tried. */
  answered(): void {
    this.#waiting = undefined;
  }

  /** What was asked about is no longer what the engine would do: a yes to it makes no trade. */
  lapse(): void {
    const { confirmations, clock, lapsed } = this.#parts;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    const { confirmationId } = waiting.question;
    if (confirmations.withdraw(confirmationId, clock.now())) lapsed(confirmationId);
  }
}

const sameSizes = (a: ProposedTrade, b: ProposedTrade): boolean =>
  a.legs.length === b.legs.length &&
  a.legs.every(({ market, side, size }, i) => {
    const other = b.legs[i];
    return other !== undefined && market === other.market && side === other.side && size === other.size;
  });
