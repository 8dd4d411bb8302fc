import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterEvent, type Holdings } from '../../../src/main/domain/accountChange.ts';
import type { AccountEvent } from '../../../src/main/domain/accountEvent.ts';
import { flatPosition } from '../../../src/main/domain/position.ts';
import { openingPostings, postingsOf, type Posting } from '../../../src/main/domain/ledger.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import { base, price, usd } from '../../../src/shared/money/quantity.ts';
import { holdingsOf } from '../../support/accounts.ts';
import { PERPS, anyEvent, anyPositiveBase, anyPrice, anySide } from '../../support/arbitraries.ts';

function totals(postings: readonly Posting[], by: 'asset' | 'account'): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const posting of postings) {
    found.set(posting[by], (found.get(posting[by]) ?? 0n) + posting.amount);
  }
  return found;
}

/** As `account: ±amount asset`, so that a failure reads well. */
const told = (event: AccountEvent): string[] =>
  postingsOf(event).map(({ account, asset, amount }) => `${account}: ${amount} ${asset}`);

const fill = (market: string, side: 'buy' | 'sell', fee: string): AccountEvent => ({
  type: 'FILL',
  t: 0,
  orderId: 'order',
  market,
  side,
  size: parseBase('0.002'),
  price: parsePrice('150'),
  oracle: parsePrice('151'),
  fee: parseUsd(fee),
  liquidity: 'taker',
});
const oracle = parsePrice('150');
const usdc = (amount: string) => ({ asset: 'USDC', amount: parseUsd(amount) }) as const;
const sol = (amount: string) => ({ asset: 'SOL', amount: parseBase(amount) }) as const;

