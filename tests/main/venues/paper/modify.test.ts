import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

/** Others have 20 SOL at 99 and more beside them. */
async function benchWithBid(crowd?: number): Promise<PaperBench> {
  const made = new PaperBench({ cash: '10000', ...(crowd === undefined ? {} : { crowd }) });
  made.feed.setDepth('SOL-PERP', [['0.02', '4000']]);
  made.beat();
  await made.buy('SOL-PERP', '10', { id: 'a', limit: '99', gtc: true });
  await made.buy('SOL-PERP', '5', { id: 'b', limit: '99', gtc: true });
  return made;
}

describe('a change of an order that rests', () => {
  it('to less at the same price keeps the turn, and lets those behind come nearer', async () => {
    const made = await benchWithBid();
    const { ahead } = made.openOrder('a');
    expect(await made.venue.modify('a', { size: parseBase('4') })).toMatchObject({
      kind: 'report',
      report: { status: 'open' },
    });
    expect(made.openOrder('a')).toMatchObject({ size: parseBase('4'), ahead });
    expect(made.openOrder('b').ahead).toBe((ahead ?? 0n) + parseBase('4'));
  });

  it.each([
    ['more', { size: parseBase('11') }],
    ['the same', {}],
  ] as const)('to %s at the same price goes to the back', async (_, change) => {
    const made = await benchWithBid();
    const behind = made.openOrder('b').ahead ?? 0n;
    await made.venue.modify('a', change);
    expect(made.openOrder('b').ahead).toBe(behind - parseBase('10'));
    expect(made.openOrder('a').ahead).toBe(behind - parseBase('10') + parseBase('5'));
  });

  it('to another price joins the queue there', async () => {
    const made = await benchWithBid();
    await made.venue.modify('a', { limitPrice: parsePrice('98.995') });
    expect(made.openOrder('a')).toMatchObject({ limitPrice: parsePrice('98.995'), ahead: 0n });
  });

  it('to a price that takes, takes', async () => {
    const made = await benchWithBid();
    expect(await made.venue.modify('a', { limitPrice: parsePrice('100.5') })).toMatchObject({
      report: { status: 'filled', filled: parseBase('10') },
    });
    expect(made.held('SOL-PERP')).toBe(parseBase('10'));
    expect(made.venue.snapshot().openOrders).toHaveLength(1);
    made.expectBooksToAgree();
  });

  it.each([
    ['off the tick', { limitPrice: parsePrice('99.0005') }, 'INVALID_PRICE'],
    ['off the lot', { size: parseBase('9.0005') }, 'INVALID_SIZE'],
    ['nothing', { size: parseBase('0') }, 'INVALID_SIZE'],
    ['more than the account bears', { size: parseBase('5000') }, 'LEVERAGE_EXCEEDED'],
    ['where our own order stands', { limitPrice: parsePrice('103') }, 'SELF_TRADE'],
  ] as const)('that is refused leaves everything as it was (%s)', async (_, change, code) => {
    for (const crowd of [undefined, 5]) {
      const made = await benchWithBid(crowd);
      await made.sell('SOL-PERP', '1', { id: 'ask', limit: '102', gtc: true });
      made.feed.setDepth('SOL-PERP', [['0.02', '40']]);
      made.beat();
      const before = made.untouched();
      expect(await made.venue.modify('a', change)).toMatchObject({ kind: 'refused', why: { code } });
      expect(made.untouched()).toEqual(before);
      expect(await made.report('a')).toMatchObject({ status: 'open' });
    }
  });

  it('is refused where post-only would take, or the wallet has no gas', async () => {
    const made = new PaperBench({ cash: '10000', wallet: '0.00001' });
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '99', gtc: true, postOnly: 'reject' });
    const before = made.untouched();
    expect(await made.venue.modify('a', { limitPrice: parsePrice('101') })).toMatchObject({
      why: { code: 'POST_ONLY_WOULD_CROSS' },
    });
    for (const change of [{ limitPrice: parsePrice('98') }, { size: parseBase('0.5') }])
      expect(await made.venue.modify('a', change)).toMatchObject({ why: { code: 'INSUFFICIENT_GAS' } });
    expect(made.untouched()).toEqual(before);
  });

  it('to less than has filled is refused: the rest can be cancelled', async () => {
    const made = new PaperBench({ cash: '10000', settings: FREE });
    made.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    await made.buy('SOL-PERP', '10', { id: 'a', limit: '100.2', gtc: true });
    expect(await made.venue.modify('a', { size: parseBase('4') })).toMatchObject({
      why: { code: 'INVALID_SIZE' },
    });
    await made.venue.modify('a', { size: parseBase('6') });
    made.pass(1_000);
    expect(await made.report('a')).toMatchObject({ status: 'filled', filled: parseBase('6') });
  });

  it('of a trigger moves it', async () => {
    const made = new PaperBench({ cash: '10000', settings: FREE });
    await made.buy('SOL-PERP', '1', { id: 'a', trigger: 'above 105', limit: '120' });
    await made.venue.modify('a', { triggerPrice: parsePrice('110') });
    made.solMovesTo('109');
    expect(made.openOrder('a').trigger?.price).toBe(parsePrice('110'));
    made.solMovesTo('110');
    expect(await made.report('a')).toMatchObject({ status: 'filled' });
  });

  it('is refused by a venue that refuses it in simulation, and never happens on a time-out', async () => {
    const made = await benchWithBid();
    const before = made.untouched();
    const change = { size: parseBase('4') };
    made.venue.faults.arm('reject', 1);
    expect(await made.venue.modify('a', change)).toMatchObject({ why: { code: 'SIMULATION_FAILED' } });
    made.venue.faults.arm('timeout', 1);
    expect(await made.venue.modify('a', change)).toMatchObject({ kind: 'noReply' });
    expect(made.untouched()).toEqual(before);
  });

  it('whose reply is lost has happened, and a query tells', async () => {
    const made = await benchWithBid();
    made.venue.faults.arm('lostReply', 1);
    expect(await made.venue.modify('a', { limitPrice: parsePrice('100.5') })).toMatchObject({
      kind: 'noReply',
    });
    expect(await made.report('a')).toMatchObject({ status: 'filled', filled: parseBase('10') });
  });
});
