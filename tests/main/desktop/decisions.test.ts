import { describe, expect, it } from 'vitest';
import { isOwnPage, ownPath } from '../../../src/main/desktop/appAddress.ts';
import { appFolders } from '../../../src/main/desktop/desktopFolders.ts';
import { failureWords } from '../../../src/main/desktop/failure.ts';
import { leavingQuestion, whenClosed } from '../../../src/main/desktop/leaving.ts';
import { outsideLink } from '../../../src/main/desktop/outsideLink.ts';
import {
  allowsDownload,
  allowsPermission,
  allowsRequest,
} from '../../../src/main/desktop/pagePermissions.ts';
import { whyNotListen } from '../../../src/main/desktop/pageSender.ts';
import { givenDataDir, whyNotStart } from '../../../src/main/desktop/startOptions.ts';
import { trayView } from '../../../src/main/desktop/trayView.ts';
import { looksForUpdates, whyNotInstall } from '../../../src/main/desktop/updatePolicy.ts';
import { ENGINE_STATES } from '../../../src/shared/contract/engineStatus.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { FLAT, HEDGED, LIVE, RUNNING, STOPPED } from './statuses.ts';

describe('an address', () => {
  it.each([
    ['app://phantom-arbiter/', true],
    ['app://phantom-arbiter/#/vault', true],
    ['app://phantom-arbiter/assets/x.js', false],
    ['app://phantom-arbiter.evil.example/', false],
    ['app://user@phantom-arbiter/', false],
    ['app://phantom-arbiter:81/', false],
    ['https://phantom-arbiter/', false],
    ['about:blank', false],
    ['', false],
  ])('%s is our page: %s', (address, expected) => {
    expect(isOwnPage(address)).toBe(expected);
  });

  it('cannot climb out of the folder', () => {
    expect(ownPath('app://phantom-arbiter/../../etc/passwd')).toBe('/etc/passwd');
  });

  it.each([
    'http://github.com/',
    'https://github.com.evil.example/',
    'https://user@github.com/',
    'https://github.com:8443/',
    'https://tradingview.com/',
    'https://www.tradingview.com.evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('%s is not opened outside', (address) => {
    expect(outsideLink(address)).toBeUndefined();
  });

  it.each(['https://solscan.io/tx/1', 'https://www.tradingview.com/'])(
    '%s is of the list, and is opened outside',
    (address) => {
      expect(outsideLink(address)).toBe(address);
    },
  );
});

describe('what a page may load and save', () => {
  it('is its own only', () => {
    expect(allowsRequest('app://phantom-arbiter/assets/a.js', true)).toBe(true);
    expect(allowsRequest('https://example.com/', true)).toBe(false);
    expect(allowsRequest('devtools://devtools/bundled/x.js', true)).toBe(false);
    expect(allowsRequest('devtools://devtools/bundled/x.js', false)).toBe(true);
    expect(allowsDownload('blob:app://phantom-arbiter/1-2')).toBe(true);
    expect(allowsDownload('blob:app://phantom-arbiter.evil/1-2')).toBe(false);
    expect(allowsDownload('https://example.com/x.exe')).toBe(false);
    // Electron names an origin with or without a slash.
    for (const address of ['app://phantom-arbiter', 'app://phantom-arbiter/']) {
      expect(allowsPermission('clipboard-sanitized-write', address)).toBe(true);
      expect(allowsPermission('clipboard-read', address)).toBe(false);
    }
    expect(allowsPermission('clipboard-sanitized-write', 'https://evil.example')).toBe(false);
  });
});

it('listens to the main frame of our own page only', () => {
  const address = 'app://phantom-arbiter/';
  expect(whyNotListen({ isMainFrame: true, address })).toBeUndefined();
  expect(whyNotListen({ isMainFrame: false, address })).toMatch(/within the page/);
  expect(whyNotListen({ isMainFrame: true, address: 'https://evil.example/' })).toMatch(/another origin/);
  expect(whyNotListen(undefined)).toMatch(/gone/);
});

describe('the arguments of a start', () => {
  it.each([
    '--remote-debugging-port=0',
    '--inspect',
    '--inspect-brk=1',
    '--INSPECT',
    '/inspect',
    '-inspect',
    '--no-sandbox',
    '--js-flags=--x',
  ])('an installed app does not start with %s', (argument) => {
    expect(whyNotStart([argument], true)).toMatch(/does not start with --/);
    expect(whyNotStart([argument], false)).toBeUndefined();
  });

  it('starts with anything else', () => {
    expect(whyNotStart(['--data-dir', '/inspect/', 'remote-debugging-port'], true)).toBeUndefined();
  });

  it('names a data folder, whole', () => {
    expect(givenDataDir(['--data-dir', 'mine'], '/home/me')).toBe('/home/me/mine');
    expect(givenDataDir(['.', '--data-dir=/a=b'], '/home/me')).toBe('/a=b');
    expect(givenDataDir(['--data-dir', '--other'], '/home/me')).toBeUndefined();
    expect(givenDataDir(['.'], '/home/me')).toBeUndefined();
  });
});

