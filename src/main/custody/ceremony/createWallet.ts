import { AppError } from '../../../shared/contract/appError.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import { deriveKey, pathText } from '../derivation.ts';
import { createPhrase, isWordAt, seedOf } from '../phrase.ts';
import { SecretBytes } from '../secretBytes.ts';
import { phantomPath } from '../walletPaths.ts';
import type { CeremonyParts } from './parts.ts';
import { storeKey } from './storing.ts';
import { problemOf, untilTaken } from './untilTaken.ts';

/** So many words are asked for, to see that the phrase was written down. */
const ASKED_WORDS = 3;

/** A new phrase, shown once and asked for in part; then its first wallet is stored. Nothing is kept before. */
export async function createWallet(parts: CeremonyParts): Promise<CeremonyEnd> {
  const { dialogue, order, fill } = parts;
  const words = order.given.words ?? (await dialogue.ask('words', {}));
  using phrase = createPhrase(words, fill);
  await untilWritten(parts, phrase, words);
  using seed = seedOf(phrase);
  const path = phantomPath(0);
  using secret = deriveKey(seed, path);
  return await storeKey(parts, secret, pathText(path));
}

/** Shows the phrase, and again for as long as the user wants it, until every word that is asked for was entered. */
async function untilWritten(
  parts: CeremonyParts,
  phrase: SecretBytes<'phrase'>,
  words: number,
): Promise<void> {
  const { dialogue, fill } = parts;
  for (;;) {
    await phrase.use((bytes) => dialogue.ask('showPhrase', { phrase: bytes }));
    const positions = somePositions(words, fill);
    let done = 0;
    for (const position of positions) {
      done += 1;
      const step = { position, of: words, done, total: positions.length };
      const isKnown = await untilTaken(dialogue, ['WALLET_NOT_CONFIRMED'], async (refused) => {
        const answer = await dialogue.ask('confirmWord', { ...step, ...problemOf(refused) });
        if (answer === null) return false;
        using typed = SecretBytes.taken('text', answer);
        if (typed.use((bytes) => isWordAt(phrase, position, bytes))) return true;
        throw new AppError('WALLET_NOT_CONFIRMED', `That is not word ${position} of the phrase.`, {
          position,
        });
      });
      if (!isKnown) break;
      if (done === positions.length) return;
    }
  }
}

/** Different positions from 1, in the order in which they stand. */
function somePositions(words: number, fill: CeremonyParts['fill']): readonly number[] {
  const positions = new Set<number>();
  const byte = new Uint8Array(1);
  while (positions.size < ASKED_WORDS) {
    fill(byte);
    // What is over the last whole multiple would make the first positions likelier.
    const drawn = byte[0] ?? 0;
    if (drawn < 256 - (256 % words)) positions.add((drawn % words) + 1);
  }
  return [...positions].sort((a, b) => a - b);
}
