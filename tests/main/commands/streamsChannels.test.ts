import { describe, expect, it } from 'vitest';

import { ACCOUNT, BOOK, CANDLES, StreamsRig, TRADES, type Sent } from './streamsRig.ts';

const gapsOf = (sent: readonly Sent[]): readonly number[] =>
  sent.slice(1).map(({ at }, before) => at - (sent[before]?.at ?? 0));

const tradeIds = (rig: StreamsRig): readonly number[] =>
  rig.frames.flatMap(({ data }) => (data.channel === 'trades' ? data.trades.map(({ id }) => id) : []));

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);

describe('book', () => {
  it('comes at most ten times a second, as the difference from what was sent last', () => {
    const rig = new StreamsRig();
    rig.follow(BOOK);
    for (let ms = 0; ms < 1_000; ms += 1) {
      rig.source.quote('bid', 98, 1 + (ms % 7));
      rig.time.pass(1);
    }
    expect(rig.sent).toHaveLength(11);
    expect(Math.min(...gapsOf(rig.sent))).toBeGreaterThanOrEqual(100);
  });

  it('has 20 levels unless another depth is asked for, and takes away what falls out of sight', () => {
    const rig = new StreamsRig();
    for (let at = 1; at < 50; at += 1) rig.source.quote('bid', at, 1);
    rig.follow(BOOK);
    rig.follow({ ...BOOK, depth: 2 });
    rig.source.quote('bid', 98, 3);
    rig.time.pass(100);
    const bids = rig.frames.map(({ data }) => (data.channel === 'book' ? data.book.bids : []));
    expect(bids[0]).toHaveLength(20);
    expect(bids[1]).toEqual([
      { price: '99', size: '5' },
      { price: '49', size: '1' },
    ]);
    expect(bids.slice(2)).toEqual([
      [
        { price: '98', size: '3' },
        { price: '31', size: '0' },
      ],
      [
        { price: '98', size: '3' },
        { price: '49', size: '0' },
      ],
    ]);
  });

  it('follows on the book that was sent before, also over changes that lay deeper than the client sees', () => {
    const rig = new StreamsRig();
    rig.follow({ ...BOOK, depth: 1 });
    rig.source.quote('bid', 50, 7);
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot']);
    rig.source.quote('ask', 100, 2);
    rig.time.pass(1_000);
    const [, update] = rig.frames;
    expect(update?.data).toMatchObject({
      kind: 'update',
      from: 1,
      book: { sequence: 3, bids: [], mid: '99.5', spread: '1' },
    });
  });

  it('tells of a new mark while no level changes', () => {
    const rig = new StreamsRig();
    rig.follow(BOOK);
    rig.source.moveMark(105);
    rig.time.pass(100);
    expect(rig.frames.at(-1)?.data).toMatchObject({
      kind: 'update',
      from: 1,
      book: { sequence: 1, mark: '105', bids: [], asks: [], mid: '100' },
    });
  });
});

describe('trades', () => {
  it('of a burst of 20,000 come in one frame, and none is lost', () => {
    const rig = new StreamsRig();
    rig.follow(TRADES);
    for (let one = 0; one < 20_000; one += 1) rig.source.trade();
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot', 'update']);
    expect(tradeIds(rig)).toEqual(upTo(20_000));
  });

  it('at 20,000 a second come in ten frames a second, and none is lost', () => {
    const rig = new StreamsRig();
    rig.follow(TRADES);
    for (let ms = 0; ms < 1_000; ms += 1) {
      rig.source.trade(20);
      rig.time.pass(1);
    }
    rig.time.pass(100);
    expect(tradeIds(rig)).toEqual(upTo(20_000));
    expect(rig.sent.length).toBeLessThanOrEqual(12);
    expect(Math.min(...gapsOf(rig.sent))).toBeGreaterThanOrEqual(100);
  });

  it('that were in the snapshot are not sent again by a source that tells of them late', () => {
    const rig = new StreamsRig();
    rig.source.trade(5);
    rig.follow(TRADES);
    rig.source.tellTrades(rig.source.trades);
    rig.time.pass(200);
    rig.source.trade();
    rig.source.tellTrades(rig.source.trades);
    rig.time.pass(200);
    expect(tradeIds(rig)).toEqual(upTo(6));
    expect(rig.kinds).toEqual(['snapshot', 'update']);
  });

  it('of which one is missing are followed by a snapshot', () => {
    const rig = new StreamsRig();
    rig.source.trade();
    rig.follow(TRADES);
    rig.source.trades.push({ id: 1, t: rig.source.t, price: '1', size: '1', side: 'sell' });
    rig.source.trades.push({ id: 2, t: rig.source.t, price: '1', size: '1', side: 'sell' });
    rig.source.tellTrades(rig.source.trades.slice(2));
    rig.time.pass(200);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot']);
    expect(tradeIds(rig)).toEqual([0, 0, 1, 2]);
  });
});

describe('candles', () => {
  it('come as they are now, each that has changed since once, oldest first', () => {
    const rig = new StreamsRig();
    rig.follow(CANDLES);
    rig.source.trade(2, 100);
    rig.source.trade(1, 90);
    rig.source.t += 60_000;
    for (const at of [110, 130, 120]) rig.source.trade(1, at);
    rig.time.pass(100);
    expect(rig.frames.at(-1)?.data).toMatchObject({
      kind: 'update',
      resolution: '1m',
      candles: [
        { close: '90', trades: 3 },
        { open: '110', high: '130', close: '120', trades: 3 },
      ],
    });
    expect(rig.sent).toHaveLength(2);
  });
});

describe('account', () => {
  it('is told of a change at once, and of what comes right after it together, 50 ms later', () => {
    const rig = new StreamsRig();
    rig.follow(ACCOUNT);
    rig.time.pass(1_000);
    rig.source.order('1', 'open');
    rig.time.pass(0);
    expect(rig.sent.map(({ at }) => at)).toEqual([0, 1_000]);
    rig.source.order('1', 'filled');
    rig.source.fill('1');
    rig.source.order('2', 'open');
    rig.source.fill('2');
    rig.time.pass(49);
    expect(rig.sent).toHaveLength(2);
    rig.time.pass(1);
    expect(rig.frames.at(-1)?.data).toMatchObject({
      kind: 'update',
      orders: [
        { orderId: '1', state: 'filled' },
        { orderId: '2', state: 'open' },
      ],
      fills: [{ id: 'f0' }, { id: 'f1' }],
      account: { cash: '800' },
    });
  });

  it('is not told twice of a fill that its snapshot had', () => {
    const rig = new StreamsRig();
    rig.source.fill('1');
    rig.follow(ACCOUNT);
    rig.source.tellFills(rig.source.fills);
    rig.time.pass(100);
    expect(rig.frames.at(-1)?.data).toMatchObject({ kind: 'update', fills: [] });
  });
});
