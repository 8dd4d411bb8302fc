import { ensureNever } from '../../../shared/never.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { SecretBytes } from '../secretBytes.ts';
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
      return createWallet(parts);
    case 'import':
      return importWallet(parts);
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
