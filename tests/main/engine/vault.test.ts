import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterEvent, type Holdings } from '../../../src/main/domain/accountChange.ts';
import type { AccountEvent } from '../../../src/main/domain/accountEvent.ts';
import { entryPrice } from '../../../src/main/domain/position.ts';
import type { LogEntry } from '../../../src/main/engine/eventLog.ts';
import { lineOf } from '../../../src/main/engine/eventLog.ts';
import { Vault } from '../../../src/main/engine/vault.ts';
import { fromStateText, toStateText } from '../../../src/main/platform/stateText.ts';
import {
  formatBase,
  formatPrice,
  formatUsd,
  formatValue,
  parseBase,
  parsePrice,
  parseRate,
  parseUsd,
} from '../../../src/shared/money/decimal.ts';
import { base, usd } from '../../../src/shared/money/quantity.ts';
import {
  WEIGHTS,
  everyMarket,
  holdingsOf,
  oraclesOf,
  positionOf,
  type AccountText,
} from '../../support/accounts.ts';
import { anyEvent, anyHoldings } from '../../support/arbitraries.ts';
import { EngineRig, GENEROUS, MemoryStore, ONE_CLIP } from '../../support/engineRig.ts';
import { Fraction } from '../../support/fraction.ts';

const HOUR = 3_600_000;
const ORACLES = oraclesOf({ SOL: '150', BTC: '60000', ETH: '2500' });

function opened(start: Holdings): { vault: Vault; store: MemoryStore; heard: LogEntry[] } {
  const store = new MemoryStore();
  const heard: LogEntry[] = [];
  return { vault: new Vault(store, start, ORACLES, (entry) => heard.push(entry)), store, heard };
}

const deposit = (dollars: string): AccountEvent => ({
  type: 'TRANSFER',
  t: 7,
  moved: { asset: 'USDC', amount: parseUsd(dollars) },
  oracle: parsePrice('1'),
});

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n);

