import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterEvent, type Holdings } from '../../../src/main/domain/accountChange.ts';
import type { AccountEvent } from '../../../src/main/domain/accountEvent.ts';
import { equityWithWallet, openBooks, record, totalPnl } from '../../../src/main/domain/books.ts';
import { lineOf, type LogEntry } from '../../../src/main/engine/eventLog.ts';
import { Vault } from '../../../src/main/engine/vault.ts';
import { accept } from '../../../src/main/live/reconciliation/acceptance.ts';
import {
  differenceWords,
  type Difference,
  type ReconciledOrder,
} from '../../../src/main/live/reconciliation/difference.ts';
import {
  reconcile,
  type OnChain,
  type Reconciliation,
  type Recorded,
} from '../../../src/main/live/reconciliation/reconcile.ts';
import { parseBase, parsePrice, parseUsd } from '../../../src/shared/money/decimal.ts';
import { base, usd } from '../../../src/shared/money/quantity.ts';
import { holdingsOf, oraclesOf, type AccountText } from '../../support/accounts.ts';
import {
  PERPS,
  anyEvent,
  anyHoldings,
  anyOracles,
  anyPositiveBase,
  anySide,
} from '../../support/arbitraries.ts';
import { MemoryStore } from '../../support/engineRig.ts';
import { recompute } from '../../support/recompute.ts';
import { refusal } from '../storage/fixtures/scratch.ts';

const NOW = Date.UTC(2026, 0, 1);
const ORACLES = oraclesOf({ SOL: '150', BTC: '60000', ETH: '2500' });
const HELD: AccountText = { cash: '1000', spot: '10', perps: [{ size: '-10', quote: '1500' }] };
const HELD_AND_WALLET = holdingsOf(HELD, '0.5');

const ORDER: ReconciledOrder = {
  id: 't7-1',
  market: 'SOL-PERP',
  side: 'sell',
  size: parseBase('2'),
  limitPrice: parsePrice('155'),
};

const booksOf = (holdings: Holdings, ...orders: readonly ReconciledOrder[]): Recorded => ({
  ...holdings,
  orders,
});
const chainOf = (holdings: Holdings, more: Partial<OnChain> = {}): OnChain => ({
  ...holdings,
  orders: [],
  foreignMarkets: [],
  foreignAssets: [],
  ...more,
});

/** What a chain differs by from the books above. */
function differencesOf(
  chain: Partial<OnChain>,
  ...orders: readonly ReconciledOrder[]
): readonly Difference[] {
  const found = reconcile(booksOf(HELD_AND_WALLET, ...orders), chainOf(HELD_AND_WALLET, chain));
  return found.kind === 'agrees' ? [] : found.differences;
}
const wordsOf = (...given: Parameters<typeof differencesOf>): readonly string[] =>
  differencesOf(...given).map(differenceWords);

function differing(found: Reconciliation) {
  if (found.kind !== 'differs') throw new Error('nothing differs');
  return found;
}

const withAccount = (account: AccountText): Partial<OnChain> => holdingsOf({ ...HELD, ...account }, '0.5');

