import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Posting } from '../../../src/main/domain/ledger.ts';
import { LedgerRepository } from '../../../src/main/storage/ledgerRepository.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { NOW, opened, refusal } from './fixtures/scratch.ts';
import { VAULT } from './fixtures/steps.ts';

const MOST = 2n ** 63n - 1n;

const account = fc.constantFrom('cash', 'spot', 'wallet', 'quote:SOL-PERP', 'market', 'fees', 'funding');
const asset = fc.constantFrom('USDC', 'SOL', 'SOL-PERP');
const move = fc.record({
  into: account,
  from: account,
  asset,
  amount: fc.oneof(fc.bigInt({ min: -MOST, max: MOST }), fc.bigInt({ min: -1_000n, max: 1_000n })),
});
/** Postings that add up to zero for every asset, in any order. */
const balanced: fc.Arbitrary<readonly Posting[]> = fc.array(move, { maxLength: 4 }).chain((moves) =>
  fc.shuffledSubarray(
    moves.flatMap(({ into, from, asset, amount }) => [
      { account: into, asset, amount },
      { account: from, asset, amount: -amount },
    ]),
    { minLength: moves.length * 2 },
  ),
);

function sums(transactions: readonly (readonly Posting[])[]): Readonly<Record<string, bigint>> {
  const totals: Record<string, bigint> = {};
  for (const { account, asset, amount } of transactions.flat()) {
    totals[`${account} ${asset}`] = (totals[`${account} ${asset}`] ?? 0n) + amount;
  }
  return totals;
}

/** One database for all runs of a property, and a vault of its own for each. */
function vaults() {
  const db = opened();
  const names = new VaultRepository(db);
  const ledger = new LedgerRepository(db);
  let subAccount = 0;
  return () => {
    const vaultId = names.findOrCreate({ ...VAULT, subAccount: (subAccount += 1) }, NOW);
    const store = new SqliteVaultStore(db, vaultId);
    let seq = 0;
    return {
      write: (postings: readonly Posting[]): void => {
        store.ledger({ seq: (seq += 1), t: seq * 10, kind: 'FILL', postings });
        store.commit({ step: seq, t: seq * 10, state: '{}' });
      },
      balances: () =>
        Object.fromEntries(
          ledger.balances(vaultId).map(({ account, asset, amount }) => [`${account} ${asset}`, amount]),
        ),
      page: (before: number | undefined, limit: number) => ledger.page(vaultId, before, limit),
    };
  };
}

describe('the ledger', () => {
  it('has for every account the sum of its entries, whatever was written', () => {
    const vault = vaults();
    fc.assert(
      fc.property(fc.array(balanced, { maxLength: 12 }), (transactions) => {
        const { write, balances } = vault();

        for (const postings of transactions) write(postings);

        expect(balances()).toEqual(sums(transactions));
      }),
      { numRuns: 150 },
    );
  });

  it('adds up to zero over all accounts, for every asset', () => {
    const vault = vaults();
    fc.assert(
      fc.property(fc.array(balanced, { maxLength: 12 }), (transactions) => {
        const { write, balances } = vault();

        for (const postings of transactions) write(postings);

        const perAsset: Record<string, bigint> = {};
        for (const [name, amount] of Object.entries(balances())) {
          const [, asset = ''] = name.split(' ');
          perAsset[asset] = (perAsset[asset] ?? 0n) + amount;
        }
        expect(Object.values(perAsset).every((sum) => sum === 0n)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a transaction that does not add up to zero for every asset, and stays as it was', () => {
    const vault = vaults();
    const off = fc.bigInt({ min: -1_000n, max: 1_000n }).filter((amount) => amount !== 0n);
    fc.assert(
      fc.property(balanced, balanced, asset, off, (kept, postings, asset, amount) => {
        const { write, balances } = vault();
        write(kept);

        const refused = refusal(() => {
          write([...postings, { account: 'cash', asset, amount }]);
        });

        expect(refused).toMatchObject({ code: 'INTERNAL', details: { asset, sum: String(amount) } });
        expect(balances()).toEqual(sums([kept]));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses to let one asset pay for another', () => {
    const { write } = vaults()();

    const refused = refusal(() => {
      write([
        { account: 'cash', asset: 'USDC', amount: -5n },
        { account: 'spot', asset: 'SOL', amount: 5n },
      ]);
    });

    expect(refused.code).toBe('INTERNAL');
  });

  it.each([MOST + 1n, -MOST - 2n])('refuses an amount that 64 bits do not hold: %s', (amount) => {
    const { write, balances } = vaults()();

    const refused = refusal(() => {
      write([
        { account: 'cash', asset: 'USDC', amount },
        { account: 'market', asset: 'USDC', amount: -amount },
      ]);
    });

    expect(refused).toMatchObject({ code: 'INTERNAL', details: { amount: String(amount) } });
    expect(balances()).toEqual({});
  });

  it('gives its transactions page by page, newest first, with their postings as they were written', () => {
    const { write, page } = vaults()();
    const written = [1n, 2n, 3n, 4n, 5n].map((amount) => [
      { account: 'spot', asset: 'SOL', amount },
      { account: 'market', asset: 'SOL', amount: -amount },
    ]);
    for (const postings of written) write(postings);

    expect(page(undefined, 2)).toEqual([
      { seq: 5, t: 50, kind: 'FILL', postings: written[4] },
      { seq: 4, t: 40, kind: 'FILL', postings: written[3] },
    ]);
    expect(page(4, 2).map(({ seq }) => seq)).toEqual([3, 2]);
    expect(page(2, 2).map(({ seq }) => seq)).toEqual([1]);
    expect(page(1, 2)).toEqual([]);
  });
});
