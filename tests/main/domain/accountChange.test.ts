import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EMPTY_ACCOUNT, perpOf, perpSize } from '../../../src/main/domain/account.ts';
import {
  afterEvent,
  assetOf,
  holdingOf,
  isSpot,
  type Holdings,
} from '../../../src/main/domain/accountChange.ts';
import type { AccountEvent, FillEvent } from '../../../src/main/domain/accountEvent.ts';
import { equityOf, oracleOf, unsettledPnl } from '../../../src/main/domain/margin.ts';
import { entryPrice } from '../../../src/main/domain/position.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import { price, type Price } from '../../../src/shared/money/quantity.ts';
import { accountOf, holdingsOf, oraclesOf } from '../../support/accounts.ts';
import { PERPS, anyEvent, anyHoldings, anyOracles, anyUsd } from '../../support/arbitraries.ts';
import { baseOf, sum } from '../../support/fraction.ts';

const ORACLE: Price = parsePrice('150');

function fill(market: string, side: 'buy' | 'sell', size: string, at: string, fee = '0'): FillEvent {
  return {
    type: 'FILL',
    t: 0,
    orderId: 'order',
    market,
    side,
    size: parseBase(size),
    price: parsePrice(at),
    oracle: ORACLE,
    fee: parseUsd(fee),
    liquidity: 'taker',
  };
}

const settlement = (amount: string, market = 'SOL-PERP'): AccountEvent => ({
  type: 'SETTLEMENT',
  t: 0,
  market,
  amount: parseUsd(amount),
  oracle: ORACLE,
});
const funding = (amount: string, market = 'SOL-PERP'): AccountEvent => ({
  type: 'FUNDING',
  t: 0,
  market,
  size: parseBase('-1'),
  price: ORACLE,
  rate: parseRate('0.0001'),
  amount: parseUsd(amount),
});
const after = (start: Holdings, ...events: readonly AccountEvent[]): Holdings =>
  events.reduce(afterEvent, start);

describe('an account after a fill', () => {
  it('of spot holds the coins, and has paid for them and the fee in cash', () => {
    const bought = after(holdingsOf({ cash: '1000' }, '0.1'), fill('SOL', 'buy', '2', '150.3', '0.3006'));
    // 1000 − 2 × 150.3 − 0.3006 = 699.0994
    expect(bought).toEqual(holdingsOf({ cash: '699.0994', spot: '2' }, '0.1'));
    // 699.0994 + 0.5 × 150 − 0.075 = 774.0244
    expect(after(bought, fill('SOL', 'sell', '0.5', '150', '0.075'))).toEqual(
      holdingsOf({ cash: '774.0244', spot: '1.5' }, '0.1'),
    );
  });

  it('[R7.3] of a perpetual has the position, its quote and its entry; cash pays only the fee', () => {
    const opened = after(
      holdingsOf({ cash: '1000', spot: '2' }),
      fill('SOL-PERP', 'sell', '2', '149.85', '0.2997'),
    );
    expect(opened.account).toMatchObject({ cash: parseUsd('999.7003'), spot: parseBase('2') });
    const short = perpOf(opened.account, 'SOL-PERP');
    expect(short).toMatchObject({ asset: 'SOL', size: parseBase('-2'), quote: parseUsd('299.7') });
    expect(short && entryPrice(short)).toBe(parsePrice('149.85'));

    const closed = after(opened, fill('SOL-PERP', 'buy', '2', '140'));
    expect(perpOf(closed.account, 'SOL-PERP')).toMatchObject({
      size: 0n,
      // 299.7 − 280
      quote: parseUsd('19.7'),
      entryQuote: 0n,
    });
    expect(closed.account.cash).toBe(parseUsd('999.7003'));
  });

  it('is paid a maker rebate: a negative fee', () => {
    const { account } = after(holdingsOf({ cash: '10' }), fill('SOL-PERP', 'sell', '1', '150', '-0.03'));
    expect(account.cash).toBe(parseUsd('10.03'));
  });

  it('keeps one position a market, in the order in which they were opened', () => {
    const { account } = after(
      holdingsOf({ cash: '10' }),
      fill('BTC-PERP', 'buy', '0.001', '90000'),
      fill('SOL-PERP', 'sell', '1', '150'),
      fill('BTC-PERP', 'buy', '0.002', '90000'),
    );
    expect(account.perps.map(({ market, asset, size }) => [market, asset, size])).toEqual([
      ['BTC-PERP', 'BTC', parseBase('0.003')],
      ['SOL-PERP', 'SOL', parseBase('-1')],
    ]);
  });
});