describe('a vault', () => {
  it('opens with what is held, as its first line and its first entries', () => {
    const { vault, store, heard } = opened(holdingsOf({ cash: '1000', spot: '2' }, '0.1'));
    vault.open(5, ORACLES);

    expect(heard).toEqual([
      {
        seq: 1,
        t: 5,
        type: 'OPENING',
        data: {
          cash: '1000',
          spot: { SOL: '2.1' },
          perp: {},
          perpQuote: {},
          oracle: { SOL: '150', BTC: '60000', ETH: '2500' },
          equity: '1315',
        },
      },
    ]);
    expect(store.rows).toEqual([
      { kind: 'event', row: { seq: 1, t: 5, type: 'OPENING', line: heard.map(lineOf)[0] } },
      {
        kind: 'ledger',
        row: {
          seq: 1,
          t: 5,
          kind: 'OPENING',
          postings: [
            { account: 'cash', asset: 'USDC', amount: 1_000_000_000n },
            { account: 'opening', asset: 'USDC', amount: -1_000_000_000n },
            { account: 'spot', asset: 'SOL', amount: 2_000_000_000n },
            { account: 'opening', asset: 'SOL', amount: -2_000_000_000n },
            { account: 'wallet', asset: 'SOL', amount: 100_000_000n },
            { account: 'opening', asset: 'SOL', amount: -100_000_000n },
          ],
        },
      },
    ]);
  });

  it('writes each event as a line and as a transaction of the same number', () => {
    const { vault, store, heard } = opened(holdingsOf({ cash: '10' }));
    vault.sync([deposit('5'), deposit('1')], holdingsOf({ cash: '16' }));

    expect(heard.map(({ seq, t, type, data }) => [seq, t, type, data['amount']])).toEqual([
      [1, 7, 'TRANSFER', '5'],
      [2, 7, 'TRANSFER', '1'],
    ]);
    expect(store.transactions.map(({ seq, t, kind }) => [seq, t, kind])).toEqual([
      [1, 7, 'TRANSFER'],
      [2, 7, 'TRANSFER'],
    ]);
    expect(store.lines).toEqual(heard.map(lineOf));
  });

  it('enters nothing for an event that moves nothing', () => {
    const { vault, store } = opened(holdingsOf({ cash: '10' }));
    vault.sync([deposit('0')], holdingsOf({ cash: '10' }));

    expect(store.lines).toHaveLength(1);
    expect(store.transactions).toEqual([]);
  });

  it('is the sum of its entries, which add up to zero, after any events', () => {
    fc.assert(
      fc.property(anyHoldings, fc.array(anyEvent, { maxLength: 20 }), (start, events) => {
        const { vault, store } = opened({ ...start, account: { ...start.account, perps: [] } });
        vault.open(0, ORACLES);
        let held: Holdings = { ...start, account: { ...start.account, perps: [] } };
        for (const event of events) held = afterEvent(held, event);
        vault.sync(events, held);

        const postings = store.transactions.flatMap(({ postings }) => postings);
        for (const transaction of store.transactions) {
          for (const asset of new Set(transaction.postings.map(({ asset }) => asset))) {
            const amounts = transaction.postings.filter((one) => one.asset === asset);

            expect(sum(amounts.map(({ amount }) => amount))).toBe(0n);
          }
        }
        const balance = (account: string): bigint =>
          sum(postings.filter((one) => one.account === account).map(({ amount }) => amount));
        const { account, wallet } = vault.books;

        expect(balance('cash')).toBe(account.cash);
        expect(balance('spot')).toBe(account.spot);
        expect(balance('wallet')).toBe(wallet);
        for (const { market, size, quote } of account.perps) {
          expect(balance(`perp:${market}`)).toBe(size);
          expect(balance(`quote:${market}`)).toBe(quote);
        }
      }),
    );
  });

  const agreed = {
    cash: '100',
    spot: '3',
    perps: [
      { market: 'SOL-PERP', size: '-3', quote: '450' },
      { market: 'BTC-PERP', size: '1', quote: '-60000' },
    ],
  } as const satisfies AccountText;
  const [sol, btc] = agreed.perps;

  it('goes on where it agrees with the venue', () => {
    const { vault } = opened(holdingsOf(agreed, '0.1'));

    expect(() => {
      vault.sync([], holdingsOf(agreed, '0.1'));
    }).not.toThrow();
  });

  it('takes a closed position that the venue has forgotten, and any order of positions, for the same', () => {
    const { vault } = opened(holdingsOf(agreed, '0.1'));

    expect(() => {
      vault.sync([], holdingsOf({ ...agreed, perps: [btc, { market: 'ETH-PERP' }, sol] }, '0.1'));
    }).not.toThrow();
  });

  it.each([
    ['the wallet', agreed, '0.100000001'],
    ['cash', { ...agreed, cash: '100.000001' }, '0.1'],
    ['spot', { ...agreed, spot: '2.999999999' }, '0.1'],
    ['a size', { ...agreed, perps: [{ ...sol, size: '-3.000000001' }, btc] }, '0.1'],
    ['a quote', { ...agreed, perps: [sol, { ...btc, quote: '-60000.000001' }] }, '0.1'],
    ['a market', { ...agreed, perps: [sol, { ...btc, market: 'ETH-PERP' }] }, '0.1'],
    ['a position that only the vault has', { ...agreed, perps: [sol] }, '0.1'],
    [
      'a position that only the venue has',
      { ...agreed, perps: [sol, btc, { market: 'ETH-PERP', size: '0.000000001' }] },
      '0.1',
    ],
    [
      'what is owed for a position that only the venue has',
      { ...agreed, perps: [sol, btc, { market: 'ETH-PERP', quote: '0.000001' }] },
      '0.1',
    ],
  ])('refuses to go on when the venue says something else about %s', (_what, venue, wallet) => {
    const { vault } = opened(holdingsOf(agreed, '0.1'));

    expect(() => {
      vault.sync([], holdingsOf(venue, wallet));
    }).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('refuses to go on when an event was lost', () => {
    const { vault } = opened(holdingsOf({ cash: '10' }));

    expect(() => {
      vault.sync([deposit('5')], holdingsOf({ cash: '16' }));
    }).toThrow(/disagree/);
  });

  it('that has disagreed once takes nothing in any more, even if the venue says the same again', () => {
    const { vault, heard } = opened(holdingsOf({ cash: '10' }));
    expect(() => {
      vault.sync([deposit('5')], holdingsOf({ cash: '16' }));
    }).toThrow(/disagree/);
    const before = heard.length;

    expect(() => {
      vault.sync([deposit('1')], holdingsOf({ cash: '16' }));
    }).toThrow(/disagree/);
    expect(heard).toHaveLength(before);
  });

  it('numbers notes, valuations and events in one row', () => {
    const { vault, heard } = opened(holdingsOf({ cash: '10' }));
    vault.open(0, ORACLES);
    vault.note(1, { type: 'DECISION', action: 'wait', because: 'why', numbers: { n: 1 } });
    vault.valuation(2, ORACLES);
    vault.sync([deposit('1')], holdingsOf({ cash: '11' }));

    expect(heard.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'OPENING'],
      [2, 'DECISION'],
      [3, 'VALUATION'],
      [4, 'TRANSFER'],
    ]);
    expect(heard[1]).toEqual({
      seq: 2,
      t: 1,
      type: 'DECISION',
      data: { action: 'wait', because: 'why', n: 1 },
    });
  });

  it('takes the price part up to the moment of a valuation', () => {
    const { vault, heard } = opened(holdingsOf({ cash: '10', spot: '2' }, '0.5'));
    vault.valuation(3, oraclesOf({ SOL: '154' }));

    expect(formatValue(vault.books.parts.price)).toBe('10');
    expect(heard[0]?.data).toMatchObject({ equity: '395', spot: { SOL: '2.5' } });
  });

  it('closes with a line that is not kept, since a run that goes on has no end yet', () => {
    const { vault, store, heard } = opened(holdingsOf({ cash: '10' }));
    vault.open(0, ORACLES);

    expect(vault.closing(9, ORACLES)).toEqual({ ...heard[0], seq: 2, t: 9, type: 'CLOSING' });
    expect(vault.closing(9, ORACLES).seq).toBe(2);
    expect(store.lines).toHaveLength(1);
  });

  it('goes on after a restart where it stood', () => {
    const first = opened(holdingsOf({ cash: '10' }));
    first.vault.open(0, ORACLES);
    first.vault.sync([deposit('2.5')], holdingsOf({ cash: '12.5' }));
    const second = opened(holdingsOf({}));
    second.vault.restore(fromStateText(toStateText(first.vault.save())));

    expect(second.vault.books).toEqual(first.vault.books);

    second.vault.sync([deposit('1')], holdingsOf({ cash: '13.5' }));

    expect(second.heard.map(({ seq }) => seq)).toEqual([3]);
  });

  it('goes on from what was saved before there were adjustments', () => {
    const first = opened(holdingsOf({ cash: '10' }));
    const { books, seq } = first.vault.save();
    const { adjustments, ...older } = books;
    const second = opened(holdingsOf({}));
    second.vault.restore({ books: older, seq });

    expect(second.vault.books).toEqual({ ...older, adjustments });
  });
});

