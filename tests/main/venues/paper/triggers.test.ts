import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

const bench = (cash = '10000') => new PaperBench({ cash, settings: FREE });

describe('an order that waits for its trigger', () => {
  it.each([
    ['buy', 'above 105', '104.999', '105'],
    ['sell', 'above 105', '104.999', '105'],
    ['buy', 'below 95', '95.001', '95'],
    ['sell', 'below 95', '95.001', '95'],
  ] as const)('is a %s let loose when the oracle is %s, and not at %s', async (side, trigger, before, at) => {
    const made = bench();
    expect(
      await made[side]('SOL-PERP', '1', { id: 'a', trigger, tolerance: '0.005', limit: '100' }),
    ).toMatchObject({ status: 'untriggered' });
    made.feed.setMark('SOL-PERP', at);
    made.solMovesTo(before);
    expect(made.openOrder('a').status).toBe('untriggered');

    made.feed.releaseMark('SOL-PERP');
    made.solMovesTo(at);

    expect(await made.report('a')).toMatchObject({ status: 'filled', filled: parseBase('1') });
    expect(made.held('SOL-PERP')).toBe(parseBase(side === 'buy' ? '1' : '-1'));
    expect(made.venue.takeOrderReports()).toMatchObject([{ clientOrderId: 'a', status: 'filled' }]);
    made.expectBooksToAgree();
  });

  it('looks at the oracle, not at the mark', async () => {
    const made = bench();
    await made.sell('SOL-PERP', '1', { id: 'a', trigger: 'below 95', limit: '90' });
    made.feed.setMark('SOL-PERP', '90');
    made.pass(1_000);
    expect(made.openOrder('a').status).toBe('untriggered');
  });

  it('works a market order at the mark of each beat until it has filled', async () => {
    const made = bench();
    await made.sell('SOL-PERP', '10', { id: 'a', trigger: 'below 99', tolerance: '0.005', limit: '98.5' });
    made.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    made.solMovesTo('95');
    expect(await made.report('a')).toMatchObject({ status: 'open', filled: parseBase('4') });
    made.feed.emptyBook('SOL-PERP');
    made.solMovesTo('90');
    made.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    made.solMovesTo('85');
    expect(await made.report('a')).toMatchObject({ status: 'open', filled: parseBase('8') });
    made.solMovesTo('80');

    expect(await made.report('a')).toMatchObject({ status: 'filled' });
    const prices = made.events().flatMap((event) => (event.type === 'FILL' ? [event.price] : []));
    // 0.1 % under each mark: the limit went along with it.
    expect(prices).toEqual([94_905_000_000n, 84_915_000_000n, 79_920_000_000n]);
  });

  it('does not take twice from one book when it is let loose', async () => {
    const made = bench();
    await made.sell('SOL-PERP', '10', { id: 'a', trigger: 'below 99', tolerance: '0.005', limit: '98.5' });
    made.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    made.solMovesTo('98');
    expect(made.openOrder('a').filled).toBe(parseBase('4'));
  });

  it('rests as a limit order once it is let loose', async () => {
    const made = bench();
    await made.sell('SOL-PERP', '1', { id: 'a', trigger: 'below 95', limit: '96', gtc: true });
    made.solMovesTo('95');
    expect(await made.report('a')).toMatchObject({ status: 'open' });
    made.solMovesTo('96.001');
    expect(await made.report('a')).toMatchObject({ status: 'filled', quote: 96_000_000n });
  });

  it('reserves nothing before it comes, and is cancelled where it can’t be borne then', async () => {
    const made = bench('100');
    await made.sell('SOL-PERP', '100', { id: 'a', trigger: 'below 95', limit: '90' });
    expect(await made.sell('SOL-PERP', '9')).toMatchObject({ status: 'filled' });
    made.solMovesTo('95');
    expect(await made.report('a')).toMatchObject({
      status: 'cancelled',
      rejection: { code: 'LEVERAGE_EXCEEDED' },
    });
  });

  it('never turns the position that it was to close, though both exits fire', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '5');
    for (const id of ['a', 'b'])
      await made.sell('SOL-PERP', '4', {
        id,
        trigger: 'below 95',
        tolerance: '0.005',
        limit: '94',
        reduceOnly: true,
      });
    made.solMovesTo('94');
    expect(await made.report('a')).toMatchObject({ status: 'filled' });
    expect(await made.report('b')).toMatchObject({ status: 'partiallyFilled', filled: parseBase('1') });
    expect(made.held('SOL-PERP')).toBe(0n);
    made.expectBooksToAgree();
  });

  it('passes over our own orders as a stop, and stops all the same', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '5');
    await made.buy('SOL-PERP', '1', { id: 'bid', limit: '94', gtc: true });
    await made.sell('SOL-PERP', '5', {
      id: 'stop',
      trigger: 'below 95',
      tolerance: '0.02',
      limit: '94',
      reduceOnly: true,
    });
    made.solMovesTo('94.5');
    expect(await made.report('stop')).toMatchObject({ status: 'filled' });
    expect(await made.report('bid')).toMatchObject({ status: 'open', filled: 0n });
  });

  it.each([undefined, 4])('takes past our own orders as a stop with a limit (others: %s)', async (crowd) => {
    const made = new PaperBench({
      cash: '10000',
      settings: FREE,
      ...(crowd === undefined ? {} : { crowd }),
    });
    made.feed.setDepth('SOL-PERP', [['0.001', '1000']]);
    made.beat();
    await made.buy('SOL-PERP', '5');
    await made.buy('SOL-PERP', '1', { id: 'forgotten', limit: '94', gtc: true });
    await made.sell('SOL-PERP', '5', { id: 'stop', trigger: 'below 95', limit: '93.5', gtc: true });
    made.feed.setDepth('SOL-PERP', [['0.001', '2']]);
    made.solMovesTo('94.5');
    const { filled } = made.openOrder('stop');
    expect(filled).toBeGreaterThan(0n);
    made.beat();
    expect((await made.report('stop')).filled).toBeGreaterThan(filled);
    expect(await made.report('forgotten')).toMatchObject({ status: 'open', filled: 0n });
    made.expectBooksToAgree();
  });

  it('waits out of the book where its rest would meet one of ours, and rests once that is gone', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '5');
    await made.buy('SOL-PERP', '1', { id: 'forgotten', limit: '94.2', gtc: true });
    await made.sell('SOL-PERP', '5', { id: 'stop', trigger: 'below 95', limit: '94.2', gtc: true });
    made.feed.emptyBook('SOL-PERP');
    made.solMovesTo('94.25');
    made.beat();
    expect(made.openOrder('stop')).toMatchObject({ status: 'open', filled: 0n });
    expect(made.openOrder('stop')).not.toHaveProperty('ahead');
    expect(made.openOrder('forgotten').ahead).toBe(0n);
    await made.venue.cancel('forgotten');
    made.beat();
    expect(made.openOrder('stop').ahead).toBe(0n);
    made.solMovesTo('94.201');
    made.solMovesTo('94.3');
    expect(await made.report('stop')).toMatchObject({ status: 'open' });
  });

  it('is not let loose by an old oracle', async () => {
    const made = bench();
    await made.sell('SOL-PERP', '1', { id: 'a', trigger: 'below 99', limit: '90' });
    made.feed.silenceOracle();
    made.feed.setOracle('SOL', '98');
    made.pass(30_001);
    expect(made.openOrder('a').status).toBe('untriggered');
    made.feed.wakeOracle();
    made.pass(1_000);
    expect(await made.report('a')).toMatchObject({ status: 'filled' });
  });

  it('has its trigger on the tick', async () => {
    expect(await bench().sell('SOL-PERP', '1', { trigger: 'below 99.0005' })).toMatchObject({
      status: 'rejected',
      rejection: { code: 'INVALID_PRICE', message: expect.stringContaining('99.001') as string },
    });
  });
});
