import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';

import { Broadcaster } from '../../../src/main/commands/broadcaster.ts';
import { ClientSession } from '../../../src/main/commands/clientSession.ts';
import { Dispatcher } from '../../../src/main/commands/dispatcher.ts';
import type { Handlers } from '../../../src/main/commands/handlers.ts';
import { STREAM_HANDLERS } from '../../../src/main/commands/handlers/streamHandlers.ts';
import { LocalClient } from '../../../src/main/commands/localClient.ts';
import { Operations } from '../../../src/main/commands/operations.ts';
import type { StreamRequest } from '../../../src/main/commands/streams/channelOf.ts';
import { randomId } from '../../../src/main/platform/ids.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { RigClient } from '../../support/programRig.ts';
import { MARKET } from './scriptedSource.ts';
import { StreamsRig } from './streamsRig.ts';

const BOOK = { channel: 'book', market: MARKET } as const;

/** A program that has streams and nothing else. */
function streamProgram(handlers: Partial<Handlers> = STREAM_HANDLERS) {
  const { source, time, parts } = new StreamsRig();
  const { now, elapsed } = parts;
  const explain = (error: unknown): AppError => {
    if (error instanceof AppError) return error;
    throw error;
  };
  const broadcaster = new Broadcaster({ instanceId: 'one', funding: () => null, explain, now, elapsed });
  onTestFinished(() => broadcaster.close());
  const dispatcher = new Dispatcher({
    handlers: handlers as Handlers,
    operations: new Operations({ nextId: randomId, now, reported: () => undefined }),
    answers: () => {
      throw new Error('what only reads is not kept');
    },
    now,
    explain,
  });
  const connect = (carrier: ConstructorParameters<typeof ClientSession>[0]): ClientSession =>
    new ClientSession(carrier, { broadcaster, dispatcher, streams: parts, elapsed });
  return { source, time, connect };
}

/** Subscribes; when it resolves, the snapshot is on its way. */
async function subscribed(client: RigClient, request: StreamRequest, id?: string): Promise<string> {
  const { subscriptionId } = await client.ask('SUBSCRIBE', request, id);
  await setImmediate();
  return subscriptionId;
}

describe('SUBSCRIBE', () => {
  it('[R8.10] is answered with an id, and only then that stream speaks, on this connection only', async () => {
    const program = streamProgram();
    const [client, other] = [new RigClient(program), new RigClient(program)];
    const subscriptionId = await subscribed(client, BOOK);
    program.time.pass(0);
    program.source.quote('bid', 98, 2);
    program.time.pass(100);
    await other.ask('UNSUBSCRIBE', { subscriptionId });
    program.source.quote('bid', 98, 3);
    program.time.pass(100);

    expect(client.heard[0]?.frame.type).toBe('COMMAND_RESULT');
    expect(client.heard).toHaveLength(4);
    expect(client.marketDataOf(subscriptionId).map(({ data }) => data.kind)).toEqual([
      'snapshot',
      'update',
      'update',
    ]);
    expect(other.heard.map(({ frame }) => frame.type)).toEqual(['COMMAND_RESULT']);
    expect([...client.problems, ...other.problems]).toEqual([]);
  });

  it('whose answer takes its time is answered first all the same', async () => {
    const gate = Promise.withResolvers<undefined>();
    const program = streamProgram({
      SUBSCRIBE: async (request, { streams }) => {
        const subscriptionId = streams.open(request);
        await gate.promise;
        return { subscriptionId };
      },
    });
    const client = new RigClient(program);
    const answered = client.request('SUBSCRIBE', BOOK);
    program.source.quote('bid', 98, 2);
    program.time.pass(1_000);
    await setImmediate();
    program.time.pass(1_000);
    expect(client.heard).toEqual([]);
    gate.resolve(undefined);
    await answered;
    await setImmediate();
    program.time.pass(0);
    expect(client.heard.map(({ frame }) => frame.type)).toEqual(['COMMAND_RESULT', 'MARKET_DATA']);
    expect(client.problems).toEqual([]);
  });

  it('of an unknown market is refused, and opens nothing', async () => {
    const program = streamProgram();
    const client = new RigClient(program);
    const error = await client.refusal('SUBSCRIBE', { channel: 'trades', market: 'XRP-PERP' });
    expect(error).toMatchObject({ code: 'UNKNOWN_MARKET', details: { market: 'XRP-PERP' } });
    expect(program.source.listeners).toBe(0);
  });

  it('that is sent again gives the same stream, from a new snapshot on', async () => {
    const program = streamProgram();
    const client = new RigClient(program);
    const id = randomUUID();
    const first = await subscribed(client, BOOK, id);
    program.time.pass(0);
    expect(await subscribed(client, BOOK, id)).toBe(first);
    program.time.pass(100);
    expect(client.marketDataOf(first).map(({ seq, data }) => [seq, data.kind])).toEqual([
      [1, 'snapshot'],
      [2, 'snapshot'],
    ]);
    expect(client.problems).toEqual([]);
  });
});

describe('UNSUBSCRIBE', () => {
  it('says whether there was something to close, and nothing of it comes after the answer', async () => {
    const program = streamProgram();
    const client = new RigClient(program);
    const subscriptionId = await subscribed(client, BOOK);
    program.time.pass(0);
    program.source.quote('bid', 98, 2);
    expect(await client.ask('UNSUBSCRIBE', { subscriptionId })).toEqual({ closed: true });
    const before = client.heard.length;
    program.source.quote('bid', 98, 3);
    program.time.pass(1_000);
    expect(client.heard).toHaveLength(before);
    expect(await client.ask('UNSUBSCRIBE', { subscriptionId })).toEqual({ closed: false });
  });
});

describe('the end of a connection', () => {
  it('closes its streams and no others', async () => {
    const program = streamProgram();
    const [client, other] = [new RigClient(program), new RigClient(program)];
    for (const one of [client, other]) {
      await subscribed(one, BOOK);
      await subscribed(one, { channel: 'account' });
    }
    program.time.pass(0);
    const all = program.source.listeners;
    client.leave();
    expect(program.source.listeners).toBe(all / 2);
    other.raw('x'.repeat(300_000));
    expect(other.closedFor).toBe('tooLarge');
    expect(program.source.listeners).toBe(0);
    expect(program.time.waiting).toBe(0);
  });

  it('before an answer leaves nothing open', async () => {
    const gate = Promise.withResolvers<undefined>();
    const program = streamProgram({
      SUBSCRIBE: async (request, { streams }) => {
        await gate.promise;
        return { subscriptionId: streams.open(request) };
      },
    });
    const client = new RigClient(program);
    client.post('SUBSCRIBE', BOOK);
    client.leave();
    gate.resolve(undefined);
    await setImmediate();
    program.time.pass(1_000);
    expect(client.heard).toEqual([]);
    expect(program.source.listeners).toBe(0);
  });
});

describe('a client in the process', () => {
  it('may subscribe, and is told of broadcasts only', async () => {
    const program = streamProgram();
    const heard: unknown[] = [];
    const client = new LocalClient(program.connect, (frame) => heard.push(frame));
    await client.command('SUBSCRIBE', BOOK);
    await setImmediate();
    program.time.pass(1_000);
    expect(program.source.asked).toBe(1);
    expect(heard).toEqual([]);
    client.close();
    expect(program.source.listeners).toBe(0);
  });
});
