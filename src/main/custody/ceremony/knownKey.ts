import { AppError } from '../../../shared/contract/appError.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { Keys } from '../keys/keys.ts';

/** What the keychain says of a key that has to be there. Throws WALLET_MISSING. */
export async function knownKey(keys: Keys, address: string): Promise<KeyHeader> {
  const header = await keys.look(address);
  if (header !== undefined) return header;
  const message = `The keychain has no key for ${address}. Import it again from its recovery phrase.`;
  throw new AppError('WALLET_MISSING', message, { address });
}
