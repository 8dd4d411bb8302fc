import { Connection, PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ZodError } from 'zod';

import { POOL_URL, poolFetch } from '../../../../../src/main/venues/solana/rpc/poolFetch.ts';
import { ScriptedRefusal } from '../../../../support/scriptedNode.ts';
import { PoolRig, failure, fakeRetryWaits } from './poolRig.ts';

const OWNER = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';
const A = new PublicKey('So11111111111111111111111111111111111111112');

let rig: PoolRig;
let connection: Connection;

beforeEach(async () => {
  fakeRetryWaits();
  rig = await PoolRig.start(2);
  connection = new Connection(POOL_URL, {
    fetch: poolFetch(rig.pool),
    wsEndpoint: rig.node(0).ws,
    disableRetryOnRateLimit: true,
    commitment: 'confirmed',
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.stop();
});

describe("web3.js's own requests, through the pool", () => {
  it('are answered, and fail over as all others', async () => {
    expect(await connection.getSlot()).toBe(1_000);
    rig.node(0).fault = { kind: 'http', status: 500 };
    rig.node(1).slot = 1_004;
    expect(await connection.getSlot()).toBe(1_004);
    expect(rig.pool.countsView().byMethod['getSlot']).toEqual({ calls: 3, errors: 1 });
  });

  it('read accounts with all that a node sends', async () => {
    for (const node of rig.nodes)
      node.accounts.set(A.toBase58(), {
        owner: OWNER,
        lamports: 7,
        data: ['AQI=', 'base64'],
        executable: false,
        rentEpoch: '#18446744073709551615',
        space: 2,
      });
    const [account] = await connection.getMultipleAccountsInfo([A]);
    expect(account).toMatchObject({ lamports: 7, data: Buffer.from([1, 2]) });
    expect(account?.owner.toBase58()).toBe(OWNER);
  });

  it('keep every digit on their way', async () => {
    rig.node(0).methods.set('getThing', () => ['#18446744073709551615', 1]);
    const response = await poolFetch(rig.pool)(POOL_URL, {
      method: 'POST',
      body: '{"jsonrpc":"2.0","id":"x","method":"getThing","params":[]}',
    });
    expect(await response.text()).toBe('{"jsonrpc":"2.0","id":"x","result":[18446744073709551615,1]}');
  });

  it('come in batches too, each with its own way, answered in the order asked', async () => {
    for (const node of rig.nodes)
      node.methods.set('getTransaction', ([signature]) => {
        if (signature === 'bad') throw new ScriptedRefusal(-32_602, 'Invalid param');
        return signature === 'one' ? null : { of: signature };
      });
    const body = ['one', 'bad', 'two'].map((signature, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'getTransaction',
      params: [signature],
    }));
    const response = await poolFetch(rig.pool)(POOL_URL, { method: 'POST', body: JSON.stringify(body) });
    expect(await response.json()).toEqual([
      { jsonrpc: '2.0', id: 0, result: null },
      { jsonrpc: '2.0', id: 1, error: { code: -32_602, message: 'Invalid param' } },
      { jsonrpc: '2.0', id: 2, result: { of: 'two' } },
    ]);
  });

  it("end in a node's refusal where there is one", async () => {
    for (const node of rig.nodes)
      node.methods.set('getSlot', () => {
        throw new ScriptedRefusal(-32_602, 'Invalid param: commitment');
      });
    await expect(connection.getSlot()).rejects.toThrow('Invalid param: commitment');
  });

  it("[R9.1] end in the pool's own error where no node answers", async () => {
    for (const node of rig.nodes) node.fault = { kind: 'reset' };
    expect(await failure(connection.getSlot())).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
    for (const node of rig.nodes) node.fault = { kind: 'http', status: 429, headers: { 'retry-after': '9' } };
    expect(await failure(connection.getSlot())).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('hand a transaction over each time that it is sent, and to another node where one refuses', async () => {
    const sent: unknown[] = [];
    rig.node(0).methods.set('sendTransaction', () => {
      throw new ScriptedRefusal(-32_003, 'signature verification failure');
    });
    rig.node(1).methods.set('sendTransaction', ([wire]) => {
      sent.push(wire);
      return '5'.repeat(88);
    });
    const wire = Buffer.from([1, 2, 3]);
    await Promise.all([
      connection.sendEncodedTransaction(wire.toString('base64')),
      connection.sendEncodedTransaction(wire.toString('base64')),
    ]);
    expect(sent).toEqual(['AQID', 'AQID']);
  });

  it('are refused where they are no JSON-RPC', async () => {
    await expect(poolFetch(rig.pool)(POOL_URL, { body: '{"method":1}' })).rejects.toThrow(ZodError);
    await expect(poolFetch(rig.pool)(POOL_URL)).rejects.toThrow(ZodError);
  });
});