describe('the postings of an event', () => {
  it('add up to zero for every asset, whatever the event', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const total of totals(postingsOf(event), 'asset').values()) expect(total).toBe(0n);
      }),
      { numRuns: 300 },
    );
  });

  it('never post nothing', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(postingsOf(event).filter(({ amount }) => amount === 0n)).toEqual([]);
      }),
    );
    expect(
      postingsOf({ type: 'SETTLEMENT', t: 0, market: 'SOL-PERP', amount: parseUsd('0'), oracle }),
    ).toEqual([]);
  });

  it.each([
    [
      'a bought coin came from the market and was paid to it; the fee went to fees',
      fill('SOL', 'buy', '0.0003'),
      [
        'spot: 2000000 SOL',
        'market: -2000000 SOL',
        'cash: -300000 USDC',
        'market: 300000 USDC',
        'cash: -300 USDC',
        'fees: 300 USDC',
      ],
    ],
    [
      'a sold coin went to the market',
      fill('SOL', 'sell', '0'),
      ['spot: -2000000 SOL', 'market: 2000000 SOL', 'cash: 300000 USDC', 'market: -300000 USDC'],
    ],
    [
      'a short is owed its quote, and a rebate is cash',
      fill('SOL-PERP', 'sell', '-0.0001'),
      [
        'perp:SOL-PERP: -2000000 SOL-PERP',
        'market: 2000000 SOL-PERP',
        'quote:SOL-PERP: 300000 USDC',
        'market: -300000 USDC',
        'cash: 100 USDC',
        'fees: -100 USDC',
      ],
    ],
    [
      'a long owes its quote',
      fill('BTC-PERP', 'buy', '0'),
      [
        'perp:BTC-PERP: 2000000 BTC-PERP',
        'market: -2000000 BTC-PERP',
        'quote:BTC-PERP: -300000 USDC',
        'market: 300000 USDC',
      ],
    ],
    [
      'funding is unsettled until it is settled',
      {
        type: 'FUNDING',
        t: 0,
        market: 'SOL-PERP',
        size: parseBase('-1'),
        price: oracle,
        rate: parseRate('0.0001'),
        amount: parseUsd('0.015'),
      },
      ['quote:SOL-PERP: 15000 USDC', 'funding: -15000 USDC'],
    ],
    [
      'settlement moves quote into cash',
      { type: 'SETTLEMENT', t: 0, market: 'SOL-PERP', amount: parseUsd('-3'), oracle },
      ['cash: -3000000 USDC', 'quote:SOL-PERP: 3000000 USDC'],
    ],
    [
      'what was never explained stands against an account of its own: cash',
      {
        type: 'ADJUSTMENT',
        t: 0,
        adjusted: { account: 'cash', amount: parseUsd('-2') },
        oracle: parsePrice('1'),
      },
      ['cash: -2000000 USDC', 'adjustments: 2000000 USDC'],
    ],
    [
      'what was never explained stands against an account of its own: SOL of the wallet',
      { type: 'ADJUSTMENT', t: 0, adjusted: { account: 'wallet', amount: parseBase('0.5') }, oracle },
      ['wallet: 500000000 SOL', 'adjustments: -500000000 SOL'],
    ],
    [
      'what was never explained stands against an account of its own: a position',
      {
        type: 'ADJUSTMENT',
        t: 0,
        adjusted: { account: 'position', market: 'SOL-PERP', amount: parseBase('-1') },
        oracle,
      },
      ['perp:SOL-PERP: -1000000000 SOL-PERP', 'adjustments: 1000000000 SOL-PERP'],
    ],
    [
      'what was never explained stands against an account of its own: what is owed for a position',
      {
        type: 'ADJUSTMENT',
        t: 0,
        adjusted: { account: 'quote', market: 'SOL-PERP', amount: parseUsd('4') },
        oracle: parsePrice('1'),
      },
      ['quote:SOL-PERP: 4000000 USDC', 'adjustments: -4000000 USDC'],
    ],
    [
      'interest on SOL is SOL',
      { type: 'INTEREST', t: 0, paid: sol('0.000000004'), oracle },
      ['spot: 4 SOL', 'interest: -4 SOL'],
    ],
    [
      'interest on a borrow is paid',
      { type: 'INTEREST', t: 0, paid: usdc('-0.000004'), oracle },
      ['cash: -4 USDC', 'interest: 4 USDC'],
    ],
    [
      'a deposit comes from outside',
      { type: 'TRANSFER', t: 0, moved: usdc('1'), oracle },
      ['cash: 1000000 USDC', 'transfers: -1000000 USDC'],
    ],
    [
      'a withdrawal goes outside',
      { type: 'TRANSFER', t: 0, moved: sol('-1'), oracle },
      ['spot: -1000000000 SOL', 'transfers: 1000000000 SOL'],
    ],
    [
      'gas goes out of the wallet',
      { type: 'COST', t: 0, kind: 'gas', paid: sol('0.00001'), oracle },
      ['wallet: -10000 SOL', 'gas: 10000 SOL'],
    ],
    [
      'a tip goes out of the wallet',
      { type: 'COST', t: 0, kind: 'tip', paid: sol('0.001'), oracle },
      ['wallet: -1000000 SOL', 'tip: 1000000 SOL'],
    ],
    [
      'a liquidator is paid in cash',
      { type: 'COST', t: 0, kind: 'liquidation', paid: usdc('2.5'), oracle },
      ['cash: -2500000 USDC', 'liquidation: 2500000 USDC'],
    ],
    [
      'a keeper is paid out of what the position is owed',
      { type: 'COST', t: 0, kind: 'keeper', market: 'SOL-PERP', paid: usdc('0.01'), oracle },
      ['quote:SOL-PERP: -10000 USDC', 'keeper: 10000 USDC'],
    ],
    [
      'SOL that leaves the wallet goes outside',
      { type: 'TRANSFER', t: 0, of: 'wallet', moved: sol('-1'), oracle },
      ['wallet: -1000000000 SOL', 'transfers: 1000000000 SOL'],
    ],
  ] as const)('say where everything came from: %s', (_what, event, postings) => {
    expect(told(event)).toEqual(postings);
  });
});

describe('an event that nobody knows', () => {
  it('is not posted as nothing', () => {
    expect(() => postingsOf({ type: 'AIRDROP' } as never)).toThrow(TypeError);
  });
});

