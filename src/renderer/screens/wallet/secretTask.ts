import type { CeremonyTask } from '../../../shared/contract/ceremony.ts';

/**
 * What is done with a secret, and never on this page. Export exists on the terminal alone; a key is destroyed there where
 * there is no window that could ask.
 */
export type SecretTask =
  | CeremonyTask
  | { readonly kind: 'export'; readonly address: string }
  | { readonly kind: 'remove'; readonly address: string };

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
