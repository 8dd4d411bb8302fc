import { useMemo } from 'react';
import type { CeremonyTask } from '../../../shared/contract/ceremony.ts';
import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import type { ApiClient } from '../../api/apiClient.ts';
import { useApi } from '../../api/apiContext.ts';
import { forgetRead } from '../../api/queries.ts';
import { act } from '../../shell/acts.ts';
import { sayDone } from '../../shell/notices.ts';
import { keepWallets } from './useWallets.ts';

/** What a press of a button does to wallets. Each says by itself what came of it. */
export interface WalletActs {
  /** Locks the active wallet. */
  readonly lock: () => void;
  readonly activate: (wallet: WalletView) => void;
  /** Opens the window in which secrets are entered and shown. */
  readonly openWindow: (task: CeremonyTask) => void;
  /** Asks the program anew, after something was done about the keychain. */
  readonly lookAgain: () => void;
}

export const LOCKING = 'wallet lock';
export const OPENING = 'wallet window';
export const LOOKING = 'wallets look';
export const activating = (address: string): string => `wallet activate ${address}`;

const walletActs = (api: ApiClient): WalletActs => ({
  lock: () =>
    void act(LOCKING, 'The wallet was not locked', async () => {
      keepWallets(await api.send('LOCK_WALLET', {}));
      sayDone('The wallet is locked. Nothing is signed until it is unlocked.');
    }),
  activate: ({ address, name }) =>
    void act(activating(address), `${name} was not made active`, async () => {
      keepWallets(await api.send('SELECT_WALLET', { address }));
      sayDone(`${name} is the active wallet now.`);
    }),
  openWindow: (task) =>
    void act(OPENING, 'The wallet window did not open', async () => {
      await api.send('OPEN_WALLET_WINDOW', { task });
    }),
  // What fails then is said on the screen, where the wallets would stand.
  lookAgain: () => void act(LOOKING, 'The wallets could not be read', () => forgetRead('GET_WALLETS')),
});

export function useWalletActs(): WalletActs {
  const api = useApi();
  return useMemo(() => walletActs(api), [api]);
}
