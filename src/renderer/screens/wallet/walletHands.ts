import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import type { SecretTask } from './secretTask.ts';

/** What the buttons of this screen do, and what of it is under way. */
export interface WalletHands {
  /** Begins what needs a secret: in its own window, or by saying what to type on the terminal. */
  readonly begin: (task: SecretTask) => void;
  readonly lock: () => void;
  readonly activate: (wallet: WalletView) => void;
  /** Asks the program anew, after something was done about the keychain. */
  readonly lookAgain: () => void;
  readonly watch: () => void;
  readonly rename: (wallet: WalletView) => void;
  readonly remove: (wallet: WalletView) => void;
  readonly locking: boolean;
  readonly opening: boolean;
  readonly looking: boolean;
}
