import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { healthPct } from '../../../../src/main/domain/margin.ts';
import type { AccountText } from '../../../support/accounts.ts';
import { FREE, PaperBench, refusalOf, usdc } from './paperBench.ts';

/** Nothing but the 10x limit binds. */
const LEVERAGE_ONLY = { ...FREE, initialMarginPct: '1', maintenanceMarginPct: '0.5' };
/** Nothing but the initial margin, 50 %, binds. */
const MARGIN_ONLY = { ...FREE, initialMarginPct: '50' };

const benchOf = (account: AccountText, settings = FREE) => new PaperBench({ ...account, settings });

describe('margin on the paper venue', () => {
  it('[R1.4] requires 5 % of a perpetual’s notional for maintenance', () => {
    const bench = benchOf({ cash: '1000', perps: [{ size: '-10', quote: '1000' }] });
    const { maintenance } = bench.venue.snapshot();

    expect(maintenance).toEqual({ requirement: 50n * 10n ** 30n, collateral: 1_000n * 10n ** 30n });
    expect(healthPct(maintenance)).toBeCloseTo(95, 12);
    expect(bench.venue.maintenanceRatio('SOL-PERP')).toBe(50_000_000_000n);
    expect(() => bench.venue.maintenanceRatio('DOGE-PERP')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_MARKET' }),
    );
  });

  it('counts SOL at 90 % of its oracle and a borrow in full', () => {
    const bench = benchOf({ cash: '-300', spot: '10' });

    expect(bench.venue.snapshot().maintenance).toEqual({
      requirement: 300n * 10n ** 30n,
      collateral: 900n * 10n ** 30n,
    });
    bench.feed.setOracle('SOL', '50');
    expect(bench.venue.snapshot().maintenance.collateral).toBe(450n * 10n ** 30n);
  });
});

