import { AppError } from '../../../shared/contract/appError.ts';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import type { VaultName } from '../../../shared/contract/engineName.ts';
import { ManualCapital } from '../../simulation/manual/manualCapital.ts';
import { MANUAL_SUB_ACCOUNT } from '../../simulation/manual/manualLane.ts';
import { storageOf, type OpenRun } from '../../simulation/openRun.ts';
import type { VaultKeeper } from '../../simulation/vaultKeeper.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import { assetAmountFrom, refuseTooDeep } from '../../simulation/paperCapital.ts';
import { amountText, ledgerViewOf } from '../../engine/ledgerView.ts';
import { manualVaultViewOf, vaultViewOf } from '../../simulation/vaultView.ts';
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
    GET_ALL_VAULTS: () =>
      desk.between((open) => ({
        vaults: [
          vaultViewOf(open),
          ...(open.manual === undefined ? [] : [manualVaultViewOf(open, open.manual)]),
        ],
      })),
    GET_ENGINE_VAULT: ({ engine }) => desk.between((open) => viewOf(open, engine)),
    GET_LEDGER: ({ engine, before, limit }) =>
      desk.between((open) => {
        const storage = storageOf(open, engine);
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
    async VAULT_SYNC({ engine }) {
      if (engine === 'manual') await desk.byHand(({ lane }) => lane.followUp());
      else await desk.sync();
      return desk.between((open) => viewOf(open, engine));
    },
    async VAULT_RESET({ capital, market, onlyIfFirstRun = false }) {
      const backup = await keeper.reset(capital, market, onlyIfFirstRun);
      return { vault: await desk.between(vaultViewOf), backup };
    },
    async DRIFT_DEPOSIT({ asset, amount, subAccount = 0 }) {
      refuseOther(subAccount);
      const moved = assetAmountFrom(asset, amount);
      if (subAccount === MANUAL_SUB_ACCOUNT) {
        await desk.byHand(({ lane, desk: orders }) => {
          refuseTooDeep({ vault: lane.vault, oracles: lane.venue.snapshot().oracles }, moved);
          return new ManualCapital(orders).deposit(moved);
        });
        return { vault: await desk.between((open) => viewOf(open, 'manual')) };
      }
      await desk.transfer('deposit', moved, ({ run }) => {
        const { main, feed } = run.parts;
        refuseTooDeep({ vault: main.vault, oracles: feed.oracles() }, moved);
      });
      return { vault: await desk.between(vaultViewOf) };
    },
    async DRIFT_WITHDRAW({ asset, amount, subAccount = 0 }) {
      refuseOther(subAccount);
      const moved = assetAmountFrom(asset, amount);
      if (subAccount === MANUAL_SUB_ACCOUNT) {
        await desk.byHand((manual) => new ManualCapital(manual.desk).withdraw(moved));
        return { vault: await desk.between((open) => viewOf(open, 'manual')) };
      }
      await desk.transfer('withdraw', moved);
      return { vault: await desk.between(vaultViewOf) };
    },
  };
}

function viewOf(open: OpenRun, vault: VaultName): VaultView {
  if (vault === 'funding') return vaultViewOf(open);
  if (open.manual !== undefined) return manualVaultViewOf(open, open.manual);
  throw new AppError('NOT_SUPPORTED', 'Nothing is traded by hand here.');
}

/** Throws NOT_SUPPORTED for a sub-account that paper doesn't have: money must not go elsewhere than was said. */
function refuseOther(subAccount: number): void {
  if (subAccount === 0 || subAccount === MANUAL_SUB_ACCOUNT) return;
  const message =
    'On paper there are sub-account 0, the engine’s, and 1, which is traded by hand. Nothing was moved.';
  throw new AppError('NOT_SUPPORTED', message, {
    subAccount,
  });
}
