import type { Page } from '@playwright/test';

import type { CeremonyEnd, CeremonyTask } from '../../src/shared/contract/ceremony.ts';
import { CHROMIUM_ARGS, findChromium } from '../../build/browser.mjs';
import { buildDesktop } from '../main/desktop/standIn/built.ts';
import { expectAccessible } from './support/axe.ts';
import { KeyWindow } from './support/keyWindow.ts';
import { expect, test as base } from './support/test.ts';

const ADDRESS = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';
const OTHER = '3Cy3YNTFywCmxoxt8n7UH6hg6dLo5uACowX3CFceaSnx';
const PHRASE = 'zebra wrist violin umbrella trophy squirrel pumpkin oxygen muffin lizard kangaroo hobby';
const LONG = `${PHRASE} giraffe fossil elbow dolphin cactus banana apology gadget puzzle rabbit salmon walnut`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const STORED: CeremonyEnd = {
  kind: 'stored',
  address: ADDRESS,
  name: 'Savings',
  role: 'owner',
  owner: ADDRESS,
  path: "m/44'/501'/0'/0'",
  hasPassphrase: true,
};

interface Fixtures {
  open: (task: CeremonyTask) => Promise<KeyWindow>;
}

const test = base.extend<Fixtures, { preload: string }>({
  /** Built once a worker. */
  preload: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const built = await buildDesktop(['preload']);
      await use(`${built.out}/preload`);
      built.remove();
    },
    { scope: 'worker' },
  ],

  open: async ({ page, preload }, use) => {
    await page.setViewportSize({ width: 600, height: 780 });
    await use((task) => KeyWindow.open(page, preload, task));
  },
});

// Electron tells a port that its other end is gone. In Chromium that waits behind a switch.
test.use({
  launchOptions: {
    executablePath: findChromium() ?? '',
    args: [...CHROMIUM_ARGS, '--enable-blink-features=MessagePortCloseEvent'],
  },
});

const go = (page: Page, name = 'Continue') => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** No field and no element has any of it. */
async function expectGone(window: KeyWindow, secret: string): Promise<void> {
  const contents = await window.contents();
  for (const word of secret.split(' ')) expect(contents).not.toContain(word);
}

test('a new delegate: whose account it trades for comes first, whole, and stands at the end again', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'create', delegateOf: ADDRESS });
  await window.step('confirmOwner', { owner: ADDRESS, name: 'Savings' });
  await expect(heading(page)).toHaveText('For whose account?');
  await expect(page.getByText(ADDRESS, { exact: true })).toBeVisible();
  await expect(page.getByText('The owner: Savings')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/Compare the address/);
  await page.getByRole('radio', { name: 'This address is mine' }).check();
  await go(page);
  expect(await window.answer('confirmOwner')).toBeNull();
  await window.says({ kind: 'end', end: { ...STORED, address: OTHER, role: 'delegate', owner: ADDRESS } });
  await expect(page.getByText(OTHER, { exact: true })).toBeVisible();
  await expect(page.getByText('Its owner', { exact: true })).toBeVisible();
  await expect(page.getByText(ADDRESS, { exact: true })).toBeVisible();
});

