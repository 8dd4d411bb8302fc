import { describe, expect, it } from 'vitest';

import { MAX_STREAMS } from '../../../src/main/commands/streams.ts';
import type { StreamRequest } from '../../../src/main/commands/streams/channelOf.ts';
import { MAX_WAITING_BYTES } from '../../../src/shared/contract/protocol.ts';
import { ACCOUNT, BOOK, CANDLES, StreamsRig, TRADES } from './streamsRig.ts';

const EACH = [BOOK, TRADES, CANDLES, ACCOUNT];

/** Something happens on every channel. */
function stir({ source }: StreamsRig): void {
  source.quote('bid', 98, source.sequence);
  source.trade();
  source.order('1', 'open', source.sequence);
}

/** How far a connection may be filled with subscriptions that differ. */
const booksOf = (count: number): readonly StreamRequest[] =>
  Array.from({ length: count }, (_, at) => ({ ...BOOK, depth: at + 1 }));

describe.each(EACH)('a subscription to $channel', (request) => {
  it('begins with a snapshot, and goes on with what changes', () => {
    const rig = new StreamsRig();
    stir(rig);
    rig.follow(request);
    expect(rig.kinds).toEqual(['snapshot']);
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot']);
    stir(rig);
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot', 'update']);
    expect(rig.frames.map(({ data }) => data.channel)).toEqual([request.channel, request.channel]);
  });

  it('is numbered by one, with the wall time and the time of the market', () => {
    const rig = new StreamsRig();
    const id = rig.follow(request);
    for (let turn = 0; turn < 5; turn += 1) {
      rig.source.t += 60_000;
      stir(rig);
      rig.time.pass(200);
    }
    expect(rig.frames.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(rig.frames.map(({ subscriptionId }) => subscriptionId))).toEqual(new Set([id]));
    expect(rig.frames.at(-1)?.timestamp).toBe(rig.source.t);
    for (const { at, frame } of rig.sent) expect(frame.sentAt).toBe(5_000 + at);
  });

  it('leaves out what happened before its snapshot, which has it', () => {
    const rig = new StreamsRig();
    rig.subscribe(request);
    for (let turn = 0; turn < 5; turn += 1) stir(rig);
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot']);
  });

  it('gives a client that reads too slowly nothing, and a snapshot once it has caught up', () => {
    const rig = new StreamsRig();
    rig.follow(request);
    rig.stall();
    for (let turn = 0; turn < 20; turn += 1) {
      stir(rig);
      rig.time.pass(50);
    }
    expect(rig.kinds).toEqual(['snapshot']);
    rig.catchUp();
    rig.time.pass(200);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot']);
    stir(rig);
    rig.time.pass(200);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot', 'update']);
    expect(rig.frames.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('closes a client with over 8 MiB waiting, and says nothing more', () => {
    const rig = new StreamsRig();
    rig.heard = () => {
      rig.waitingBytes = MAX_WAITING_BYTES + 1;
    };
    rig.follow(request);
    expect(rig.closedFor).toBe('tooSlow');
    stir(rig);
    rig.time.pass(1_000);
    expect(rig.sent).toHaveLength(1);
    expect(rig.source.listeners).toBe(0);
  });

  it('ends when it is closed, and nothing of it is left', () => {
    const rig = new StreamsRig();
    const id = rig.follow(request);
    stir(rig);
    expect(rig.streams.close(id)).toBe(true);
    rig.time.pass(1_000);
    expect(rig.sent).toHaveLength(1);
    expect(rig.source.listeners).toBe(0);
    expect(rig.time.waiting).toBe(0);
    expect(rig.streams.close(id)).toBe(false);
  });

  it('begins again with a snapshot when the market becomes another', () => {
    const rig = new StreamsRig();
    stir(rig);
    rig.follow(request);
    stir(rig);
    rig.source.replace();
    stir(rig);
    rig.time.pass(200);
    stir(rig);
    rig.time.pass(200);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot', 'update']);
    expect(rig.explained).toEqual([]);
  });

  it('goes on with a snapshot after something went wrong, which is explained once a second', () => {
    const rig = new StreamsRig();
    rig.follow(request);
    rig.source.broken = new Error('no market today');
    rig.source.replace();
    rig.time.pass(3_500);
    expect(rig.explained).toEqual(Array.from({ length: 4 }, () => rig.source.broken));
    rig.source.broken = undefined;
    rig.time.pass(1_000);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot']);
    expect(rig.frames.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('asked for twice is one stream, which gives a new snapshot', () => {
    const rig = new StreamsRig();
    const id = rig.follow(request);
    expect(rig.subscribe(request)).toBe(id);
    rig.time.pass(200);
    stir(rig);
    rig.time.pass(200);
    expect(rig.kinds).toEqual(['snapshot', 'snapshot', 'update']);
    rig.streams.close(id);
    expect(rig.source.listeners).toBe(0);
  });

  it('is silent until its request has been answered, however much happens', () => {
    const rig = new StreamsRig();
    rig.streams.open(request);
    stir(rig);
    rig.source.replace();
    rig.time.pass(1_000);
    expect(rig.sent).toEqual([]);
  });
});

describe('a connection', () => {
  it('has subscriptions that know nothing of each other', () => {
    const rig = new StreamsRig();
    const ids = EACH.map((request) => rig.follow(request));
    expect(new Set(ids).size).toBe(4);
    stir(rig);
    rig.time.pass(200);
    for (const id of ids)
      expect(rig.frames.filter(({ subscriptionId }) => subscriptionId === id).map(({ seq }) => seq)).toEqual([
        1, 2,
      ]);
  });

  it('has 64 of them at most; one more is refused, and may be opened where another was closed', () => {
    const rig = new StreamsRig();
    const [first = ''] = booksOf(MAX_STREAMS).map((request) => rig.follow(request));
    expect(MAX_STREAMS).toBe(64);
    const before = rig.source.listeners;
    expect(() => rig.subscribe(TRADES)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    expect(rig.source.listeners).toBe(before);
    expect(rig.subscribe({ ...BOOK, depth: 1 })).toBe(first);
    rig.streams.close(first);
    rig.follow(TRADES);
    expect(rig.frames.at(-1)?.data.channel).toBe('trades');
  });

  it.each([BOOK, TRADES, CANDLES])(
    'is refused an unknown market of $channel before anything is opened',
    (request) => {
      const rig = new StreamsRig();
      const unknown = { ...request, market: 'XRP-PERP' };
      expect(() => rig.subscribe(unknown)).toThrow(expect.objectContaining({ code: 'UNKNOWN_MARKET' }));
      expect(rig.source.listeners).toBe(0);
      expect(rig.time.waiting).toBe(0);
    },
  );

  it('leaves nothing behind when it ends, and opens nothing afterwards', () => {
    const rig = new StreamsRig();
    for (const request of EACH) rig.subscribe(request);
    rig.streams.open({ ...BOOK, depth: 3 });
    stir(rig);
    rig.streams.end();
    expect(rig.source.listeners).toBe(0);
    expect(rig.time.waiting).toBe(0);
    expect(() => rig.subscribe(TRADES)).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
    expect(rig.source.listeners).toBe(0);
    rig.time.pass(1_000);
    expect(rig.sent).toEqual([]);
  });
});
