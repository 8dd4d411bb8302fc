import type { CeremonyTask } from '../../../shared/contract/ceremony.ts';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';

/**
 * What is done with a secret, and never on this page. Export exists on the terminal alone; a key is destroyed there where
 * there is no window that could ask.
 */
export type SecretTask =
  | CeremonyTask
  | { readonly kind: 'export'; readonly address: string }
  | { readonly kind: 'remove'; readonly address: string };

/** Brings a wallet's key. A delegate's comes back as a delegate's: the signer lets an owner's do more. */
export const importOf = ({ kind, owner }: WalletView): SecretTask =>
  kind === 'delegate' ? { kind: 'import', delegateOf: owner } : { kind: 'import' };

/** The line that does it on the terminal. */
export function terminalLine(task: SecretTask): string {
  switch (task.kind) {
    case 'create':
    case 'import':
      return `npm run -s wallet -- ${task.kind}${task.delegateOf === undefined ? '' : ` --delegate-of ${task.delegateOf}`}`;
    case 'unlock':
      return 'npm run -s serve -- --unlock';
    case 'passphrase':
    case 'export':
    case 'remove':
      return `npm run -s wallet -- ${task.kind} ${task.address}`;
  }
}
