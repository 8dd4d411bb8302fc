import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { MINTS } from '../support/cluster/addresses.ts';
import { base58Text } from '../support/cluster/chain/base58Text.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { call, funded, post, result } from './payments.ts';

describe('accounts on the local node', () => {
  let cluster: LocalCluster;
  let url: string;
  let connection: Connection;
  beforeAll(async () => {
    cluster = await LocalCluster.start();
    url = cluster.rpcUrl;
    connection = new Connection(url, 'confirmed');
  });
  afterAll(() => cluster.close());

  const OWNER = Keypair.generate().publicKey.toBase58();
  const put = (text: string): string => {
    const address = Keypair.generate().publicKey.toBase58();
    cluster.setAccount(address, { owner: OWNER, lamports: 1_000_000n, data: Buffer.from(text) });
    return address;
  };

  it('are told in base64 unless asked otherwise, by one and by many', async () => {
    const [there, absent] = [put('hello'), Keypair.generate().publicKey.toBase58()];
    const told = {
      data: ['aGVsbG8=', 'base64'],
      owner: OWNER,
      lamports: 1_000_000,
      space: 5,
      executable: false,
    };

    expect(await result(url, 'getAccountInfo', there)).toMatchObject({
      context: { slot: cluster.slot },
      value: told,
    });
    const many = await result<{ value: unknown[] }>(url, 'getMultipleAccounts', [absent, there]);
    expect(many.value).toEqual([null, expect.objectContaining(told)]);
    expect(await result(url, 'getAccountInfo', there, { encoding: 'base58' })).toMatchObject({
      value: { data: ['Cn8eVZg', 'base58'] },
    });
    expect(
      await result(url, 'getAccountInfo', there, { encoding: 'base64', dataSlice: { offset: 1, length: 2 } }),
    ).toMatchObject({ value: { data: ['ZWw=', 'base64'] } });
  });

  it('are found by owner, size and bytes', async () => {
    const [red, blue] = [put('red-paint'), put('blue-paint')];
    const found = async (...filters: object[]): Promise<string[]> => {
      const all = await result<{ pubkey: string }[]>(url, 'getProgramAccounts', OWNER, { filters });
      return all.map(({ pubkey }) => pubkey);
    };

    expect(await found({ dataSize: 9 })).toEqual([red]);
    expect(
      await found({ dataSize: 10 }, { memcmp: { offset: 0, bytes: base58Text(Buffer.from('blue')) } }),
    ).toEqual([blue]);
    expect(
      await found({
        memcmp: { offset: 3, bytes: Buffer.from('-paint').toString('base64'), encoding: 'base64' },
      }),
    ).toEqual([red]);
    expect((await found()).length).toBeGreaterThanOrEqual(2);
  });

  it('of tokens are parsed, and found by their owner and mint', async () => {
    const owner = funded(cluster).publicKey;
    cluster.mintUsdc(owner.toBase58(), 1_500_000n);
    cluster.mintUsdc(owner.toBase58(), 250_000n);
    const mint = new PublicKey(MINTS.USDC);
    const account = getAssociatedTokenAddressSync(mint, owner);

    expect((await connection.getTokenAccountBalance(account)).value).toEqual({
      amount: '1750000',
      decimals: 6,
      uiAmount: 1.75,
      uiAmountString: '1.75',
    });
    const { value } = await connection.getParsedTokenAccountsByOwner(owner, { mint });
    expect(value).toMatchObject([
      { pubkey: account, account: { data: { parsed: { info: { tokenAmount: { amount: '1750000' } } } } } },
    ]);
    const other = await connection.getTokenAccountsByOwner(owner, { mint: new PublicKey(MINTS.SOL) });
    expect(other.value).toEqual([]);
    expect((await connection.getTokenSupply(mint)).value.amount).toBe('1750000');
  });

  it('are refused in an encoding that is not spoken, and where parameters make no sense', async () => {
    const there = put('x');
    expect((await call(url, 'getAccountInfo', there, { encoding: 'base64+zstd' })).error).toEqual({
      code: -32_602,
      message: 'Invalid params: only base58, base64 and jsonParsed are spoken here',
    });
    expect((await call(url, 'getAccountInfo', 'nonsense')).error).toMatchObject({ code: -32_602 });
    expect(
      (
        await call(
          url,
          'getMultipleAccounts',
          Array.from({ length: 101 }, () => there),
        )
      ).error,
    ).toMatchObject({
      code: -32_602,
    });
  });

  it('are not told by a node that is behind what the client has seen', async () => {
    const ahead = { minContextSlot: cluster.slot + 1 };
    for (const method of ['getSlot', 'getBlockHeight', 'getLatestBlockhash'])
      expect((await call(url, method, ahead)).error).toMatchObject({ code: -32_016 });
    expect((await call(url, 'getBalance', OWNER, ahead)).error).toMatchObject({
      code: -32_016,
      data: { contextSlot: cluster.slot },
    });
    expect((await call(url, 'getSlot', { minContextSlot: cluster.slot })).result).toBe(cluster.slot);
  });

  it('are answered in one batch, each request by its own id', async () => {
    const request = (id: number, method: string): object => ({ jsonrpc: '2.0', id, method, params: [] });
    const response = await post(url, [
      request(7, 'getHealth'),
      request(8, 'getNothing'),
      request(9, 'getSlot'),
    ]);

    expect(await response.json()).toEqual([
      { jsonrpc: '2.0', id: 7, result: 'ok' },
      { jsonrpc: '2.0', id: 8, error: { code: -32_601, message: 'Method not found' } },
      { jsonrpc: '2.0', id: 9, result: cluster.slot },
    ]);
  });

  it('that was cut short or is no request is refused by the codes of JSON-RPC', async () => {
    expect(await (await post(url, '{"jsonrpc"')).json()).toMatchObject({ error: { code: -32_700 } });
    expect(await (await post(url, { method: 1 })).json()).toMatchObject({ error: { code: -32_600 } });
  });

  it('stand on a network that says who it is', async () => {
    expect(await connection.getGenesisHash()).toMatch(/^[1-9A-HJ-NP-Za-km-z]{43,44}$/);
    expect(await result(url, 'getVersion')).toMatchObject({ 'solana-core': expect.any(String) as string });
    expect(await result(url, 'getFirstAvailableBlock')).toBe(0);
    expect(await result(url, 'getMinimumBalanceForRentExemption', 165)).toBe(2_039_280);
    expect(await connection.getEpochInfo()).toMatchObject({
      absoluteSlot: cluster.slot,
      slotsInEpoch: 432_000,
    });
    expect(await connection.getBlockTime(cluster.slot)).toBe(cluster.now());
  });

  it('get lamports from the faucet by a transaction', async () => {
    const wallet = Keypair.generate().publicKey;
    const signature = await connection.requestAirdrop(wallet, 5_000_000);

    expect(await connection.getBalance(wallet)).toBe(5_000_000);
    expect((await connection.getSignatureStatus(signature)).value?.confirmationStatus).toBe('confirmed');
  });
});