test('a new wallet: length, phrase, words that are asked for, name, passphrase, done', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'create' });
  await window.step('words', {});
  await expect(page.getByRole('radio', { name: '12 words' })).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: 'Write down' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await page.keyboard.press('Enter');
  expect(await window.answer('words')).toBe(12);

  await window.step('showPhrase', { phrase: bytes(PHRASE) });
  await expect(heading(page)).toHaveText('Write these words down');
  const written = page.getByRole('button', { name: 'I have written them down' });
  await expect(written).toBeDisabled();
  await expectGone(window, PHRASE);
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'The recovery phrase' });
  await expect(list.getByRole('listitem')).toHaveText(PHRASE.split(' '));
  await page.getByRole('button', { name: 'Hide the words' }).click();
  await expectGone(window, PHRASE);
  await page.getByRole('button', { name: 'Show the words' }).click();
  await written.click();
  expect(await window.answer('showPhrase')).toBeNull();

  await window.step('confirmWord', { position: 3, of: 12, done: 1, total: 3 });
  await expectGone(window, PHRASE);
  await page.getByRole('button', { name: 'Show the phrase again' }).click();
  expect(await window.answer('confirmWord')).toBeNull();
  await window.step('confirmWord', { position: 3, of: 12, done: 1, total: 3 });
  await page.getByLabel('Word 3 of 12').fill('zebra');
  await page.keyboard.press('Enter');
  expect(await window.answer('confirmWord')).toBe('zebra');
  const problem = 'That is not word 3 of the phrase.';
  await window.step('confirmWord', { position: 3, of: 12, done: 1, total: 3, problem });
  await expect(page.getByRole('alert')).toHaveText(problem);
  await expect(page.getByLabel('Word 3 of 12')).toBeFocused();
  await expect(page.getByLabel('Word 3 of 12')).toHaveValue('');
  await page.keyboard.type('violin');
  await page.keyboard.press('Enter');
  expect(await window.answer('confirmWord')).toBe('violin');
  await expectGone(window, 'violin');

  await window.step('name', { suggested: 'Wallet' });
  await page.getByLabel('Name').fill('Savings');
  await go(page);
  expect(await window.answer('name')).toBe('Savings');
  await window.step('name', { suggested: 'Wallet', problem: 'Another wallet is called Savings.' });
  await expect(page.getByLabel('Name')).toHaveValue('Savings');
  await go(page);
  expect(await window.answer('name')).toBe('Savings');

  await window.step('newPassphrase', { shortest: 8, had: false });
  const [one, two] = [
    page.getByLabel('Passphrase', { exact: true }),
    page.getByLabel('Repeated passphrase', { exact: true }),
  ];
  await one.fill('seven77');
  await expect(page.getByText('At least 8 characters: 1 more.')).toBeVisible();
  await go(page, 'Protect it');
  await expect(page.getByRole('alert')).toHaveText(/at least 8/);
  await one.fill('four silent purple hills');
  await two.fill('four silent purple hilly');
  await go(page, 'Protect it');
  await expect(page.getByRole('alert')).toHaveText(/not the same/);
  await expect(two).toBeFocused();
  await two.fill('four silent purple hills');
  await page.keyboard.press('Enter');
  expect(await window.answer('newPassphrase')).toEqual({
    passphrase: 'four silent purple hills',
    repeated: 'four silent purple hills',
  });
  await expectGone(window, 'silent purple');

  await window.says({ kind: 'end', end: STORED });
  await expect(heading(page)).toHaveText('Savings is ready');
  await expect(page.getByText(ADDRESS)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => window.toProgram).toEqual(['ceremony close']);
  expect(await page.locator('body').innerHTML()).toBe('');
  expect(window.unread).toBe(0);
});

test('no passphrase is a choice of its own', async ({ page, open }) => {
  const window = await open({ kind: 'create' });
  await window.step('newPassphrase', { shortest: 8, had: false });
  await go(page, 'No passphrase');
  expect(await window.answer('newPassphrase')).toBeNull();
});

test('a phrase is pasted whole, with numbers and line breaks, or typed word by word', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'import' });
  await window.step('source', {});
  await page.getByText('Recovery phrase', { exact: true }).click();
  await go(page);
  expect(await window.answer('source')).toBe('phrase');

  await window.step('enterPhrase', {});
  const box = (word: number) => page.getByLabel(`Word ${word}`, { exact: true });
  await expect(box(1)).toBeFocused();
  await expect(box(13)).toBeHidden();
  await page.keyboard.type('zebra wrist ');
  await expect(box(3)).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(box(2)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Word 3 is missing.');
  await expect(box(3)).toBeFocused();

  const numbered = LONG.split(' ').map((word, at) => `${at + 1}. ${word}\n`);
  await paste(page, box(1), numbered.join(''));
  await expect(box(24)).toHaveValue('walnut');
  await expect(box(24)).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show the words' }).click();
  await expect(box(24)).toHaveAttribute('type', 'text');
  await go(page);
  expect(await window.answer('enterPhrase')).toBe(LONG);
  await expectGone(window, LONG);

  await window.step('enterPhrase', { problem: 'Word 3 is not in the list of words.' });
  await expect(page.getByRole('alert')).toHaveText(/Word 3 is not/);
  await expect(box(1)).toHaveValue('');
  await paste(page, box(1), PHRASE);
  await page.keyboard.press('Enter');
  expect(await window.answer('enterPhrase')).toBe(PHRASE);

  const place = (index: number, address: string, stored: boolean) => ({
    path: `m/44'/501'/${index}'/0'`,
    address,
    stored,
  });
  await window.step('choosePlace', { places: [place(0, OTHER, true), place(1, ADDRESS, false)] });
  await expect(page.getByRole('radio', { name: /0'\/0'/ })).toBeDisabled();
  await expect(page.getByText('Already here')).toBeVisible();
  await expect(page.getByText(ADDRESS, { exact: true })).toBeVisible();
  await go(page);
  expect(await window.answer('choosePlace')).toBe(1);
});

