import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../shared/contract/appError.ts';
import { KEYPAIR_BYTES, secretOf } from './keypairBytes.ts';
import { parseBytes } from './numberList.ts';
import { SecretBytes } from './secretBytes.ts';

/** 64 numbers need 257 characters; one a line and indented, less than a thousand. */
const LARGEST = 4096;

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  ENAMETOOLONG: 'There is no such file.',
  EACCES: 'You may not read this file: look at who owns it.',
  EPERM: 'You may not read this file: look at who owns it.',
  ELOOP: 'The link to this file leads in a circle.',
};

/**
 * The secret in a keypair file of Solana's command line: a JSON list of 64 numbers from 0 to 255.
 *
 * A link is followed, because a file that is only read can't be written elsewhere through it, and people keep these
 * files behind links. Whatever it leads to must be a plain file: a pipe or a device is never waited for.
 *
 * Throws WALLET_FILE_UNREADABLE, WALLET_INVALID_FILE, or WALLET_KEY_MISMATCH where the halves disagree. No error has the
 * file's name in it, let alone its content: who pastes a secret where a name is asked for must not find it in a log.
 */
export function readKeypairFile(file: string): SecretBytes<'key'> {
  using text = readSecretFile(file);
  return readKeypairText(text);
}

/** The secret in the content of such a file. Throws WALLET_INVALID_FILE, WALLET_KEY_MISMATCH. */
export function readKeypairText(text: SecretBytes<'text'>): SecretBytes<'key'> {
  if (text.length > LARGEST) throw tooLarge();
  using pair = parsePair(text);
  return secretOf(pair);
}

/** The content of a small plain file. Throws WALLET_FILE_UNREADABLE, WALLET_INVALID_FILE where it is too large. */
export function readSecretFile(file: string): SecretBytes<'text'> {
  let handle: number | undefined;
  try {
    // Windows has no such flag, and no pipes that a name in a folder opens.
    handle = openSync(file, constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK));
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw unreadable('NOT_A_FILE', 'This is a folder or a device, not a file.');
    return readFrom(handle);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Not as its cause: the system's own words repeat the name.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    throw unreadable(code, UNREADABLE[code] ?? 'The file cannot be read.');
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** As much as a keypair file may have. The size is that of what was read, since a file can grow after a look at it. */
function readFrom(handle: number): SecretBytes<'text'> {
  let size = 0;
  using room = new SecretBytes('text', LARGEST + 1, (bytes) => {
    for (let read = -1; read !== 0 && size < bytes.length; size += read)
      read = readSync(handle, bytes, size, bytes.length - size, null);
  });
  if (size > LARGEST) throw tooLarge();
  return room.use((bytes) => new SecretBytes('text', size, (text) => text.set(bytes.subarray(0, size))));
}

function parsePair(text: SecretBytes<'text'>): SecretBytes<'keypair'> {
  let count: number | undefined;
  const pair = new SecretBytes('keypair', KEYPAIR_BYTES, (bytes) => {
    count = text.use((held) => parseBytes(held, bytes));
  });
  if (count === KEYPAIR_BYTES) return pair;
  pair.dispose();
  if (count === undefined) {
    const message =
      'This is no keypair file. Such a file holds a list of 64 numbers from 0 to 255: [12, 34, …].';
    throw invalid('form', message);
  }
  throw invalid('length', `A keypair file holds 64 numbers. This holds ${count}.`, { numbers: count });
}

function tooLarge(): AppError {
  const message = `This is no keypair file: it has more than ${LARGEST} bytes, and a keypair needs a few hundred.`;
  return invalid('size', message, { largest: LARGEST });
}

function unreadable(reason: string, message: string): AppError {
  return new AppError('WALLET_FILE_UNREADABLE', message, { reason });
}

function invalid(reason: string, message: string, numbers: Readonly<Record<string, number>> = {}): AppError {
  return new AppError('WALLET_INVALID_FILE', message, { reason, ...numbers });
}