describe('the status of a vault', () => {
  const status = (account: AccountText, oracle = '150') => {
    const { vault } = opened(holdingsOf(account, '9'));
    const { balance, allocated, available } = vault.status(
      oraclesOf({ SOL: oracle }),
      everyMarket('0.1'),
      WEIGHTS,
    );
    return [formatUsd(balance), formatUsd(allocated), formatUsd(available)];
  };

  it.each([
    // Cash alone is all available.
    [{ cash: '1000' }, ['1000', '0', '1000']],
    // 20 % of SOL does not count.
    [{ cash: '1000', spot: '10' }, ['2500', '300', '2200']],
    // 10 % of the short's notional stands behind it, and its loss is gone.
    [{ cash: '1000', spot: '10', perps: [{ size: '-10', quote: '1490' }] }, ['2490', '450', '2040']],
    // Nothing is available, and nothing less than that.
    [{ cash: '1', perps: [{ size: '-10', quote: '1500' }] }, ['1', '150', '0']],
    [{ cash: '150', perps: [{ size: '-10', quote: '1500' }] }, ['150', '150', '0']],
    [{ cash: '150.000001', perps: [{ size: '-10', quote: '1500' }] }, ['150.000001', '150', '0.000001']],
    // What is owed is nobody's capital: $150 + $300 are allocated, whatever the borrow.
    [{ cash: '-100.5', spot: '10', perps: [{ size: '-10', quote: '1500' }] }, ['1399.5', '450', '949.5']],
    [{}, ['0', '0', '0']],
  ] as const)('[R7.5] is balance, allocated and available capital: %o', (account, expected) => {
    expect(status(account)).toEqual(expected);
  });

  it('[R7.5] is rounded against the trader to a millionth of a dollar', () => {
    // 1e-9 SOL at $150 is 0.00000015: of it 0.00000003 do not count.
    expect(status({ cash: '1', spot: '0.000000001' })).toEqual(['1', '0.000001', '1']);
    expect(status({ cash: '1', perps: [{ size: '0.000000001', quote: '0' }] })).toEqual([
      '1',
      '0.000001',
      '1',
    ]);
    // And where weights leave a part of 1e-18 dollars.
    const odd = '150.000000001';

    expect(status({ cash: '1', spot: '0.000000001' }, odd)).toEqual(['1', '0.000001', '1']);
    expect(status({ cash: '1', perps: [{ size: '-0.000000001', quote: '0.000001' }] }, odd)).toEqual([
      '1',
      '0.000001',
      '1',
    ]);
  });

  it('[R7.5] adds up without a borrow: what is not available stands behind something', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: -(10n ** 12n), max: 0n }),
        (cash, spot, size) => {
          const short = { ...positionOf({}), size: base(size), quote: usd((-size * 150n) / 1_000n) };
          const account = { cash: usd(cash), spot: base(spot), perps: [short] };
          const { vault } = opened({ account, wallet: base(0n) });
          const { balance, allocated, available } = vault.status(ORACLES, everyMarket('0.1'), WEIGHTS);
          const notional = new Fraction(-size, 10n ** 9n).times(new Fraction(150n));
          const spotWorth = new Fraction(spot, 10n ** 9n).times(new Fraction(150n));
          const behind = notional
            .times(new Fraction(1n, 10n))
            .plus(spotWorth.times(new Fraction(1n, 5n)))
            .times(new Fraction(10n ** 6n));

          // Three figures, each rounded by itself.
          expect(allocated - behind.ceil()).toBeOneOf([0n, 1n]);
          if (available > 0n) expect(balance - available - allocated).toBeOneOf([-2n, -1n, 0n, 1n]);
        },
      ),
    );
  });
});

