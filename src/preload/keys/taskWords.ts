import type { CeremonyEnd, CeremonyTask } from '../../shared/contract/ceremony.ts';
import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import { ensureNever } from '../../shared/never.ts';

/** How the window says what is being done. */
interface TaskWords {
  /** In the window's head. */
  readonly doing: string;
  /** The title where it failed. */
  readonly failed: string;
  /** What leaving now means; undefined where nothing would be lost. */
  readonly leaving: string | undefined;
}

const NOTHING_STORED = 'Nothing has been stored. What you entered or wrote down here is of no use then.';

export function taskWords(task: CeremonyTask): TaskWords {
  switch (task.kind) {
    case 'create':
      return {
        doing: task.delegateOf === undefined ? 'New wallet' : 'New trading delegate',
        failed: 'No wallet was created',
        leaving: NOTHING_STORED,
      };
    case 'import':
      return {
        doing: task.delegateOf === undefined ? 'Import a wallet' : 'Import a trading delegate',
        failed: 'No wallet was imported',
        leaving: 'Nothing has been stored. The wallet stays where you have it.',
      };
    case 'unlock':
      return { doing: 'Unlock', failed: 'The wallet stays locked', leaving: undefined };
    case 'passphrase':
      return {
        doing: 'Passphrase',
        failed: 'The passphrase was not changed',
        leaving: 'The wallet stays protected as it is.',
      };
    default:
      return ensureNever(task);
  }
}

/** The title of a ceremony that ended early. */
export const failedTitle = (task: CeremonyTask, code: ErrorCode): string =>
  code === 'CANCELLED' ? 'Cancelled' : taskWords(task).failed;

export interface EndWords {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** What was done. */
export function endWords(end: CeremonyEnd): EndWords {
  switch (end.kind) {
    case 'stored': {
      const lock = end.hasPassphrase
        ? 'Its key is in the keychain, behind your passphrase.'
        : 'Its key is in the keychain, without a passphrase.';
      const role =
        end.role === 'delegate' ? ['It may trade for the account of its owner, and can’t withdraw.'] : [];
      return { title: `${end.name} is ready`, sentences: [lock, ...role] };
    }
    case 'unlocked':
      return {
        title: 'The wallet is unlocked',
        sentences: ['It locks itself when it is not used, and when the computer sleeps.'],
      };
    case 'passphrase':
      return end.hasPassphrase
        ? { title: 'The passphrase is set', sentences: ['From now on the wallet opens with it only.'] }
        : {
            title: 'The passphrase is gone',
            sentences: ['From now on the keychain alone protects the key.'],
          };
    case 'exported':
      return { title: 'The key was shown', sentences: [] };
    default:
      return ensureNever(end);
  }
}
