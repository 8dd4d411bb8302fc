import type { WalletsView, WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { importOf, terminalLine, type SecretTask } from './secretTask.ts';

/** The one thing to do about the active wallet that needs a secret. */
export interface NextStep {
  readonly task: SecretTask;
  /** On the button that opens the window. */
  readonly button: string;
  /** Where there is no window: what to do on the terminal, and the line for it, if it takes one. */
  readonly atTerminal: string;
  readonly line: string | undefined;
}

/** Undefined where there is nothing to do, or where what to do is said elsewhere. */
export function nextStep({ lock, wallets }: Pick<WalletsView, 'lock' | 'wallets'>): NextStep | undefined {
  const active = wallets.find((wallet) => wallet.active);
  if (active === undefined) return undefined;
  if (lock === 'locked') return unlocking(active);
  if (lock === 'watchOnly') return delegating(active, wallets);
  // What can be done about a keychain stands with the reason.
  return lock === 'unavailable' && active.key === 'missing' ? importing(active) : undefined;
}

function unlocking({ address, key }: WalletView): NextStep {
  const task = { kind: 'unlock', address } as const;
  const button = 'Unlock…';
  if (key !== 'plain')
    return {
      task,
      button,
      atTerminal:
        'To unlock it, start the program with this line; it asks for the passphrase on the terminal.',
      line: terminalLine(task),
    };
  const atTerminal = 'It has no passphrase: the next start of the program unlocks it, without a question.';
  return { task, button, atTerminal, line: undefined };
}

/** The key of what is only watched is elsewhere for a reason, and stays there. */
function delegating({ address }: WalletView, wallets: readonly WalletView[]): NextStep | undefined {
  if (wallets.some(({ kind, owner }) => kind === 'delegate' && owner === address)) return undefined;
  const task = { kind: 'create', delegateOf: address } as const;
  return {
    task,
    button: 'Create a trading delegate…',
    atTerminal: 'To trade for it while its key stays where it is, create a trading delegate:',
    line: terminalLine(task),
  };
}

function importing(active: WalletView): NextStep {
  const task = importOf(active);
  const line = terminalLine(task);
  return { task, button: 'Import its key…', atTerminal: 'To import its key, on the terminal:', line };
}
