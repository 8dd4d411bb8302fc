import { once } from 'node:events';

import { describe, expect, it } from 'vitest';

import { CLOSE_CODES, type CloseReason } from '../../../src/main/commands/carrier.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import { MAX_FRAME_BYTES, MAX_WAITING_BYTES } from '../../../src/shared/contract/protocol.ts';
import { openDesk, until } from './echoProgram.ts';

const RESULT = { type: 'COMMAND_RESULT', id: 'all', command: '', status: 'ok', data: 1 };

describe('a client that has been let in', () => {
  it('[R8.9] is passed on as it speaks, up to the largest frame', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    const largest = 'é'.repeat(MAX_FRAME_BYTES / 2);
    await client.send(largest);
    await client.hears((frame) => frame.type === 'COMMAND_RESULT');
    expect(desk.program.received).toEqual([largest]);
  });

  it('is closed with 1009 by one byte more, and the others don’t notice', async () => {
    const desk = await openDesk();
    const [client, other] = [await desk.client(), await desk.client()];
    await client.send('x'.repeat(MAX_FRAME_BYTES + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(desk.program.received).toEqual([]);
    expect(await other.command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });

  it('survives nobody: ten megabytes end the connection, whatever is in them', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    client.send(Buffer.alloc(10_000_000)).catch(() => undefined);
    expect([1006, 1009]).toContain((await client.closed).code);
    expect(await (await desk.client()).command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });

  it('is malformed when it speaks in bytes, even where they hold a command', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    await client.send(Buffer.from('{"id":"1","command":"SOS","payload":{}}'));
    await client.hears((frame) => frame.type === 'COMMAND_RESULT');
    expect(desk.program.received).toEqual(['']);
  });

  it.each(Object.entries(CLOSE_CODES) as [CloseReason, number][])(
    'is told why it is closed: %s is %i',
    async (reason, code) => {
      const desk = await openDesk();
      const client = await desk.client();
      for (const carrier of desk.program.carriers) carrier.close(reason);
      expect(await client.closed).toEqual({ code, reason });
      await until(() => desk.program.carriers.size === 0);
    },
  );

  it('is not listened to any more once it is being closed', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    for (const carrier of desk.program.carriers) carrier.close('malformed');
    client.send('{"id":"1","command":"SOS","payload":{}}').catch(() => undefined);
    await client.closed;
    expect(desk.program.received).toEqual([]);
  });

  it('may be sent to after it has gone: nothing is thrown', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    const [carrier] = desk.program.carriers;
    client.terminate();
    await until(() => desk.program.carriers.size === 0);
    expect(() => {
      carrier?.send(JSON.stringify(RESULT));
      carrier?.close('tooSlow');
    }).not.toThrow();
  });

  it('that reads too slowly is seen by what waits for it, and hung up on though it never says goodbye', async () => {
    const schedule = new ManualSchedule();
    const desk = await openDesk({ schedule });
    const [slow, quick] = [await desk.client(), await desk.client()];
    const [carrier] = desk.program.carriers;
    slow.pause();
    const big = JSON.stringify({ ...RESULT, data: 'x'.repeat(1_000_000) });
    await until(() => {
      carrier?.send(big);
      return (carrier?.waitingBytes ?? 0) > MAX_WAITING_BYTES;
    });
    carrier?.close('tooSlow');
    schedule.pass(2_000);
    await until(() => desk.program.carriers.size === 1);
    expect(await quick.command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });

  it('that has died is found out by its silence, and one that only says nothing is kept', async () => {
    const schedule = new ManualSchedule();
    const desk = await openDesk({ schedule });
    const [dead, quiet] = [await desk.client(), await desk.client()];
    dead.pause();
    for (let beat = 1; beat <= 2; beat += 1) {
      const pinged = once(quiet.socket, 'ping');
      schedule.pass(15_000);
      await pinged;
      await quiet.command('GET_STATUS');
    }
    expect(desk.program.carriers.size).toBe(2);
    schedule.pass(15_000);
    await until(() => desk.program.carriers.size === 1);
    expect(await quiet.command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });

  it('is one of a thousand: all are let in and hear what is said to all', async () => {
    const desk = await openDesk();
    const clients = await Promise.all(Array.from({ length: 1_000 }, () => desk.client()));
    expect(desk.program.carriers.size).toBe(1_000);
    for (let i = 0; i < 3; i += 1) desk.program.broadcast(JSON.stringify(RESULT));
    await until(() => clients.every(({ frames }) => frames.length === 3));
    expect(clients.every(({ misfits }) => misfits.length === 0)).toBe(true);
  });
});

describe('closing the host', () => {
  it('says goodbye to everyone, releases the port, and leaves the program to its owner', async () => {
    const desk = await openDesk();
    const client = await desk.client();
    const waiting = desk.knock();
    await waiting.hello;
    await desk.host.close();
    expect(await client.closed).toMatchObject({ code: 1001 });
    expect(await waiting.closed).toMatchObject({ code: 1001 });
    expect(desk.program.closed).toBe(false);
    await expect(desk.knock().hello).rejects.toThrow('ECONNREFUSED');
  });

  it('does not wait for a client that does not read', async () => {
    const schedule = new ManualSchedule();
    const desk = await openDesk({ schedule });
    const client = await desk.client();
    client.pause();
    const closing = desk.host.close();
    schedule.pass(2_000);
    await closing;
    expect(desk.program.carriers.size).toBe(0);
  });

  it('turns a client away when the program is closing', async () => {
    const desk = await openDesk();
    await desk.program.close();
    const client = await desk.client();
    expect(await client.closed).toMatchObject({ code: 1001 });
  });
});
