import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openProgram } from '../../../src/main/app.ts';
import { serveProgram, type Served } from '../../../src/main/loopback/serveProgram.ts';
import { pause } from '../../../src/main/platform/timers.ts';
import { authTo, connectClient } from '../../support/loopbackClient.ts';
import { scratchFolder } from '../../support/programRig.ts';
import { KEY, openDesk, until } from './echoProgram.ts';

/** A text frame as a browser masks it. */
function masked(text: string): Buffer {
  const [body, mask] = [Buffer.from(text), randomBytes(4)];
  const head =
    body.length < 126
      ? Buffer.from([0x81, 0x80 | body.length])
      : Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, mask, body.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

/** A frame that no client may send: reserved bits, reserved opcode, no mask. */
const GARBAGE = Buffer.from([0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

/** A socket that was upgraded and never says what it should, and never hangs up. */
async function rude(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.write(
    [
      'GET /ws HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Origin: http://127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      '\r\n',
    ].join('\r\n'),
  );
  let heard = '';
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1');
  });
  await until(() => heard.includes('HELLO'));
  return socket;
}

/** The loopback host of a real program on a new folder. */
async function served(): Promise<{ served: Served; dataDir: string }> {
  const dataDir = scratchFolder();
  writeFileSync(path.join(dataDir, 'index.html'), '<title>Phantom Arbiter</title>');
  const made = await serveProgram({ dataDir, pages: dataDir, port: 0, appVersion: '', logLevel: 'error' });
  return { served: made, dataDir };
}

/** Whether the folder is nobody's any more. */
async function expectFree(dataDir: string): Promise<void> {
  await openProgram({ dataDir, appVersion: '', logLevel: 'error', stderrLevel: 'none' }).close();
}

/** STILL WRONG: a socket that is closing already, for whatever reason, is waited for as long as `ws` waits (30 s). */
const CLOSING = {
  'sent garbage before we said goodbye': GARBAGE,
  'said goodbye itself, and does not hang up': Buffer.from([0x88, 0x80, 1, 2, 3, 4]),
} as const;

const WHENS = {
  'that is refused, and then garbage': async (socket: Socket) => {
    socket.write(masked('open sesame'));
    await once(socket, 'data');
    socket.write(GARBAGE);
    await pause(50);
  },
  'that never answers a goodbye': () => Promise.resolve(),
  'with half a frame': (socket: Socket) => {
    socket.write(masked('x'.repeat(100)).subarray(0, 20));
    return pause(20);
  },
} as const;

describe('closing the host', () => {
  it.each(Object.entries(WHENS))('is not kept up by a socket that sends garbage %s', async (_when, lead) => {
    const { served: host, dataDir } = await served();
    const socket = await rude(host.port);
    await lead(socket);
    const begun = performance.now();
    const closing = host.close();
    socket.write(GARBAGE);
    const nagging = setInterval(() => socket.write(GARBAGE), 50);
    onTestFinished(() => {
      clearInterval(nagging);
    });
    await closing;
    expect(performance.now() - begun).toBeLessThan(4_000);
    await expectFree(dataDir);
  });

  it.each(Object.entries(CLOSING))('is not kept up by a socket that %s', async (_what, bytes) => {
    const { served: host } = await served();
    const socket = await rude(host.port);
    socket.write(bytes);
    await pause(50);
    const closed = host.close().then(() => 'closed');
    expect(await Promise.race([closed, pause(4_000)])).toBe('closed');
  });

  it('is not kept up by a client that was let in, and sends garbage then', async () => {
    const { served: host, dataDir } = await served();
    const key = new URL(host.address).hash.slice('#key='.length);
    const client = await connectClient({ port: host.port, key });
    client.pause();
    const closing = host.close();
    const { _socket: raw } = client.socket as unknown as { readonly _socket: Socket };
    raw.write(GARBAGE);
    const begun = performance.now();
    await closing;
    expect(performance.now() - begun).toBeLessThan(4_000);
    await expectFree(dataDir);
  });
});

describe('a socket that has proved nothing', () => {
  it.each([
    ['in one frame', (socket: Socket) => socket.write(masked('x'.repeat(4_200)))],
    [
      'in a frame that never ends',
      (socket: Socket) => socket.write(masked('x'.repeat(60_000)).subarray(0, 5_000)),
    ],
    [
      'in pings',
      (socket: Socket) => {
        for (let at = 0; at < 800; at += 1) socket.write(Buffer.from([0x89, 0x80, 1, 2, 3, 4]));
      },
    ],
  ])('is hung up on after 4 KiB, %s', async (_how, send) => {
    const desk = await openDesk();
    const socket = await rude(desk.port);
    const closed = once(socket, 'close');
    socket.on('end', () => socket.end());
    const begun = performance.now();
    send(socket);
    await closed;
    // At once, and not by the goodbye that nobody answers.
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(desk.program.connected).toBe(0);
  });

  it('may prove it in small pieces all the same', async () => {
    const desk = await openDesk();
    const { socket, hello } = desk.knock();
    const { text } = authTo(await hello, KEY);
    const { _socket: raw } = socket as unknown as { readonly _socket: Socket };
    for (const byte of masked(text)) raw.write(Buffer.from([byte]));
    await until(() => desk.program.connected === 1);
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('costs next to nothing: 300 of them that send a quarter of a megabyte each', async () => {
    const desk = await openDesk();
    const sockets = await Promise.all(Array.from({ length: 300 }, () => rude(desk.port)));
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(260_000n);
    const most = Buffer.concat([Buffer.from([0x81, 0xff]), length, Buffer.alloc(250_000)]);
    const before = process.memoryUsage().external;
    for (const socket of sockets) socket.write(most);
    await pause(500);
    // All of it would be 75 MB.
    expect(process.memoryUsage().external - before).toBeLessThan(20 * 1024 * 1024);
    expect(desk.program.connected).toBe(0);
    const client = await desk.client();
    expect(await client.command('GET_STATUS')).toMatchObject({ status: 'ok' });
  });
});

describe('a client that proves the key and asks at once', () => {
  it('is heard, however long its first question is', async () => {
    const desk = await openDesk();
    const { socket, hello } = desk.knock();
    const { text } = authTo(await hello, KEY);
    const { _socket: raw } = socket as unknown as { readonly _socket: Socket };
    raw.write(Buffer.concat([masked(text), masked(JSON.stringify({ id: '1', command: 'x'.repeat(5_000) }))]));
    await until(() => desk.program.received.length === 1 || socket.readyState === socket.CLOSED);
    expect(desk.program.received).toHaveLength(1);
  });
});
