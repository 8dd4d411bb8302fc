import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LocalCluster } from '../support/cluster/localCluster.ts';
import { balanceOf, bid, call, funded, payment, result, send, signed, SOL, transfer } from './payments.ts';

const FEE = 5_000n;

describe('a transaction on the local node', () => {
  let cluster: LocalCluster;
  let url: string;
  beforeAll(async () => {
    cluster = await LocalCluster.start();
    url = cluster.rpcUrl;
  });
  afterAll(() => cluster.close());

  const status = async (signature: string, searchTransactionHistory = false): Promise<unknown> => {
    const { value } = await result<{ value: unknown[] }>(url, 'getSignatureStatuses', [signature], {
      searchTransactionHistory,
    });
    return value[0];
  };

  it('moves lamports, takes its fee from the payer, and lets a slot go by', async () => {
    const [from, to] = [funded(cluster), funded(cluster, 1n)];
    const { slot } = cluster;
    const sent = await payment(url, from, to, SOL);

    expect((await send(url, sent)).result).toBe(sent.signature);

    expect(balanceOf(cluster, from)).toBe(9n * SOL - FEE);
    expect(balanceOf(cluster, to)).toBe(SOL + 1n);
    expect(cluster.slot).toBe(slot + 1);
    expect(await status(sent.signature)).toMatchObject({ slot, err: null, confirmationStatus: 'confirmed' });
  });

  it('pays its bid for all the units that it may use, rounded up', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, SOL, ...bid(33_333, 1_000));
    await send(url, sent);

    expect(balanceOf(cluster, from)).toBe(9n * SOL - FEE - 34n);
    const landed = await result<{ meta: { fee: number } }>(url, 'getTransaction', sent.signature, {
      maxSupportedTransactionVersion: 0,
    });
    expect(landed.meta.fee).toBe(5_034);
  });

  it('pays its bid for what its instructions may use together where it names no limit', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const [, price] = bid(0, 1_000_000);
    const sent = await payment(url, from, to, SOL, ...(price ? [price] : []));
    await send(url, sent);

    const { meta } = await result<{ meta: { fee: number } }>(url, 'getTransaction', sent.signature, {
      maxSupportedTransactionVersion: 0,
    });
    expect(BigInt(meta.fee)).toBe(9n * SOL - balanceOf(cluster, from));
  });

  it('lands once however often it is sent', async () => {
    const [from, to] = [funded(cluster), funded(cluster, 1n)];
    const sent = await payment(url, from, to, SOL);
    await send(url, sent);

    expect((await send(url, sent, { skipPreflight: true })).result).toBe(sent.signature);
    expect((await send(url, sent)).error).toMatchObject({
      code: -32_002,
      message: 'Transaction simulation failed: This transaction has already been processed',
    });
    expect(balanceOf(cluster, to)).toBe(SOL + 1n);
  });

  it('is refused where a signature is not of its message', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, SOL);
    const bytes = Buffer.from(sent.base64, 'base64');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 5) ^ 1, bytes.length - 5);

    const { error } = await send(url, { ...sent, base64: bytes.toString('base64') }, { skipPreflight: true });

    expect(error).toMatchObject({ code: -32_003 });
    expect(balanceOf(cluster, from)).toBe(10n * SOL);
  });

  it('never lands once 150 blocks have gone by since its blockhash', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const { value } = await result<{ value: { blockhash: string; lastValidBlockHeight: number } }>(
      url,
      'getLatestBlockhash',
    );
    const first = signed(from, value.blockhash, [transfer(from, to, 1n)]);
    const second = signed(from, value.blockhash, [transfer(from, to, 2n)]);
    expect(value.lastValidBlockHeight).toBe(cluster.blockHeight + 150);

    cluster.advance(150);
    expect(cluster.blockHeight).toBe(value.lastValidBlockHeight);
    expect(await result(url, 'isBlockhashValid', value.blockhash)).toMatchObject({ value: true });
    expect((await send(url, first)).result).toBe(first.signature);

    expect(await result(url, 'isBlockhashValid', value.blockhash)).toMatchObject({ value: false });
    expect((await send(url, second)).error).toMatchObject({
      code: -32_002,
      message: 'Transaction simulation failed: Blockhash not found',
      data: { err: 'BlockhashNotFound' },
    });
    expect((await send(url, second, { skipPreflight: true })).result).toBe(second.signature);
    expect(await status(second.signature)).toBeNull();
  });

  it('that would fail is refused by the simulation before it, at no cost', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, 100n * SOL);

    const { error } = await send(url, sent);

    expect(error).toMatchObject({
      code: -32_002,
      message: 'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
      data: { err: { InstructionError: [0, { Custom: 1 }] } },
    });
    expect(balanceOf(cluster, from)).toBe(10n * SOL);
    expect(await status(sent.signature)).toBeNull();
  });

  it('that fails in its block costs its fee and nothing else', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const { value } = await result<{ value: { blockhash: string } }>(url, 'getLatestBlockhash');
    const sent = signed(from, value.blockhash, [transfer(from, to, SOL), transfer(from, to, 100n * SOL)]);

    await send(url, sent, { skipPreflight: true });

    expect(balanceOf(cluster, from)).toBe(10n * SOL - FEE);
    expect(balanceOf(cluster, to)).toBe(10n * SOL);
    expect(await status(sent.signature)).toMatchObject({ err: { InstructionError: [1, { Custom: 1 }] } });
  });

  it('of a payer without lamports never lands', async () => {
    const [from, to] = [Keypair.generate(), funded(cluster)];
    const sent = await payment(url, from, to, 1n);

    await send(url, sent, { skipPreflight: true });

    expect(await status(sent.signature)).toBeNull();
  });

  it('is told with its logs, balances and time', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, SOL);
    const { slot } = cluster;
    await send(url, sent);

    const told = await result(url, 'getTransaction', sent.signature, { maxSupportedTransactionVersion: 0 });

    expect(told).toMatchObject({
      slot,
      blockTime: cluster.now(),
      version: 0,
      transaction: { signatures: [sent.signature] },
      meta: {
        err: null,
        fee: 5_000,
        preBalances: [10_000_000_000, 10_000_000_000, 1],
        postBalances: [8_999_995_000, 11_000_000_000, 1],
        logMessages: [
          'Program 11111111111111111111111111111111 invoke [1]',
          'Program 11111111111111111111111111111111 success',
        ],
      },
    });
    expect((await call(url, 'getTransaction', sent.signature)).error).toMatchObject({ code: -32_015 });
  });

  it('is listed for every account that it names, newest first, page by page', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent: string[] = [];
    for (let each = 1n; each <= 4n; each++) {
      const one = await payment(url, from, to, each);
      await send(url, one);
      sent.unshift(one.signature);
    }
    const [newest, second, third, oldest] = sent;
    const list = async (config: object): Promise<string[]> => {
      const at = to.publicKey.toBase58();
      const listed = await result<{ signature: string }[]>(url, 'getSignaturesForAddress', at, config);
      return listed.map(({ signature }) => signature);
    };

    expect(await list({})).toEqual(sent);
    expect(await list({ limit: 2 })).toEqual([newest, second]);
    expect(await list({ before: second, limit: 1 })).toEqual([third]);
    expect(await list({ before: newest, until: oldest })).toEqual([second, third]);
  });

  it('is forgotten by statuses after 150 slots unless the history is searched', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, 1n);
    await send(url, sent);
    cluster.advance(31);
    expect(await status(sent.signature)).toMatchObject({
      confirmationStatus: 'finalized',
      confirmations: null,
    });

    cluster.advance(120);

    expect(await status(sent.signature)).toBeNull();
    expect(await status(sent.signature, true)).toMatchObject({ err: null });
  });

  it('is simulated without a signature, on any blockhash, and leaves no trace', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = signed(from, Keypair.generate().publicKey.toBase58(), [transfer(from, to, SOL)]);
    const accounts = { addresses: [to.publicKey.toBase58()], encoding: 'base64' };
    const ask = (config: object): Promise<unknown> =>
      result(url, 'simulateTransaction', sent.base64, { encoding: 'base64', ...config });

    expect(await ask({ sigVerify: false })).toMatchObject({ value: { err: 'BlockhashNotFound' } });
    expect(await ask({ replaceRecentBlockhash: true, accounts })).toMatchObject({
      value: { err: null, unitsConsumed: 150, accounts: [{ lamports: 11_000_000_000 }] },
    });
    expect(balanceOf(cluster, to)).toBe(10n * SOL);
  });

  it('has its fee foretold while its blockhash is good', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const sent = await payment(url, from, to, 1n, ...bid(200_000, 5_000));
    const message = Buffer.from(sent.base64, 'base64').subarray(65).toString('base64');

    expect(await result(url, 'getFeeForMessage', message)).toMatchObject({ value: 6_000 });
    cluster.advance(151);
    expect(await result(url, 'getFeeForMessage', message)).toMatchObject({ value: null });
  });
});
