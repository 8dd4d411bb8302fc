import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import { AppError } from '../../../shared/contract/appError.ts';
import { Keypair } from '../keypair.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { askName, withNewPassphrase } from './askedSteps.ts';
import type { CeremonyParts } from './parts.ts';

/** Names a key, protects it, and stores it: how creating and importing end. */
export async function storeKey(
  parts: CeremonyParts,
  secret: SecretBytes<'key'>,
  path: string | null,
): Promise<CeremonyEnd> {
  const { dialogue, order, keys } = parts;
  const address = addressOf(secret);
  await refuseStored(parts, address);
  const { role, owner = address } = roleIn(parts);
  if (role === 'delegate' && owner === address) {
    const message = 'A wallet cannot be its own delegate. Use another key for the delegate.';
    throw new AppError('WALLET_EXISTS', message, { address });
  }
  // One that was only watched, or whose key was lost, keeps its name.
  const known = order.known.find((one) => one.address === address);
  const proposed = role === 'delegate' ? 'Trading delegate' : 'Wallet';
  const name = known?.name ?? (await askName(dialogue, order, proposed));
  // Another data folder has it: whoever knows the key may use it here too, as it is protected there.
  const there = await keys.look(address);
  if (there !== undefined) return stored(there, name);
  const header = await withNewPassphrase(dialogue, false, (passphrase) =>
    keys.store(secret, { role, owner, path }, passphrase),
  );
  return stored(header, name);
}

/** Throws WALLET_EXISTS where the program has a wallet of that address, and its key. */
export async function refuseStored({ order, keys }: CeremonyParts, address: string): Promise<void> {
  const known = order.known.find((one) => one.address === address);
  if (known === undefined || (await keys.look(address)) === undefined) return;
  throw new AppError('WALLET_EXISTS', `That wallet is here already: ${known.name}.`, { address });
}

function roleIn({ order: { task } }: CeremonyParts): Readonly<{
  role: 'owner' | 'delegate';
  owner: string | undefined;
}> {
  const owner = 'delegateOf' in task ? task.delegateOf : undefined;
  return { role: owner === undefined ? 'owner' : 'delegate', owner };
}

function addressOf(secret: SecretBytes<'key'>): string {
  using keypair = new Keypair(secret);
  return keypair.address;
}

const stored = (header: KeyHeader, name: string): CeremonyEnd => ({ kind: 'stored', ...header, name });
