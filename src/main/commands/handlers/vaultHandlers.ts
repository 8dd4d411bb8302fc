import { AppError } from '../../../shared/contract/appError.ts';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import type { VaultName } from '../../../shared/contract/engineName.ts';
import type { AssetAmount } from '../../domain/accountEvent.ts';
import type { VaultRecords } from '../../engine/vaultRecords.ts';
import type { LiveDesk } from '../../live/liveDesk.ts';
import { liveVaultViewOf } from '../../live/views/liveVaultView.ts';
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
  readonly live: LiveDesk;
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

export function vaultHandlers({ desk, live, keeper }: VaultHandlerParts): Pick<Handlers, Names> {
  const isLive = (): boolean => live.session !== undefined;
  return {
    GET_ALL_VAULTS: () =>
      isLive()
        ? { vaults: live.run === undefined ? [] : [liveVaultViewOf(live)] }
        : desk.between((open) => ({
            vaults: [
              vaultViewOf(open),
              ...(open.manual === undefined ? [] : [manualVaultViewOf(open, open.manual)]),
            ],
          })),
    GET_ENGINE_VAULT: ({ engine }) =>
      isLive() ? liveVaultViewOf(ofEngine(live, engine)) : desk.between((open) => viewOf(open, engine)),
    GET_LEDGER: ({ engine, before, limit }) =>
      between(desk, live, engine, (storage) => {
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
      between(desk, live, 'funding', (storage) => ({ points: [...storage.equityCurve(from, to, points)] })),
    async VAULT_SYNC({ engine }) {
      if (isLive()) {
        await live.sync();
        return liveVaultViewOf(ofEngine(live, engine));
      }
      if (engine === 'manual') await desk.byHand(({ lane }) => lane.followUp());
      else await desk.sync();
      return desk.between((open) => viewOf(open, engine));
    },
    async VAULT_RESET({ capital, market, onlyIfFirstRun = false }) {
      if (isLive())
        throw new AppError('NOT_SUPPORTED', 'A live vault is what the venue holds, and is never reset.');
      const backup = await keeper.reset(capital, market, onlyIfFirstRun);
      return { vault: await desk.between(vaultViewOf), backup };
    },
    async DRIFT_DEPOSIT({ asset, amount, subAccount = live.session?.place.subAccount ?? 0 }) {
      const moved = assetAmountFrom(asset, amount);
      if (isLive()) {
        await moveLive(live, 'deposit', moved, subAccount);
        return { vault: liveVaultViewOf(live) };
      }
      refuseOther(subAccount);
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
    async DRIFT_WITHDRAW({ asset, amount, subAccount = live.session?.place.subAccount ?? 0 }) {
      const moved = assetAmountFrom(asset, amount);
      if (isLive()) {
        await moveLive(live, 'withdraw', moved, subAccount);
        return { vault: liveVaultViewOf(live) };
      }
      refuseOther(subAccount);
      if (subAccount === MANUAL_SUB_ACCOUNT) {
        await desk.byHand((manual) => new ManualCapital(manual.desk).withdraw(moved));
        return { vault: await desk.between((open) => viewOf(open, 'manual')) };
      }
      await desk.transfer('withdraw', moved);
      return { vault: await desk.between(vaultViewOf) };
    },
  };
}

/** Of a live session there is the engine's vault. */
function ofEngine(live: LiveDesk, vault: VaultName): LiveDesk {
  if (vault === 'funding') return live;
  throw new AppError('NOT_SUPPORTED', 'Live, nothing is traded by hand in this version.');
}

/** What is kept of the vault that is shown: on paper between two steps, live as it is on disk. */
function between<T>(
  desk: PaperDesk,
  live: LiveDesk,
  vault: VaultName,
  read: (storage: VaultRecords) => T,
): T | Promise<T> {
  const { session } = live;
  if (session === undefined) return desk.between((open) => read(storageOf(open, vault)));
  ofEngine(live, vault);
  return read(session.storage);
}

async function moveLive(
  live: LiveDesk,
  action: 'deposit' | 'withdraw',
  moved: AssetAmount,
  subAccount: number,
): Promise<void> {
  const own = live.session?.place.subAccount;
  if (subAccount !== own)
    throw new AppError(
      'NOT_SUPPORTED',
      `Capital goes into the engine's sub-account, ${own}. Nothing was moved.`,
      {
        subAccount,
      },
    );
  await live.transfer(action, moved);
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