describe('the books against the chain', () => {
  it('agree where the events in between explain everything, whatever they were', () => {
    fc.assert(
      fc.property(anyHoldings, fc.array(anyEvent, { maxLength: 20 }), (start, events) => {
        const after = events.reduce(afterEvent, start);
        const found = reconcile(booksOf(start), chainOf(after), events);
        expect(found).toEqual({ kind: 'agrees', holdings: after });
      }),
    );
  });

  it('agree on a closed position that owes nothing and that one of them has forgotten', () => {
    expect(
      differencesOf(holdingsOf({ ...HELD, perps: [...(HELD.perps ?? []), { market: 'BTC-PERP' }] }, '0.5')),
    ).toEqual([]);
  });

  it('say each difference with both numbers, and which way it goes', () => {
    expect(wordsOf(withAccount({ cash: '989.75' }))).toEqual([
      'USDC in the sub-account: the books say 1000, the chain says 989.75, 10.25 less.',
    ]);
    expect(wordsOf(withAccount({ spot: '10.000000001' }))).toEqual([
      'SOL in the sub-account: the books say 10, the chain says 10.000000001, 0.000000001 more.',
    ]);
    expect(wordsOf({ wallet: parseBase('0.25') })).toEqual([
      'SOL of the wallet: the books say 0.5, the chain says 0.25, 0.25 less.',
    ]);
    expect(wordsOf(withAccount({ perps: [{ size: '-12', quote: '1499.999999' }] }))).toEqual([
      'Size of SOL-PERP: the books say -10, the chain says -12, 2 less.',
      'What is owed for SOL-PERP before its price: the books say 1500, the chain says 1499.999999, 0.000001 less.',
    ]);
    expect(wordsOf(withAccount({ perps: [] }))).toHaveLength(2);
  });

  it('differ on an order that only one of them knows, or that they know in another form', () => {
    expect(wordsOf({ orders: [ORDER] })).toEqual([
      'An order is open at the venue that the journal does not know: sell 2 SOL-PERP at 155 (t7-1). If you accept, it is cancelled.',
    ]);
    expect(wordsOf({}, ORDER)).toEqual([
      'The journal has an open order that the venue does not know: sell 2 SOL-PERP at 155 (t7-1). If you accept, it counts as ended.',
    ]);
    expect(differencesOf({ orders: [ORDER] }, ORDER)).toEqual([]);
    for (const change of [
      { size: parseBase('1') },
      { side: 'buy' as const },
      { market: 'SOL' },
      { limitPrice: parsePrice('154') },
    ])
      expect(differencesOf({ orders: [{ ...ORDER, ...change }] }, ORDER).map(({ kind }) => kind)).toEqual([
        'unknownOrder',
        'missingOrder',
      ]);
  });

  it('differ on a market or an asset that the engine does not know', () => {
    const foreignMarkets = [{ market: 'WIF-PERP', size: '-300' }];
    const foreignAssets = [{ asset: 'JitoSOL', amount: '2.5' }];
    expect(wordsOf({ foreignMarkets, foreignAssets })).toEqual([
      'The books know no WIF-PERP; on the chain -300 are held. Close the position, or choose another sub-account.',
      'The books know no JitoSOL; on the chain there are 2.5. Take them out, or choose another sub-account.',
    ]);
  });

  it('differ by one unit of anything', () => {
    const unit = fc.constantFrom(1n, -1n);
    const where = fc.constantFrom('cash', 'spot', 'wallet', 'size', 'quote');
    fc.assert(
      fc.property(anyHoldings, where, unit, (holdings, what, by) => {
        const { account, wallet } = holdings;
        const [held, ...others] = account.perps;
        const moved: Holdings = {
          wallet: base(what === 'wallet' ? wallet + by : wallet),
          account: {
            cash: usd(what === 'cash' ? account.cash + by : account.cash),
            spot: base(what === 'spot' ? account.spot + by : account.spot),
            perps:
              held === undefined
                ? []
                : [
                    {
                      ...held,
                      size: base(what === 'size' ? held.size + by : held.size),
                      quote: usd(what === 'quote' ? held.quote + by : held.quote),
                    },
                    ...others,
                  ],
          },
        };
        const isSame = held === undefined && (what === 'size' || what === 'quote');
        const found = reconcile(booksOf(holdings), chainOf(moved));
        expect(found.kind === 'agrees' ? 0 : found.differences.length).toBe(isSame ? 0 : 1);
      }),
    );
  });
});

