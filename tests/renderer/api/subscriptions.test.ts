import { beforeEach, describe, expect, test } from 'vitest';
import type { MarketDataFrame, ResultFrame } from '../../../src/shared/contract/frames.ts';
import type { ErrorReply } from '../../../src/shared/contract/errorReply.ts';
import type { MarketDataBody } from '../../../src/shared/contract/marketData.ts';
import { Subscriptions, type StreamRequest } from '../../../src/renderer/api/subscriptions.ts';
import { ManualTimers } from './manualTimers.ts';

interface Sent {
  readonly id: string;
  readonly command: string;
  readonly payload: unknown;
}

const TRADES: StreamRequest = { channel: 'trades', market: 'SOL-PERP' };

/** A body that says which one it is by its market. */
const body = (name: string, kind: 'snapshot' | 'update' = 'update'): MarketDataBody => ({
  channel: 'trades',
  kind,
  market: name,
  trades: [],
});
const frame = (subscriptionId: string, seq: number, data: MarketDataBody): MarketDataFrame => ({
  type: 'MARKET_DATA',
  subscriptionId,
  seq,
  sentAt: 0,
  timestamp: 0,
  data,
});

let sent: Sent[];
let timers: ManualTimers;
let streams: Subscriptions;
let heard: string[];

const ears = {
  body: (one: MarketDataBody) => {
    if (one.channel === 'trades') heard.push(one.market);
  },
  failed: ({ code }: ErrorReply) => {
    heard.push(code);
  },
};

const asked = (): Sent[] => sent.filter(({ command }) => command === 'SUBSCRIBE');
const closed = (): unknown[] =>
  sent.filter(({ command }) => command === 'UNSUBSCRIBE').map(({ payload }) => payload);
function answer(id: string | undefined, subscriptionId: string): void {
  const result = { type: 'COMMAND_RESULT', id: id ?? '', command: 'SUBSCRIBE' } as const;
  const answered: ResultFrame = { ...result, status: 'ok', data: { subscriptionId } };
  expect(streams.hearResult(answered)).toBe(true);
}
function refuse(id: string | undefined, code: ErrorReply['code']): void {
  const error = { code, message: 'No.', details: {} };
  streams.hearResult({ type: 'COMMAND_RESULT', id: id ?? '', command: 'SUBSCRIBE', status: 'error', error });
}

beforeEach(() => {
  sent = [];
  heard = [];
  timers = new ManualTimers();
  let ids = 0;
  const send = (text: string): boolean => sent.push(JSON.parse(text) as Sent) > 0;
  streams = new Subscriptions(send, () => `id ${(ids += 1)}`, timers);
});

describe('a stream', () => {
  test('is asked for once the connection stands, and tells what it carries in order', () => {
    streams.open(TRADES, ears);
    expect(sent).toEqual([]);
    streams.connected();
    expect(asked()).toMatchObject([{ payload: TRADES }]);
    answer(asked()[0]?.id, 'a');
    streams.hear(frame('a', 1, body('first', 'snapshot')));
    streams.hear(frame('a', 2, body('second')));
    streams.hear(frame('other', 3, body('of another')));
    expect(heard).toEqual(['first', 'second']);
  });

  test('whose first frame overtakes the answer loses nothing', () => {
    streams.connected();
    streams.open(TRADES, ears);
    streams.hear(frame('a', 1, body('first', 'snapshot')));
    streams.hear(frame('a', 2, body('second')));
    answer(asked()[0]?.id, 'a');
    expect(heard).toEqual(['first', 'second']);
  });

  test('is closed when nobody looks, and then says nothing', () => {
    streams.connected();
    const close = streams.open(TRADES, ears);
    answer(asked()[0]?.id, 'a');
    close();
    streams.hear(frame('a', 1, body('late', 'snapshot')));
    expect(closed()).toEqual([{ subscriptionId: 'a' }]);
    expect(heard).toEqual([]);
  });

  test('that is given up before its answer is closed when the answer comes', () => {
    streams.connected();
    streams.open(TRADES, ears)();
    expect(closed()).toEqual([]);
    answer(asked()[0]?.id, 'a');
    expect(closed()).toEqual([{ subscriptionId: 'a' }]);
  });

  test('that is given up and asked for again is not closed: both are the same one over there', () => {
    streams.connected();
    streams.open(TRADES, ears)();
    streams.open(TRADES, ears);
    answer(asked()[0]?.id, 'a');
    answer(asked()[1]?.id, 'a');
    streams.hear(frame('a', 1, body('first', 'snapshot')));
    expect(closed()).toEqual([]);
    expect(heard).toEqual(['first']);
  });

  test('that two look at stays open until both have gone', () => {
    streams.connected();
    const [first, second] = [streams.open(TRADES, ears), streams.open(TRADES, ears)];
    answer(asked()[0]?.id, 'a');
    answer(asked()[1]?.id, 'a');
    first();
    expect(closed()).toEqual([]);
    second();
    expect(closed()).toEqual([{ subscriptionId: 'a' }]);
  });
});