test('a secret key is hidden while it is typed, and gone once it is sent', async ({ page, open }) => {
  const window = await open({ kind: 'import', delegateOf: OTHER });
  await expect(page.getByText('Opening…')).toBeVisible();
  await window.step('enterSecretKey', {});
  await expect(page.getByText('Import a trading delegate')).toBeVisible();
  const field = page.getByLabel('Secret key', { exact: true });
  await go(page);
  await expect(page.getByRole('alert')).toHaveText('Enter the secret key.');
  await field.fill('5SecretKeyOfNobody');
  await expect(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show secret key' }).click();
  await expect(field).toHaveAttribute('type', 'text');
  await go(page);
  expect(await window.answer('enterSecretKey')).toBe('5SecretKeyOfNobody');
  await expectGone(window, '5SecretKeyOfNobody');
  await expect(page.getByRole('status')).toHaveText('Working…');
  await window.says({
    kind: 'end',
    end: { ...STORED, role: 'delegate', owner: OTHER, hasPassphrase: false },
  });
  await expect(page.getByText(/can’t withdraw/)).toBeVisible();
});

test('a keypair file is read as bytes, and one that is far too large is not read', async ({ page, open }) => {
  const window = await open({ kind: 'import' });
  await window.step('enterFile', {});
  const field = page.getByLabel('Keypair file');
  await go(page);
  await expect(page.getByRole('alert')).toHaveText('Choose a file.');
  await field.setInputFiles({
    name: 'id.json',
    mimeType: 'application/json',
    buffer: Buffer.alloc(4_097, '1'),
  });
  await go(page);
  await expect(page.getByRole('alert')).toHaveText(/too large/);
  await field.setInputFiles({
    name: 'id.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[1,2,3]'),
  });
  await go(page);
  expect(await window.answer('enterFile')).toBe('[1,2,3]');
  await expect(field).toHaveValue('');
});

test('a wrong passphrase is said in words, and the next try waits as long as it has to', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'unlock', address: ADDRESS });
  await window.step('passphrase', { address: ADDRESS, purpose: 'unlock' });
  await expect(page.getByText(ADDRESS)).toBeVisible();
  await page.keyboard.type('wrong one');
  await page.keyboard.press('Enter');
  expect(await window.answer('passphrase')).toBe('wrong one');
  await window.step('passphrase', {
    address: ADDRESS,
    purpose: 'unlock',
    problem: 'That passphrase does not open the wallet.',
    waitMs: 1_200,
  });
  await expect(page.getByRole('alert')).toHaveText(/does not open/);
  await expect(page.getByRole('button', { name: /^Unlock in [12] s$/ })).toBeDisabled();
  await page.keyboard.type('right-passphrase');
  await page.keyboard.press('Enter');
  expect(window.unread).toBe(0);
  await go(page, 'Unlock');
  expect(await window.answer('passphrase')).toBe('right-passphrase');
  await expectGone(window, 'right-passphrase');
  await window.says({ kind: 'end', end: { kind: 'unlocked', address: ADDRESS } });
  await expect(heading(page)).toHaveText('The wallet is unlocked');
});

test('a passphrase is changed, or taken away', async ({ page, open }) => {
  const window = await open({ kind: 'passphrase', address: ADDRESS });
  await window.step('passphrase', { address: ADDRESS, purpose: 'change' });
  await page.getByLabel('Passphrase', { exact: true }).fill('the old one');
  await go(page);
  expect(await window.answer('passphrase')).toBe('the old one');
  await window.step('newPassphrase', { shortest: 8, had: true });
  await page.getByLabel('New passphrase', { exact: true }).fill('never-sent');
  await go(page, 'Remove the passphrase');
  expect(await window.answer('newPassphrase')).toBeNull();
  await window.says({ kind: 'end', end: { kind: 'passphrase', address: ADDRESS, hasPassphrase: false } });
  await expect(heading(page)).toHaveText('The passphrase is gone');
  await expectGone(window, 'never-sent');
});

