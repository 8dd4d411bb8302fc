import { describe, expect, it } from 'vitest';
import { ConfirmationRepository } from '../../../../src/main/storage/confirmationRepository.ts';
import { parseBase, parsePrice, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { refusal } from '../../storage/fixtures/scratch.ts';
import { NOW, trade } from '../gateCase.ts';
import {
  HOUR,
  PLACE,
  SECOND,
  approvedOf,
  confirmationsDb,
  deskOver,
  hedge,
  legAt,
  oneLeg,
  outcomeOf,
  reasonOf,
} from './confirmationCase.ts';

/** Worth $150.75: 1.5 at a limit of 100.5. */
const BIG = oneLeg('buy', '1.5');

describe('a live trade over the limit', () => {
  it('[R6.10] is refused without a confirmation, with what it is worth and what the limit is', () => {
    const taken = deskOver(confirmationsDb()).take(BIG);
    expect(outcomeOf(taken)).toBe('CONFIRMATION_REQUIRED');
    expect(reasonOf(taken)).toBe(
      'Buy 1.5 SOL-PERP at 100.5 or better: worth $150.75. Over $100 a live trade needs your confirmation.',
    );
  });

  it('[R6.10] goes through once on its own confirmation, and is refused the second time', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW + SECOND);
    const first = take(BIG, NOW + 2 * SECOND, confirmationId);
    expect(first).toMatchObject({
      verdict: 'confirmed',
      approved: BIG,
      basis: { kind: 'own', confirmationId },
    });
    const second = take(BIG, NOW + 3 * SECOND, confirmationId);
    expect(outcomeOf(second)).toBe('CONFIRMATION_USED');
    expect(reasonOf(second)).toContain('that trade was made');
    expect(outcomeOf(take(BIG, NOW + 4 * SECOND))).toBe('CONFIRMATION_REQUIRED');
  });

  it('[R6.10] finds the confirmation that was given for exactly it, though it names none', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    desk.confirm(request(BIG).confirmationId, NOW);
    expect(outcomeOf(take(oneLeg('buy', '1.6')))).toBe('CONFIRMATION_REQUIRED');
    expect(outcomeOf(take(BIG))).toBe('own');
    expect(outcomeOf(take(BIG))).toBe('CONFIRMATION_REQUIRED');
  });

  it('[R6.10] is refused while its question is not answered, and after it was declined', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    expect(reasonOf(take(BIG, NOW, confirmationId))).toContain('have not answered yet');
    desk.decline(confirmationId, NOW);
    expect(outcomeOf(take(BIG, NOW, confirmationId))).toBe('CONFIRMATION_DECLINED');
    expect(refusal(() => desk.confirm(confirmationId, NOW)).code).toBe('CONFIRMATION_DECLINED');
  });

  it('[R6.10] can be declined after it was confirmed, and is then refused', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    desk.decline(confirmationId, NOW);
    expect(outcomeOf(take(BIG, NOW))).toBe('CONFIRMATION_REQUIRED');
  });

  it.each([
    ['in its last millisecond', 60 * SECOND - 1, 'own'],
    ['60 s after the question', 60 * SECOND, 'CONFIRMATION_EXPIRED'],
    ['before the question, by a clock that was set back', -1, 'CONFIRMATION_EXPIRED'],
  ])('[R6.10] taken %s: %s ms', (_when, after, outcome) => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    expect(outcomeOf(take(BIG, NOW + after, confirmationId))).toBe(outcome);
  });

  it('[R6.10] a yes that comes after 60 s is refused, and no longer asked for', () => {
    const { desk, request } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    expect(desk.open(NOW + 60 * SECOND - 1)).toHaveLength(1);
    expect(desk.open(NOW + 60 * SECOND)).toEqual([]);
    const error = refusal(() => desk.confirm(confirmationId, NOW + 60 * SECOND));
    expect(error.code).toBe('CONFIRMATION_EXPIRED');
    expect(error.message).toContain('good for 60 s');
  });

  it.each([
    ['another market', oneLeg('buy', '1.5', {}, { market: 'SOL' })],
    ['the other side', oneLeg('sell', '1.5', {}, { limit: '100.5' })],
    ['another size', oneLeg('buy', '1.500000001')],
    ['another price limit', oneLeg('buy', '1.5', {}, { limit: '100.500000001' })],
    ['another word on reducing', oneLeg('buy', '1.5', {}, { reduceOnly: true })],
    ['a second leg', approvedOf(trade([legAt('buy', '1.5'), legAt('sell', '1.5', { market: 'SOL' })]))],
  ])('[R6.10] is refused on a confirmation for a trade with %s, and that one still holds', (_what, other) => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    const taken = take(other, NOW, confirmationId);
    expect(outcomeOf(taken)).toBe('CONFIRMATION_MISMATCH');
    expect(reasonOf(taken)).toContain(
      'What was confirmed is another trade: Buy 1.5 SOL-PERP at 100.5 or better.',
    );
    expect(outcomeOf(take(BIG, NOW, confirmationId))).toBe('own');
  });

  it.each([
    ['venue', { ...PLACE, venue: 'velocity' }],
    ['owner', { ...PLACE, owner: 'S0meone' }],
    ['sub-account', { ...PLACE, subAccount: 2 }],
  ])('[R6.10] is refused on a confirmation for another %s', (_what, place) => {
    const { desk, request, context } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    expect(outcomeOf(desk.take(BIG, context(NOW, place), confirmationId))).toBe('CONFIRMATION_MISMATCH');
  });

  it('[R6.10] both legs are confirmed, and the second one counts', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId, terms, worth } = request(hedge('1'));
    expect(terms.legs.map(({ market, side }) => `${side} ${market}`)).toEqual(['buy SOL', 'sell SOL-PERP']);
    expect(worth).toBe(parseUsd('200.5'));
    desk.confirm(confirmationId, NOW);
    expect(outcomeOf(take(hedge('2'), NOW, confirmationId))).toBe('CONFIRMATION_MISMATCH');
    expect(outcomeOf(take(hedge('1'), NOW, confirmationId))).toBe('own');
  });

  it('[R6.10] claims a confirmation that nobody asked for, and is refused', () => {
    const { desk, take } = deskOver(confirmationsDb());
    expect(outcomeOf(take(BIG, NOW, 'made up'))).toBe('CONFIRMATION_UNKNOWN');
    expect(refusal(() => desk.confirm('made up', NOW)).code).toBe('CONFIRMATION_UNKNOWN');
  });

  it('is refused after a restart, which forgets what was confirmed and knows what was used', () => {
    const db = confirmationsDb();
    const { desk, request, take } = deskOver(db);
    const [used, unused] = [request(BIG), request(BIG)];
    for (const { confirmationId } of [used, unused]) desk.confirm(confirmationId, NOW);
    take(BIG, NOW, used.confirmationId);
    const again = deskOver(db);
    expect(outcomeOf(again.take(BIG, NOW, used.confirmationId))).toBe('CONFIRMATION_USED');
    expect(outcomeOf(again.take(BIG, NOW, unused.confirmationId))).toBe('CONFIRMATION_UNKNOWN');
    expect(outcomeOf(again.take(BIG, NOW))).toBe('CONFIRMATION_REQUIRED');
  });

  it('keeps its confirmation used where the process dies right after it was written down', () => {
    const db = confirmationsDb();
    class DyingRepository extends ConfirmationRepository {
      override use(...args: Parameters<ConfirmationRepository['use']>): void {
        super.use(...args);
        throw new Error('the process died');
      }
    }
    const { desk, request, take } = deskOver(db, '100', new DyingRepository(db));
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    expect(() => take(BIG, NOW, confirmationId)).toThrow('the process died');
    expect(outcomeOf(deskOver(db).take(BIG, NOW, confirmationId))).toBe('CONFIRMATION_USED');
  });
});

