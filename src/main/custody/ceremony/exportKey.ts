import { AppError } from '../../../shared/contract/appError.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import { secretKeyText } from '../keypairBytes.ts';
import { openKey } from './openKey.ts';
import type { CeremonyParts } from './parts.ts';

/** What has to be typed before a key is shown. */
const WORD = 'EXPORT';

/** Shows a secret key, after a typed word and the passphrase. Only a terminal offers it. */
export async function exportKey(parts: CeremonyParts, address: string): Promise<CeremonyEnd> {
  const { dialogue } = parts;
  const typed = await dialogue.ask('confirmExport', { address, word: WORD });
  if (typed !== WORD)
    throw new AppError('WALLET_NOT_CONFIRMED', `${WORD} was not typed, so nothing is shown.`);
  const { secret } = await openKey(parts, address, 'export');
  using key = secret;
  using text = secretKeyText(key);
  await text.use((secretKey) => dialogue.ask('showSecretKey', { secretKey }));
  return { kind: 'exported', address };
}