describe('settled and unsettled PnL', () => {
  it('[R1.2] are tracked apart for every position', () => {
    const start = holdingsOf({
      perps: [
        { size: '-1', quote: '150' },
        { market: 'BTC-PERP', size: '0.001', quote: '-90' },
      ],
    });
    const { account } = after(start, settlement('20'), settlement('-5', 'BTC-PERP'), settlement('1'));
    expect(perpOf(account, 'SOL-PERP')).toMatchObject({ quote: parseUsd('129'), settledPnl: parseUsd('21') });
    expect(perpOf(account, 'BTC-PERP')).toMatchObject({ quote: parseUsd('-85'), settledPnl: parseUsd('-5') });
    expect(account.cash).toBe(parseUsd('16'));
  });

  it('[R1.3] funding goes to unsettled PnL, and counts in equity at once', () => {
    const start = holdingsOf({ cash: '100', perps: [{ size: '-1', quote: '150' }] });
    const paid = after(start, funding('0.15'), funding('-0.05'));
    expect(perpOf(paid.account, 'SOL-PERP')).toMatchObject({
      quote: parseUsd('150.1'),
      fundingEarned: parseUsd('0.1'),
      settledPnl: 0n,
      entryQuote: parseUsd('150'),
    });
    expect(paid.account.cash).toBe(parseUsd('100'));
    const oracles = oraclesOf({ SOL: '150' });
    expect(equityOf(paid.account, oracles) - equityOf(start.account, oracles)).toBe(100_000_000_000_000_000n);
  });

  it('[R1.3] settling the whole moves it into cash and leaves none; a deficit becomes a borrow', () => {
    const short = accountOf({ cash: '5', perps: [{ size: '-1', quote: '150' }] });
    const gained = after({ account: short, wallet: parseBase('0') }, settlement('20'));
    expect(gained.account.cash).toBe(parseUsd('25'));
    const gain = perpOf(gained.account, 'SOL-PERP');
    expect(gain && unsettledPnl(gain, parsePrice('130'))).toBe(0n);
    const lost = after({ account: short, wallet: parseBase('0') }, settlement('-20'));
    expect(lost.account.cash).toBe(parseUsd('-15'));
    const loss = perpOf(lost.account, 'SOL-PERP');
    expect(loss && unsettledPnl(loss, parsePrice('170'))).toBe(0n);
  });

  it('[R1.3] settling does not change equity, for any account and any amount', () => {
    fc.assert(
      fc.property(
        anyHoldings,
        anyOracles,
        fc.constantFrom(...PERPS),
        anyUsd,
        (start, oracles, market, amount) => {
          const settled = afterEvent(start, { type: 'SETTLEMENT', t: 0, market, amount, oracle: ORACLE });
          expect(equityOf(settled.account, oracles)).toBe(equityOf(start.account, oracles));
          expect(settled.wallet).toBe(start.wallet);
        },
      ),
    );
  });
});