describe('what needs no confirmation', () => {
  it.each([
    ['100', '1', '100', 'underLimit'],
    ['a millionth under it', '1', '99.999999', 'CONFIRMATION_REQUIRED'],
    ['0', '0.01', '0', 'CONFIRMATION_REQUIRED'],
  ])('[R6.10] is worth the limit or less: %s', (_what, size, limit, outcome) => {
    const { take } = deskOver(confirmationsDb(), limit);
    expect(outcomeOf(take(oneLeg('sell', size)))).toBe(outcome);
  });

  it('is weighed by the mark where a seller would take less, and by the limit where a buyer would pay more', () => {
    const { request } = deskOver(confirmationsDb());
    expect(request(oneLeg('sell', '2', {}, { limit: '0.001' })).worth).toBe(parseUsd('200'));
    expect(request(oneLeg('buy', '2', {}, { limit: '150' })).worth).toBe(parseUsd('300'));
  });

  it('a trade whose market has no price is not let pass', () => {
    const { desk, context } = deskOver(confirmationsDb());
    const blind = { ...context(NOW), marks: new Map([['SOL', parsePrice('100')]]) };
    expect(refusal(() => desk.take(BIG, blind)).code).toBe('STALE_PRICE');
  });

  it.each(['flatten', 'deleverage'] as const)(
    '[R6.10] [R11.2] %s gets out without being asked',
    (purpose) => {
      const { take } = deskOver(confirmationsDb());
      expect(outcomeOf(take(oneLeg('buy', '50', { purpose, effect: 'reduces' }, { reduceOnly: true })))).toBe(
        'exempt',
      );
    },
  );

  it.each(['flatten', 'deleverage'] as const)('a %s that would not only reduce is asked about', (purpose) => {
    const { take } = deskOver(confirmationsDb());
    expect(outcomeOf(take(oneLeg('sell', '50', { purpose, effect: 'opens' })))).toBe('CONFIRMATION_REQUIRED');
  });

  it.each(['enter', 'exit', 'correct', 'finishLeg', 'undoLeg', 'manual'] as const)(
    'a %s is no such thing, even where it reduces',
    (purpose) => {
      const { take } = deskOver(confirmationsDb());
      const reduces = oneLeg('buy', '50', { purpose, effect: 'reduces' }, { reduceOnly: true });
      expect(outcomeOf(take(reduces))).toBe('CONFIRMATION_REQUIRED');
    },
  );
});