describe('closing the window', () => {
  it('hides it while the engine is up, and quits when it is not', () => {
    const hides = ENGINE_STATES.filter(
      (state) => whenClosed({ status: { ...STOPPED, state }, funding: FLAT }, 'linux') === 'hide',
    );
    expect(hides).toEqual(['starting', 'running', 'waiting', 'recovering', 'readOnly', 'stopping']);
  });

  it('hides it while a halted engine still holds something', () => {
    const glance = { status: { ...LIVE, state: 'halted' as const }, funding: HEDGED };
    expect(whenClosed(glance, 'win32')).toBe('hide');
  });

  it('never quits on macOS', () => {
    expect(whenClosed({ status: STOPPED, funding: FLAT }, 'darwin')).toBe('hide');
  });
});

describe('quitting', () => {
  it('is not asked about in paper, nor when nothing is open in live', () => {
    expect(leavingQuestion({ status: RUNNING, funding: HEDGED })).toBeUndefined();
    expect(leavingQuestion({ status: { ...LIVE, state: 'stopped' }, funding: FLAT })).toBeUndefined();
  });

  it('names what stays open in live, also when the engine is stopped', () => {
    for (const state of ['running', 'stopped', 'halted'] as const) {
      const question = leavingQuestion({ status: { ...LIVE, state }, funding: HEDGED });
      expect(question?.detail).toContain('on drift: +12.5 SOL, −12.5 SOL-PERP.');
      expect(question?.message).toContain('LIVE');
    }
    expect(leavingQuestion({ status: LIVE, funding: FLAT })?.detail).toContain('No position is open.');
  });
});

describe('the tray', () => {
  it('shows the mode in word and picture, and SOS and errors in a picture of their own', () => {
    expect(trayView({ status: RUNNING, funding: FLAT })).toEqual({
      icon: 'paper',
      tooltip: 'Phantom Arbiter · PAPER · Running · health 100 %',
      stateLine: 'PAPER · Running · health 100 %',
      canRelease: false,
    });
    expect(trayView({ status: LIVE, funding: HEDGED }).icon).toBe('live');
    expect(trayView({ status: { ...LIVE, state: 'error' }, funding: HEDGED }).icon).toBe('halted');
    expect(trayView({ status: { ...LIVE, state: 'halted' }, funding: HEDGED })).toMatchObject({
      icon: 'halted',
      canRelease: true,
    });
  });
});

describe('updates', () => {
  it('are looked for only by an installed app with a feed', () => {
    expect(looksForUpdates({ isPackaged: true, hasFeed: true })).toBe(true);
    expect(looksForUpdates({ isPackaged: false, hasFeed: true })).toBe(false);
    expect(looksForUpdates({ isPackaged: true, hasFeed: false })).toBe(false);
  });

  it('are not installed while the engine is live and running', () => {
    expect(whyNotInstall({ status: LIVE, funding: HEDGED })).toMatch(/LIVE and running/);
    expect(whyNotInstall({ status: RUNNING, funding: HEDGED })).toBeUndefined();
    expect(whyNotInstall({ status: { ...LIVE, state: 'stopped' }, funding: FLAT })).toBeUndefined();
  });
});

describe('a failure', () => {
  it('that is known says what to do, and its code', () => {
    const error = new AppError('DATA_FOLDER_IN_USE', 'Somebody else uses it.');
    expect(failureWords(error, 'id').text).toMatch(
      /Somebody else uses it\.[^]*Close the other instance[^]*DATA_FOLDER_IN_USE/,
    );
  });

  it('that nobody expected says what became of the money, and where to look', () => {
    const { text } = failureWords(new TypeError('x is undefined'), 'id-1');
    expect(text).toMatch(/x is undefined[^]*Positions stay[^]*id-1/);
  });
});

it('finds what the app is made of, installed or not', () => {
  const place = { main: '/app/out/main', resourcesPath: '/opt/app/resources' };
  expect(appFolders({ ...place, isPackaged: false }).tray).toBe('/app/resources/tray');
  expect(appFolders({ ...place, isPackaged: true })).toEqual({
    preload: '/app/out/preload/index.cjs',
    keyPreload: '/app/out/preload/keys.cjs',
    keyPage: '/app/resources/keys',
    signer: '/app/out/main/signer.js',
    renderer: '/app/out/renderer',
    tray: '/opt/app/resources/tray',
    icon: '/opt/app/resources/icon.png',
    licences: '/opt/app/resources/licences.txt',
  });
  expect(appFolders({ ...place, isPackaged: false }).licences).toBe('/app/out/licences.txt');
});
