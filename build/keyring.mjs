/** The programs of a keychain for the tests: a session bus, and GNOME's Secret Service on it. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

import { installPackages, mayInstall } from './debian.mjs';

/** What tests start, and Debian's package of each. */
const PROGRAMS = {
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-daemon': 'dbus',
  'dbus-send': 'dbus',
  setpriv: 'util-linux',
};

/** Why there can be no keychain for the tests, in one sentence; undefined where there can. */
export function whyNoKeyring() {
  if (process.platform !== 'linux')
    return `a keychain of its own for a test can only be started on Linux, and this is ${process.platform}`;
  const missing = Object.keys(PROGRAMS).filter((name) => !isThere(name));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((name) => PROGRAMS[name]))].join(' and ');
  const verb = missing.length === 1 ? 'is' : 'are';
  return `${missing.join(', ')} ${verb} missing here: install ${packages}`;
}

/** Installs what is missing, where it may. */
export function readyKeyring() {
  if (whyNoKeyring() !== undefined && mayInstall()) installPackages(...new Set(Object.values(PROGRAMS)));
}

function isThere(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
