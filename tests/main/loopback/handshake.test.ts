import { describe, expect, it } from 'vitest';

import { HANDSHAKE_MS } from '../../../src/main/loopback/handshake.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import { PROTOCOL } from '../../../src/shared/contract/protocol.ts';
import { authTo } from '../../support/loopbackClient.ts';
import { KEY, openDesk, until } from './echoProgram.ts';

describe('the challenge', () => {
  it('lets a client in that proves the key, and proves it in return', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    expect(client.instanceId).toBe('echo');
    expect(await client.command('GET_STATUS')).toMatchObject({ command: 'GET_STATUS', status: 'ok' });
    expect(client.misfits).toEqual([]);
  });

  it('names the protocol and gives every connection a nonce of its own', async () => {
    const desk = await openDesk();
    const [one, other] = await Promise.all([desk.knock().hello, desk.knock().hello]);
    expect(one.protocol).toBe(PROTOCOL);
    expect(one.nonce).toMatch(/^[0-9a-f]{64}$/);
    expect(one.nonce).not.toBe(other.nonce);
  });

  it('closes on a wrong key without a word, and the program never hears of it', async () => {
    const desk = await openDesk();
    const { socket, hello, heard, closed } = desk.knock();
    socket.send(authTo(await hello, 'cd'.repeat(32)).text);
    expect(await closed).toMatchObject({ code: 4001 });
    expect(heard).toHaveLength(1);
    expect(desk.program.connected).toBe(0);
  });

  it('does not believe a proof that was made for another connection', async () => {
    const desk = await openDesk();
    const first = desk.knock();
    const { text } = authTo(await first.hello, KEY);
    first.socket.send(text);
    await until(() => desk.program.connected === 1);
    const second = desk.knock();
    await second.hello;
    second.socket.send(text);
    expect(await second.closed).toMatchObject({ code: 4001 });
    expect(desk.program.connected).toBe(1);
  });

  it('does not take its own proof back as a client’s', async () => {
    const desk = await openDesk();
    const { socket, hello, closed } = desk.knock();
    const { nonce } = await hello;
    const { expects } = authTo({ type: 'HELLO', protocol: PROTOCOL, nonce }, KEY);
    socket.send(JSON.stringify({ type: 'AUTH', nonce, proof: expects }));
    expect(await closed).toMatchObject({ code: 4001 });
  });

  it.each([
    ['a command', JSON.stringify({ id: crypto.randomUUID(), command: 'SOS', payload: { flatten: true } })],
    ['no JSON', 'open sesame'],
    ['an AUTH with a field too many', '{"type":"AUTH","nonce":"00","proof":"00","admin":true}'],
    ['bytes', Buffer.from('{}')],
    ['nothing', ''],
  ])('closes on %s before AUTH', async (_what, frame) => {
    const desk = await openDesk();
    const { socket, hello, heard, closed } = desk.knock();
    await hello;
    socket.send(frame);
    expect(await closed).toMatchObject({ code: 4001 });
    expect(heard).toHaveLength(1);
    expect(desk.program.received).toEqual([]);
  });

  it('closes on an AUTH in bytes, even a right one', async () => {
    const desk = await openDesk();
    const { socket, hello, closed } = desk.knock();
    socket.send(Buffer.from(authTo(await hello, KEY).text));
    expect(await closed).toMatchObject({ code: 4001 });
  });

  it('hangs up on whoever sends more than an AUTH can be before it, and reads none of it', async () => {
    const desk = await openDesk();
    const { socket, hello, closed } = desk.knock();
    await hello;
    // The rest of ten megabytes finds nobody there.
    socket.send('x'.repeat(10_000_000), () => undefined);
    expect([1006, 1009]).toContain((await closed).code);
  });

  it('gives a client ten seconds, and one that has been let in all the time', async () => {
    const schedule = new ManualSchedule();
    const desk = await openDesk({ schedule });
    const slow = desk.knock();
    const client = await desk.client();
    await slow.hello;
    schedule.pass(HANDSHAKE_MS - 1);
    expect(slow.socket.readyState).toBe(slow.socket.OPEN);
    schedule.pass(1);
    expect(await slow.closed).toMatchObject({ code: 4002 });
    expect(await client.command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });

  it('passes nothing on that came after a proof that was refused', async () => {
    const desk = await openDesk();
    const { socket, hello, closed } = desk.knock();
    const good = authTo(await hello, KEY).text;
    socket.send(good.replace(/"proof":"./, '"proof":"x'));
    socket.send(good);
    socket.send('{"id":"1","command":"SOS","payload":{}}');
    expect(await closed).toMatchObject({ code: 4001 });
    expect(desk.program.connected).toBe(0);
  });
});
