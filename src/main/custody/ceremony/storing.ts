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
  const { role, owner } = roleIn(parts, address);
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

/** What the key may do. One that has lost its key gets back what it was, whatever is asked for. Throws WALLET_EXISTS. */
function roleIn(
  { order: { task, known } }: CeremonyParts,
  address: string,
): Readonly<{ role: 'owner' | 'delegate'; owner: string }> {
  const asked = 'delegateOf' in task ? task.delegateOf : undefined;
  const before = known.find((one) => one.address === address);
  if (before?.kind === 'delegate' && (asked ?? before.owner) === before.owner)
    return { role: 'delegate', owner: before.owner };
  if (before !== undefined && before.kind !== 'watch' && asked !== undefined) {
    const message = `${before.name} is here as ${before.kind === 'owner' ? 'an owner' : 'a delegate of another wallet'}. Remove it first, if it shall be a delegate of this one.`;
    throw new AppError('WALLET_EXISTS', message, { address });
  }
  if (asked === address) {
    const message = 'A wallet cannot be its own delegate. Use another key for the delegate.';
    throw new AppError('WALLET_EXISTS', message, { address });
  }
  return asked === undefined ? { role: 'owner', owner: address } : { role: 'delegate', owner: asked };
}

function addressOf(secret: SecretBytes<'key'>): string {
  using keypair = new Keypair(secret);
  return keypair.address;
}

const stored = (header: KeyHeader, name: string): CeremonyEnd => ({ kind: 'stored', ...header, name });
