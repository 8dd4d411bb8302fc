import { AppError } from '../../../shared/contract/appError.ts';

export const keyMissing = (address: string): AppError =>
  new AppError('WALLET_MISSING', `The keychain has no key of ${address}.`, { address });

export const keyExists = (address: string): AppError =>
  new AppError('WALLET_EXISTS', `The keychain has a key of ${address} already.`, { address });

export const keyLocked = (address: string): AppError =>
  new AppError('WALLET_LOCKED', `The wallet ${address} is locked: it opens with its passphrase.`, {
    address,
  });

export const keyDamaged = (address: string): AppError =>
  new AppError('WALLET_KEY_DAMAGED', `What the keychain holds for ${address} is no key of it.`, { address });

/** @param waitMs how long the next try has to wait */
export function wrongPassphrase(waitMs: number): AppError {
  const next = waitMs === 0 ? '' : ` The next try is possible in ${inSeconds(waitMs)}.`;
  const message = `This passphrase does not open the wallet.${next}`;
  return new AppError('WALLET_WRONG_PASSPHRASE', message, { waitMs });
}

export function tryLater(waitMs: number): AppError {
  const message = `Too many wrong passphrases: the next try is possible in ${inSeconds(waitMs)}.`;
  return new AppError('WALLET_TRY_LATER', message, { waitMs }, { retryable: true });
}

/** The keychain failed in the middle, and then again when what it had before was to be put back. */
export function uncertain(error: unknown, before: object | undefined): unknown {
  if (!(error instanceof AppError)) return error;
  const doubt =
    before === undefined
      ? 'It is not certain whether the key was stored.'
      : 'It is not certain whether the passphrase was changed: if one does not open the wallet, try the other.';
  return new AppError(error.code, `${error.message} ${doubt}`, error.details, { retryable: error.retryable });
}

function inSeconds(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}
