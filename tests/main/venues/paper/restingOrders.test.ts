import { describe, expect, it } from 'vitest';

import { formatUsd, parseBase } from '../../../../src/shared/money/decimal.ts';
import { PaperBench, refusalOf } from './paperBench.ts';

const QUIET = { usdcDepositApr: '0', solDepositApr: '0', gasSol: '0' };
const benchWith = (cash = '10000', spot = '0') => new PaperBench({ cash, spot, settings: QUIET });

const reportOf = async (bench: PaperBench, id: string) => {
  const reply = await bench.venue.query(id);
  return reply.kind === 'report' ? reply.report : reply.kind;
};

describe('an order that rests on the paper venue', () => {
  it.each([
    ['buy', '99', '99', '98.999'],
    ['buy', '99', '99.001', '95'],
    ['sell', '101', '101', '101.001'],
    ['sell', '101', '100.999', '105'],
  ] as const)(
    'is a %s at %s that waits at %s and fills at its own limit once the mark is past it, at %s',
    async (side, limit, before, at) => {
      const bench = benchWith();
      await bench.send(bench.order('SOL-PERP', side, '10', { id: 'a', limit, gtc: true }));
      bench.solMovesTo(before);
      expect(bench.held('SOL-PERP')).toBe(0n);
      expect(await reportOf(bench, 'a')).toMatchObject({ status: 'open', filled: 0n });

      bench.solMovesTo(at);

      expect(bench.held('SOL-PERP')).toBe(parseBase(side === 'buy' ? '10' : '-10'));
      expect(await reportOf(bench, 'a')).toMatchObject({
        status: 'filled',
        filled: parseBase('10'),
        quote: BigInt(limit) * 10_000_000n,
      });
      expect(bench.venue.snapshot().openOrders).toEqual([]);
      bench.expectBooksToAgree();
    },
  );

  it('earns the maker’s rebate, 0.02 % of its notional', async () => {
    const bench = benchWith();
    await bench.buy('SOL', '10', { id: 'a', limit: '99', gtc: true });
    bench.solMovesTo('98.999');

    expect(await reportOf(bench, 'a')).toMatchObject({ fee: -198_000n });
    expect(formatUsd(bench.account.cash)).toBe('9010.198');
    expect(bench.events()).toMatchObject([{ liquidity: 'maker', fee: -198_000n }]);
    bench.expectBooksToAgree();
  });

  it('fills as far as the book shows anything, and the rest of it with the next book', async () => {
    const bench = benchWith();
    await bench.buy('SOL', '10', { limit: '99', gtc: true });
    bench.feed.emptyBook('SOL');
    bench.solMovesTo('98.5');
    expect(bench.account.spot).toBe(0n);
    bench.feed.setDepth('SOL', [
      ['0.0005', '3'],
      ['0.001', '4'],
    ]);
    bench.solMovesTo('98');
    expect(bench.account.spot).toBe(parseBase('7'));

    bench.pass(1_000);

    expect(bench.account.spot).toBe(parseBase('10'));
    bench.expectBooksToAgree();
  });

  it('follows the mark of its own market', async () => {
    const bench = benchWith();
    await bench.buy('SOL-PERP', '10', { limit: '99', gtc: true });
    bench.solMovesTo('98.5');
    expect(bench.held('SOL-PERP')).toBe(parseBase('10'));

    await bench.sell('SOL-PERP', '10', { limit: '105', gtc: true });
    bench.feed.setMark('SOL-PERP', '104');
    bench.solMovesTo('106');
    expect(bench.held('SOL-PERP')).toBe(parseBase('10'));
    bench.feed.setMark('SOL-PERP', '105.001');
    bench.pass(1_000);
    expect(bench.held('SOL-PERP')).toBe(0n);
  });

  it('goes on taking what it could not take at once', async () => {
    const bench = benchWith();
    bench.feed.setDepth('SOL', [['0.001', '4']]);
    expect(await bench.buy('SOL', '10', { id: 'a', limit: '100.2', gtc: true })).toMatchObject({
      status: 'open',
      filled: parseBase('4'),
    });
    expect(bench.openOrder('a')).toMatchObject({ size: parseBase('10'), filled: parseBase('4') });
    bench.pass(1_000);
    expect(bench.account.spot).toBe(parseBase('8'));

    bench.feed.setDepth('SOL', [['0.001', '50']]);
    bench.pass(1_000);

    expect(bench.account.spot).toBe(parseBase('10'));
    expect(await reportOf(bench, 'a')).toMatchObject({ status: 'filled', filled: parseBase('10') });
    expect(bench.venue.snapshot().openOrders).toEqual([]);
    bench.expectBooksToAgree();
  });

  it('rests with what it could not take once its limit bears no taking any more', async () => {
    const bench = benchWith();
    bench.feed.setDepth('SOL', [['0.001', '4']]);
    await bench.buy('SOL', '10', { id: 'a', limit: '100.2', gtc: true });
    bench.solMovesTo('100.3');
    expect(bench.openOrder('a')).toMatchObject({
      filled: parseBase('4'),
      ahead: parseBase('0.3'),
    });

    bench.solMovesTo('100.199');

    expect(await reportOf(bench, 'a')).toMatchObject({ status: 'open', filled: parseBase('8') });
    expect(bench.events().at(-1)).toMatchObject({ liquidity: 'maker', price: 100_200_000_000n });
  });

  it.each([
    ['buy', '100.05', '99.999'],
    ['sell', '99.95', '100.001'],
  ] as const)(
    'waits for the mark to turn to it where it is nearer than a taker’s 0.1 %% (%s)',
    async (side, limit, turned) => {
      const bench = benchWith('10000', '10');
      await bench[side]('SOL', '1', { id: 'a', limit, gtc: true });
      bench.pass(2_000);
      bench.pass(2_000);
      expect(await reportOf(bench, 'a')).toMatchObject({ status: 'open', filled: 0n });

      bench.solMovesTo(turned);

      expect(await reportOf(bench, 'a')).toMatchObject({ status: 'filled' });
    },
  );

  it('[R1.5] never fills its remainder more than 0.3 % from the mark', async () => {
    const bench = benchWith();
    bench.feed.setDepth('SOL', [['0.001', '4']]);
    await bench.buy('SOL', '10', { limit: '105', gtc: true });
    bench.feed.setDepth('SOL', [['0.001', '50']]);
    bench.pass(1_000);

    const paid = bench
      .events()
      .flatMap((event) => (event.type === 'FILL' ? [Number(event.price) / 1e9] : []));
    expect(Math.max(...paid)).toBeLessThanOrEqual(100.3);
  });

  it('can be cancelled, once, and then never fills', async () => {
    const bench = benchWith();
    await bench.buy('SOL', '10', { id: 'a', limit: '99', gtc: true });

    const first = await bench.venue.cancel('a');
    bench.solMovesTo('90');

    expect(first).toMatchObject({ kind: 'report', report: { status: 'cancelled', filled: 0n } });
    expect(await bench.venue.cancel('a')).toEqual(first);
    expect(bench.account.spot).toBe(0n);
    expect(bench.venue.snapshot().openOrders).toEqual([]);
  });

  it('leaves the other orders where they are when one is cancelled', async () => {
    const bench = benchWith();
    for (const id of ['a', 'b', 'c']) await bench.buy('SOL', '1', { id, limit: '99', gtc: true });
    await bench.venue.cancel('b');

    expect(bench.venue.snapshot().openOrders.map(({ clientOrderId }) => clientOrderId)).toEqual(['a', 'c']);
  });

  it('answers a cancel that comes too late with what became of the order', async () => {
    const bench = benchWith();
    await bench.buy('SOL', '1', { id: 'a' });

    expect(await bench.venue.cancel('a')).toMatchObject({ kind: 'report', report: { status: 'filled' } });
    expect(bench.account.spot).toBe(parseBase('1'));
    expect(await refusalOf(bench.venue.cancel('b'))).toMatchObject({
      code: 'UNKNOWN_ORDER',
      message: 'There is no order b.',
      details: { clientOrderId: 'b' },
    });
  });

  it('is cancelled where the account can’t bear it any more', async () => {
    const bench = benchWith('1000');
    await bench.buy('SOL', '10', { id: 'a', limit: '99', gtc: true });
    expect(await bench.buy('SOL', '5')).toMatchObject({ status: 'filled' });
    const before = bench.account;
    bench.solMovesTo('98.999');

    expect(await reportOf(bench, 'a')).toMatchObject({
      status: 'cancelled',
      filled: 0n,
      rejection: { code: 'INSUFFICIENT_BALANCE' },
    });
    expect(bench.account).toEqual(before);
    expect(bench.venue.snapshot().openOrders).toEqual([]);
  });

  it('sells whole lots, however much SOL there is', async () => {
    const bench = benchWith('0', '2.0000005');
    await bench.sell('SOL', '5', { limit: '101.001', gtc: true, reduceOnly: true });
    bench.solMovesTo('101.002');

    expect(bench.account.spot).toBe(500n);
    bench.expectBooksToAgree();
  });

  it('only reduces, if it is reduce-only: it shrinks with the position and is cancelled with it', async () => {
    const bench = benchWith();
    await bench.sell('SOL-PERP', '10');
    await bench.buy('SOL-PERP', '10', { id: 'a', limit: '95', gtc: true, reduceOnly: true });
    await bench.buy('SOL-PERP', '10', { id: 'b', limit: '94', gtc: true, reduceOnly: true });
    await bench.buy('SOL-PERP', '6', { reduceOnly: true });
    bench.solMovesTo('94.5');

    expect(bench.held('SOL-PERP')).toBe(0n);
    expect(await reportOf(bench, 'a')).toMatchObject({ status: 'partiallyFilled', filled: parseBase('4') });
    bench.solMovesTo('93.999');
    expect(await reportOf(bench, 'b')).toMatchObject({
      status: 'cancelled',
      rejection: { code: 'REDUCE_ONLY_WOULD_INCREASE' },
    });
    bench.expectBooksToAgree();
  });
});
