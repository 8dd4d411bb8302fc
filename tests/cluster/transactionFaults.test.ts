import type { Keypair } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalCluster } from '../support/cluster/localCluster.ts';
import { balanceOf, funded, payment, result, send, SOL, type Answer, type Signed } from './payments.ts';

describe('a fault on the way of a transaction', () => {
  let cluster: LocalCluster;
  let url: string;
  let from: Keypair;
  let to: Keypair;
  beforeEach(async () => {
    cluster = await LocalCluster.start();
    url = cluster.rpcUrl;
    [from, to] = [funded(cluster), funded(cluster, 1n)];
  });
  afterEach(() => cluster.close());

  const pay = async (lamports: bigint): Promise<{ sent: Signed; answer: Answer }> => {
    const sent = await payment(url, from, to, lamports);
    return { sent, answer: await send(url, sent) };
  };
  const status = async ({ signature }: Signed): Promise<unknown> => {
    const { value } = await result<{ value: unknown[] }>(url, 'getSignatureStatuses', [signature]);
    return value[0];
  };
  const received = (): bigint => balanceOf(cluster, to) - 1n;

  it('fails the simulation, also that before sending', async () => {
    const err = { InstructionError: [1, { Custom: 6_003 }] } as const;
    cluster.faults.switchOn({ kind: 'simulationFails', err, logs: ['Program log: no'] }, { times: 2 });
    const sent = await payment(url, from, to, SOL);

    expect(await result(url, 'simulateTransaction', sent.base64, { encoding: 'base64' })).toMatchObject({
      value: { err, logs: ['Program log: no'] },
    });
    expect((await send(url, sent)).error).toMatchObject({
      code: -32_002,
      message: 'Transaction simulation failed: Error processing Instruction 1: custom program error: 0x1773',
      data: { err, logs: ['Program log: no'] },
    });
    expect((await send(url, sent)).result).toBe(sent.signature);
  });

  it('drops it: the signature is answered, and nothing happens', async () => {
    cluster.faults.switchOn({ kind: 'dropped' }, { times: 1 });
    const { sent, answer } = await pay(SOL);

    expect(answer.result).toBe(sent.signature);
    expect(received()).toBe(0n);
    expect(await status(sent)).toBeNull();

    expect((await send(url, sent)).result).toBe(sent.signature);
    expect(received()).toBe(SOL);
  });

  it('lands it when released', async () => {
    const fault = cluster.faults.switchOn({ kind: 'late' }, { times: 1 });
    const { sent } = await pay(SOL);
    expect(await status(sent)).toBeNull();

    fault.release();

    expect(await status(sent)).toMatchObject({ err: null });
    expect(received()).toBe(SOL);
  });

  it('lands it no more when released too late', async () => {
    const fault = cluster.faults.switchOn({ kind: 'late' }, { times: 1 });
    const { sent } = await pay(SOL);
    cluster.advance(151);

    fault.release();

    expect(await status(sent)).toBeNull();
    expect(received()).toBe(0n);
  });

  it('brings it twice, and it is done once', async () => {
    const fault = cluster.faults.switchOn({ kind: 'duplicated' });
    const { sent } = await pay(SOL);

    expect(fault.hits).toBe(1);
    expect(received()).toBe(SOL);
    expect(await status(sent)).toMatchObject({ err: null });
    expect(await result(url, 'getSignaturesForAddress', to.publicKey.toBase58())).toHaveLength(1);
  });

  it('brings two in the wrong order', async () => {
    cluster.faults.switchOn({ kind: 'reordered' }, { times: 2 });
    const first = await pay(1n);
    expect(received()).toBe(0n);
    const second = await pay(2n);

    expect(received()).toBe(3n);
    const landed = await result<object[]>(url, 'getSignaturesForAddress', to.publicKey.toBase58());
    expect(landed).toMatchObject([{ signature: first.sent.signature }, { signature: second.sent.signature }]);
  });

  it('lets its blockhash expire on the way', async () => {
    cluster.faults.switchOn({ kind: 'blockhashExpires' }, { times: 1 });
    const height = cluster.blockHeight;
    const { answer } = await pay(SOL);

    expect(answer.error).toMatchObject({ data: { err: 'BlockhashNotFound' } });
    expect(cluster.blockHeight).toBe(height + 151);
    expect(received()).toBe(0n);
  });
});
