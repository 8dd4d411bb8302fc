import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import type { ApprovedTrade } from '../../../../src/main/risk/trade.ts';
import { ConfirmationRepository } from '../../../../src/main/storage/confirmationRepository.ts';
import { parseBase, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { NOW } from '../gateCase.ts';
import { HOUR, PLACE, confirmationsDb, deskOver, hedge, oneLeg, type Taken } from './confirmationCase.ts';

const DAY = 24 * HOUR;
const LIMIT = 100_000_000n;

interface Weighed {
  readonly approved: ApprovedTrade;
  /** In millionths, worked out by hand. */
  readonly worth: bigint;
  /** Closes a gap of so much, in billionths. */
  readonly repairs?: bigint;
}

const HEDGE: Weighed = { approved: hedge('1.5'), worth: 300_750_000n };
const HEDGE_LEG = 1_500_000_000n;
const TRADES: readonly Weighed[] = [
  HEDGE,
  { approved: oneLeg('sell', '1'), worth: 100_000_000n },
  { approved: oneLeg('sell', '1.2'), worth: 120_000_000n },
  { approved: oneLeg('buy', '1.2'), worth: 120_600_000n },
  { approved: oneLeg('sell', '1.2', {}, { limit: '99.4' }), worth: 120_000_000n },
  { approved: oneLeg('sell', '3', { purpose: 'manual' }), worth: 300_000_000n },
  {
    approved: oneLeg('sell', '1.1', { purpose: 'finishLeg' }, { limit: '97' }),
    worth: 110_000_000n,
    repairs: 1_100_000_000n,
  },
  {
    approved: oneLeg('sell', '1.05', { purpose: 'undoLeg' }, { market: 'SOL' }),
    worth: 105_000_000n,
    repairs: 1_050_000_000n,
  },
];

/** Where repairs stand among them. */
const REPAIRS = [6, 7] as const;

const which = fc.nat({ max: TRADES.length - 1 });
const question = fc.nat({ max: 9 });
const anyTake = fc.record({
  kind: fc.constant('take' as const),
  trade: which,
  question: fc.option(question),
  /** The process dies right after the use was written down; or it goes on, and the trade fills nothing. */
  fate: fc.constantFrom('filled', 'filled', 'dies', 'fails'),
});
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('request' as const), trade: which }),
  fc.record({ kind: fc.constant('confirm' as const), question }),
  fc.record({ kind: fc.constant('decline' as const), question }),
  { weight: 5, arbitrary: anyTake },
  fc.record({
    kind: fc.constant('grant' as const),
    perTrade: fc.integer({ min: 100, max: 400 }),
    more: fc.integer({ min: 0, max: 400 }),
    forMs: fc.constantFrom(HOUR, 2 * DAY, 9 * DAY),
  }),
  fc.record({ kind: fc.constant('revoke' as const) }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(1, 30_000, 59_999, 60_000, HOUR, 12 * HOUR, DAY - 1, DAY, -1, -HOUR, -DAY),
  }),
  fc.record({ kind: fc.constant('restart' as const) }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

const shortWait = fc.constantFrom(0, 0, 0, 1, 30_000, 59_999, 60_000, -1);
const wait = (ms: number): Step => ({ kind: 'wait', ms });
const take = (trade: number, claimed: number | null = null): Step => ({
  kind: 'take',
  trade,
  question: claimed,
  fate: 'filled',
});

/** A trade that is confirmed, made, and tried once more, or another one in its place. */
const anyConfirmed: fc.Arbitrary<readonly Step[]> = fc
  .record({
    trade: which,
    other: which,
    waits: fc.tuple(shortWait, shortWait),
    claims: fc.boolean(),
    isOther: fc.boolean(),
  })
  .map(({ trade, other, waits, claims, isOther }) => {
    const claimed = claims ? 0 : null;
    return [
      { kind: 'request', trade },
      { kind: 'confirm', question: 0 },
      wait(waits[0]),
      take(isOther ? other : trade, claimed),
      wait(waits[1]),
      take(trade, claimed),
    ];
  });

/** A confirmed hedge, and repairs of its gap until there should be nothing left. */
const anyGap: fc.Arbitrary<readonly Step[]> = fc
  .record({
    repairs: fc.array(fc.constantFrom(...REPAIRS), { minLength: 1, maxLength: 3 }),
    waits: fc.constantFrom(0, HOUR, DAY - 1, DAY, -1),
  })
  .map(({ repairs, waits }) => [
    { kind: 'request', trade: 0 },
    { kind: 'confirm', question: 0 },
    take(0, 0),
    wait(waits),
    ...repairs.map((repair) => take(repair)),
  ]);

/** A day under a standing confirmation, around its end. */
const anyDay: fc.Arbitrary<readonly Step[]> = fc
  .record({
    trades: fc.array(which, { minLength: 2, maxLength: 5 }),
    waits: fc.array(fc.constantFrom(0, 1, HOUR, DAY - 1, DAY, -1, -HOUR), { minLength: 5, maxLength: 5 }),
    revokes: fc.boolean(),
  })
  .map(({ trades, waits, revokes }) => [
    { kind: 'grant', perTrade: 310, more: 40, forMs: 9 * DAY },
    ...trades.flatMap((trade, i) => [take(trade), wait(waits[i] ?? 0)]),
    ...(revokes ? ([{ kind: 'revoke' }, take(trades[0] ?? 0)] as const) : []),
  ]);

const anyLife = fc
  .array(
    fc.oneof(
      anyStep.map((step): readonly Step[] => [step]),
      anyConfirmed,
      anyGap,
      anyDay,
    ),
    {
      maxLength: 20,
    },
  )
  .map((scenes) => scenes.flat());

/** What the user has said of a question, kept by the test in its own words. */
interface Said {
  readonly id: string;
  readonly trade: number;
  readonly askedAt: number;
  yes: boolean;
  no: boolean;
  used: boolean;
}

interface Grant {
  readonly perTrade: bigint;
  readonly perDay: bigint;
  readonly from: number;
  readonly until: number;
}

/** The world as the test sees it: an independent book of who has said yes to what, and what was used. */
class World {
  readonly db = confirmationsDb();
  #records = new MortalRepository(this.db);
  #rig = deskOver(this.db, '100', this.#records);
  #now = NOW;
  #standing: Grant | undefined;
  #said: Said[] = [];
  readonly #spent: { readonly t: number; readonly worth: bigint }[] = [];
  /** Trades of two legs that went through on a confirmation, and what was repaired of each. */
  readonly #hedges: { readonly t: number; repaired: bigint }[] = [];

  do(step: Step): void {
    switch (step.kind) {
      case 'request':
        this.#request(step.trade);
        break;
      case 'confirm':
      case 'decline':
        this.#answer(step.question, step.kind);
        break;
      case 'take':
        this.#take(step.trade, step.question === null ? undefined : this.#said[step.question], step.fate);
        break;
      case 'grant': {
        const [perTrade, perDay] = [String(step.perTrade), String(step.perTrade + step.more)];
        const until = this.#now + step.forMs;
        this.#rig.grant(perTrade, perDay, until, this.#now);
        this.#standing = { perTrade: parseUsd(perTrade), perDay: parseUsd(perDay), from: this.#now, until };
        break;
      }
      case 'revoke':
        this.#rig.desk.revoke(PLACE, this.#now);
        this.#standing = undefined;
        break;
      case 'wait':
        this.#now += step.ms;
        break;
      case 'restart':
        this.#restart();
        break;
    }
  }

  #request(trade: number): void {
    const { confirmationId: id } = this.#rig.request((TRADES[trade] ?? HEDGE).approved, this.#now);
    this.#said.unshift({ id, trade, askedAt: this.#now, yes: false, no: false, used: false });
  }

  #answer(index: number, how: 'confirm' | 'decline'): void {
    const one = this.#said[index];
    if (one === undefined) return;
    try {
      this.#rig.desk[how](one.id, this.#now);
    } catch (error) {
      if (error instanceof AppError) return;
      throw error;
    }
    if (how === 'confirm') one.yes = true;
    else one.no = true;
  }

  #take(trade: number, claimed: Said | undefined, fate: 'filled' | 'dies' | 'fails'): void {
    const weighed = TRADES[trade] ?? HEDGE;
    const may = this.#may(trade, weighed, claimed);
    const writes = may === 'own' || may === 'repair' || may === 'standing';
    this.#records.dies = fate === 'dies';
    const take = () => this.#rig.take(weighed.approved, this.#now, claimed?.id);
    if (fate === 'dies' && writes) expect(take).toThrow('the process died');
    else this.#look(take(), may, trade, fate === 'fails');
    // What is known to have filled nothing is given back, but for a confirmation of one trade.
    const counts = fate !== 'fails';
    if (may === 'repair' && counts) this.#newestHedge().repaired += weighed.repairs ?? 0n;
    if (may === 'standing' && counts) this.#spent.push({ t: this.#now, worth: weighed.worth });
    if (weighed === HEDGE && writes) {
      const isGone = may === 'standing' && !counts;
      this.#hedges.push({ t: this.#now, repaired: isGone ? HEDGE_LEG : 0n });
    }
    if (fate === 'dies') this.#restart();
  }

  #look(taken: Taken, may: string, trade: number, fails: boolean): void {
    expect(taken.verdict === 'confirmed' ? taken.basis.kind : 'no').toBe(may);
    if (taken.verdict !== 'confirmed') return;
    if (taken.basis.kind === 'own') this.#useUp(taken.basis.confirmationId, trade);
    if (fails)
      this.#rig.desk.settle(
        taken,
        taken.terms.legs.map(() => parseBase('0')),
      );
  }

  #useUp(id: string, trade: number): void {
    const used = this.#said.find((one) => one.id === id);
    if (used === undefined || !this.#isGood(used, trade)) throw new Error('nobody has said yes to that');
    used.used = true;
  }

  /** On what a trade may go through, by the requirements and this book. */
  #may(trade: number, { approved, worth, repairs }: Weighed, claimed: Said | undefined): string {
    if (worth <= LIMIT) return 'underLimit';
    if (claimed !== undefined) return this.#isGood(claimed, trade) ? 'own' : 'no';
    if (this.#said.some((one) => this.#isGood(one, trade))) return 'own';
    if (repairs !== undefined && this.#newestHedge().repaired + repairs <= HEDGE_LEG) return 'repair';
    return approved.trade.purpose !== 'manual' && this.#covers(worth) ? 'standing' : 'no';
  }

  #isGood({ trade: asked, yes, no, used, askedAt }: Said, trade: number): boolean {
    return asked === trade && yes && !no && !used && this.#now >= askedAt && this.#now < askedAt + 60_000;
  }

  #covers(worth: bigint): boolean {
    const standing = this.#standing;
    if (standing === undefined || this.#now < standing.from || this.#now >= standing.until) return false;
    const today = this.#spent
      .filter(({ t }) => t + DAY > this.#now)
      .reduce((sum, one) => sum + one.worth, 0n);
    return worth <= standing.perTrade && today + worth <= standing.perDay;
  }

  /** The last of the day; where there is none, one of which nothing is left. */
  #newestHedge(): { repaired: bigint } {
    const today = this.#hedges.filter(({ t }) => t + DAY > this.#now);
    return today.at(-1) ?? { repaired: HEDGE_LEG };
  }

  /** What was not used is forgotten, and nobody can claim it. */
  #restart(): void {
    this.#records = new MortalRepository(this.db);
    this.#rig = deskOver(this.db, '100', this.#records);
    this.#said = this.#said.map((one) => ({ ...one, no: true }));
  }
}

