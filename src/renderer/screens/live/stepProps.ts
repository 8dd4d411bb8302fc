import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import type { GoLiveDraft } from './goLiveSteps.ts';

/** What every step is given. */
export interface StepProps {
  readonly draft: GoLiveDraft;
  /** Whose account it is about; null while it isn't known. */
  readonly owner: string | null;
  /** Undefined while they are read. */
  readonly wallets: WalletsView | undefined;
  readonly walletsError: Error | null;
  readonly change: (change: Partial<GoLiveDraft>) => void;
  readonly next: () => void;
  readonly back: () => void;
}
