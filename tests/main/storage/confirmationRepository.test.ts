import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConfirmationUse, StandingConfirmation } from '../../../src/main/domain/confirmation.ts';
import { ConfirmationRepository } from '../../../src/main/storage/confirmationRepository.ts';
import { confirmations } from '../../../src/main/storage/migrations/007-confirmations.ts';
import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';

const PLACE = { venue: 'drift', owner: 'Own3r', subAccount: 3 };
const STANDING: StandingConfirmation = {
  id: 's1',
  place: PLACE,
  perTrade: parseUsd('250.5'),
  perDay: parseUsd('1000.000001'),
  grantedAt: NOW,
  until: NOW + 1_000,
};
const USE: ConfirmationUse = {
  id: 'u1',
  t: NOW,
  place: PLACE,
  basis: 'own',
  of: 'c1',
  worth: parseUsd('100.000001'),
  legs: [
    { market: 'SOL', side: 'buy', size: parseBase('1.000000001') },
    { market: 'SOL-PERP', side: 'sell', size: parseBase('1') },
  ],
};

function kept() {
  const file = path.join(scratchFolder(), 'confirmations.sqlite');
  const open = () =>
    new ConfirmationRepository(opened(file, { migrations: [{ ...confirmations, version: 1 }] }));
  return { records: open(), reader: open };
}

describe('confirmations on the disk', () => {
  it('are found by another reader as they were put down, the moment that they are', () => {
    const { records, reader } = kept();
    records.grant(STANDING);
    records.use(USE);
    expect(reader().standing(PLACE)).toEqual(STANDING);
    expect(reader().usesAfter(PLACE, NOW - 1)).toEqual([USE]);
    expect(reader().isUsed('c1')).toBe(true);
  });

  it('know one standing confirmation for a place, the last that was granted and not revoked', () => {
    const { records } = kept();
    const elsewhere = { ...STANDING, id: 's2', place: { ...PLACE, subAccount: 4 } };
    records.grant(STANDING);
    records.grant(elsewhere);
    records.grant({ ...STANDING, id: 's3' });
    expect(records.standing(PLACE)?.id).toBe('s3');
    records.revoke(PLACE, NOW);
    expect(records.standing(PLACE)).toBeUndefined();
    expect(records.standing(elsewhere.place)).toEqual(elsewhere);
  });

  it('refuse a confirmation of one trade a second time, and no other basis', () => {
    const { records } = kept();
    records.use(USE);
    expect(refusal(() => records.use({ ...USE, id: 'u2' })).code).toBe('CONFIRMATION_USED');
    records.use({ ...USE, id: 'u3', basis: 'standing', of: 's1' });
    records.use({ ...USE, id: 'u4', basis: 'standing', of: 's1' });
    expect(records.usesAfter(PLACE, NOW - 1).map(({ id }) => id)).toEqual(['u1', 'u3', 'u4']);
    expect(records.isUsed('s1')).toBe(false);
  });

  it('know the repairs of a use, whenever they were', () => {
    const { records } = kept();
    records.use(USE);
    records.use({ ...USE, id: 'r1', basis: 'repair', of: 'u1', t: NOW - 9_000 });
    records.use({ ...USE, id: 'r2', basis: 'repair', of: 'another' });
    expect(records.repairsOf('u1').map(({ id }) => id)).toEqual(['r1']);
  });

  it('keep what a use has filled, never more than it was for, and worth nothing where that is nothing', () => {
    const { records, reader } = kept();
    records.use(USE);
    const sizes = () => reader().usesAfter(PLACE, NOW - 1)[0];
    records.settle('u1', [parseBase('0.5'), parseBase('0')]);
    expect(sizes()).toMatchObject({
      worth: USE.worth,
      legs: [{ size: parseBase('0.5') }, { size: parseBase('0') }],
    });
    for (const [id, ...filled] of [
      ['u1', '0.500000001', '0'],
      ['u1', '-1', '0'],
      ['u1', '0'],
      ['nobody', '0', '0'],
    ] as const)
      expect(refusal(() => records.settle(id, filled.map(parseBase))).code).toBe('INTERNAL');
    records.settle('u1', [parseBase('0'), parseBase('0')]);
    expect(sizes()?.worth).toBe(0n);
  });

  it('answer for later than a moment and for one place, in the order of their making', () => {
    const { records } = kept();
    records.use({ ...USE, id: 'u2', of: 'c2', t: NOW + 1 });
    records.use(USE);
    records.use({ ...USE, id: 'u3', of: 'c3', place: { ...PLACE, owner: 'S0meone' } });
    expect(records.usesAfter(PLACE, NOW - 1).map(({ id }) => id)).toEqual(['u2', 'u1']);
    expect(records.usesAfter(PLACE, NOW).map(({ id }) => id)).toEqual(['u2']);
  });

  it('of today take the place of what a backup says: nothing revoked comes back, nothing used is forgotten', () => {
    const [today, backup] = [kept().records, kept().records];
    backup.grant(STANDING);
    today.grant(STANDING);
    today.revoke(PLACE, NOW + 1);
    today.use(USE);
    backup.keep(today.all());
    expect(backup.standing(PLACE)).toBeUndefined();
    expect(backup.isUsed('c1')).toBe(true);
    expect(backup.all()).toEqual(today.all());
  });
});
