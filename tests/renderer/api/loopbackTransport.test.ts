import { beforeEach, describe, expect, test } from 'vitest';
import { LoopbackTransport } from '../../../src/renderer/api/loopbackTransport.ts';
import type { ConnectionState } from '../../../src/renderer/api/transport.ts';
import { FakeServer, settle } from './fakeServer.ts';
import { ManualTimers } from './manualTimers.ts';

let timers: ManualTimers;
let server: FakeServer;
let states: ConnectionState[];
let heard: string[];

function transportWith(key: string | undefined): LoopbackTransport {
  const transport = new LoopbackTransport(key, server.open, timers);
  transport.onState((state) => states.push(state));
  transport.onText((text) => heard.push(text));
  transport.connect();
  return transport;
}

beforeEach(() => {
  timers = new ManualTimers();
  server = new FakeServer('secret');
  states = [];
  heard = [];
});

describe('a page with the right key', () => {
  test('proves it, is let in, and then hears and says frames', async () => {
    const transport = transportWith('secret');
    expect(transport.send('too early')).toBe(false);
    expect(await server.welcome()).toBe(true);
    expect(transport.state).toEqual({ kind: 'open' });
    server.latest.events.onText('frame');
    expect(heard).toEqual(['frame']);
    expect(transport.send('command')).toBe(true);
    expect(server.latest.sent).toEqual(['command']);
  });

  test('hears what follows at once on the WELCOME, in its order', async () => {
    transportWith('secret');
    const welcomed = server.welcome();
    await settle();
    await welcomed;
    server.latest.events.onText('1');
    server.latest.events.onText('2');
    expect(heard).toEqual(['1', '2']);
  });

  test('connects again after 250 ms, then 500 ms, up to 5 s, and says since when it was lost', async () => {
    const transport = transportWith('secret');
    await server.welcome();
    const lostAt = timers.now();
    server.latest.events.onClose(1001);
    expect(transport.state).toEqual({ kind: 'lost', since: lostAt });
    for (const delay of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      const before = server.sockets.length;
      timers.pass(delay - 1);
      expect(server.sockets).toHaveLength(before);
      timers.pass(1);
      expect(server.sockets).toHaveLength(before + 1);
      server.latest.events.onClose(1006);
    }
    expect(transport.state).toEqual({ kind: 'lost', since: lostAt });
    timers.pass(5_000);
    await server.welcome();
    expect(transport.state).toEqual({ kind: 'open' });
  });

  test('does not wait when it is told to hurry', async () => {
    const transport = transportWith('secret');
    await server.welcome();
    server.latest.events.onClose(1006);
    timers.pass(250);
    server.latest.events.onClose(1006);
    transport.hurry();
    expect(server.sockets).toHaveLength(3);
    transport.hurry();
    expect(server.sockets).toHaveLength(3);
  });

  test('gives up a handshake that hangs, and tries again', () => {
    transportWith('secret');
    timers.pass(5_000);
    expect(server.latest.closed).toBe(true);
    expect(states.at(-1)).toMatchObject({ kind: 'lost' });
    timers.pass(250);
    expect(server.sockets).toHaveLength(2);
  });

  test('makes another connection where one has gone silent, and hears nothing of the old one', async () => {
    const transport = transportWith('secret');
    await server.welcome();
    const old = server.latest;
    transport.drop();
    expect(old.closed).toBe(true);
    expect(transport.state).toMatchObject({ kind: 'lost' });
    old.events.onText('late');
    old.events.onClose(1000);
    expect(heard).toEqual([]);
    timers.pass(250);
    expect(server.sockets).toHaveLength(2);
  });
});

describe('a page that is not let in', () => {
  test('opens no socket without a key', () => {
    expect(transportWith(undefined).state).toEqual({ kind: 'refused', reason: 'noKey' });
    expect(server.sockets).toHaveLength(0);
  });

  test('believes that its key is wrong when its proof is refused twice', async () => {
    const transport = transportWith('wrong');
    for (let times = 0; times < 2; times += 1) {
      server.latest.events.onText(JSON.stringify({ type: 'HELLO', protocol: 1, nonce: 'ab'.repeat(32) }));
      await server.latest.next();
      await settle();
      server.latest.events.onClose(4001);
      timers.pass(250);
    }
    expect(transport.state).toEqual({ kind: 'refused', reason: 'wrongKey' });
    timers.pass(60_000);
    expect(server.sockets).toHaveLength(2);
  });

  test('sends no command to a server that does not know the key', async () => {
    const transport = transportWith('secret');
    await server.welcome(server.latest, 'not the key');
    expect(transport.state).toEqual({ kind: 'refused', reason: 'notTheServer' });
    expect(server.latest.closed).toBe(true);
    expect(transport.send('command')).toBe(false);
  });

  test('does not take a connection that breaks on its proof for a wrong key', async () => {
    const transport = transportWith('secret');
    for (const code of [1006, 4001, 1006, 4001, 4002]) {
      server.latest.events.onText(JSON.stringify({ type: 'HELLO', protocol: 1, nonce: 'ab'.repeat(32) }));
      await server.latest.next();
      await settle();
      server.latest.events.onClose(code);
      expect(transport.state).toMatchObject({ kind: 'lost' });
      timers.pass(5_000);
    }
  });

  test('looks now and then whether the stranger on the port has gone', async () => {
    const transport = transportWith('secret');
    await server.welcome(server.latest, 'not the key');
    timers.pass(29_999);
    expect(server.sockets).toHaveLength(1);
    timers.pass(1);
    server.latest.events.onClose(1006);
    expect(transport.state).toEqual({ kind: 'refused', reason: 'notTheServer' });
    timers.pass(30_000);
    await server.welcome();
    expect(transport.state).toEqual({ kind: 'open' });
  });

  test('is told to reload where the protocol is another', async () => {
    const transport = transportWith('secret');
    server.latest.events.onText(JSON.stringify({ type: 'HELLO', protocol: 9, nonce: 'ab'.repeat(32) }));
    await settle();
    expect(transport.state).toEqual({ kind: 'refused', reason: 'protocol' });
  });
});
