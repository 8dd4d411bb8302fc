import type { WalletDesk } from '../../custody/walletDesk.ts';
import type { Handlers } from '../handlers.ts';

type Names =
  | 'GET_WALLETS'
  | 'OPEN_WALLET_WINDOW'
  | 'WATCH_ADDRESS'
  | 'RENAME_WALLET'
  | 'SELECT_WALLET'
  | 'REMOVE_WALLET'
  | 'LOCK_WALLET';

export function walletHandlers(wallets: WalletDesk): Pick<Handlers, Names> {
  return {
    GET_WALLETS: () => wallets.view(),
    async OPEN_WALLET_WINDOW({ task }) {
      await wallets.openWindow(task);
      return {};
    },
    WATCH_ADDRESS: ({ address, name }) => wallets.watch(address, name),
    RENAME_WALLET: ({ address, name }) => wallets.rename(address, name),
    SELECT_WALLET: ({ address }) => wallets.select(address),
    REMOVE_WALLET: ({ address, confirm }) => wallets.removeForPage(address, confirm),
    LOCK_WALLET: () => wallets.lock(),
  };
}
