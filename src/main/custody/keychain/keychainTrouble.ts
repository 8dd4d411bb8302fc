import { AppError } from '../../../shared/contract/appError.ts';

/** Why the keychain can't be used: `details.reason` of KEYCHAIN_UNAVAILABLE. */
export type KeychainReason = 'missing' | 'locked' | 'unprotected' | 'refused';

/** What is wrong with a keychain, one step finer than its reason, because there is something else to do about each. */
export type KeychainTrouble =
  | 'noBus'
  | 'noService'
  | 'noKeyring'
  | 'locked'
  | 'waiting'
  | 'unprotected'
  | 'silent'
  | 'untrue'
  | 'refused';

const REASONS: Readonly<Record<KeychainTrouble, KeychainReason>> = {
  noBus: 'missing',
  noService: 'missing',
  noKeyring: 'missing',
  locked: 'locked',
  waiting: 'locked',
  unprotected: 'unprotected',
  silent: 'refused',
  untrue: 'refused',
  refused: 'refused',
};

const SEAHORSE = '“Passwords and Keys” (Seahorse)';

const ON_LINUX: Readonly<Record<KeychainTrouble, string>> = {
  noBus:
    'There is no keychain here: no session bus (D-Bus) can be reached. Start the program inside a desktop session, or with dbus-run-session and gnome-keyring as its documentation shows.',
  noService:
    'There is no keychain here: nothing offers the Secret Service. Install gnome-keyring or KWallet (Debian and Ubuntu: apt install gnome-keyring), log in again, and try again.',
  noKeyring: `The keychain has no default keyring to keep a key in. Create one, with a password, in ${SEAHORSE} and set it as the default.`,
  locked: `The keychain is locked. Unlock the keyring “Login” in ${SEAHORSE}, or the wallet in KWallet, then try again.`,
  waiting: 'The keychain waits for its password. Enter it in the window that asks for it, then try again.',
  unprotected: `The keychain keeps everything in plain text on the disk, because its keyring has no password. Set one in ${SEAHORSE}: right-click the keyring, then “Change Password”.`,
  silent: 'The keychain does not answer. Log out and in again, then try again.',
  untrue: `The keychain gives back something else than what was stored in it. Look at it in ${SEAHORSE}, log out and in again, then try again.`,
  refused: `The keychain refused. Look in ${SEAHORSE} or KWallet whether its keyring can be opened, then try again.`,
};

const ON_MACOS: Readonly<Record<KeychainTrouble, string>> = {
  noBus: 'The macOS Keychain can’t be reached from here. Start the program inside your login session.',
  noService: 'The macOS Keychain can’t be reached from here. Start the program inside your login session.',
  noKeyring:
    'macOS has no login keychain for you. Open Keychain Access, and make “login” the default keychain.',
  locked: 'The macOS Keychain is locked. Unlock “login” in Keychain Access, then try again.',
  waiting: 'macOS asks whether the keychain may be used. Answer it in its window, then try again.',
  unprotected: 'The macOS Keychain has no password. Give “login” one in Keychain Access, then try again.',
  silent: 'The macOS Keychain does not answer. Log out and in again, then try again.',
  untrue:
    'The macOS Keychain gives back something else than what was stored in it. Look at it in Keychain Access, then try again.',
  refused:
    'The macOS Keychain refused. Open the entries “phantom-arbiter” in Keychain Access, and allow this program under “Access Control”.',
};

const ON_WINDOWS: Readonly<Record<KeychainTrouble, string>> = {
  noBus: 'The Windows Credential Manager can’t be reached. Start the program in your own session on this PC.',
  noService:
    'The Windows Credential Manager can’t be reached. Start the program in your own session on this PC.',
  noKeyring:
    'The Windows Credential Manager can’t be reached. Start the program in your own session on this PC.',
  locked: 'The Windows Credential Manager is locked. Log in to Windows, then try again.',
  waiting: 'Windows asks whether the credentials may be used. Answer it in its window, then try again.',
  unprotected:
    'The Windows Credential Manager does not protect what it keeps. Give your account a password, then try again.',
  silent: 'The Windows Credential Manager does not answer. Log out and in again, then try again.',
  untrue:
    'The Windows Credential Manager gives back something else than what was stored in it. Remove the entries “phantom-arbiter” in it, then try again.',
  refused:
    'The Windows Credential Manager refused. Check that the service “Credential Manager” runs, and that your organisation allows stored credentials.',
};

/** KEYCHAIN_UNAVAILABLE, with what to do about it on that system. It never has words of the keychain's own in it. */
export function keychainTrouble(trouble: KeychainTrouble, platform: NodeJS.Platform): AppError {
  return new AppError(
    'KEYCHAIN_UNAVAILABLE',
    sentencesFor(platform)[trouble],
    { reason: REASONS[trouble] },
    { retryable: REASONS[trouble] === 'locked' },
  );
}

function sentencesFor(platform: NodeJS.Platform): Readonly<Record<KeychainTrouble, string>> {
  if (platform === 'darwin') return ON_MACOS;
  return platform === 'win32' ? ON_WINDOWS : ON_LINUX;
}
