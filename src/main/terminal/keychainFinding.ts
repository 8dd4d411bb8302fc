import { AppError } from '../../shared/contract/appError.ts';
import { storeName } from '../custody/keychain/storeName.ts';
import { startChildSigner } from '../custody/signer/childSigner.ts';
import { SignerClient } from '../custody/signer/signerClient.ts';
import { realSchedule } from '../platform/schedule.ts';
import type { Finding } from '../simulation/dataFolder.ts';
import type { KeyedWallet } from '../storage/keyedWallets.ts';

const ignore = (): void => undefined;

/**
 * Whether the keychain can be read, and has the keys of these wallets.
 * @param isTried whether an entry is put into it and taken out again as well
 */
export async function keychainFinding(wallets: readonly KeyedWallet[], isTried: boolean): Promise<Finding> {
  const start = () => startChildSigner(process.env);
  const signer = new SignerClient({
    start,
    schedule: realSchedule,
    changed: ignore,
    log: ignore,
    died: ignore,
  });
  try {
    if (isTried) await signer.ask('check', {});
    const { keys } = await signer.ask('look', { addresses: wallets.map(({ address }) => address) });
    const lost = wallets.filter(({ address }) => keys[address] === null);
    return { what: 'keychain', found: lost.length === 0 ? wellWords(wallets.length) : lostKeys(lost) };
  } catch (error) {
    if (error instanceof AppError) return { what: 'keychain', found: error };
    throw error;
  } finally {
    signer.close();
  }
}

function wellWords(keys: number): string {
  const store = `the ${storeName(process.platform)} works`;
  if (keys === 0) return store;
  return `${store}, and has ${keys === 1 ? 'the key of the wallet' : `the keys of all ${keys} wallets`}`;
}

function lostKeys(lost: readonly KeyedWallet[]): AppError {
  const each = lost.map(({ name, kind, owner }) => {
    const asDelegate = kind === 'delegate' ? ` --delegate-of ${owner}` : '';
    return `${name} (to import it again: npm run -s wallet -- import${asDelegate})`;
  });
  const message = `The ${storeName(process.platform)} has no key for ${each.join(', ')}.`;
  return new AppError('WALLET_MISSING', message);
}
