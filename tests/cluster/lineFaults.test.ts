import type { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalCluster } from '../support/cluster/localCluster.ts';
import { balanceOf, call, funded, payment, post, result, send, SOL } from './payments.ts';
import { Wire } from './wire.ts';

describe('a fault of the line', () => {
  let cluster: LocalCluster;
  let url: string;
  let from: Keypair;
  let to: Keypair;
  beforeEach(async () => {
    cluster = await LocalCluster.start();
    url = cluster.rpcUrl;
    [from, to] = [funded(cluster), funded(cluster)];
  });
  afterEach(() => cluster.close());

  const ask = (method: string): Promise<Response> => post(url, { jsonrpc: '2.0', id: 1, method, params: [] });

  it.each([429, 500, 502])('answers %d for as many requests as told, and is over then', async (status) => {
    const fault = cluster.faults.switchOn({ kind: 'status', status, retryAfterS: 3 }, { times: 2 });

    for (let each = 0; each < 2; each++) {
      const response = await ask('getSlot');
      expect(response.status).toBe(status);
      expect(response.headers.get('Retry-After')).toBe('3');
      await response.text();
    }
    expect(await result(url, 'getSlot')).toBe(cluster.slot);
    expect(fault.hits).toBe(2);
  });

  it('meets the methods it is for, until switched off', async () => {
    const fault = cluster.faults.switchOn({ kind: 'status', status: 500 }, { methods: ['getSlot'] });

    expect((await ask('getHealth')).status).toBe(200);
    expect((await ask('getSlot')).status).toBe(500);
    expect((await ask('getSlot')).status).toBe(500);
    fault.off();
    expect((await ask('getSlot')).status).toBe(200);
  });

  it('meets a whole batch by any of its requests', async () => {
    cluster.faults.switchOn({ kind: 'status', status: 429 }, { methods: ['getSlot'] });
    const batch = ['getHealth', 'getSlot'].map((method, id) => ({ jsonrpc: '2.0', id, method, params: [] }));
    expect((await post(url, batch)).status).toBe(429);
  });

  it('keeps silent until released, and does nothing before', async () => {
    const fault = cluster.faults.switchOn({ kind: 'silence' }, { methods: ['sendTransaction'] });
    const sent = await payment(url, from, to, SOL);
    const answer = send(url, sent);
    await fault.hit();
    expect(balanceOf(cluster, to)).toBe(10n * SOL);

    fault.release();

    expect((await answer).result).toBe(sent.signature);
    expect(balanceOf(cluster, to)).toBe(11n * SOL);
  });

  it('answers late what it saw early', async () => {
    const fault = cluster.faults.switchOn({ kind: 'slow' }, { times: 1 });
    const { slot } = cluster;
    const answer = result(url, 'getSlot');
    await fault.hit();
    cluster.advance(5);

    fault.release();

    expect(await answer).toBe(slot);
  });

  it('loses the reply to what it has done', async () => {
    cluster.faults.switchOn({ kind: 'lostReply' }, { methods: ['sendTransaction'] });
    const sent = await payment(url, from, to, SOL);

    await expect(send(url, sent)).rejects.toThrow('fetch failed');

    expect(balanceOf(cluster, to)).toBe(11n * SOL);
    expect(await result(url, 'getSignatureStatuses', [sent.signature])).toMatchObject({
      value: [{ err: null }],
    });
  });

  it('refuses connections, and takes them again at the same address', async () => {
    const wire = await Wire.open(cluster.wsUrl);
    await cluster.faults.refuseConnections();

    expect(await wire.closed).toBe(1006);
    await expect(call(url, 'getSlot')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await expect(Wire.open(cluster.wsUrl)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await cluster.faults.acceptConnections();
    expect(await result(url, 'getSlot')).toBe(cluster.slot);
    (await Wire.open(cluster.wsUrl)).close();
  });

  it('drops the WebSockets, and takes new ones', async () => {
    const wire = await Wire.open(cluster.wsUrl);
    await wire.ask('slotSubscribe');

    cluster.faults.dropSockets();

    expect(await wire.closed).toBe(1006);
    const again = await Wire.open(cluster.wsUrl);
    await again.ask('slotSubscribe');
    cluster.advance(1);
    expect(await again.hears('slotNotification')).toMatchObject({ result: { slot: cluster.slot } });
    again.close();
  });

  it('keeps a WebSocket open and tells nothing on it', async () => {
    const wire = await Wire.open(cluster.wsUrl);
    await wire.ask('slotSubscribe');
    const fault = cluster.faults.switchOn({ kind: 'muted' });
    cluster.advance(1);
    fault.off();
    cluster.advance(1);

    expect(await wire.hears('slotNotification')).toMatchObject({ result: { slot: cluster.slot } });
    expect(fault.hits).toBe(1);
    wire.close();
  });

  it('is of one endpoint: another before the same chain knows nothing of it', async () => {
    const other = await cluster.addNode();
    cluster.faults.switchOn({ kind: 'status', status: 502 });
    const sent = await payment(other.rpcUrl, from, to, SOL);

    expect((await send(other.rpcUrl, sent)).result).toBe(sent.signature);

    expect((await ask('getSlot')).status).toBe(502);
    expect(balanceOf(cluster, to)).toBe(11n * SOL);
    expect(other.rpcUrl).not.toBe(url);
  });

  it('is over for all at once', async () => {
    cluster.faults.switchOn({ kind: 'status', status: 500 });
    cluster.faults.switchOn({ kind: 'wrongGenesis' });
    cluster.faults.clear();
    expect((await ask('getGenesisHash')).status).toBe(200);
  });
});
