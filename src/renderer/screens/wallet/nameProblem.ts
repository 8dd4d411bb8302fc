import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { walletNameProblem } from '../../../shared/contract/walletName.ts';

/** What is wrong with a name before the program is asked, in words; null where nothing is. @param others without itself */
export const nameProblem = (text: string, others: readonly WalletView[]): string | null =>
  walletNameProblem(
    text.trim(),
    others.map(({ name }) => name),
  ) ?? null;