describe('a gap', () => {
  beforeEach(() => {
    streams.connected();
    streams.open(TRADES, ears);
    answer(asked()[0]?.id, 'a');
    streams.hear(frame('a', 1, body('first', 'snapshot')));
  });

  test('that a snapshot makes up for changes nothing', () => {
    streams.hear(frame('a', 5, body('whole', 'snapshot')));
    streams.hear(frame('a', 6, body('next')));
    expect(heard).toEqual(['first', 'whole', 'next']);
    expect(asked()).toHaveLength(1);
  });

  test('without one is asked about, and nothing is told before there is one', () => {
    streams.hear(frame('a', 3, body('after the gap')));
    streams.hear(frame('a', 4, body('still after it')));
    expect(closed()).toEqual([{ subscriptionId: 'a' }]);
    expect(asked()).toHaveLength(2);
    answer(asked()[1]?.id, 'b');
    streams.hear(frame('b', 1, body('whole', 'snapshot')));
    expect(heard).toEqual(['first', 'whole']);
  });
});

describe('a connection that breaks', () => {
  test('takes its streams along; the next one asks for them anew', () => {
    streams.connected();
    streams.open(TRADES, ears);
    answer(asked()[0]?.id, 'a');
    streams.disconnected();
    streams.hear(frame('a', 1, body('of the old one', 'snapshot')));
    streams.connected();
    expect(asked()).toHaveLength(2);
    expect(asked()[0]?.id).not.toBe(asked()[1]?.id);
    answer(asked()[1]?.id, 'b');
    streams.hear(frame('b', 1, body('first', 'snapshot')));
    expect(heard).toEqual(['first']);
    expect(closed()).toEqual([]);
  });

  test('with an answer still to come does not take an old answer for the new one', () => {
    streams.connected();
    streams.open(TRADES, ears);
    const [old] = asked();
    streams.disconnected();
    streams.connected();
    expect(
      streams.hearResult({
        type: 'COMMAND_RESULT',
        id: old?.id ?? '',
        command: 'SUBSCRIBE',
        status: 'ok',
        data: { subscriptionId: 'old' },
      }),
    ).toBe(false);
    streams.hear(frame('old', 1, body('of the old one', 'snapshot')));
    answer(asked()[1]?.id, 'b');
    expect(heard).toEqual([]);
  });
});

describe('a refusal', () => {
  beforeEach(() => {
    streams.connected();
    streams.open(TRADES, ears);
  });

  test('that may pass is told, and asked again after a while', () => {
    refuse(asked()[0]?.id, 'RATE_LIMITED');
    expect(heard).toEqual(['RATE_LIMITED']);
    timers.pass(10_000);
    expect(asked()).toHaveLength(2);
  });

  test('that stands is told, and not asked again', () => {
    refuse(asked()[0]?.id, 'UNKNOWN_MARKET');
    timers.pass(60_000);
    expect(heard).toEqual(['UNKNOWN_MARKET']);
    expect(asked()).toHaveLength(1);
  });
});
