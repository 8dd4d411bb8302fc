import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { withNewPassphrase, withPassphrase } from './askedSteps.ts';
import { knownKey } from './knownKey.ts';
import type { CeremonyParts } from './parts.ts';

/** Sets, changes or takes away the passphrase of a stored key. The one that it has is asked for first. */
export async function changePassphrase(parts: CeremonyParts, address: string): Promise<CeremonyEnd> {
  const { dialogue, keys } = parts;
  const header = await knownKey(keys, address);
  const reseal = (before: SecretBytes<'text'> | undefined): Promise<CeremonyEnd> =>
    withNewPassphrase(dialogue, before !== undefined, async (after) => {
      const { hasPassphrase } = await keys.reseal(address, before, after);
      return { kind: 'passphrase', address, hasPassphrase };
    });
  if (!header.hasPassphrase) return reseal(undefined);
  return withPassphrase(parts, address, 'change', async (before) => {
    // A wrong one is told before a new one is asked for.
    const { secret } = await keys.open(address, before);
    secret.dispose();
    return await reseal(before);
  });
}
