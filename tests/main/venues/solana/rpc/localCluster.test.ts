import { Connection, Keypair, SystemProgram, Transaction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { wallClock, stopwatch } from '../../../../../src/main/platform/clock.ts';
import { silentLogger } from '../../../../../src/main/platform/logger.ts';
import { realSchedule } from '../../../../../src/main/platform/schedule.ts';
import { AccountWatch } from '../../../../../src/main/venues/solana/rpc/accountWatch.ts';
import { NodeChain } from '../../../../../src/main/venues/solana/rpc/nodeChain.ts';
import { POOL_URL, poolFetch } from '../../../../../src/main/venues/solana/rpc/poolFetch.ts';
import { RpcPool } from '../../../../../src/main/venues/solana/rpc/rpcPool.ts';
import { LocalCluster } from '../../../../support/cluster/localCluster.ts';
import { until } from './poolRig.ts';

type RpcNode = Awaited<ReturnType<LocalCluster['addNode']>>;

const SOL = 1_000_000_000n;

let cluster: LocalCluster;
let second: RpcNode;
let pool: RpcPool;
let chain: NodeChain;
let connection: Connection;
const payer = Keypair.generate();
const payee = Keypair.generate().publicKey;

beforeEach(async () => {
  cluster = await LocalCluster.start();
  second = await cluster.addNode();
  pool = new RpcPool({
    // Sockets are found on the port above, as with a validator.
    endpoints: [{ http: cluster.rpcUrl }, { http: second.rpcUrl }],
    genesisHash: undefined,
    callsPerSecond: 1_000,
    clock: wallClock,
    elapsed: stopwatch,
    schedule: realSchedule,
    uniform: () => 0.5,
    logger: silentLogger,
  });
  chain = new NodeChain(pool);
  connection = new Connection(POOL_URL, {
    fetch: poolFetch(pool),
    wsEndpoint: cluster.wsUrl,
    disableRetryOnRateLimit: true,
    commitment: 'confirmed',
  });
  cluster.airdrop(payer.publicKey.toBase58(), 10n * SOL);
});
afterEach(async () => {
  pool.close();
  await cluster.close();
});

async function signedTransfer(): Promise<Uint8Array> {
  const life = await chain.latestBlockhash();
  const transfer = SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: payee, lamports: SOL });
  const transaction = new Transaction({ ...life, feePayer: payer.publicKey }).add(transfer);
  transaction.sign(payer);
  return transaction.serialize();
}

const signatureOf = async (): Promise<string> =>
  (await chain.signaturesFor(payer.publicKey.toBase58(), undefined, 1))[0]?.signature ?? '';

describe('a transfer on a local network, by way of the pool', () => {
  it('is simulated, sent twice, done once, and found with all that belongs to it', async () => {
    const wire = await signedTransfer();
    expect(await chain.simulate(wire)).toMatchObject({ error: null });
    await chain.send(wire);
    await chain.send(wire);
    const signature = await signatureOf();
    expect(await chain.statusEverywhere(signature)).toMatchObject({ error: null });
    const landed = await chain.transaction(signature);
    expect(landed).toMatchObject({
      signature,
      error: null,
      fee: 5_000n,
      payer: { address: payer.publicKey.toBase58(), before: 10n * SOL, after: 9n * SOL - 5_000n },
    });
    const { slot, accounts } = await chain.accounts(
      [payee.toBase58(), payer.publicKey.toBase58()],
      landed?.slot,
    );
    expect(slot).toBeGreaterThanOrEqual(landed?.slot ?? Infinity);
    expect(accounts.map((account) => account?.lamports)).toEqual([SOL, 9n * SOL - 5_000n]);
    expect(await chain.blockHeight('finalized')).toBeLessThanOrEqual(await chain.blockHeight('confirmed'));
    expect(await chain.recentPriorityFees([payer.publicKey.toBase58()])).toEqual(expect.any(Array));
  });

  it('is not lost where a node takes no connection, nor absent where one says so', async () => {
    await pool.checkHealth();
    await cluster.faults.refuseConnections();
    const wire = await signedTransfer();
    await chain.send(wire);
    await cluster.faults.acceptConnections();
    const signature = await signatureOf();
    second.faults.switchOn({ kind: 'saysAbsent' });
    expect(await chain.statusEverywhere(signature)).toMatchObject({ error: null });
    expect(await chain.statusEverywhere('5'.repeat(88))).toBeNull();
  });

  it('is told by the watch over its accounts, by the other node once the first drops its socket', async () => {
    const told: string[] = [];
    const watch = new AccountWatch([payee.toBase58()], {
      pool,
      schedule: { ...realSchedule, after: (ms, act) => realSchedule.after(ms === 5_000 ? ms : 0, act) },
      elapsed: stopwatch,
      logger: silentLogger,
      listener: {
        connected: () => told.push('connected'),
        lost: () => told.push('lost'),
        changed: (_, slot) => told.push(String(slot)),
      },
    });
    watch.open();
    await until(() => watch.isWatching);
    cluster.faults.dropSockets();
    await until(() => told.length === 3);
    expect(told).toEqual(['connected', 'lost', 'connected']);
    await chain.send(await signedTransfer());
    await until(() => told.length > 3);
    expect(Number(told[3])).toBeLessThanOrEqual(cluster.slot);
    watch.close();
  });
});

describe("web3.js's Connection on a local network, through the pool", () => {
  it('sees the same network, also while the first node fails', async () => {
    cluster.faults.switchOn({ kind: 'status', status: 502 });
    const wire = await signedTransfer();
    const signature = await connection.sendRawTransaction(wire);
    expect(await connection.getBalance(payee)).toBe(Number(SOL));
    const { value } = await connection.getSignatureStatuses([signature]);
    expect(value[0]).toMatchObject({ err: null });
    const [parsed] = await connection.getParsedTransactions([signature], {
      maxSupportedTransactionVersion: 0,
    });
    expect(parsed?.transaction.signatures).toEqual([signature]);
    expect(await connection.getSlot()).toBeLessThanOrEqual(cluster.slot);
    expect(pool.healthView().map(({ state }) => state)).toEqual(['failing', 'healthy']);
  });

  it('is told by a node that lags nothing that is older than what it saw', async () => {
    const old = cluster.snapshot().chain;
    await chain.send(await signedTransfer());
    cluster.advance(100);
    expect(await connection.getBalance(payee)).toBe(Number(SOL));
    cluster.faults.switchOn({ kind: 'behind', snapshot: old });
    expect(await connection.getBalance(payee)).toBe(Number(SOL));
    expect(pool.healthView().map(({ state }) => state)).toEqual(['behind', 'healthy']);
  });

  it('is served by no node of another network', async () => {
    second.faults.switchOn({ kind: 'wrongGenesis' });
    await pool.checkHealth();
    expect(pool.healthView().map(({ state }) => state)).toEqual(['healthy', 'wrongNetwork']);
  });
});
