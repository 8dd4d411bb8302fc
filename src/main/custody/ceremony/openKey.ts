import type { SecretBytes } from '../secretBytes.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import { withPassphrase } from './askedSteps.ts';
import { knownKey } from './knownKey.ts';
import type { CeremonyParts } from './parts.ts';

/** The secret of a stored key, after its passphrase where it has one. The caller zeroes it. Throws WALLET_MISSING. */
export async function openKey(
  parts: CeremonyParts,
  address: string,
  purpose: 'unlock' | 'export',
): Promise<{ readonly secret: SecretBytes<'key'>; readonly header: KeyHeader }> {
  const { keys } = parts;
  const { hasPassphrase } = await knownKey(keys, address);
  if (!hasPassphrase) return keys.open(address, undefined);
  return withPassphrase(parts, address, purpose, (passphrase) => keys.open(address, passphrase));
}