class MortalRepository extends ConfirmationRepository {
  dies = false;

  override use(...args: Parameters<ConfirmationRepository['use']>): void {
    super.use(...args);
    if (this.dies) throw new Error('the process died');
  }
}

describe('no sequence of requests, answers, clocks, restarts and crashes', () => {
  it('[R6.10] lets a trade over the limit through without a grant of its own, or more than was granted a day', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        const world = new World();
        for (const step of steps) world.do(step);
        world.db.close();
      }),
      { numRuns: 400 },
    );
  });

  it('[R6.10] lets the uses of any 24 hours add up to more than the day of one grant', () => {
    const clock = fc.integer({ min: -2 * DAY, max: 2 * DAY });
    fc.assert(
      fc.property(fc.array(fc.tuple(clock, which, fc.boolean()), { maxLength: 50 }), (moves) => {
        const db = confirmationsDb();
        let rig = deskOver(db);
        rig.grant('310', '400', NOW + 300 * DAY, NOW);
        let now = NOW;
        const uses: { readonly t: number; readonly worth: bigint }[] = [];
        for (const [ms, index, restarts] of moves) {
          now += ms;
          if (restarts) rig = deskOver(db);
          const { approved, worth } = TRADES[index] ?? HEDGE;
          const taken = rig.take(approved, now);
          if (taken.verdict === 'confirmed' && taken.basis.kind === 'standing') uses.push({ t: now, worth });
        }
        for (const { t: from } of uses) {
          const within = uses.filter(({ t }) => t >= from && t < from + DAY);
          expect(within.reduce((sum, { worth }) => sum + worth, 0n)).toBeLessThanOrEqual(400_000_000n);
        }
        db.close();
      }),
      { numRuns: 200 },
    );
  });
});
