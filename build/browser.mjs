/**
 * Finds a Chromium for the browser tests. Debian's is installed where there is none, and where that needs nobody's
 * password: `npx playwright install` downloads from a host that many machines don't reach.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

import { chromium } from '@playwright/test';

import { installPackages, mayInstall } from './debian.mjs';

const DEBIAN = '/usr/bin/chromium';

/** Where browsers put themselves. */
const PLACES = {
  linux: [
    DEBIAN,
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined ? [] : [path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')];
  }),
};

/** The path of a browser; undefined where there is none, and then `say` has heard why in one line. */
export function findChromium(say = console.error) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    say(`No browser: CHROMIUM_PATH names ${named}, and there is nothing.`);
    return undefined;
  }
  const found = [...(PLACES[process.platform] ?? []), chromium.executablePath()].find((file) =>
    existsSync(file),
  );
  return found ?? installed(say);
}

function installed(say) {
  if (!mayInstall()) {
    say('No browser: install Chromium or Chrome, or name one with CHROMIUM_PATH.');
    return undefined;
  }
  if (installPackages('chromium') && existsSync(DEBIAN)) return DEBIAN;
  say('No browser: apt-get could not install chromium. Name one with CHROMIUM_PATH.');
  return undefined;
}

/** For a machine that is not on the network, and may run as root: no sandbox there, and nothing looked up. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
