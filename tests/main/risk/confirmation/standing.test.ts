import { describe, expect, it } from 'vitest';
import { parseBase, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { refusal } from '../../storage/fixtures/scratch.ts';
import { NOW } from '../gateCase.ts';
import {
  HOUR,
  PLACE,
  SECOND,
  confirmationsDb,
  deskOver,
  hedge,
  oneLeg,
  outcomeOf,
  reasonOf,
} from './confirmationCase.ts';

const DAY = 24 * HOUR;
const UNTIL = NOW + 30 * DAY;
/** Worth $200 and $300. */
const [TWO, THREE] = [oneLeg('sell', '2'), oneLeg('sell', '3')];

function granted(perTrade = '300', perDay = '500') {
  const db = confirmationsDb();
  const rig = deskOver(db);
  rig.grant(perTrade, perDay, UNTIL);
  return { ...rig, db };
}

describe('a standing confirmation', () => {
  it('[R6.10] lets a trade of the engine through up to what it allows a trade, and no more', () => {
    const { take } = granted();
    expect(outcomeOf(take(THREE))).toBe('standing');
    const over = take(oneLeg('sell', '3.00000001'));
    expect(outcomeOf(over)).toBe('CONFIRMATION_REQUIRED');
    expect(reasonOf(over)).toBe(
      'The trade is worth $300.000001; your standing confirmation allows $300 a trade.',
    );
  });

  it('[R6.10] lets through what it allows in any 24 hours, to the millisecond', () => {
    const { take } = granted();
    expect(outcomeOf(take(THREE))).toBe('standing');
    expect(outcomeOf(take(TWO, NOW + HOUR))).toBe('standing');
    const third = take(TWO, NOW + DAY - 1);
    expect(reasonOf(third)).toBe(
      'The trade is worth $200; of $500 a day your standing confirmation has $0 left.',
    );
    expect(outcomeOf(take(THREE, NOW + DAY))).toBe('standing');
    expect(outcomeOf(take(TWO, NOW + DAY + HOUR - 1))).toBe('CONFIRMATION_REQUIRED');
    expect(outcomeOf(take(TWO, NOW + DAY + HOUR))).toBe('standing');
  });

  it('[R6.10] covers a trade of two legs by both, and its repairs take nothing more', () => {
    const { take, desk } = granted('450', '450');
    expect(outcomeOf(take(hedge('2')))).toBe('standing');
    expect(outcomeOf(take(oneLeg('sell', '2', { purpose: 'finishLeg' })))).toBe('repair');
    expect(desk.standing(PLACE, NOW)).toMatchObject({ spent: parseUsd('401'), left: parseUsd('49') });
  });

  it('[R6.10] is given back what filled nothing, once that is known, and what filled in part is not', () => {
    const { take, desk, db } = granted();
    const [first, second] = [take(THREE), take(TWO, NOW + SECOND)];
    if (first.verdict !== 'confirmed' || second.verdict !== 'confirmed') throw new Error('refused');
    expect(outcomeOf(take(TWO, NOW + 2 * SECOND))).toBe('CONFIRMATION_REQUIRED');
    desk.settle(second, [parseBase('0.000000001')]);
    expect(outcomeOf(take(TWO, NOW + 2 * SECOND))).toBe('CONFIRMATION_REQUIRED');
    desk.settle(second, [parseBase('0')]);
    expect(deskOver(db).desk.standing(PLACE, NOW)?.left).toBe(parseUsd('200'));
    expect(outcomeOf(take(TWO, NOW + 2 * SECOND))).toBe('standing');
    desk.settle(first, [parseBase('3')]);
    expect(outcomeOf(take(TWO, NOW + 3 * SECOND))).toBe('CONFIRMATION_REQUIRED');
  });

  it('[R11.3] leaves the whole of its gap to be closed where a trade has filled in part', () => {
    const { take, desk } = granted('450', '450');
    const taken = take(hedge('2'));
    if (taken.verdict !== 'confirmed') throw new Error('refused');
    desk.settle(taken, [parseBase('2'), parseBase('0')]);
    expect(outcomeOf(take(oneLeg('sell', '2', { purpose: 'finishLeg' })))).toBe('repair');
  });

  it('[R6.10] lets nobody repair a trade that filled nothing', () => {
    const { take, desk } = granted('450', '450');
    const taken = take(hedge('2'));
    if (taken.verdict !== 'confirmed') throw new Error('refused');
    desk.settle(taken, [parseBase('0'), parseBase('0')]);
    desk.revoke(PLACE, NOW);
    expect(outcomeOf(take(oneLeg('sell', '2', { purpose: 'finishLeg' })))).toBe('CONFIRMATION_REQUIRED');
  });

  it('[R6.10] is for the engine: an order by hand is asked about', () => {
    expect(outcomeOf(granted().take(oneLeg('sell', '2', { purpose: 'manual' })))).toBe(
      'CONFIRMATION_REQUIRED',
    );
  });

  it.each([
    ['in its last millisecond', UNTIL - 1, 'standing'],
    ['at its date', UNTIL, 'CONFIRMATION_REQUIRED'],
    ['before it was granted, by a clock that was set back', NOW - 1, 'CONFIRMATION_REQUIRED'],
  ])('[R6.10] %s', (_when, t, outcome) => {
    expect(outcomeOf(granted().take(TWO, t))).toBe(outcome);
  });

  it('[R6.10] holds until it is revoked, at once', () => {
    const { take, desk } = granted();
    expect(outcomeOf(take(TWO))).toBe('standing');
    desk.revoke(PLACE, NOW);
    expect(outcomeOf(take(TWO))).toBe('CONFIRMATION_REQUIRED');
    expect(desk.standing(PLACE, NOW)).toBeUndefined();
  });

  it('is for one venue, owner and sub-account', () => {
    const { desk, context } = granted();
    for (const place of [
      { ...PLACE, venue: 'velocity' },
      { ...PLACE, owner: 'S0meone' },
      { ...PLACE, subAccount: 2 },
    ])
      expect(outcomeOf(desk.take(TWO, context(NOW, place)))).toBe('CONFIRMATION_REQUIRED');
  });

  it('outlives a restart, with what was used of it and what was revoked', () => {
    const { db, take } = granted();
    take(THREE);
    const again = deskOver(db);
    expect(again.desk.standing(PLACE, NOW)).toMatchObject({
      inForce: true,
      spent: parseUsd('300'),
      left: parseUsd('200'),
    });
    expect(outcomeOf(again.take(THREE))).toBe('CONFIRMATION_REQUIRED');
    again.desk.revoke(PLACE, NOW);
    expect(outcomeOf(deskOver(db).take(TWO))).toBe('CONFIRMATION_REQUIRED');
  });

  it('that is granted anew counts what the one before has used that day', () => {
    const { take, grant, desk } = granted();
    take(THREE);
    desk.revoke(PLACE, NOW + SECOND);
    expect(grant('400', '400', UNTIL, NOW + 2 * SECOND)).toMatchObject({ left: parseUsd('100') });
    expect(outcomeOf(take(TWO, NOW + 3 * SECOND))).toBe('CONFIRMATION_REQUIRED');
  });

  it('counts what was used at a time that now lies ahead', () => {
    const { take } = granted('300', '300');
    take(THREE, NOW + 2 * DAY);
    expect(outcomeOf(take(TWO, NOW + HOUR))).toBe('CONFIRMATION_REQUIRED');
  });

  it('takes nothing for what needs no confirmation', () => {
    const { take, desk } = granted();
    take(oneLeg('sell', '1'));
    expect(desk.standing(PLACE, NOW)?.spent).toBe(0n);
  });

  it.each([
    ['perTrade', '0', '500', UNTIL],
    ['perDay', '300', '299.999999', UNTIL],
    ['until', '300', '500', NOW],
    ['until', '300', '500', NOW + 366 * DAY + 1],
  ])('with a wrong %s is refused, and the one before stays', (field, perTrade, perDay, until) => {
    const { desk, grant } = granted();
    const error = refusal(() => grant(perTrade, perDay, until));
    expect([error.code, error.details['field']]).toEqual(['INVALID_PAYLOAD', field]);
    expect(desk.standing(PLACE, NOW)).toMatchObject({ left: parseUsd('500') });
  });
});
