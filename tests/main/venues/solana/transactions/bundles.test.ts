import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { realSchedule } from '../../../../../src/main/platform/schedule.ts';
import { JitoBundles, type Bundles } from '../../../../../src/main/venues/solana/transactions/bundles.ts';
import { AppError } from '../../../../../src/shared/contract/appError.ts';
import { failureOf } from '../../../market/access/failure.ts';
import { ManualTime } from '../../../market/access/manualTime.ts';
import { Rig } from './rig.ts';

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** A block engine on this machine, and what it heard. `undefined` for one that never answers. */
async function engine(
  reply: Reply | undefined,
): Promise<{ readonly url: string; readonly heard: unknown[] }> {
  const heard: unknown[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      heard.push(JSON.parse(body));
      if (reply !== undefined) response.writeHead(reply.status).end(reply.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/bundles`, heard };
}

const WIRE = Uint8Array.of(1, 2, 3);
const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });

describe('a block engine', () => {
  it('[R4.5] gets a bundle of the one transaction', async () => {
    const { url, heard } = await engine(json({ jsonrpc: '2.0', id: 1, result: 'the bundle' }));
    await new JitoBundles({ url, fetch, schedule: realSchedule }).send(WIRE);
    expect(heard).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'sendBundle', params: [['AQID'], { encoding: 'base64' }] },
    ]);
  });

  it.each([
    ['429', json({}, 429), 'RATE_LIMITED'],
    ['5xx', json({}, 503), 'VENUE_UNAVAILABLE'],
    ['a success that is none', json({ result: 'ok' }, 500), 'VENUE_UNAVAILABLE'],
    ['an error of its own', json({ error: { code: -32602, message: 'no tip' } }), 'VENUE_UNAVAILABLE'],
    ['something else', { status: 200, body: '<html>' }, 'VENUE_UNAVAILABLE'],
  ])('that answers %s has not taken it', async (_, reply, code) => {
    const { url } = await engine(reply);
    const sent = new JitoBundles({ url, fetch, schedule: realSchedule }).send(WIRE);
    await expect(sent).rejects.toMatchObject({ code });
  });

  it('that does not answer in 3 s, or is not there, has not taken it', async () => {
    const { url, heard } = await engine(undefined);
    const time = new ManualTime();
    const sent = new JitoBundles({ url, fetch, schedule: time }).send(WIRE);
    const failure = failureOf(sent);
    await expect.poll(() => heard.length).toBe(1);
    time.pass(3_000);
    expect(await failure).toMatchObject({ code: 'VENUE_UNAVAILABLE', retryable: true });
    const nobody = new JitoBundles({ url: 'http://127.0.0.1:1/', fetch, schedule: realSchedule });
    await expect(nobody.send(WIRE)).rejects.toMatchObject({ code: 'VENUE_UNAVAILABLE' });
  });
});

/** Block engines that do as a test says, and when they were asked. */
function scripted(rigOf: () => Rig, act: (wire: Uint8Array) => Promise<void>) {
  const at: number[] = [];
  const wires: string[] = [];
  const bundles: Bundles = {
    send: (wire) => {
      at.push(rigOf().time.now() - 1_000_000);
      wires.push(Buffer.from(wire).toString('base64'));
      return act(wire);
    },
  };
  return { bundles, at, wires };
}

describe('a transaction where bundles are sent', () => {
  it('[R4.5] that a block engine lands is not sent over RPC', async () => {
    const { bundles, at } = scripted(
      () => rig,
      (wire) => Promise.resolve(rig.chain.take(wire)),
    );
    const rig: Rig = new Rig({ bundles });
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'landed', tip: 100_000n });
    expect(at).toEqual([0]);
    expect(rig.chain.calls).not.toContain('send');
  });

  it.each([
    ['answers 429', new AppError('RATE_LIMITED', 'Too many.'), [0, 1_000, 2_000]],
    ['does not answer', new AppError('VENUE_UNAVAILABLE', 'No answer.'), [0, 1_000, 2_000]],
    ['takes it and lands nothing', undefined, [0, 2_000, 4_000]],
  ])(
    '[R4.6] where the block engine %s goes out over RPC after three tries, the same bytes',
    async (_, error, tries) => {
      const { bundles, at, wires } = scripted(
        () => rig,
        () => (error === undefined ? Promise.resolve() : Promise.reject(error)),
      );
      const rig: Rig = new Rig({ bundles });
      const { done } = await rig.until(rig.desk.carry(rig.intent()));
      expect(done.kind).toBe('landed');
      expect(at).toEqual(tries);
      expect(new Set([...wires, ...rig.chain.sent]).size).toBe(1);
      expect(rig.signer.signed).toHaveLength(1);
      expect(rig.chain.effects).toHaveLength(1);
    },
  );

  it('that comes by both ways lands once', async () => {
    const { bundles } = scripted(
      () => rig,
      (wire) => {
        rig.chain.take(wire);
        return Promise.reject(new AppError('VENUE_UNAVAILABLE', 'The reply was lost.'));
      },
    );
    const rig: Rig = new Rig({ bundles });
    rig.chain.faults.landsAfterMs = 10_000;
    await rig.until(rig.desk.carry(rig.intent()));
    expect(rig.chain.sent.length).toBeGreaterThan(4);
    expect(rig.chain.inBlocks).toHaveLength(1);
  });
});