describe('the vault of an engine', () => {
  const free = { 'paper.solDepositApr': '0', 'paper.usdcDepositApr': '0', 'paper.gasSol': '0' };
  const hedgedRig = async (): Promise<EngineRig> => {
    const rig = new EngineRig({ pastHourly: GENEROUS, overrides: { ...ONE_CLIP, ...free } });
    await rig.tick(0);
    return rig;
  };

  it('[R7.3] tracks sizes and entry prices as positions open and close', async () => {
    const rig = await hedgedRig();
    const position = () => {
      const [held] = rig.vault.books.account.perps;
      return held === undefined ? [] : [formatBase(held.size), formatPrice(entryPrice(held))];
    };

    // A taker sells 0.1 % under the mark.
    expect(position()).toEqual(['-33.3', '149.85']);
    expect(formatBase(rig.vault.books.account.spot)).toBe('33.3');

    // Closing a part leaves the entry price as it is …
    await rig.venue.withdraw({ asset: 'SOL', amount: parseBase('3.3') });
    await rig.tick(60_000);

    expect(position()).toEqual(['-30', '149.85']);

    // … opening more at $200 averages: (30 × 149.85 + 10 × 199.80) / 40.
    rig.feed.setOracle('SOL', '200');
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('10') });
    await rig.tick(120_000);

    expect(position()).toEqual(['-40', '162.3375']);

    rig.engine.setHalt('flattening');
    await rig.tick(180_000);

    expect(position()).toEqual(['0', '0']);
    expect(rig.vault.books.account).toEqual(rig.venue.snapshot().account);
  });

  it('[R7.4] has every funding payment in its realised PnL', async () => {
    const rig = await hedgedRig();
    const equity = rig.lane.equity();
    rig.feed.fund('SOL-PERP', '0.0001');
    await rig.tick(HOUR);
    rig.feed.fund('SOL-PERP', '-0.00002');
    await rig.tick(2 * HOUR);
    const { parts, account } = rig.vault.books;

    // 33.3 × $150 × (0.01 % − 0.002 %)
    expect(formatValue(parts.funding)).toBe('0.3996');
    expect(formatUsd(account.perps[0]?.fundingEarned ?? usd(0n))).toBe('0.3996');
    expect(formatValue((rig.lane.equity() - equity) as typeof equity)).toBe('0.3996');
    expect(rig.heardOf('FUNDING').map(({ data }) => [data['rate'], data['amount']])).toEqual([
      ['0.0001', '0.4995'],
      ['-0.00002', '-0.0999'],
    ]);
    expect(rig.store.transactions.at(-1)?.postings).toEqual([
      { account: 'quote:SOL-PERP', asset: 'USDC', amount: -99_900n },
      { account: 'funding', asset: 'USDC', amount: 99_900n },
    ]);
  });

  it('[R7.5] answers with what the hedge has allocated', async () => {
    const rig = await hedgedRig();
    const { balance, allocated, available } = rig.vault.status(
      rig.feed.oracles(),
      () => parseRate('0.1'),
      rig.venue.weights,
    );

    /*
     * 10000 − 2 × 33.3 × $0.15 of slippage − 0.1 % of 33.3 × ($150.15 + $149.85) in fees; 10 % of the short and 20 % of
     * the spot, each 33.3 × $150, are allocated.
     */
    expect([balance, allocated, available].map(formatUsd)).toEqual(['9980.02', '1498.5', '8481.52']);
  });

  it('[R7.6] is its own: two engines on one market know nothing of each other', async () => {
    const [one, other] = [await hedgedRig(), await hedgedRig()];
    await one.venue.deposit({ asset: 'USDC', amount: parseUsd('5') });
    await one.tick(60_000);
    await other.tick(60_000);

    expect(one.vault.books.account.cash - other.vault.books.account.cash).toBe(5_000_000n);
  });
});
