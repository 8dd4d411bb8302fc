import { AppError } from '../../../shared/contract/appError.ts';
import type { CeremonyEnd, StepOf } from '../../../shared/contract/ceremony.ts';
import { deriveKey, pathText, type DerivationPath } from '../derivation.ts';
import { readSecretKey } from '../keypairBytes.ts';
import { readKeypairFile, readKeypairText } from '../keypairFile.ts';
import { readPhrase, seedOf } from '../phrase.ts';
import { SecretBytes } from '../secretBytes.ts';
import { scanPaths } from '../walletPaths.ts';
import type { CeremonyParts } from './parts.ts';
import { refuseStored, storeKey } from './storing.ts';
import { problemOf, untilTaken } from './untilTaken.ts';

/** So many wallets of a phrase are shown on each of the usual paths. */
const SCANNED = 5;

/** A wallet from elsewhere. What can't be read is asked for again, and nothing is stored before it was. */
export async function importWallet(parts: CeremonyParts): Promise<CeremonyEnd> {
  const { dialogue, order } = parts;
  const source = order.given.source ?? (await dialogue.ask('source', {}));
  if (source === 'phrase') return await fromPhrase(parts);
  using secret = source === 'secretKey' ? await secretKeyIn(parts) : await keypairFileIn(parts);
  return await storeKey(parts, secret, null);
}

async function fromPhrase(parts: CeremonyParts): Promise<CeremonyEnd> {
  const { dialogue } = parts;
  using phrase = await untilTaken(dialogue, ['WALLET_INVALID_PHRASE'], async (refused) => {
    using typed = SecretBytes.taken('text', await dialogue.ask('enterPhrase', problemOf(refused)));
    return typed.use(readPhrase);
  });
  using seed = seedOf(phrase);
  const path = await chosenPath(parts, seed);
  using secret = deriveKey(seed, path);
  return await storeKey(parts, secret, pathText(path));
}

async function chosenPath(parts: CeremonyParts, seed: SecretBytes<'seed'>): Promise<DerivationPath> {
  const { dialogue, order, keys } = parts;
  const found = scanPaths(seed, SCANNED);
  const places: StepOf<'choosePlace'>['places'] = [];
  for (const { pathText: path, address } of found) {
    const isKnown = order.known.some((one) => one.address === address);
    places.push({ path, address, stored: isKnown && (await keys.look(address)) !== undefined });
  }
  return await untilTaken(dialogue, ['WALLET_EXISTS', 'WALLET_UNKNOWN'], async (refused) => {
    const chosen = found[await dialogue.ask('choosePlace', { places, ...problemOf(refused) })];
    if (chosen === undefined) throw noSuchPlace(found.length);
    await refuseStored(parts, chosen.address);
    return chosen.path;
  });
}

function secretKeyIn({ dialogue }: CeremonyParts): Promise<SecretBytes<'key'>> {
  return untilTaken(dialogue, ['WALLET_INVALID_KEY', 'WALLET_KEY_MISMATCH'], async (refused) => {
    using typed = SecretBytes.taken('text', await dialogue.ask('enterSecretKey', problemOf(refused)));
    return typed.use(readSecretKey);
  });
}

async function keypairFileIn({ dialogue, order }: CeremonyParts): Promise<SecretBytes<'key'>> {
  if (order.given.file !== undefined) return readKeypairFile(order.given.file);
  const mendable = ['WALLET_INVALID_FILE', 'WALLET_FILE_UNREADABLE', 'WALLET_KEY_MISMATCH'] as const;
  return await untilTaken(dialogue, mendable, async (refused) => {
    using text = SecretBytes.taken('text', await dialogue.ask('enterFile', problemOf(refused)));
    return readKeypairText(text);
  });
}

const noSuchPlace = (places: number): AppError =>
  new AppError('WALLET_UNKNOWN', `Choose one of the wallets by its number, from 1 to ${places}.`);
