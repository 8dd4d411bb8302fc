import { createHash } from 'node:crypto';

import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';

import { Chain, SLOT_MS, type ChainProgram, type ChainSnapshot } from './chain/chain.ts';
import { holdingOf, mint, mintOf, TOKEN_PROGRAM, tokenAccount, withAmount } from './chain/tokenAccount.ts';
import { DRIFT_PROGRAM, MINTS, ORACLES, USDC_DECIMALS, type OracleAsset } from './addresses.ts';
import { pythAccount } from './pythAccount.ts';
import type { ProgramModel } from './programModel.ts';
import type { Faults } from './rpc/faults.ts';
import { RpcNode } from './rpc/rpcNode.ts';

/** The path of the program's binary. */
export interface RealProgram {
  readonly binary: string;
}

export interface ClusterOptions {
  /** What runs Drift's instructions; without it there is no Drift here, and the rest of Solana. */
  readonly program?: RealProgram | ProgramModel;
  /** Where the chain's clock stands at first: seconds since 1970. */
  readonly startAt?: number;
}

/** A cluster at a moment. It belongs to the program that it was made with. */
export interface ClusterSnapshot {
  readonly chain: ChainSnapshot;
  readonly prices: ReadonlyMap<OracleAsset, bigint>;
}

/** 2026-01-01T00:00:00Z: a full hour, as funding likes it. */
const START = 1_767_225_600;
const FIRST_PRICES = new Map<OracleAsset, bigint>([
  ['SOL', 150_000_000n],
  ['USDC', 1_000_000n],
]);
const SYSTEM_PROGRAM = SystemProgram.programId.toBase58();
const USDC_AUTHORITY = new PublicKey(createHash('sha256').update('usdc').digest()).toBase58();

/** A Solana cluster of one process: for tests, on 127.0.0.1, without the world. */
export class LocalCluster {
  readonly #chain: Chain;
  readonly #program: ChainProgram | undefined;
  readonly #nodes: RpcNode[] = [];
  readonly #failures: unknown[] = [];
  #prices: ReadonlyMap<OracleAsset, bigint>;
  #publishing = true;
  #ticking: NodeJS.Timeout | undefined;
  /** Micro-lamports a compute unit that the nodes say is paid lately, at least. */
  priorityFee = 0;

