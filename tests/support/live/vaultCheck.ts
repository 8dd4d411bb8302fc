import { expect } from 'vitest';

import { perpOf } from '../../../src/main/domain/account.ts';
import { equityWithWallet, revalue, totalPnl } from '../../../src/main/domain/books.ts';
import { lineOf, type LogEntry } from '../../../src/main/engine/eventLog.ts';
import { EventRepository } from '../../../src/main/storage/eventRepository.ts';
import { LedgerRepository } from '../../../src/main/storage/ledgerRepository.ts';
import { decimal, recompute, written } from '../recompute.ts';
import type { OpenFolder } from '../../../src/main/storage/openFolder.ts';
import type { LiveRig } from '../liveRig.ts';
import type { SdkAccount, SdkHoldings } from './sdkAccount.ts';

const PERP = 'SOL-PERP';
/** Values have 18 decimals, and those of the recomputation 36. */
const MORE_DECIMALS = 10n ** 18n;

/** A process, its folder, and what the chain says of its account. */
export interface CheckedVault {
  readonly rig: LiveRig;
  readonly folder: OpenFolder;
  readonly sdk: SdkAccount;
}

/**
 * Holds the vault to the chain, to the last unit: the books to what the SDK reads, the ledger to the books, the change of
 * equity to its parts, and the event log to a recomputation that shares no code with the program.
 */
export async function expectVaultIsChain(vault: CheckedVault): Promise<void> {
  const { run } = vault.rig;
  expect(run.reconciliation).toMatchObject({ kind: 'agrees' });
  const chain = await vault.sdk.holdings();
  expect(inBooks(vault)).toEqual(chain);
  expect(inLedger(vault)).toEqual(chain);
  expectEquityIsItsParts(vault);
  expectLogTellsItAll(vault);
}

function inBooks({ rig }: CheckedVault): SdkHoldings {
  const { account, wallet } = rig.run.vault.books;
  const held = perpOf(account, PERP);
  return {
    cash: account.cash,
    spot: account.spot,
    size: held?.size ?? 0n,
    quote: held?.quote ?? 0n,
    lamports: wallet,
  };
}

function inLedger({ folder, rig }: CheckedVault): SdkHoldings {
  const balances = new LedgerRepository(folder.db).balances(rig.storage.vaultId);
  const of = (account: string): bigint => balances.find((one) => one.account === account)?.amount ?? 0n;
  return {
    cash: of('cash'),
    spot: of('spot'),
    size: of(`perp:${PERP}`),
    quote: of(`quote:${PERP}`),
    lamports: of('wallet'),
  };
}

function expectEquityIsItsParts({ rig }: CheckedVault): void {
  const { oracles } = rig.run.venue.snapshot();
  const books = revalue(rig.run.vault.books, oracles);
  const { equity } = rig.lines[0]?.data ?? {};
  if (typeof equity !== 'string') throw new Error('the log does not begin with what there was');
  expect(equityWithWallet(books, oracles) - decimal(equity) / MORE_DECIMALS).toBe(
    totalPnl(books.parts) + books.transfers + books.adjustments,
  );
}

/** From the lines as they lie in the database. */
function expectLogTellsItAll({ folder, rig }: CheckedVault): void {
  const { run, storage, lines } = rig;
  const kept = [...new EventRepository(folder.db).lines(storage.vaultId)];
  expect(kept).toEqual(lines.map((line: LogEntry) => lineOf(line)));
  const { t, oracles } = run.venue.snapshot();
  const closing = run.vault.closing(Math.max(t, lines.at(-1)?.t ?? 0), oracles);
  const told = recompute(`${[...kept, lineOf(closing)].join('\n')}\n`, 'a network');
  expect(told.problems).toEqual([]);
  const books = revalue(run.vault.books, oracles);
  const { funding, price, fees, slippage, interest } = books.parts;
  expect(told.pnl).toMatchObject({
    funding: written(funding * MORE_DECIMALS),
    price: written(price * MORE_DECIMALS),
    fees: written(fees * MORE_DECIMALS),
    slippage: written(slippage * MORE_DECIMALS),
    interest: written(interest * MORE_DECIMALS),
  });
}
