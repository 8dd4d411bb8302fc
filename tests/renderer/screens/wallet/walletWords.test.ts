import { describe, expect, test } from 'vitest';
import { nameProblem } from '../../../../src/renderer/screens/wallet/nameProblem.ts';
import { ownerOf } from '../../../../src/renderer/screens/wallet/ownerOf.ts';
import { importOf, terminalLine } from '../../../../src/renderer/screens/wallet/secretTask.ts';
import { sheetWords } from '../../../../src/renderer/screens/wallet/secretWords.ts';
import { keyWords, pathWords, removalWords } from '../../../../src/renderer/screens/wallet/walletWords.ts';
import { COMMANDS } from '../../../../src/shared/contract/commands.ts';
import { ENGINE, MAIN, WATCHED } from './samples.ts';

const STORE = 'Secret Service';

describe('the name of a wallet', () => {
  test.each(['Main', 'a', 'Großer Topf', 'x'.repeat(40), '金庫', ' spaces around it '])(
    'may be "%s"',
    (name) => {
      expect(nameProblem(name, [MAIN, ENGINE].slice(1))).toBeNull();
    },
  );

  test.each(['', '   ', 'x'.repeat(41), 'Ma\u200bin', 'Ma\u202ein', 'a\nb', 'engine', 'ENGINE '])(
    'may not be %j',
    (name) => {
      expect(nameProblem(name, [ENGINE])).toMatch(/^[A-Z].*\.$/);
    },
  );

  test('is at most as long as the program takes', () => {
    const fits = (name: string): boolean =>
      COMMANDS.RENAME_WALLET.payload.safeParse({ address: MAIN.address, name }).success;
    for (const name of ['x'.repeat(40), '🪙'.repeat(20)]) {
      expect(nameProblem(name, [])).toBeNull();
      expect(fits(name)).toBe(true);
    }
    expect(nameProblem('🪙'.repeat(40), [])).toBeNull();
    expect(nameProblem('🪙'.repeat(41), [])).not.toBeNull();
  });
});

describe('the line for the terminal', () => {
  test.each([
    [{ kind: 'create' }, 'npm run -s wallet -- create'],
    [
      { kind: 'create', delegateOf: MAIN.address },
      `npm run -s wallet -- create --delegate-of ${MAIN.address}`,
    ],
    [{ kind: 'import' }, 'npm run -s wallet -- import'],
    [
      { kind: 'import', delegateOf: MAIN.address },
      `npm run -s wallet -- import --delegate-of ${MAIN.address}`,
    ],
    [{ kind: 'passphrase', address: ENGINE.address }, `npm run -s wallet -- passphrase ${ENGINE.address}`],
    [{ kind: 'export', address: ENGINE.address }, `npm run -s wallet -- export ${ENGINE.address}`],
    [{ kind: 'unlock', address: ENGINE.address }, 'npm run -s serve -- --unlock'],
  ] as const)('for %j is %s', (task, line) => {
    expect(terminalLine(task)).toBe(line);
  });
});

test('a lost key of a delegate comes back as a delegate’s, any other as its owner’s', () => {
  expect(importOf(ENGINE)).toEqual({ kind: 'import', delegateOf: MAIN.address });
  expect(importOf(MAIN)).toEqual({ kind: 'import' });
  expect(importOf(WATCHED)).toEqual({ kind: 'import' });
});

test('what is done on the terminal is called a delegate’s where it is one', () => {
  expect(sheetWords({ kind: 'create' }).title).toBe('Create a wallet on the terminal');
  expect(sheetWords({ kind: 'create', delegateOf: MAIN.address }).title).toBe(
    'Create a trading delegate on the terminal',
  );
});

describe('a wallet in words', () => {
  test('says where its key is, and whether a passphrase is on it', () => {
    const all = ['protected', 'plain', 'missing', 'none', 'unknown'] as const;
    expect(new Set(all.map((key) => keyWords(key))).size).toBe(all.length);
    expect(keyWords('protected')).toBe('in the keychain, with a passphrase');
    expect(keyWords('plain')).toBe('in the keychain, without a passphrase');
  });

  test('has a path in its phrase, or says that there is no phrase', () => {
    expect(pathWords(MAIN)).toBe("m/44'/501'/0'/0'");
    expect(pathWords({ ...MAIN, path: null })).toContain('no phrase');
    expect(pathWords(WATCHED)).toBeNull();
  });

  test('that is a delegate is of an owner, by name where that is known here', () => {
    expect(ownerOf(ENGINE, [MAIN, ENGINE])).toEqual({ name: 'Main', address: MAIN.address });
    expect(ownerOf(ENGINE, [ENGINE])).toEqual({ name: undefined, address: MAIN.address });
    expect(ownerOf(MAIN, [MAIN])).toBeUndefined();
  });
});

describe('before a wallet is removed', () => {
  const said = (...of: Parameters<typeof removalWords>): string => removalWords(...of).join(' ');

  test('an owner hears that its key is destroyed, and what alone brings the money back', () => {
    expect(said(MAIN, STORE)).toContain('Its key is destroyed');
    expect(said(MAIN, STORE)).toContain('for every data folder that uses it');
    expect(said(MAIN, STORE)).toContain('Without its recovery phrase, the money at its address is gone');
    expect(said({ ...MAIN, path: null }, STORE)).toContain('Without a copy of its secret key');
  });

  test('a delegate hears that its owner’s account is not touched', () => {
    expect(said(ENGINE, STORE)).toContain('Its owner’s account is not touched');
    expect(said(ENGINE, STORE)).toContain('Its key is destroyed');
  });

  test('what is watched is only forgotten', () => {
    expect(said(WATCHED, STORE)).toContain('forgotten here, and nothing else');
    expect(said(WATCHED, STORE)).not.toMatch(/destroyed|gone/);
  });

  test('a key that is missing is not said to be destroyed', () => {
    expect(said({ ...MAIN, key: 'missing' }, STORE)).toContain('none is destroyed');
  });

  test('the active one hears that none will be active', () => {
    for (const wallet of [MAIN, ENGINE, WATCHED]) {
      expect(said({ ...wallet, active: true }, STORE)).toContain('afterwards none is active');
      expect(said({ ...wallet, active: false }, STORE)).not.toContain('none is active');
    }
  });
});
