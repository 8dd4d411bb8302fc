import { MantineProvider } from '@mantine/core';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { WalletAddress } from '../../../../src/renderer/components/WalletAddress.tsx';
import { WalletKind } from '../../../../src/renderer/components/WalletKind.tsx';
import { WALLET_LOOKS } from '../../../../src/renderer/components/walletLook.ts';
import { KeychainPanel } from '../../../../src/renderer/screens/wallet/KeychainPanel.tsx';
import { LOCK_LOOKS } from '../../../../src/renderer/screens/wallet/lockLook.ts';
import { LockPanel } from '../../../../src/renderer/screens/wallet/LockPanel.tsx';
import type { WalletHands } from '../../../../src/renderer/screens/wallet/walletHands.ts';
import { LOCK_WORDS, lockMeaning } from '../../../../src/renderer/screens/wallet/walletWords.ts';
import type { WalletsView, WalletView } from '../../../../src/shared/contract/commands/walletCommands.ts';
import { ENGINE, MAIN, WATCHED } from './samples.ts';

const markup = (element: ReactElement): string =>
  renderToStaticMarkup(createElement(MantineProvider, null, element)).replaceAll(
    /<style[^>]*>.*?<\/style>/gs,
    '',
  );
const text = (element: ReactElement): string =>
  markup(element)
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#x27;', "'");

const nothing = (): void => undefined;
const hands: WalletHands = {
  begin: nothing,
  lock: nothing,
  activate: nothing,
  lookAgain: nothing,
  watch: nothing,
  rename: nothing,
  remove: nothing,
  locking: false,
  opening: false,
  looking: false,
};
const view: WalletsView = {
  wallets: [MAIN, ENGINE, WATCHED],
  lock: 'unlocked',
  error: null,
  keychain: { store: 'Secret Service', error: null },
  secrets: 'window',
};
const lockPanel = (change: Partial<WalletsView>, connected = true): string =>
  text(createElement(LockPanel, { view: { ...view, ...change }, hands, connected }));

describe('an address', () => {
  test('is shown whole, and copied by hand without gaps', () => {
    for (const { address } of [MAIN, ENGINE, WATCHED])
      expect(text(createElement(WalletAddress, { address }))).toBe(address);
  });

  test('is shown in groups of four', () => {
    expect(markup(createElement(WalletAddress, { address: ENGINE.address })).match(/<wbr\/?>/g)).toHaveLength(
      11,
    );
  });
});

describe('the kinds of wallets', () => {
  test('differ in word, in what they may, in icon and in colour', () => {
    const looks = Object.values(WALLET_LOOKS);
    for (const of of ['word', 'may', 'Icon', 'role'] as const)
      expect(new Set(looks.map((look) => look[of])).size).toBe(looks.length);
  });

  test('say whether they can withdraw', () => {
    expect(text(createElement(WalletKind, { kind: 'owner' }))).toBe('Ownercan withdraw');
    expect(text(createElement(WalletKind, { kind: 'delegate' }))).toContain('may trade, can’t withdraw');
    expect(text(createElement(WalletKind, { kind: 'watch' }))).toContain('no key here');
  });

  test('name the account that a delegate trades, or show its whole address', () => {
    const of = (name: string | undefined): string =>
      text(createElement(WalletKind, { kind: 'delegate', owner: { name, address: MAIN.address } }));
    expect(of('Main')).toContain('for the account of Main');
    expect(of(undefined)).toContain(`for the account of ${MAIN.address}`);
  });
});

describe('the lock', () => {
  const locks = Object.keys(LOCK_WORDS) as (keyof typeof LOCK_WORDS)[];

  test('has a word and an icon of its own in every state', () => {
    expect(new Set(locks.map((lock) => LOCK_WORDS[lock])).size).toBe(locks.length);
    expect(new Set(locks.map((lock) => LOCK_LOOKS[lock].Icon)).size).toBe(locks.length);
  });

  test.each(locks)('says what it means: %s', (lock) => {
    expect(lockPanel({ lock })).toContain(LOCK_WORDS[lock]);
    expect(lockPanel({ lock })).toContain(lockMeaning(lock, MAIN.key, 'Secret Service'));
  });

  test('offers the one action that fits', () => {
    expect(lockPanel({ lock: 'unlocked' })).toContain('Lock now');
    expect(lockPanel({ lock: 'locked' })).toContain('Unlock…');
    const locked = (key: WalletView['key']): string =>
      lockPanel({ lock: 'locked', secrets: 'terminal', wallets: [{ ...MAIN, key }] });
    expect(locked('protected')).toContain('npm run -s serve -- --unlock');
    expect(locked('plain')).not.toMatch(/npm run|asks for the passphrase/);
    expect(locked('plain')).toContain('without a question');
    expect(lockPanel({ lock: 'unavailable' })).not.toMatch(/Lock now|Unlock…|Import its key…/);
    expect(lockPanel({ lock: 'unavailable', wallets: [{ ...MAIN, key: 'missing' }] })).toContain(
      'Import its key…',
    );
  });

  test('offers what is only watched a delegate, and not to bring its key here', () => {
    const wallets = [
      { ...MAIN, active: false },
      { ...WATCHED, active: true },
    ];
    const watched = { lock: 'watchOnly', wallets } as const;
    const said = lockPanel({ ...watched, secrets: 'terminal' });
    expect(said).toContain(`npm run -s wallet -- create --delegate-of ${WATCHED.address}`);
    expect(said).not.toContain('wallet -- import');
    const delegate = { ...ENGINE, active: false, owner: WATCHED.address };
    expect(lockPanel({ ...watched, wallets: [...wallets, delegate] })).not.toContain('Create');
  });

  test('brings the lost key of a delegate back as a delegate’s', () => {
    const lost = { ...ENGINE, active: true, key: 'missing' } as const;
    expect(lockPanel({ lock: 'unavailable', wallets: [lost], secrets: 'terminal' })).toContain(
      `npm run -s wallet -- import --delegate-of ${MAIN.address}`,
    );
  });

  test('does not promise anything of a key that is in memory only', () => {
    const said = lockPanel({ wallets: [{ ...MAIN, key: 'missing' }] });
    expect(said).toContain('once it is locked, or the program ends, nothing can be signed');
  });

  test('says that a wallet without a passphrase does not lock by itself', () => {
    expect(lockPanel({ wallets: [{ ...MAIN, key: 'plain' }] })).toContain('It has no passphrase');
    expect(lockPanel({ wallets: [{ ...MAIN, key: 'protected' }] })).toContain('It locks by itself');
  });

  test('is only what it was while the program is away', () => {
    expect(lockPanel({}, false)).toContain('Unlocked, when last heard');
  });
});

describe('the keychain', () => {
  const said = (error: WalletsView['keychain']['error'], wallets = view.wallets): string =>
    text(
      createElement(KeychainPanel, {
        view: { ...view, wallets, keychain: { store: 'Secret Service', error } },
      }),
    );

  test('says which it is, how many keys it holds, and that there are none elsewhere', () => {
    expect(said(null)).toContain('Secret ServiceWorks');
    expect(said(null)).toContain('It holds the keys of 2 wallets here.');
    expect(said(null, [MAIN])).toContain('It holds the key of one wallet here.');
    expect(said(null, [])).toContain('It holds no key of a wallet here.');
    expect(said(null)).toContain('nowhere else');
  });

  test('that can’t be used is not replaced by anything', () => {
    const words = said({ code: 'KEYCHAIN_UNAVAILABLE', message: 'It is locked.', details: {} });
    expect(words).toContain('Can’t be used');
    expect(words).toContain('No key is kept elsewhere instead');
  });
});
