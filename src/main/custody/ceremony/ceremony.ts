import { ensureNever } from '../../../shared/never.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { AppError } from '../../../shared/contract/appError.ts';
import { changePassphrase } from './changePassphrase.ts';
import { createWallet } from './createWallet.ts';
import { exportKey } from './exportKey.ts';
import { importWallet } from './importWallet.ts';
import { openKey } from './openKey.ts';
import type { CeremonyParts } from './parts.ts';

/** Takes over an unlocked key. The secret stays the caller's. */
export type HoldKey = (header: KeyHeader, secret: SecretBytes<'key'>) => void;

/** What happens with a secret, from the first step to the last. Nothing is stored where it throws. */
export async function holdCeremony(parts: CeremonyParts, hold: HoldKey): Promise<CeremonyEnd> {
  const { task } = parts.order;
  switch (task.kind) {
    case 'create':
      await confirmOwner(parts, task.delegateOf);
      return await createWallet(parts);
    case 'import':
      await confirmOwner(parts, task.delegateOf);
      return await importWallet(parts);
    case 'passphrase':
      return changePassphrase(parts, task.address);
    case 'export':
      return exportKey(parts, task.address);
    case 'unlock': {
      const { secret, header } = await openKey(parts, task.address, 'unlock');
      using key = secret;
      hold(header, key);
      return { kind: 'unlocked', address: task.address };
    }
    default:
      return ensureNever(task);
  }
}

/**
 * Shows whose account the key will trade for, before there is one. What asks for a ceremony may be a page that something
 * has got into, and a key that is bound to a stranger's account would take the stranger's wallet for its own.
 * Throws WALLET_UNKNOWN for an owner that is none of the user's wallets.
 */
async function confirmOwner({ order, dialogue }: CeremonyParts, owner: string | undefined): Promise<void> {
  if (owner === undefined) return;
  const known = order.known.find(({ address }) => address === owner);
  if (known === undefined) {
    const message =
      'A delegate trades for one of your wallets, and this is none. Add its owner first, or watch it.';
    throw new AppError('WALLET_UNKNOWN', message, { address: owner });
  }
  await dialogue.ask('confirmOwner', { owner, name: known.name });
}