describe('the gap that a confirmed trade of two legs left', () => {
  const finish = (size: string) => oneLeg('sell', size, { purpose: 'finishLeg' }, { limit: '97' });
  const undo = (size: string) => oneLeg('sell', size, { purpose: 'undoLeg' }, { market: 'SOL', limit: '97' });

  function hedged(db = confirmationsDb()) {
    const rig = deskOver(db);
    const { confirmationId } = rig.request(hedge('4'));
    rig.desk.confirm(confirmationId, NOW);
    rig.take(hedge('4'), NOW, confirmationId);
    return rig;
  }

  it('[R11.3] is closed at whatever price, by finishing or undoing, in pieces up to the size of the leg', () => {
    const { take } = hedged();
    expect(outcomeOf(take(finish('1.5'), NOW + 90 * SECOND))).toBe('repair');
    expect(outcomeOf(take(undo('2.5'), NOW + 91 * SECOND))).toBe('repair');
    expect(outcomeOf(take(finish('1.5'), NOW + 92 * SECOND))).toBe('CONFIRMATION_REQUIRED');
  });

  it('[R11.3] is closed by a second try, once it is known what the first one has filled', () => {
    const { desk, take } = hedged();
    const first = take(finish('4'), NOW + SECOND);
    expect(outcomeOf(take(finish('4'), NOW + 2 * SECOND))).toBe('CONFIRMATION_REQUIRED');
    if (first.verdict !== 'confirmed') throw new Error('the first was refused');
    desk.settle(first, [parseBase('1.5')]);
    expect(outcomeOf(take(finish('2.500000001'), NOW + 3 * SECOND))).toBe('CONFIRMATION_REQUIRED');
    expect(outcomeOf(take(finish('2.5'), NOW + 3 * SECOND))).toBe('repair');
  });

  it('a confirmation of one trade stays used, even where that trade has filled nothing', () => {
    const { desk, request, take } = deskOver(confirmationsDb());
    const { confirmationId } = request(BIG);
    desk.confirm(confirmationId, NOW);
    const taken = take(BIG, NOW, confirmationId);
    if (taken.verdict !== 'confirmed') throw new Error('it was refused');
    desk.settle(taken, [parseBase('0')]);
    expect(outcomeOf(take(BIG, NOW, confirmationId))).toBe('CONFIRMATION_USED');
  });

  it('[R11.3] is closed after a restart too', () => {
    const db = confirmationsDb();
    hedged(db);
    expect(outcomeOf(deskOver(db).take(finish('4'), NOW + SECOND))).toBe('repair');
  });

  it.each([
    ['more than the leg', finish('4.000000001')],
    ['the other way round', oneLeg('buy', '2', { purpose: 'finishLeg' })],
    ['another market', oneLeg('sell', '2', { purpose: 'finishLeg' }, { market: 'SOL' })],
    ['what is no repair', oneLeg('sell', '2', { purpose: 'correct' }, { limit: '97' })],
  ])('lets %s through no more than any other trade', (_what, approved) => {
    expect(outcomeOf(hedged().take(approved, NOW))).toBe('CONFIRMATION_REQUIRED');
  });

  it('is no gap a day later', () => {
    expect(outcomeOf(hedged().take(finish('4'), NOW + 24 * HOUR))).toBe('CONFIRMATION_REQUIRED');
  });
});