describe('an increase on the paper venue', () => {
  // 100 SOL sold at 99.9 lose 0.1 each against the oracle: 100 × 100 = 10 × (1010 − 100 × 0.1).
  it.each(['sell', 'buy'] as const)(
    '[R1.6] is taken at exactly 10x leverage and not beyond (%s)',
    async (side) => {
      const exactly = benchOf({ cash: '1010' }, LEVERAGE_ONLY);
      expect(await exactly[side]('SOL-PERP', '100')).toMatchObject({ status: 'filled' });

      const beyond = benchOf({ cash: '1009.999999' }, LEVERAGE_ONLY);
      expect(await beyond[side]('SOL-PERP', '100')).toEqual({
        clientOrderId: 'order-1',
        status: 'rejected',
        filled: 0n,
        quote: 0n,
        fee: 0n,
        rejection: { code: 'LEVERAGE_EXCEEDED', message: 'The position would be over 10x leverage.' },
      });
      expect(beyond.venue.takeEvents()).toEqual([]);
      expect(beyond.account.perps).toEqual([]);
    },
  );

  // 50 % of 100 × 100 = 5010 − 100 × 0.1.
  it.each(['sell', 'buy'] as const)(
    '[R1.6] is taken at exactly the initial margin and not under it (%s)',
    async (side) => {
      const exactly = benchOf({ cash: '5010' }, MARGIN_ONLY);
      expect(await exactly[side]('SOL-PERP', '100')).toMatchObject({ status: 'filled' });

      const under = benchOf({ cash: '5009.999999' }, MARGIN_ONLY);
      expect(await under[side]('SOL-PERP', '100')).toMatchObject({
        status: 'rejected',
        rejection: {
          code: 'INSUFFICIENT_COLLATERAL',
          message: 'The collateral does not cover the initial margin of this order.',
        },
      });
      expect(under.account.perps).toEqual([]);
    },
  );

  it('[R1.6] counts SOL for the initial margin at 80 % of its oracle', async () => {
    // 80 % of 626.25 × 100 = 50100, of which 5010 are free after a borrow of 45090.
    const exactly = benchOf({ cash: '-45090', spot: '626.25' }, MARGIN_ONLY);
    expect(await exactly.sell('SOL-PERP', '100')).toMatchObject({ status: 'filled' });

    const under = benchOf({ cash: '-45090', spot: '626.249999' }, MARGIN_ONLY);
    expect(await under.sell('SOL-PERP', '100')).toMatchObject({
      rejection: { code: 'INSUFFICIENT_COLLATERAL' },
    });
  });

  it('[R1.6] pays its own fee before it is measured', async () => {
    const settings = { ...LEVERAGE_ONLY, takerFeePct: '0.1' };
    // The fee is 0.1 % of 9990.
    expect(await benchOf({ cash: '1019.99' }, settings).sell('SOL-PERP', '100')).toMatchObject({
      status: 'filled',
    });
    expect(await benchOf({ cash: '1019.989999' }, settings).sell('SOL-PERP', '100')).toMatchObject({
      rejection: { code: 'LEVERAGE_EXCEEDED' },
    });
  });

  it('[R1.6] counts what rests in the book at its worst, and no order that only reduces', async () => {
    const short = (cash: string) => benchOf({ cash, perps: [{ size: '-10', quote: '1000' }] }, LEVERAGE_ONLY);
    const open = async (cash: string) => {
      const bench = short(cash);
      // The worst is that it fills, at its limit or the oracle, whichever is more.
      await bench.sell('SOL-PERP', '10', { limit: '110', gtc: true });
      return bench.sell('SOL-PERP', '80');
    };
    // (10 + 80) × 100 + 10 × 110 = 10 × (cash − 80 × 0.1).
    expect(await open('1018')).toMatchObject({ status: 'filled' });
    expect(await open('1017.999999')).toMatchObject({ rejection: { code: 'LEVERAGE_EXCEEDED' } });

    const reducing = short('908');
    const size = '200';
    expect(await reducing.buy('SOL-PERP', size, { limit: '99', gtc: true, reduceOnly: true })).toMatchObject({
      status: 'open',
    });
    // (10 + 80) × 100 = 10 × (908 − 80 × 0.1).
    expect(await reducing.sell('SOL-PERP', '80')).toMatchObject({ status: 'filled' });
  });

  it('[R1.6] counts of what rests on both sides only the worse', async () => {
    const open = async (cash: string) => {
      const bench = benchOf({ cash }, LEVERAGE_ONLY);
      await bench.buy('SOL-PERP', '60', { limit: '90', gtc: true });
      await bench.sell('SOL-PERP', '100', { limit: '100', gtc: true });
      return bench.report('order-2');
    };
    // 100 SOL short at 100, and not the 60 long beside it: 10,000 = 10 × cash.
    expect(await open('1000')).toMatchObject({ status: 'open' });
    expect(await open('999.999999')).toMatchObject({ rejection: { code: 'LEVERAGE_EXCEEDED' } });
  });

  it('[R1.6] does not rest twice on a position that both would make smaller', async () => {
    const bench = benchOf({ cash: '90', perps: [{ size: '5', quote: '-500' }] }, LEVERAGE_ONLY);

    // The first closes the five; the second would open ten more, and 90 bear nine.
    expect(await bench.sell('SOL-PERP', '5', { limit: '101', gtc: true })).toMatchObject({ status: 'open' });
    expect(await bench.sell('SOL-PERP', '9', { limit: '102', gtc: true })).toMatchObject({
      rejection: { code: 'LEVERAGE_EXCEEDED' },
    });
  });

  it.each([
    // 50 % of (90 × 100 + 10 × 110) = cash − 90 × 0.1.
    ['a perpetual', 'SOL-PERP', 'sell', '110', '5059', '5058.999999'],
    // 10 SOL for $900 count for $800: 50 % of 9000 + 100 = cash − 90 × 0.1.
    ['spot, which weighs less than what it costs', 'SOL', 'buy', '90', '4609', '4608.999999'],
  ] as const)(
    '[R1.6] counts what rests for the initial margin too: %s',
    async (_, market, side, limit, enough, short) => {
      const open = async (cash: string) => {
        const bench = benchOf({ cash }, MARGIN_ONLY);
        await bench[side](market, '10', { limit, gtc: true });
        return bench.sell('SOL-PERP', '90');
      };
      expect(await open(enough)).toMatchObject({ status: 'filled' });
      expect(await open(short)).toMatchObject({ rejection: { code: 'INSUFFICIENT_COLLATERAL' } });
    },
  );

  it('[R1.6] leaves nothing to withdraw that what rests has reserved', async () => {
    const bench = benchOf({ cash: '1000' }, MARGIN_ONLY);
    // 50 % of 10 × 100.
    await bench.buy('SOL-PERP', '10', { limit: '90', gtc: true });

    expect(await refusalOf(bench.venue.withdraw(usdc('500.000001')))).toMatchObject({
      code: 'INSUFFICIENT_COLLATERAL',
    });
    await bench.venue.withdraw(usdc('500'));
    expect(bench.account.cash).toBe(500_000_000n);
  });

  it('[R1.6] is refused before it rests, where its fill could not be borne', async () => {
    const bench = benchOf({ cash: '1000' }, LEVERAGE_ONLY);

    expect(await bench.sell('SOL-PERP', '1000', { limit: '101', gtc: true })).toMatchObject({
      status: 'rejected',
      rejection: { code: 'LEVERAGE_EXCEEDED' },
    });
    expect(bench.venue.snapshot().openOrders).toEqual([]);
  });

  it('[R1.6] rests with no remainder that could not be borne', async () => {
    const bench = benchOf({ cash: '1000' }, LEVERAGE_ONLY);
    bench.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    await bench.sell('SOL-PERP', '1000', { limit: '99', gtc: true });

    expect(bench.venue.snapshot().openOrders).toEqual([]);
  });

  it('[R1.6] counts of what rests only what has not filled yet', async () => {
    const bench = benchOf({ cash: '1009.4' }, LEVERAGE_ONLY);
    bench.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    expect(await bench.sell('SOL-PERP', '10', { limit: '99', gtc: true })).toMatchObject({
      filled: parseBase('4'),
    });
    bench.feed.setDepth('SOL-PERP', [['0.001', '1000']]);

    // (4 + 6 + 90) × 100 = 10 × (1009.4 − 94 × 0.1); the limit, 99, is less than the oracle.
    expect(await bench.sell('SOL-PERP', '90')).toMatchObject({ status: 'filled' });
  });

  it('[R1.6] is refused to an account whose equity is gone', async () => {
    const bench = benchOf({ cash: '0' }, LEVERAGE_ONLY);

    expect(await bench.sell('SOL-PERP', '0.001')).toMatchObject({ rejection: { code: 'LEVERAGE_EXCEEDED' } });
  });

  it('[R1.6] includes turning a position round into one as large', async () => {
    const bench = benchOf({ cash: '1010', perps: [{ size: '-100', quote: '10000' }] }, LEVERAGE_ONLY);

    expect(await bench.buy('SOL-PERP', '200')).toMatchObject({
      rejection: { code: 'LEVERAGE_EXCEEDED' },
    });
    expect(await bench.buy('SOL-PERP', '199.999')).toMatchObject({ status: 'filled' });
  });
});

