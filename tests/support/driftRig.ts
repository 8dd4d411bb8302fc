import { createPrivateKey, randomUUID, sign as ed25519 } from 'node:crypto';
import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionMessage,
} from '@solana/web3.js';

import { AppError } from '../../src/shared/contract/appError.ts';
import { base } from '../../src/shared/money/quantity.ts';
import { readGroup } from '../../src/shared/settings/group.ts';
import { judge } from '../../src/main/custody/policy/judge.ts';
import { addressOf } from '../../src/main/custody/address.ts';
import type { SigningRules } from '../../src/main/custody/policy/verdict.ts';
import { stopwatch, type Clock } from '../../src/main/platform/clock.ts';
import { silentLogger, type Logger } from '../../src/main/platform/logger.ts';
import { realSchedule, type Schedule } from '../../src/main/platform/schedule.ts';
import { IN_MEMORY, OpenFolder } from '../../src/main/storage/openFolder.ts';
import { TransactionRepository } from '../../src/main/storage/transactionRepository.ts';
import { DriftVenue } from '../../src/main/venues/drift/driftVenue.ts';
import { errorNames, explainProgram } from '../../src/main/venues/drift/programErrors.ts';
import { SharedClient } from '../../src/main/venues/drift/sharedClient.ts';
import { SubAccounts } from '../../src/main/venues/drift/subAccounts.ts';
import { NodeChain } from '../../src/main/venues/solana/rpc/nodeChain.ts';
import { POOL_URL, poolFetch } from '../../src/main/venues/solana/rpc/poolFetch.ts';
import { RpcPool } from '../../src/main/venues/solana/rpc/rpcPool.ts';
import { SENDING_SETTINGS } from '../../src/main/venues/solana/transactions/sendingSettings.ts';
import { TransactionDesk } from '../../src/main/venues/solana/transactions/transactionDesk.ts';
import type { LocalCluster } from './cluster/localCluster.ts';

/** What stands before the 32 bytes of an Ed25519 key in its standard form. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const GAS_RESERVE = base(17_000_000n);

/** Where a cluster is reached, and what its clock says in seconds: all that another process knows of it. */
export type ReachedCluster = Pick<LocalCluster, 'rpcUrl' | 'wsUrl' | 'now'>;

export interface DriftRigOptions {
  readonly logger?: Logger;
  readonly folder?: OpenFolder;
  /** What transactions are followed by; the nodes are always asked in real time. */
  readonly schedule?: Schedule;
  /** Whose sub-accounts the wallet trades, where it is a delegate's. */
  readonly owner?: string;
  /** Told of the pool before anything is asked. */
  readonly onPool?: (pool: RpcPool) => void;
}

/** The program's own parts, from the nodes up, on a local cluster. The key is in the signer's place: it signs what the signer would. */
export class DriftRig {
  readonly wallet: Keypair;
  readonly folder: OpenFolder;
  readonly pool: RpcPool;
  readonly chain: NodeChain;
  readonly client: SharedClient;
  readonly desk: TransactionDesk;
  readonly subAccounts: SubAccounts;
  readonly clock: Clock;
  readonly #schedule: Schedule;
  /** Addresses of delegates whose keys are here, too. */
  readonly delegates = new Set<string>();
  /** Everything that was alerted. */
  readonly alerts: string[] = [];

  private constructor(
    cluster: ReachedCluster,
    wallet: Keypair,
    { folder, logger, schedule }: Required<Omit<DriftRigOptions, 'onPool' | 'owner'>>,
    { pool, chain, client }: Pick<DriftRig, 'pool' | 'chain' | 'client'>,
  ) {
    this.wallet = wallet;
    this.folder = folder;
    this.pool = pool;
    this.chain = chain;
    this.client = client;
    this.clock = clockOf(cluster);
    this.#schedule = schedule;
    const names = errorNames(client.drift);
    this.desk = new TransactionDesk({
      chain,
      web3: { ComputeBudgetProgram, PublicKey, SystemProgram, TransactionMessage },
      payer: client.signer,
      sign: signerOf(wallet, client.owner, this.delegates),
      journal: new TransactionRepository(folder.db, 'local'),
      explain: (error, logs) => explainProgram(error, logs, names),
      settings: () => readGroup(SENDING_SETTINGS, {}),
      clock: this.clock,
      schedule,
      uniform: () => 0.5,
      log: logger,
      alert: ({ words }, cause) => this.alerts.push(`${words} ${cause}`),
    });
    this.subAccounts = new SubAccounts({ client, chain, desk: this.desk, nextId: randomUUID });
  }

  static async start(
    cluster: ReachedCluster,
    wallet = Keypair.generate(),
    {
      logger = silentLogger,
      folder = new OpenFolder(IN_MEMORY, () => 0),
      schedule = realSchedule,
      onPool,
      owner = wallet.publicKey.toBase58(),
    }: DriftRigOptions = {},
  ): Promise<DriftRig> {
    const pool = new RpcPool({
      endpoints: [{ http: cluster.rpcUrl }],
      genesisHash: undefined,
      callsPerSecond: 10_000,
      clock: clockOf(cluster),
      elapsed: stopwatch,
      schedule,
      uniform: () => 0.5,
      logger,
    });
    onPool?.(pool);
    const chain = new NodeChain(pool);
    const connection = new Connection(POOL_URL, {
      fetch: poolFetch(pool),
      wsEndpoint: cluster.wsUrl,
      disableRetryOnRateLimit: true,
      commitment: 'confirmed',
    });
    const signer = wallet.publicKey.toBase58();
    const client = await SharedClient.open({ chain, connection, signer, owner });
    return new DriftRig(cluster, wallet, { folder, logger, schedule }, { pool, chain, client });
  }

  get address(): string {
    return this.wallet.publicKey.toBase58();
  }

  /** A venue of one sub-account, not yet connected. */
  venue(subAccount = 0): DriftVenue {
    return new DriftVenue({
      chain: this.chain,
      open: () => Promise.resolve(this.client),
      desk: this.desk,
      subAccount,
      network: 'test',
      clock: this.clock,
      elapsed: stopwatch,
      schedule: this.#schedule,
      nextId: randomUUID,
      gasReserve: () => GAS_RESERVE,
      orderPrefix: `drift/${subAccount}/`,
    });
  }

  /** Ends everything but the folder, as a process that ends would. */
  async leave(): Promise<void> {
    this.desk.close();
    await this.client.close();
    this.pool.close();
  }

  async close(): Promise<void> {
    await this.leave();
    this.folder.close();
  }
}

const clockOf = (cluster: ReachedCluster): Clock => ({ now: () => cluster.now() * 1_000 });

/** Signs by the signer's own rules. */
function signerOf(wallet: Keypair, owner: string, delegates: ReadonlySet<string>) {
  const rules: SigningRules = {
    signer: addressOf(wallet.publicKey.toBytes()),
    role: owner === wallet.publicKey.toBase58() ? 'owner' : 'delegate',
    owner: addressOf(new PublicKey(owner).toBytes()),
    delegates,
    mostPriorityFee: 5_000_000n,
    mostTip: 5_000_000n,
    mostGas: 0n,
  };
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, wallet.secretKey.subarray(0, 32)]),
    format: 'der',
    type: 'pkcs8',
  });
  return async (message: Uint8Array) => {
    await Promise.resolve();
    const verdict = judge(message, rules);
    if (!verdict.isAllowed)
      throw new AppError('TRANSACTION_REFUSED', verdict.why, { reason: verdict.reason });
    return { signature: new Uint8Array(ed25519(null, message, key)), words: verdict.words };
  };
}
