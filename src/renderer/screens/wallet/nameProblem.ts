import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';

/** Longest name of a wallet, in characters. */
const LONGEST = 40;

/** What is wrong with a name before the program is asked, in words; null where nothing is. @param others without itself */
export function nameProblem(text: string, others: readonly WalletView[]): string | null {
  const name = text.trim();
  if (name === '') return 'Give it a name.';
  if (name.length > LONGEST) return `Use at most ${LONGEST} characters; this has ${name.length}.`;
  if (/\p{C}/u.test(name)) return 'Use letters, digits, spaces and signs, and nothing that cannot be seen.';
  return others.some((other) => other.name.toLowerCase() === name.toLowerCase())
    ? 'Another wallet has that name already.'
    : null;
}