describe('a reduction on the paper venue', () => {
  it.each([false, true])(
    '[R1.6] is never refused, however little is left (reduce-only: %s)',
    async (reduceOnly) => {
      const bench = benchOf({ cash: '100', perps: [{ size: '-10', quote: '1000' }] });
      // 10 × (100 − 108) eats all but $20; 1080 of notional is 54x.
      bench.feed.setOracle('SOL', '108');

      expect(await bench.sell('SOL-PERP', '0.001')).toMatchObject({ status: 'rejected' });
      expect(await bench.buy('SOL-PERP', '1', { reduceOnly })).toMatchObject({ status: 'filled' });
      bench.feed.setOracle('SOL', '130');
      expect(bench.equity().sign()).toBe(-1);
      expect(await bench.buy('SOL-PERP', '9', { reduceOnly })).toMatchObject({ status: 'filled' });
      expect(bench.held('SOL-PERP')).toBe(0n);
      bench.expectBooksToAgree();
    },
  );
});

describe('a spot trade on the paper venue', () => {
  it('is paid from the balances that there are: nothing is lent for it', async () => {
    const bench = benchOf({ cash: '1001', spot: '5' });

    expect(await bench.buy('SOL', '10.001')).toMatchObject({
      status: 'rejected',
      rejection: {
        code: 'INSUFFICIENT_BALANCE',
        message: 'The sub-account has too little USDC for this order.',
      },
    });
    expect(await bench.sell('SOL', '5.001')).toMatchObject({
      rejection: { message: 'The sub-account has too little SOL for this order.' },
    });
    expect(bench.venue.takeEvents()).toEqual([]);
    expect(await bench.sell('SOL', '5')).toMatchObject({ status: 'filled' });
    expect(bench.account.spot).toBe(0n);
    expect(await bench.buy('SOL', '14.985')).toMatchObject({ status: 'filled' });
    expect(bench.account).toMatchObject({ spot: parseBase('14.985') });
  });

  it('[R1.6] is refused where it would take the account under its initial margin', async () => {
    // 80 % of 9 SOL and the dollars that are left do not cover 10 % of 9000.
    const bench = benchOf({ cash: '1000', perps: [{ size: '-90', quote: '9000' }] });

    expect(await bench.buy('SOL', '9')).toMatchObject({
      status: 'rejected',
      rejection: { code: 'INSUFFICIENT_COLLATERAL' },
    });
  });

  it('[R1.6] leaves the margin of perpetual orders that rest', async () => {
    const bench = benchOf({ cash: '560' }, MARGIN_ONLY);
    await bench.buy('SOL-PERP', '10', { limit: '95', gtc: true });

    // 80 % of 550 and 9.45 left do not cover 50 % of 950.
    expect(await bench.buy('SOL', '5.5')).toMatchObject({ rejection: { code: 'INSUFFICIENT_COLLATERAL' } });
  });

  it('may take the last dollar, fee included, and no more', async () => {
    const settings = { ...FREE, takerFeePct: '0.1' };
    // 10 × 100.1 and 0.1 % of it.
    const exactly = benchOf({ cash: '1002.001' }, settings);
    expect(await exactly.buy('SOL', '10')).toMatchObject({ status: 'filled' });
    expect(exactly.account.cash).toBe(0n);
    expect(await benchOf({ cash: '1002.000999' }, settings).buy('SOL', '10')).toMatchObject({
      status: 'rejected',
    });
  });
});