test('Escape asks before something is lost, and leaving empties the page and cancels', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'create' });
  await window.step('showPhrase', { phrase: bytes(PHRASE) });
  await page.getByRole('button', { name: 'Show the words' }).click();
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Cancel?' });
  await expect(question).toContainText('Nothing has been stored');
  await expect(page.getByRole('button', { name: 'Go on' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(window.unread).toBe(0);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  expect(await window.sent()).toEqual({ kind: 'cancel' });
  await expect.poll(() => window.toProgram).toEqual(['ceremony close']);
  await expectGone(window, PHRASE);
});

test('a failure says what happened, what it means for the money, what to do, and its code', async ({
  page,
  open,
}) => {
  const window = await open({ kind: 'create' });
  await window.step('words', {});
  await window.says({
    kind: 'failed',
    code: 'KEYCHAIN_UNAVAILABLE',
    message: 'The Secret Service is locked.',
  });
  await expect(heading(page)).toHaveText('No wallet was created');
  for (const text of [
    'The Secret Service is locked.',
    'No key was read, stored or used.',
    'KEYCHAIN_UNAVAILABLE',
  ])
    await expect(page.getByText(text, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(() => window.toProgram).toEqual(['ceremony close']);
  expect(window.unread).toBe(0);
});

test('a signer that is gone, or that asks for what no window shows, ends it', async ({
  page,
  open,
  context,
  preload,
}) => {
  const window = await open({ kind: 'unlock', address: ADDRESS });
  await window.step('passphrase', { address: ADDRESS, purpose: 'unlock' });
  await page.keyboard.type('half a passphr');
  await window.signerDies();
  await expect(heading(page)).toHaveText('The wallet stays locked');
  await expect(page.getByText('SIGNER_UNAVAILABLE')).toBeVisible();
  await expectGone(window, 'passphr');

  for (const message of [
    { kind: 'step', name: 'name', step: { suggested: 7 } },
    { kind: 'step', name: 'showSecretKey', step: { secretKey: bytes('x') } },
    'nonsense',
  ]) {
    const other = await KeyWindow.open(await context.newPage(), preload, { kind: 'create' });
    await other.saysAnything(message);
    expect(await other.sent()).toEqual({ kind: 'cancel' });
    await expect(heading(other.page)).toHaveText('No wallet was created');
  }
});

test('a phrase can be neither selected nor copied, and nothing else is on the clipboard', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const window = await open({ kind: 'create' });
  await window.step('showPhrase', { phrase: bytes(LONG) });
  await page.getByRole('button', { name: 'Show the words' }).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const selected = await page.evaluate(() => String(document.getSelection()));
  for (const word of LONG.split(' ')) expect(selected).not.toContain(word);
  const paper = await context.newPage();
  await paper.setContent('<textarea></textarea>');
  await paper.locator('textarea').focus();
  await paper.keyboard.press('Control+V');
  const copied = await paper.locator('textarea').inputValue();
  for (const word of LONG.split(' ')) expect(copied).not.toContain(word);
});

test('the page has no script, and loads its own files and nothing else', async ({ page, open, problems }) => {
  const window = await open({ kind: 'create' });
  await window.step('words', {});
  await page.evaluate(() => document.fonts.ready);
  expect([...new Set(window.requested.map((url) => new URL(url).pathname))].toSorted()).toEqual([
    '/',
    '/inter.woff2',
    '/keys.css',
    '/mark.svg',
  ]);
  expect(await page.locator('script, iframe, webview, [style]').count()).toBe(0);
  // What would run in the page is refused by its policy, and nothing of the preload's world is there.
  const seen = await page.evaluate(() => {
    document.body.append(
      Object.assign(document.createElement('script'), { textContent: 'globalThis.evil = 1' }),
    );
    return ['evil', 'require', 'fromSigner', 'phantomArbiter'].filter((name) => name in globalThis);
  });
  expect(seen).toEqual([]);
  const isLoaded = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => true,
      () => false,
    ),
  );
  expect(isLoaded).toBe(false);
  problems.forget(/Content Security Policy|policy violation/i);
});