  private constructor(
    program: ChainProgram | undefined,
    chain: Chain,
    prices: ReadonlyMap<OracleAsset, bigint>,
  ) {
    this.#program = program;
    this.#chain = chain;
    this.#prices = prices;
    chain.listen({ onSlot: () => this.#publish() });
  }

  static async start({ program, startAt = START }: ClusterOptions = {}): Promise<LocalCluster> {
    const known = program && chainProgram(program);
    const cluster = new LocalCluster(known, Chain.begin(known, startAt), FIRST_PRICES);
    cluster.#writeMint();
    cluster.#publish();
    await cluster.addNode();
    return cluster;
  }

  /** A cluster that goes on from where another was. */
  static async from(snapshot: ClusterSnapshot, program?: RealProgram | ProgramModel): Promise<LocalCluster> {
    const known = program && chainProgram(program);
    const cluster = new LocalCluster(known, Chain.from(snapshot.chain, known), snapshot.prices);
    await cluster.addNode();
    return cluster;
  }

  /** One more endpoint in front of the same chain, with faults of its own. The first stands since the start. */
  async addNode(): Promise<RpcNode> {
    const node = await RpcNode.start({
      chain: this.#chain,
      program: this.#program,
      priorityFee: () => this.priorityFee,
      onFault: (error) => this.#failures.push(error),
    });
    this.#nodes.push(node);
    return node;
  }

  get #first(): RpcNode {
    const [node] = this.#nodes;
    if (!node) throw new Error('the cluster has not started');
    return node;
  }

  get rpcUrl(): string {
    return this.#first.rpcUrl;
  }

  /** On the port above the RPC's, where web3.js looks for it unless told otherwise. */
  get wsUrl(): string {
    return this.#first.wsUrl;
  }

  get faults(): Faults {
    return this.#first.faults;
  }

  /** Seconds since 1970 by the chain's clock. It moves 400 ms with every slot and by nothing else. */
  now(): number {
    return this.#chain.unixTime;
  }

  get slot(): number {
    return this.#chain.slot;
  }

  get blockHeight(): number {
    return this.#chain.height;
  }

  /** Whether a model runs Drift's instructions, and no binary. */
  get isModelled(): boolean {
    return this.#program !== undefined && 'model' in this.#program;
  }

  /** Lets empty slots go by. A slot goes by with every transaction as well. */
  advance(slots: number): void {
    this.#chain.advance(slots);
  }

  /** Lets so much time go by, and as many slots as that takes. */
  warp(seconds: number): void {
    this.advance(Math.ceil((seconds * 1000) / SLOT_MS));
  }

  /** From now on a slot goes by every 400 ms, until `close` or `stopTicking`. For runs in real time. */
  tick(): void {
    this.#ticking ??= setInterval(() => this.advance(1), SLOT_MS);
  }

  stopTicking(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  /** Hears of every slot that begins. Returns how to stop. */
  onSlot(listener: (slot: number) => void): () => void {
    return this.#chain.listen({ onSlot: listener });
  }

  /** Publishes a price, 1e6, and publishes it again with every slot. */
  setOracle(asset: OracleAsset, priceE6: bigint): void {
    this.#prices = new Map(this.#prices).set(asset, priceE6);
    this.#publish();
  }

  oraclePrice(asset: OracleAsset): bigint {
    return this.#prices.get(asset) ?? 0n;
  }

  /** Oracles grow stale from now on. */
  stopOracles(): void {
    this.#publishing = false;
  }

  resumeOracles(): void {
    this.#publishing = true;
    this.#publish();
  }

  /** Adds lamports out of nowhere. */
  airdrop(address: string, lamports: bigint): void {
    const account = this.#chain.read(address) ?? {
      owner: SYSTEM_PROGRAM,
      lamports: 0n,
      data: new Uint8Array(),
    };
    this.#chain.write(address, { ...account, lamports: account.lamports + lamports });
  }

  /** Adds USDC, 1e6, to an owner's associated token account, which is made where it is missing. */
  mintUsdc(owner: string, amountE6: bigint): void {
    const at = getAssociatedTokenAddressSync(
      new PublicKey(MINTS.USDC),
      new PublicKey(owner),
      true,
    ).toBase58();
    const account = this.#chain.read(at) ?? {
      owner: TOKEN_PROGRAM,
      data: tokenAccount(MINTS.USDC, owner, 0n),
      lamports: this.#chain.rentFor(165),
    };
    const held = holdingOf(account)?.amount ?? 0n;
    this.#chain.write(at, { ...account, data: withAmount(account.data, held + amountE6) });
    this.#writeMint((mintOf(this.#chain.read(MINTS.USDC))?.supply ?? 0n) + amountE6);
  }

  /** An account as the chain holds it now. */
  account(
    address: string,
  ): { readonly owner: string; readonly lamports: bigint; readonly data: Uint8Array } | undefined {
    return this.#chain.read(address);
  }

  /** Puts an account where no transaction has left it. */
  setAccount(
    address: string,
    account: { readonly owner: string; readonly lamports: bigint; readonly data: Uint8Array },
  ): void {
    this.#chain.write(address, account);
  }

  rentFor(bytes: number): bigint {
    return this.#chain.rentFor(bytes);
  }

  snapshot(): ClusterSnapshot {
    return { chain: this.#chain.snapshot(), prices: this.#prices };
  }

  /** Everything as it was, the clock as well. Clients that remember later slots are better made anew. */
  restore(snapshot: ClusterSnapshot): void {
    this.#chain.restore(snapshot.chain);
    this.#prices = snapshot.prices;
  }

  /** Rejects with what went wrong inside the cluster that no client has caused: a test must not pass over it. */
  async close(): Promise<void> {
    this.stopTicking();
    await Promise.all(this.#nodes.map((node) => node.stop()));
    if (this.#failures.length > 0) throw new AggregateError(this.#failures, 'the cluster has failed');
  }

  #publish(): void {
    if (!this.#publishing) return;
    for (const [asset, priceE6] of this.#prices)
      this.#chain.write(ORACLES[asset], pythAccount(priceE6, this.slot));
  }

  #writeMint(supply = 0n): void {
    const data = mint(USDC_AUTHORITY, USDC_DECIMALS, supply);
    this.#chain.write(MINTS.USDC, { owner: TOKEN_PROGRAM, lamports: this.#chain.rentFor(data.length), data });
  }
}

const chainProgram = (program: RealProgram | ProgramModel): ChainProgram =>
  'binary' in program
    ? { address: DRIFT_PROGRAM, binary: program.binary }
    : { address: DRIFT_PROGRAM, model: program };
