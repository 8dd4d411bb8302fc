import { AppError } from '../../../shared/contract/appError.ts';
import { freeWalletName, walletNameProblem } from '../../../shared/contract/walletName.ts';
import { SHORTEST_PASSPHRASE } from '../keys/keys.ts';
import { SecretBytes } from '../secretBytes.ts';
import type { Dialogue } from './dialogue.ts';
import type { CeremonyOrder } from './order.ts';
import type { CeremonyParts } from './parts.ts';
import { problemOf, untilTaken } from './untilTaken.ts';

/** A phrase was written down before: it is not to be for nothing because of a slip at a name or a passphrase. */
const UNLIMITED = { patience: Number.POSITIVE_INFINITY } as const;

/** What the wallet shall be called. */
export function askName(dialogue: Dialogue, order: CeremonyOrder, proposed: string): Promise<string> {
  const taken = order.known.map(({ name }) => name);
  const suggested = freeWalletName(proposed, taken);
  let { name: given } = order.given;
  return untilTaken(UNLIMITED, ['WALLET_INVALID_NAME'], async (refused) => {
    const name = given ?? (await dialogue.ask('name', { suggested, ...problemOf(refused) })).trim();
    given = undefined;
    const problem = walletNameProblem(name, taken);
    if (problem !== undefined) throw new AppError('WALLET_INVALID_NAME', problem);
    return name;
  });
}

/**
 * Does something with the passphrase that shall protect the key from now on, undefined for none, until it is taken.
 * @param had whether the key has one
 */
export function withNewPassphrase<Done>(
  dialogue: Dialogue,
  had: boolean,
  act: (passphrase: SecretBytes<'text'> | undefined) => Promise<Done>,
): Promise<Done> {
  return untilTaken(UNLIMITED, ['WALLET_INVALID_PASSPHRASE'], async (refused) => {
    const step = { shortest: SHORTEST_PASSPHRASE, had, ...problemOf(refused) };
    const answer = await dialogue.ask('newPassphrase', step);
    if (answer === null) return await act(undefined);
    using passphrase = SecretBytes.taken('text', answer.passphrase);
    using repeated = SecretBytes.taken('text', answer.repeated);
    if (!passphrase.equals(repeated)) {
      const message = 'The two passphrases are not the same. Type the same one twice.';
      throw new AppError('WALLET_INVALID_PASSPHRASE', message, { reason: 'repeated' });
    }
    return await act(passphrase);
  });
}

/** Does something with the passphrase that the user types, until it is the right one. */
export function withPassphrase<Done>(
  { dialogue, order }: CeremonyParts,
  address: string,
  purpose: 'unlock' | 'change' | 'export',
  act: (passphrase: SecretBytes<'text'>) => Promise<Done>,
): Promise<Done> {
  return untilTaken(dialogue, ['WALLET_WRONG_PASSPHRASE', 'WALLET_TRY_LATER'], async (refused) => {
    const waitMs = refused?.details['waitMs'];
    const known = order.known.find((one) => one.address === address);
    const step = {
      address,
      ...(known === undefined ? {} : { name: known.name }),
      purpose,
      ...problemOf(refused),
      ...(typeof waitMs === 'number' && waitMs > 0 ? { waitMs } : {}),
    };
    using passphrase = SecretBytes.taken('text', await dialogue.ask('passphrase', step));
    return await act(passphrase);
  });
}