describe('the ledger', () => {
  /** What the vault's own accounts have to hold. Flat accounts are left out, as they are of the postings. */
  function held({ account, wallet }: Holdings): Map<string, bigint> {
    const own = new Map<string, bigint>([
      ['cash', account.cash],
      ['spot', account.spot],
      ['wallet', wallet],
      ...account.perps.map(({ market, size }): [string, bigint] => [`perp:${market}`, size]),
      ...account.perps.map(({ market, quote }): [string, bigint] => [`quote:${market}`, quote]),
    ]);
    return new Map([...own].filter(([, amount]) => amount !== 0n));
  }

  const own = (postings: readonly Posting[]): Map<string, bigint> => {
    const accounts = totals(postings, 'account');
    return new Map(
      [...accounts].filter(
        ([account, amount]) => amount !== 0n && /^(cash|spot|wallet|perp:|quote:)/.test(account),
      ),
    );
  };
  const sorted = (accounts: Map<string, bigint>) => [...accounts].sort(([a], [b]) => (a < b ? -1 : 1));

  it("[R7.3] says what the account holds after any sequence of events, from the vault's opening on", () => {
    const opening = fc.tuple(
      fc.bigInt({ min: -1_000n, max: 10n ** 12n }),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.bigInt({ min: 0n, max: 10n ** 10n }),
    );
    fc.assert(
      fc.property(opening, fc.array(anyEvent, { maxLength: 40 }), ([cash, spot, wallet], events) => {
        let holdings = holdingsOf({});
        holdings = {
          account: { ...holdings.account, cash: cash as typeof holdings.account.cash, spot: base(spot) },
          wallet: base(wallet),
        };
        const postings = [...openingPostings(holdings)];
        for (const event of events) {
          holdings = afterEvent(holdings, event);
          postings.push(...postingsOf(event));
        }
        expect(sorted(own(postings))).toEqual(sorted(held(holdings)));
        for (const total of totals(postings, 'asset').values()) expect(total).toBe(0n);
      }),
    );
  });

  it('agrees with the account also where a fill is off every grid and has to be rounded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('SOL', ...PERPS),
        anySide,
        anyPositiveBase,
        anyPrice,
        (market, side, size, at) => {
          const event: AccountEvent = {
            type: 'FILL',
            t: 0,
            orderId: 'order',
            market,
            side,
            size,
            price: at,
            oracle: price(1n),
            fee: parseUsd('0.000001'),
            liquidity: 'maker',
          };
          expect(sorted(own(postingsOf(event)))).toEqual(sorted(held(afterEvent(holdingsOf({}), event))));
        },
      ),
    );
  });

  it('opens with what there is, out of the opening account, and leaves out what there is not', () => {
    const { account } = holdingsOf({});
    const holdings = { account: { ...account, cash: usd(5n), spot: base(7n), perps: [] }, wallet: base(9n) };
    expect(openingPostings(holdings)).toEqual([
      { account: 'cash', asset: 'USDC', amount: 5n },
      { account: 'opening', asset: 'USDC', amount: -5n },
      { account: 'spot', asset: 'SOL', amount: 7n },
      { account: 'opening', asset: 'SOL', amount: -7n },
      { account: 'wallet', asset: 'SOL', amount: 9n },
      { account: 'opening', asset: 'SOL', amount: -9n },
    ]);
    const short = { ...flatPosition('SOL-PERP', 'SOL'), size: base(-3n), quote: usd(4n) };
    expect(openingPostings({ account: { ...account, perps: [short] }, wallet: base(0n) })).toEqual([
      { account: 'perp:SOL-PERP', asset: 'SOL-PERP', amount: -3n },
      { account: 'opening', asset: 'SOL-PERP', amount: 3n },
      { account: 'quote:SOL-PERP', asset: 'USDC', amount: 4n },
      { account: 'opening', asset: 'USDC', amount: -4n },
    ]);
  });
});
