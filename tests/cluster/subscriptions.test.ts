import { Connection, type Keypair, type PublicKey } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalCluster } from '../support/cluster/localCluster.ts';
import { funded, payment, send, SOL } from './payments.ts';
import { Wire } from './wire.ts';

describe('a WebSocket of the local node', () => {
  let cluster: LocalCluster;
  let wire: Wire;
  let from: Keypair;
  let to: Keypair;
  beforeEach(async () => {
    cluster = await LocalCluster.start();
    wire = await Wire.open(cluster.wsUrl);
    [from, to] = [funded(cluster), funded(cluster)];
  });
  afterEach(async () => {
    wire.close();
    await cluster.close();
  });

  const pay = async (lamports: bigint): Promise<string> => {
    const sent = await payment(cluster.rpcUrl, from, to, lamports);
    await send(cluster.rpcUrl, sent);
    return sent.signature;
  };

  it('is where web3.js looks for it', async () => {
    expect(new URL(cluster.wsUrl).port).toBe(String(Number(new URL(cluster.rpcUrl).port) + 1));
    const connection = new Connection(cluster.rpcUrl, 'confirmed');
    const sent = await payment(cluster.rpcUrl, from, to, SOL);
    const { lastValidBlockHeight } = await connection.getLatestBlockhash();
    await send(cluster.rpcUrl, sent);

    const { signature } = sent;
    const { blockhash } = await connection.getLatestBlockhash();
    const { value } = await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
    expect(value).toEqual({ err: null });
  });

  it('tells of an account that a transaction has written, with the slot', async () => {
    const id = await wire.ask('accountSubscribe', to.publicKey.toBase58(), { encoding: 'base64' });
    const { slot } = cluster;
    await pay(SOL);

    expect(await wire.hears('accountNotification')).toEqual({
      subscription: id,
      result: {
        context: expect.objectContaining({ slot }) as object,
        value: expect.objectContaining({ lamports: 11_000_000_000 }) as object,
      },
    });
  });

  it("tells of a program's accounts that pass the filters", async () => {
    const owner = funded(cluster).publicKey.toBase58();
    await wire.ask('programSubscribe', owner, { encoding: 'base64', filters: [{ dataSize: 3 }] });
    const write = (address: PublicKey, bytes: number): void =>
      cluster.setAccount(address.toBase58(), { owner, lamports: 1n, data: new Uint8Array(bytes) });
    const [long, short] = [funded(cluster).publicKey, funded(cluster).publicKey];
    write(long, 4);
    write(short, 3);

    expect(await wire.hears('programNotification')).toMatchObject({
      result: { value: { pubkey: short.toBase58() } },
    });
    expect(wire.heard('programNotification')).toHaveLength(1);
  });

  it('tells the logs of the transactions that name an account', async () => {
    await wire.ask('logsSubscribe', { mentions: [to.publicKey.toBase58()] }, { commitment: 'confirmed' });
    const stranger = funded(cluster);
    const elsewhere = await payment(cluster.rpcUrl, from, stranger, SOL);
    await send(cluster.rpcUrl, elsewhere);
    const signature = await pay(1n);

    expect(await wire.hears('logsNotification')).toMatchObject({
      result: {
        value: { signature, err: null, logs: [expect.stringContaining('invoke'), expect.any(String)] },
      },
    });
  });

  it('tells once that a signature has landed, also where it had before', async () => {
    const sent = await payment(cluster.rpcUrl, from, to, 1n);
    const before = await wire.ask('signatureSubscribe', sent.signature, { commitment: 'confirmed' });
    await send(cluster.rpcUrl, sent);
    expect(await wire.hears('signatureNotification')).toMatchObject({
      subscription: before,
      result: { value: { err: null } },
    });

    wire.forget();
    const after = await wire.ask('signatureSubscribe', sent.signature);
    expect(await wire.hears('signatureNotification')).toMatchObject({ subscription: after });
  });

  it('tells every slot', async () => {
    await wire.ask('slotSubscribe');
    const { slot } = cluster;
    cluster.advance(3);
    expect(await wire.hears('slotNotification')).toMatchObject({ result: { slot: slot + 3 } });
  });

  it('falls silent on what is no longer subscribed, and says so of what never was', async () => {
    const id = await wire.ask('accountSubscribe', to.publicKey.toBase58());
    await wire.ask('slotSubscribe');
    expect(await wire.ask('accountUnsubscribe', id)).toBe(true);
    await expect(wire.ask('accountUnsubscribe', id)).rejects.toThrow('Invalid subscription id.');
    await pay(1n);

    await wire.hears('slotNotification');
    expect(wire.heard('accountNotification')).toEqual([]);
  });
});
