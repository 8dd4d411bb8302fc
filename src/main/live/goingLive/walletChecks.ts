import { formatBase } from '../../../shared/money/decimal.ts';
import { checkOf, failed, ok, type CheckResult } from './check.ts';
import type { KeychainFacts, LiveFacts, WalletFacts } from './facts.ts';

export const keychainCheck = ({ keychain }: LiveFacts): CheckResult =>
  checkOf(keychain, 'The keychain', judgeKeychain, 'KEYCHAIN_UNAVAILABLE');

/** Something that can sign, and whose it is. */
export const walletCheck = ({ wallet }: LiveFacts): CheckResult =>
  checkOf(wallet, 'The wallet', judgeWallet, 'SIGNER_UNAVAILABLE');

export const gasCheck = ({ walletSol, settings: { gasReserve } }: LiveFacts): CheckResult =>
  checkOf(walletSol, "The wallet's SOL", (held) => {
    const [has, needs] = [formatBase(held), formatBase(gasReserve)];
    return held >= gasReserve
      ? ok(`The wallet has ${has} SOL for transaction fees; ${needs} are needed.`)
      : failed(
          'INSUFFICIENT_GAS',
          `The wallet has ${has} SOL for transaction fees; ${needs} are needed.`,
          'Send SOL to the wallet.',
        );
  });

function judgeKeychain({ store, trouble }: KeychainFacts): CheckResult {
  return trouble === null
    ? ok(`The keychain works: ${store}.`)
    : failed(
        'KEYCHAIN_UNAVAILABLE',
        `The keychain can't be used. ${trouble}`,
        'Unlock or set up the keychain of your system.',
      );
}

function judgeWallet(active: WalletFacts | null): CheckResult {
  if (active === null)
    return failed(
      'WALLET_MISSING',
      'There is no wallet.',
      'Create or import one on the Wallet screen, or only watch an address.',
    );
  const { name, kind, lock } = active;
  if (kind === 'watch')
    return failed(
      'WALLET_WATCH_ONLY',
      `${name} is only watched: nothing can be signed for it.`,
      'Select a wallet that has its key here, or go on with monitoring only.',
    );
  if (lock === 'locked')
    return failed('WALLET_LOCKED', `${name} is locked.`, 'Unlock it on the Wallet screen.');
  if (lock === 'unavailable')
    return failed(
      'SIGNER_UNAVAILABLE',
      `The key of ${name} can't be used right now.`,
      'Look at the Wallet screen, which says why.',
    );
  return ok(
    kind === 'delegate'
      ? `${name} is unlocked. It trades for its owner's account, and can't withdraw.`
      : `${name} is unlocked, and owns the account that it trades.`,
  );
}
