import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('an order that the paper venue has seen before', () => {
  it('is answered with its first report and does nothing a second time', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    const first = await bench.sell('SOL-PERP', '1', { id: 'a' });
    bench.events();
    bench.solMovesTo('120');

    expect(await bench.sell('SOL-PERP', '1', { id: 'a' })).toEqual(first);
    expect(await bench.buy('SOL', '7', { id: 'a' })).toEqual(first);
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
    expect(bench.events()).toEqual([]);
    expect(bench.venue.capabilities.idempotentOrders).toBe(true);
  });

  it('uses up no fault switch', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    await bench.sell('SOL-PERP', '1', { id: 'a' });
    bench.venue.faults.arm('reject', 1);
    await bench.sell('SOL-PERP', '1', { id: 'a' });

    expect(await bench.sell('SOL-PERP', '1', { id: 'b' })).toMatchObject({ status: 'rejected' });
  });

  it.each(['rejected', 'expired'])('stays %s, even if it could now be filled', async (status) => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    const [size, limit] = status === 'rejected' ? ['1000', '0.1'] : ['1', '99.95'];
    expect(await bench.sell('SOL-PERP', size, { id: 'a', limit })).toMatchObject({ status });
    bench.solMovesTo('100.5');

    expect(await bench.sell('SOL-PERP', '1', { id: 'a' })).toMatchObject({ status });
    expect(bench.held('SOL-PERP')).toBe(0n);
  });

  it('rests only once, and shows how far it has come', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    const order = bench.order('SOL-PERP', 'buy', '1', { limit: '99', gtc: true });
    await bench.send(order);

    expect(await bench.send(order)).toMatchObject({ status: 'open' });
    expect(bench.venue.snapshot().openOrders).toHaveLength(1);
    bench.solMovesTo('98.999');
    expect(await bench.send(order)).toMatchObject({ status: 'filled' });
    expect(bench.held('SOL-PERP')).toBe(parseBase('1'));
  });

  it('is remembered through a thousand others', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    await bench.sell('SOL-PERP', '1', { id: 'first' });
    for (let i = 0; i < 1_000; i += 1) await bench.buy('SOL', '0.001');

    expect(await bench.venue.query('first')).toMatchObject({ report: { filled: parseBase('1') } });
  });

  it('is refused once it is too old, so that it can’t fill twice after it was forgotten', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    const order = bench.order('SOL-PERP', 'sell', '1', { id: 'a', validUntil: bench.now + HOUR_MS });
    const first = await bench.send(order);
    bench.pass(HOUR_MS);
    expect(await bench.send(order)).toEqual(first);
    bench.pass(10 * MINUTE_MS);
    expect(await bench.venue.query('a')).toEqual({ kind: 'report', report: first });
    bench.pass(1);

    expect(await bench.venue.query('a')).toEqual({ kind: 'absent' });
    expect(await bench.send(order)).toMatchObject({ status: 'expired', filled: 0n });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
  });

  it('is never forgotten while it rests', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    await bench.buy('SOL-PERP', '1', { id: 'a', limit: '90', gtc: true });
    for (let hour = 0; hour < 60; hour += 1) bench.passFunded('SOL-PERP', '0');

    expect(await bench.venue.query('a')).toMatchObject({ report: { status: 'open' } });
  });
});

describe('what the paper venue remembers of orders', () => {
  it('does not grow with a day of them', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    await bench.buy('SOL-PERP', '1', { id: 'resting', limit: '90', gtc: true });
    let most = 0;
    for (let minute = 0; minute < 300; minute += 1) {
      await bench.buy('SOL', '0.001', { validUntil: bench.now + MINUTE_MS });
      bench.pass(MINUTE_MS);
      most = Math.max(most, bench.venue.save().reports.length);
    }
    expect(most).toBeLessThanOrEqual(13);
    expect(await bench.report('resting')).toMatchObject({ status: 'open' });
  });

  it('lasts ten minutes from the end of one that rested longer than it was valid, also for who restarts', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    await bench.buy('SOL-PERP', '1', {
      id: 'a',
      limit: '90',
      gtc: true,
      validUntil: bench.now + MINUTE_MS,
    });
    bench.pass(2 * HOUR_MS);
    await bench.venue.cancel('a');
    bench.restore({ feed: bench.feed.save(), venue: bench.venue.save() }, bench.now);
    bench.pass(10 * MINUTE_MS);
    expect(await bench.report('a')).toMatchObject({ status: 'cancelled' });
    bench.pass(1);
    expect(await bench.venue.query('a')).toEqual({ kind: 'absent' });
  });
});

describe('an order that is no longer valid', () => {
  it('is taken at its last moment and not after it', async () => {
    const bench = new PaperBench({ cash: '10000', settings: FREE });
    const validUntil = bench.now + HOUR_MS;
    bench.pass(HOUR_MS);
    expect(await bench.sell('SOL-PERP', '1', { validUntil })).toMatchObject({ status: 'filled' });
    bench.pass(1);

    expect(await bench.sell('SOL-PERP', '1', { id: 'late', validUntil })).toEqual({
      clientOrderId: 'late',
      status: 'expired',
      filled: 0n,
      quote: 0n,
      fee: 0n,
    });
    expect(bench.held('SOL-PERP')).toBe(parseBase('-1'));
  });
});
