import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { parseUsd } from '../../../../src/shared/money/decimal.ts';
import { NOW } from '../gateCase.ts';
import { HOUR, PLACE, confirmationsDb, deskOver, hedge, oneLeg } from './confirmationCase.ts';

const DAY = 24 * HOUR;
const LIMIT = 100_000_000n;

/** Trades and what they are worth in millionths, worked out by hand. */
const TRADES = [
  { approved: oneLeg('sell', '1'), worth: 100_000_000n },
  { approved: oneLeg('sell', '1.2'), worth: 120_000_000n },
  { approved: oneLeg('buy', '1.2'), worth: 120_600_000n },
  { approved: oneLeg('sell', '1.2', {}, { limit: '99.4' }), worth: 120_000_000n },
  { approved: hedge('1'), worth: 200_500_000n },
  { approved: oneLeg('sell', '3', { purpose: 'manual' }), worth: 300_000_000n },
] as const;

const which = fc.nat({ max: TRADES.length - 1 });
const question = fc.nat({ max: 9 });
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('request' as const), trade: which }),
  fc.record({ kind: fc.constant('confirm' as const), question }),
  fc.record({ kind: fc.constant('decline' as const), question }),
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('take' as const), trade: which, question: fc.option(question) }),
  },
  fc.record({
    kind: fc.constant('grant' as const),
    perTrade: fc.integer({ min: 100, max: 250 }),
    more: fc.integer({ min: 0, max: 300 }),
    forMs: fc.constantFrom(HOUR, 2 * DAY, 9 * DAY),
  }),
  fc.record({ kind: fc.constant('revoke' as const) }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(1, 30_000, 59_999, 60_000, HOUR, 12 * HOUR, DAY - 1, DAY, -1, -HOUR, -DAY),
  }),
  fc.record({ kind: fc.constant('restart' as const) }),
);

/** What the user has said of a question, kept by the test in its own words. */
interface Said {
  readonly id: string;
  readonly trade: number;
  readonly askedAt: number;
  yes: boolean;
  no: boolean;
  used: boolean;
  /** Asked before the last restart. */
  forgotten: boolean;
}

describe('no sequence of requests, answers, clocks and restarts', () => {
  it('[R6.10] lets a trade over the limit through without a grant of its own, or more than was granted a day', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const db = confirmationsDb();
        let rig = deskOver(db);
        let now = NOW;
        let standing: { perTrade: bigint; perDay: bigint; from: number; until: number } | undefined;
        const said: Said[] = [];
        const spent: { readonly t: number; readonly worth: bigint }[] = [];
        const good = (one: Said, trade: number): boolean =>
          one.trade === trade &&
          one.yes &&
          !one.no &&
          !one.used &&
          !one.forgotten &&
          now >= one.askedAt &&
          now < one.askedAt + 60_000;
        const covered = (worth: bigint): boolean => {
          if (standing === undefined || now < standing.from || now >= standing.until) return false;
          const today = spent.filter(({ t }) => t + DAY > now).reduce((sum, one) => sum + one.worth, 0n);
          return worth <= standing.perTrade && today + worth <= standing.perDay;
        };
        const answer = (index: number, how: 'confirm' | 'decline'): void => {
          const one = said[index];
          if (one === undefined) return;
          try {
            rig.desk[how](one.id, now);
          } catch (error) {
            if (error instanceof AppError) return;
            throw error;
          }
          if (how === 'confirm') one.yes = true;
          else one.no = true;
        };

        for (const step of steps) {
          switch (step.kind) {
            case 'request': {
              const asked = rig.request(TRADES[step.trade]?.approved ?? TRADES[0].approved, now);
              said.unshift({
                id: asked.confirmationId,
                trade: step.trade,
                askedAt: now,
                yes: false,
                no: false,
                used: false,
                forgotten: false,
              });
              break;
            }
            case 'confirm':
            case 'decline':
              answer(step.question, step.kind);
              break;
            case 'take': {
              const { approved, worth } = TRADES[step.trade] ?? TRADES[0];
              const claimed = step.question === null ? undefined : said[step.question];
              const taken = rig.take(approved, now, claimed?.id);
              const own = claimed === undefined ? said.filter((one) => good(one, step.trade)) : [claimed];
              const mayOwn = own.some((one) => good(one, step.trade));
              const mayStanding =
                claimed === undefined && approved.trade.purpose !== 'manual' && covered(worth);
              const may = worth <= LIMIT ? 'underLimit' : mayOwn ? 'own' : mayStanding ? 'standing' : 'no';
              expect(taken.verdict === 'confirmed' ? taken.basis.kind : 'no').toBe(may);
              if (taken.verdict !== 'confirmed') break;
              const { basis } = taken;
              if (basis.kind === 'standing') spent.push({ t: now, worth });
              if (basis.kind === 'own') {
                const used = said.find(({ id }) => id === basis.confirmationId);
                if (used === undefined || !good(used, step.trade))
                  throw new Error('nobody has said yes to that');
                used.used = true;
              }
              break;
            }
            case 'grant': {
              const [perTrade, perDay] = [step.perTrade, step.perTrade + step.more];
              rig.grant(String(perTrade), String(perDay), now + step.forMs, now);
              standing = {
                perTrade: parseUsd(String(perTrade)),
                perDay: parseUsd(String(perDay)),
                from: now,
                until: now + step.forMs,
              };
              break;
            }
            case 'revoke':
              rig.desk.revoke(PLACE, now);
              standing = undefined;
              break;
            case 'wait':
              now += step.ms;
              break;
            case 'restart':
              rig = deskOver(db);
              for (const one of said) one.forgotten = true;
              break;
          }
        }
        db.close();
      }),
      { numRuns: 300 },
    );
  });

  it('[R6.10] lets the uses of any 24 hours add up to more than the day of one grant', () => {
    const clock = fc.integer({ min: -2 * DAY, max: 2 * DAY });
    fc.assert(
      fc.property(fc.array(fc.tuple(clock, which, fc.boolean()), { maxLength: 50 }), (moves) => {
        const db = confirmationsDb();
        let rig = deskOver(db);
        rig.grant('250', '400', NOW + 300 * DAY, NOW);
        let now = NOW;
        const uses: { readonly t: number; readonly worth: bigint }[] = [];
        for (const [ms, index, restarts] of moves) {
          now += ms;
          if (restarts) rig = deskOver(db);
          const { approved, worth } = TRADES[index] ?? TRADES[0];
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