const SCREENS: readonly (readonly [string, CeremonyTask['kind'], (window: KeyWindow) => Promise<void>])[] = [
  ['words', 'create', (window) => window.step('words', {})],
  ['phrase-hidden', 'create', (window) => window.step('showPhrase', { phrase: bytes(PHRASE) })],
  [
    'phrase-12',
    'create',
    async (window) => {
      await window.step('showPhrase', { phrase: bytes(PHRASE) });
      await window.page.getByRole('button', { name: 'Show the words' }).click();
    },
  ],
  [
    'phrase-24',
    'create',
    async (window) => {
      await window.step('showPhrase', { phrase: bytes(LONG) });
      await window.page.getByRole('button', { name: 'Show the words' }).click();
    },
  ],
  [
    'confirm',
    'create',
    (window) =>
      window.step('confirmWord', {
        position: 3,
        of: 12,
        done: 1,
        total: 3,
        problem: 'That is not word 3 of the phrase.',
      }),
  ],
  ['name', 'create', (window) => window.step('name', { suggested: 'Wallet' })],
  [
    'protect',
    'create',
    async (window) => {
      await window.step('newPassphrase', { shortest: 8, had: false });
      await window.page.getByLabel('Passphrase', { exact: true }).fill('quiet hills');
    },
  ],
  ['source', 'import', (window) => window.step('source', {})],
  [
    'enter-phrase',
    'import',
    async (window) => {
      await window.step('enterPhrase', {});
      await window.page.keyboard.type('zebra wrist violin ');
    },
  ],
  [
    'enter-phrase-24',
    'import',
    async (window) => {
      await window.step('enterPhrase', {});
      await window.page.getByText('24', { exact: true }).first().click();
    },
  ],
  ['owner', 'create', (window) => window.step('confirmOwner', { owner: ADDRESS, name: 'Savings' })],
  ['enter-key', 'import', (window) => window.step('enterSecretKey', {})],
  ['enter-file', 'import', (window) => window.step('enterFile', {})],
  [
    'places',
    'import',
    (window) =>
      window.step('choosePlace', {
        places: [
          { path: "m/44'/501'/0'/0'", address: ADDRESS, stored: true },
          { path: "m/44'/501'/1'/0'", address: OTHER, stored: false },
          { path: "m/44'/501'/2'/0'", address: ADDRESS, stored: false },
          { path: "m/44'/501'/0'", address: OTHER, stored: false },
          { path: "m/44'/501'/1'", address: ADDRESS, stored: false },
        ],
      }),
  ],
  [
    'unlock-wait',
    'unlock',
    (window) =>
      window.step('passphrase', {
        address: ADDRESS,
        purpose: 'unlock',
        problem: 'That passphrase does not open the wallet. The next try has to wait 30 seconds.',
        waitMs: 30_000,
      }),
  ],
  ['change', 'passphrase', (window) => window.step('newPassphrase', { shortest: 8, had: true })],
  ['done', 'create', (window) => window.says({ kind: 'end', end: STORED })],
  [
    'failed',
    'create',
    (window) =>
      window.says({
        kind: 'failed',
        code: 'KEYCHAIN_UNAVAILABLE',
        message: 'The Secret Service is locked. Unlock your keyring, then try again.',
      }),
  ],
  [
    'cancel',
    'create',
    async (window) => {
      await window.step('words', {});
      await expect(window.page.getByRole('radio').first()).toBeFocused();
      await window.page.keyboard.press('Escape');
      await expect(window.page.getByRole('dialog')).toBeVisible();
    },
  ],
];

/** As the window has them. */
const HEIGHTS = { create: 740, import: 740, passphrase: 680, unlock: 520 } as const;

for (const scheme of ['dark', 'light'] as const)
  test(`in the ${scheme} theme, axe finds nothing on any of its screens, also in a small window`, async ({
    context,
    preload,
  }) => {
    test.slow();
    for (const [name, kind, ready] of SCREENS) {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width: 600, height: HEIGHTS[kind] });
      const task =
        kind === 'unlock' || kind === 'passphrase' ? { kind, address: ADDRESS } : ({ kind } as const);
      const window = await KeyWindow.open(page, preload, task);
      await ready(window);
      await page.evaluate(() => document.fonts.ready);
      await expectAccessible(page);
      await page.setViewportSize({ width: 460, height: 560 });
      const isCutOff = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(isCutOff, `${name} is cut off in a small window`).toBe(false);
      await page.close();
    }
  });

/** As from the clipboard, without touching the computer's. */
async function paste(page: Page, field: ReturnType<Page['getByLabel']>, text: string): Promise<void> {
  await field.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByLabel('Word 1', { exact: true })).toHaveValue('zebra');
}
