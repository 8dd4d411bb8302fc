import { describe, expect, it } from 'vitest';
import { leftOut } from '../../build/standIns/leftOut.ts';
import { CommonClient, WebSocket } from '../../build/standIns/rpcWebsockets.ts';

/** Anything, as JavaScript takes a module that has no types. */
type Loose = Record<string, unknown> & (() => unknown) & (new () => unknown);

const missing = /^planted \(price feeds\) was left out of this program, and something has tried to use it\.$/;
const planted = (): Loose => leftOut('planted', 'price feeds') as Loose;
const member = (): Loose => planted()['Client'] as Loose;

describe('a package that was left out of a bundle', () => {
  it('may be loaded, copied and named as TypeScript’s own code does', () => {
    const standIn = planted();
    expect(standIn['__esModule']).toBe(true);
    expect(Object.keys(standIn)).toEqual([]);
    expect('then' in standIn).toBe(false);
    expect([typeof standIn['default'], typeof standIn['PROGRAM_ID']]).toEqual(['function', 'function']);
  });

  it.each<[string, () => unknown]>([
    ['called', () => planted()()],
    ['made', () => new (planted())()],
    [
      'written to',
      () => {
        planted()['limit'] = 1;
      },
    ],
  ])('says what is missing when it is %s', (_how, use) => {
    expect(use).toThrow(missing);
  });

  it.each<[string, () => unknown]>([
    ['is called', () => member()()],
    ['is made', () => new (member())()],
    ['is looked into', () => member()['CONFIRMED']],
    ['is asked for a name', () => 'CONFIRMED' in member()],
    ['is copied', () => Object.assign({}, member())],
    ['becomes text', () => String(member())],
    ['is written to', () => Object.assign(member(), { limit: 1 })],
    ['is made as another', () => Reflect.construct(member(), [], class {})],
    ['is asked whose something is', () => ({}) instanceof member()],
    ['becomes JSON', () => JSON.stringify({ member: member() })],
  ])('says what is missing when something of it %s', (_how, use) => {
    expect(use).toThrow(missing);
  });

  it('says so too to whoever waits for it', async () => {
    await expect(Promise.resolve().then(() => planted())).rejects.toThrow(missing);
  });
});

describe('the socket of web3.js', () => {
  it('may be listened to', () => {
    const client = new CommonClient();
    expect(client.on()).toBe(client);
  });

  it.each(['connect', 'close', 'call', 'notify'] as const)('never does anything on %s', (method) => {
    expect(() => new CommonClient()[method]()).toThrow(/subscriptions go through the pool of nodes/);
  });

  it('is never opened', () => {
    expect(() => WebSocket()).toThrow(/web3\.js has no socket in this program/);
  });
});
