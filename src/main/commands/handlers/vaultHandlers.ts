import { AppError } from '../../../shared/contract/appError.ts';
import type { VaultKeeper } from '../../simulation/vaultKeeper.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import { assetAmountFrom, refuseTooDeep } from '../../simulation/paperCapital.ts';
import { amountText, ledgerViewOf, vaultViewOf } from '../../simulation/vaultView.ts';
import type { Handlers } from '../handlers.ts';

export interface VaultHandlerParts {
  readonly desk: PaperDesk;
  readonly keeper: VaultKeeper;
}

type Names =
  | 'GET_ALL_VAULTS'
  | 'GET_ENGINE_VAULT'
  | 'GET_LEDGER'
  | 'GET_EQUITY_CURVE'
  | 'VAULT_SYNC'
  | 'VAULT_RESET'
  | 'DRIFT_DEPOSIT'
  | 'DRIFT_WITHDRAW';

export function vaultHandlers({ desk, keeper }: VaultHandlerParts): Pick<Handlers, Names> {
  return {
    GET_ALL_VAULTS: () => desk.between((open) => ({ vaults: [vaultViewOf(open)] })),
    GET_ENGINE_VAULT: () => desk.between(vaultViewOf),
    GET_LEDGER: ({ before, limit }) =>
      desk.between(({ storage }) => {
        const page = storage.ledgerPage(before, limit + 1);
        return {
          transactions: page.slice(0, limit).map(ledgerViewOf),
          balances: (before === undefined ? storage.balances() : []).map(({ account, asset, amount }) => ({
            account,
            asset,
            amount: amountText(asset, amount),
          })),
          more: page.length > limit,
        };
      }),
    GET_EQUITY_CURVE: ({ from, to, points }) =>
      desk.between(({ storage }) => ({ points: [...storage.equityCurve(from, to, points)] })),
    async VAULT_SYNC() {
      await desk.sync();
      return desk.between(vaultViewOf);
    },
    async VAULT_RESET({ capital, market, onlyIfFirstRun = false }) {
      const backup = await keeper.reset(capital, market, onlyIfFirstRun);
      return { vault: await desk.between(vaultViewOf), backup };
    },
    async DRIFT_DEPOSIT({ asset, amount, subAccount }) {
      refuseOther(subAccount);
      const moved = assetAmountFrom(asset, amount);
      await desk.transfer('deposit', moved, (open) => {
        refuseTooDeep(open, moved);
      });
      return { vault: await desk.between(vaultViewOf) };
    },
    async DRIFT_WITHDRAW({ asset, amount, subAccount }) {
      refuseOther(subAccount);
      await desk.transfer('withdraw', assetAmountFrom(asset, amount));
      return { vault: await desk.between(vaultViewOf) };
    },
  };
}

/** Throws NOT_SUPPORTED for a sub-account that paper doesn't have: money must not go elsewhere than was said. */
function refuseOther(subAccount = 0): void {
  if (subAccount === 0) return;
  throw new AppError('NOT_SUPPORTED', 'On paper there is sub-account 0 only. Nothing was moved.', {
    subAccount,
  });
}