describe('other events', () => {
  const start = holdingsOf({ cash: '100', spot: '2', perps: [{ size: '-2', quote: '300' }] }, '0.05');
  const usdc = (amount: string) => ({ asset: 'USDC', amount: parseUsd(amount) }) as const;
  const sol = (amount: string) => ({ asset: 'SOL', amount: parseBase(amount) }) as const;
  const rest = { t: 0, oracle: ORACLE };

  it.each([
    ['interest in USDC is cash', { type: 'INTEREST', paid: usdc('-0.5'), ...rest }, '99.5', '2', '0.05'],
    ['interest in SOL is spot', { type: 'INTEREST', paid: sol('0.001'), ...rest }, '100', '2.001', '0.05'],
    ['a deposit of USDC is cash', { type: 'TRANSFER', moved: usdc('50'), ...rest }, '150', '2', '0.05'],
    ['a withdrawal of SOL is spot', { type: 'TRANSFER', moved: sol('-1.5'), ...rest }, '100', '0.5', '0.05'],
    [
      'gas is paid by the wallet',
      { type: 'COST', kind: 'gas', paid: sol('0.01'), ...rest },
      '100',
      '2',
      '0.04',
    ],
    [
      'a tip is paid by the wallet',
      { type: 'COST', kind: 'tip', paid: sol('0.05'), ...rest },
      '100',
      '2',
      '0',
    ],
    [
      'a liquidation is paid in cash',
      { type: 'COST', kind: 'liquidation', paid: usdc('120'), ...rest },
      '-20',
      '2',
      '0.05',
    ],
    [
      "SOL that comes into the wallet is not the account's",
      { type: 'TRANSFER', of: 'wallet', moved: sol('1'), ...rest },
      '100',
      '2',
      '1.05',
    ],
  ] as const)('%s', (_what, event, cash, spot, wallet) => {
    expect(afterEvent(start, event)).toEqual(
      holdingsOf({ cash, spot, perps: [{ size: '-2', quote: '300' }] }, wallet),
    );
  });

  it('take what a venue takes out of a position out of what it is owed', () => {
    const keeper = { type: 'COST', kind: 'keeper', market: 'SOL-PERP', paid: usdc('0.01'), ...rest } as const;
    const afterKeeper = afterEvent(start, keeper).account;
    expect(afterKeeper.cash).toBe(parseUsd('100'));
    expect(perpOf(afterKeeper, 'SOL-PERP')?.quote).toBe(parseUsd('299.99'));
    const fill = {
      type: 'FILL',
      orderId: 'order',
      market: 'SOL-PERP',
      side: 'sell',
      size: parseBase('1'),
      price: parsePrice('150.0000004'),
      quote: parseUsd('150.000001'),
      fee: parseUsd('0.15'),
      feeFrom: 'position',
      liquidity: 'taker',
      ...rest,
    } as const;
    const { account } = afterEvent(start, fill);
    expect(account.cash).toBe(parseUsd('100'));
    expect(perpOf(account, 'SOL-PERP')).toMatchObject({
      size: parseBase('-3'),
      quote: parseUsd('449.850001'),
    });
  });

  it('adjust the size of a position alone, as if what nobody can explain was entered at the oracle', () => {
    const start = holdingsOf({ perps: [{ size: '-10', quote: '1499', entryQuote: '1400' }] });
    const { account } = after(start, {
      type: 'ADJUSTMENT',
      t: 0,
      adjusted: { account: 'position', market: 'SOL-PERP', amount: parseBase('-2') },
      oracle: ORACLE,
    });
    expect(perpOf(account, 'SOL-PERP')).toMatchObject({
      size: parseBase('-12'),
      quote: parseUsd('1499'),
      entryQuote: parseUsd('1700'),
    });
  });

  it('adjust what is owed for a position alone', () => {
    const start = holdingsOf({ cash: '5', perps: [{ size: '-10', quote: '1499' }] });
    const { account } = after(start, {
      type: 'ADJUSTMENT',
      t: 0,
      adjusted: { account: 'quote', market: 'SOL-PERP', amount: parseUsd('-0.25') },
      oracle: parsePrice('1'),
    });
    expect(account.cash).toBe(parseUsd('5'));
    expect(perpOf(account, 'SOL-PERP')).toMatchObject({
      size: parseBase('-10'),
      quote: parseUsd('1498.75'),
    });
  });

  it('leave everything as it was that they do not name, and never write into what they were given', () => {
    fc.assert(
      fc.property(anyHoldings, anyEvent, (given, event) => {
        const before = structuredClone(given);
        const changed = afterEvent(given, event);
        expect(given).toEqual(before);
        const named = event.type === 'ADJUSTMENT' ? event.adjusted : event;
        const market = 'market' in named ? named.market : undefined;
        for (const position of given.account.perps) {
          if (position.market !== market) expect(perpOf(changed.account, position.market)).toBe(position);
        }
        const isOfWallet =
          event.type === 'COST' ||
          (event.type === 'TRANSFER' && event.of === 'wallet') ||
          (event.type === 'ADJUSTMENT' && event.adjusted.account === 'wallet');
        if (!isOfWallet) expect(changed.wallet).toBe(given.wallet);
      }),
    );
  });
});

describe('an event that nobody knows', () => {
  it('stops the program instead of being left out', () => {
    expect(() => afterEvent(holdingsOf({}), { type: 'AIRDROP' } as never)).toThrow(TypeError);
  });
});

describe('a market', () => {
  it('is priced by its asset', () => {
    expect(['SOL', 'SOL-PERP', 'BTC-PERP'].map(assetOf)).toEqual(['SOL', 'SOL', 'BTC']);
    expect(assetOf('SOL-PERP-2')).toBe('SOL-PERP-2');
    expect(['SOL', 'SOL-PERP', 'BTC'].map(isSpot)).toEqual([true, false, false]);
  });

  it('is held by spot, wallet and every perpetual of the asset together', () => {
    fc.assert(
      fc.property(anyHoldings, (holdings) => {
        const { account, wallet } = holdings;
        const perp = (market: string) => baseOf(perpSize(account, market));
        const sol = sum([baseOf(account.spot), baseOf(wallet), perp('SOL-PERP')]);
        expect(baseOf(holdingOf(holdings, 'SOL')).to(sol)).toBe(0);
        expect(baseOf(holdingOf(holdings, 'BTC')).to(perp('BTC-PERP'))).toBe(0);
        expect(holdingOf(holdings, 'DOGE')).toBe(0n);
      }),
    );
  });

  it('with no position has a size of zero', () => {
    expect(perpOf(EMPTY_ACCOUNT, 'SOL-PERP')).toBeUndefined();
    expect(perpSize(EMPTY_ACCOUNT, 'SOL-PERP')).toBe(0n);
    expect(equityOf(EMPTY_ACCOUNT, {})).toBe(0n);
    expect(oracleOf({ SOL: price(1n) }, 'SOL')).toBe(1n);
  });
});