describe('an acceptance of differences', () => {
  const less = reconcile(booksOf(HELD_AND_WALLET), chainOf(holdingsOf({ ...HELD, cash: '990' }, '0.5')));

  it('names exactly what differs, and nothing else is accepted', () => {
    const { name } = differing(less);
    const other = reconcile(booksOf(HELD_AND_WALLET), chainOf(holdingsOf({ ...HELD, cash: '989' }, '0.5')));
    expect(accept(less, name, ORACLES, NOW).adjustments).toHaveLength(1);
    const error = refusal(() => accept(other, name, ORACLES, NOW));
    expect(error.code).toBe('DIFFERENCES_CHANGED');
    expect(error.message).toContain('the chain says 989');
    expect(
      refusal(() => accept({ kind: 'agrees', holdings: HELD_AND_WALLET }, name, ORACLES, NOW)).code,
    ).toBe('DIFFERENCES_CHANGED');
  });

  it('still holds when what is explained has moved both sides', () => {
    const interest: AccountEvent = {
      type: 'INTEREST',
      t: NOW,
      paid: { asset: 'USDC', amount: parseUsd('0.01') },
      oracle: parsePrice('1'),
    };
    const later = reconcile(
      booksOf(HELD_AND_WALLET),
      chainOf(holdingsOf({ ...HELD, cash: '990.01' }, '0.5')),
      [interest],
    );
    expect(differing(later).name).toBe(differing(less).name);
  });

  it('is of the same name in whatever order things are found', () => {
    const second = { ...ORDER, id: 't8-1' };
    const [a, b] = [
      [ORDER, second],
      [second, ORDER],
    ].map(
      (orders) => differing(reconcile(booksOf(HELD_AND_WALLET), chainOf(HELD_AND_WALLET, { orders }))).name,
    );
    expect(a).toBe(b);
  });

  it('cancels what the journal does not know, and ends what the venue does not know', () => {
    const gone = { ...ORDER, id: 't8-1' };
    const found = reconcile(booksOf(HELD_AND_WALLET, gone), chainOf(HELD_AND_WALLET, { orders: [ORDER] }));
    expect(accept(found, differing(found).name, ORACLES, NOW)).toEqual({
      adjustments: [],
      cancel: [ORDER],
      end: [gone],
    });
  });

  it.each([
    ['market', { foreignMarkets: [{ market: 'WIF-PERP', size: '1' }] }],
    ['asset', { foreignAssets: [{ asset: 'JitoSOL', amount: '1' }] }],
  ])('is refused for a foreign %s, and takes nothing else into the books either', (_what, foreign) => {
    const found = reconcile(
      booksOf(HELD_AND_WALLET),
      chainOf(holdingsOf({ ...HELD, cash: '990' }, '0.5'), foreign),
    );
    expect(refusal(() => accept(found, differing(found).name, ORACLES, NOW)).code).toBe('SUBACCOUNT_NOT_OWN');
  });

  it('is refused where an adjustment cannot be weighed', () => {
    const found = reconcile(booksOf(HELD_AND_WALLET), chainOf(holdingsOf({ ...HELD, spot: '9' }, '0.5')));
    expect(refusal(() => accept(found, differing(found).name, {}, NOW)).code).toBe('STALE_PRICE');
  });

  it('makes the books agree, and equity still changes by its parts, transfers and adjustments alone', () => {
    const orders = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b'),
        market: fc.constantFrom(...PERPS),
        side: anySide,
        size: anyPositiveBase,
        limitPrice: fc.constant(parsePrice('1')),
      }),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(
        anyHoldings,
        anyHoldings,
        fc.array(anyEvent, { maxLength: 8 }),
        orders,
        orders,
        anyOracles,
        (start, held, explained, journal, open, oracles) => {
          const chain = chainOf(held, { orders: open });
          const found = reconcile(booksOf(start, ...journal), chain, explained);
          if (found.kind === 'agrees') return;
          const { adjustments } = accept(found, found.name, oracles, NOW);
          const events = [...explained, ...adjustments];
          expect(reconcile(booksOf(start), chainOf(held), events).kind).toBe('agrees');
          const opened = openBooks(start, oracles);
          const books = events.reduce(record, opened);
          const change = equityWithWallet(books, books.markedAt) - equityWithWallet(start, oracles);
          expect(totalPnl(books.parts) + books.transfers + books.adjustments).toBe(change);
          expect(books.parts).toEqual({
            ...explained.reduce(record, opened).parts,
            price: books.parts.price,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a vault into which differences were accepted', () => {
  it('agrees with the chain, and its figures can be recomputed from its event log', () => {
    const heard: LogEntry[] = [];
    const store = new MemoryStore();
    const start = holdingsOf({ cash: '1000', spot: '10' }, '0.5');
    const vault = new Vault(store, start, ORACLES, (entry) => heard.push(entry));
    vault.open(NOW, ORACLES);
    const deposit: AccountEvent = {
      type: 'TRANSFER',
      t: NOW + 1,
      moved: { asset: 'SOL', amount: parseBase('2') },
      oracle: parsePrice('151'),
    };
    const chain = holdingsOf(
      { cash: '993.5', spot: '12.25', perps: [{ size: '-3', quote: '451.2' }] },
      '0.49',
    );
    vault.sync([deposit], afterEvent(start, deposit));
    const found = differing(reconcile({ ...vault.books, orders: [] }, chainOf(chain)));
    const now = oraclesOf({ SOL: '152', BTC: '60000', ETH: '2500' });
    const { adjustments } = accept(found, found.name, now, NOW + 2);
    vault.sync(adjustments, chain);
    const last = vault.closing(NOW + 3, oraclesOf({ SOL: '149.5', BTC: '60000', ETH: '2500' }));

    const { problems, netTransfers, pnl } = recompute(
      [...heard, last].map((entry) => `${lineOf(entry)}\n`).join(''),
    );
    expect(problems).toEqual([]);
    expect(netTransfers).toBe('302');
    expect([pnl.fees, pnl.slippage, pnl.funding, pnl.interest]).toEqual(['0', '0', '0', '0']);
    expect(vault.books.adjustments).toBe(
      // −6.5 + 0.25 × 152 − 3 × 152 + 451.2 − 0.01 × 152
      BigInt('25180000000000000000'),
    );
    const posted = store.transactions.filter(({ kind }) => kind === 'ADJUSTMENT');
    expect(posted).toHaveLength(5);
    for (const { postings } of posted)
      expect(postings.map(({ account }) => account)).toContain('adjustments');
  });
});
