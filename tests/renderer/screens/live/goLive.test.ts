import { describe, expect, test } from 'vitest';
import { chosenWords } from '../../../../src/renderer/screens/live/chosenWords.ts';
import { summaryOf } from '../../../../src/renderer/screens/live/checkLook.ts';
import {
  changed,
  FIRST_DRAFT,
  stepBeside,
  stepsOf,
} from '../../../../src/renderer/screens/live/goLiveSteps.ts';
import { ownerIn } from '../../../../src/renderer/screens/live/ownerIn.ts';
import {
  amountProblem,
  perDayProblem,
  termsOf,
} from '../../../../src/renderer/screens/live/standingEntry.ts';
import { holdingWords, needsHandOver } from '../../../../src/renderer/screens/live/subAccountWords.ts';
import { standWords } from '../../../../src/renderer/screens/live/standWords.ts';
import type { WalletsView } from '../../../../src/shared/contract/commands/walletCommands.ts';
import { COMMANDS } from '../../../../src/shared/contract/commands.ts';
import type { SubAccountView } from '../../../../src/shared/contract/subAccount.ts';
import { ENGINE, MAIN, WATCHED } from '../wallet/samples.ts';

const WALLETS: WalletsView = {
  wallets: [MAIN, ENGINE, WATCHED],
  lock: 'unlocked',
  error: null,
  keychain: { store: 'Secret Service', error: null },
  secrets: 'window',
};
const EMPTY: SubAccountView = {
  number: 1,
  name: 'Own',
  delegate: null,
  equity: '0',
  positions: 0,
  openOrders: 0,
  hasVault: false,
};

describe('the way to live', () => {
  test('ends with the typed word for trading, and with the checks for watching', () => {
    expect(stepsOf('trading')).toEqual(['wallet', 'account', 'checks', 'limits', 'live']);
    expect(stepsOf('monitoring')).toEqual(['wallet', 'account', 'checks']);
  });

  test('goes on and back one step, and no further than its ends', () => {
    expect(stepBeside('trading', 'checks', 1)).toBe('limits');
    expect(stepBeside('monitoring', 'checks', 1)).toBeUndefined();
    expect(stepBeside('trading', 'wallet', -1)).toBeUndefined();
  });

  test('forgets the sub-account of another owner, and a hand-over of another sub-account', () => {
    const chosen = { ...FIRST_DRAFT, subAccount: 2, handOver: true };
    expect(changed(chosen, { purpose: 'monitoring' })).toMatchObject({ subAccount: null, handOver: false });
    expect(changed(chosen, { subAccount: 3 })).toMatchObject({ subAccount: 3, handOver: false });
    expect(changed(chosen, { grants: true })).toMatchObject({ subAccount: 2, handOver: true });
  });

  test('trades with the active wallet alone, and never with one that is only watched', () => {
    const active = (address: string): WalletsView => ({
      ...WALLETS,
      wallets: WALLETS.wallets.map((one) => ({ ...one, active: one.address === address })),
    });
    expect(ownerIn(FIRST_DRAFT, active(ENGINE.address))).toBe(ENGINE.owner);
    expect(ownerIn(FIRST_DRAFT, active(WATCHED.address))).toBeNull();
    expect(ownerIn({ ...FIRST_DRAFT, purpose: 'monitoring' }, active(ENGINE.address))).toBeNull();
    expect(ownerIn({ ...FIRST_DRAFT, purpose: 'monitoring', watched: 'x' }, undefined)).toBe('x');
  });

  test('says of each step that is done what was chosen', () => {
    const draft = { ...FIRST_DRAFT, subAccount: 2, handOver: true, grants: true };
    const standing = { ...draft.standing, perTrade: '2,500.50' };
    expect(chosenWords('account', draft, WALLETS)).toBe('Number 2, handed over with what it holds');
    expect(chosenWords('limits', { ...draft, standing }, WALLETS)).toBe('Up to $2,500.50 a trade');
    expect(chosenWords('limits', FIRST_DRAFT, WALLETS)).toBe('Asks before it trades');
    const watching = { ...draft, purpose: 'monitoring', watched: 'elsewhere' } as const;
    expect(chosenWords('wallet', watching, WALLETS)).toBe('Only watching another address');
  });
});

describe('a standing confirmation', () => {
  const right = { perTrade: '2,500.5', perDay: '10000', days: '7' } as const;

  test('is sent as it was meant, and fits what the program takes', () => {
    const standing = termsOf(right, 1_000);
    expect(standing).toEqual({ perTrade: '2500.5', perDay: '10000', until: 1_000 + 7 * 86_400_000 });
    const payload = { engine: 'funding', standing };
    expect(COMMANDS.GRANT_STANDING_CONFIRMATION.payload.safeParse(payload).success).toBe(true);
  });

  test.each([
    ['', 'Enter an amount.'],
    ['0', 'Enter more than zero.'],
    ['-5', 'Enter more than zero.'],
    ['1.1234567', 'Use at most 6 decimals, and no zeros in front.'],
    ['abc', 'Enter a number such as 12.5'],
    ['100', null],
  ])('of "%s" a trade: %s', (text, problem) => {
    expect(amountProblem(text)).toBe(problem);
    expect(termsOf({ ...right, perTrade: text }, 0) === null).toBe(problem !== null);
  });

  test('allows no less a day than a trade, compared exactly', () => {
    const least = { ...right, perTrade: '9007199254740993.000001', perDay: '9007199254740993' };
    expect(perDayProblem(least)).toBe('Not less than a single trade may be worth.');
    expect(perDayProblem({ ...least, perDay: least.perTrade })).toBeNull();
  });
});

describe('a sub-account', () => {
  test('has to be handed over where it holds what the engine has not traded', () => {
    expect(needsHandOver(EMPTY)).toBe(false);
    expect(needsHandOver({ ...EMPTY, positions: 1 })).toBe(true);
    expect(needsHandOver({ ...EMPTY, openOrders: 1 })).toBe(true);
    expect(needsHandOver({ ...EMPTY, positions: 1, hasVault: true })).toBe(false);
  });

  test.each([
    [0, 0, 'no position and no open order'],
    [1, 0, '1 position'],
    [2, 1, '2 positions, 1 open order'],
  ])('with %d positions and %d orders says "%s"', (positions, openOrders, words) => {
    expect(holdingWords({ ...EMPTY, positions, openOrders })).toBe(words);
  });
});

test('checks are summed up with nothing hidden', () => {
  expect(summaryOf(['ok', 'ok', 'warning', 'failed', 'unknown'])).toBe(
    '2 fine, 1 warning, 1 failed, 1 not known.',
  );
});

test.each([
  ['monitoring', /only watches/],
  ['syncFailed', /tries again by itself/],
  ['differences', /accepted what differs/],
] as const)('an engine that is read-only for %s says why, and what happens next', (readOnly, words) => {
  expect(standWords({ state: 'readOnly', readOnly }, false)).toMatch(words);
});

test('an engine that has lost its venue says that it tries again', () => {
  expect(standWords({ state: 'recovering' }, true)).toMatch(/every 10 s/);
  expect(standWords({ state: 'running' }, true)).toMatch(/works/);
});
