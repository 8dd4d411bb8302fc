import { Keypair } from '@solana/web3.js';

import { IN_MEMORY, OpenFolder } from '../../../src/main/storage/openFolder.ts';
import type { Overrides } from '../../../src/shared/settings/group.ts';
import { Crowd } from '../cluster/actors/crowd.ts';
import { DriftActor } from '../cluster/actors/driftActor.ts';
import { big } from '../cluster/driftAccounts.ts';
import { Keeper } from '../cluster/actors/keeper.ts';
import { MarketMaker, type Quote } from '../cluster/actors/marketMaker.ts';
import type { LocalCluster } from '../cluster/localCluster.ts';
import { DriftRig } from '../driftRig.ts';
import { LiveRig } from '../liveRig.ts';
import { SdkAccount } from './sdkAccount.ts';

export const SOL = 1_000_000_000n;
export const USDC = 1_000_000n;
/** What the engine's wallet begins with. */
const LAMPORTS = 100n * SOL;
const MEANS = 20_000n * USDC;
/** Two cents either way on SOL-PERP, three on SOL. */
const DEEP = 500n * SOL;

const quotes = (perp: bigint, spot: bigint): readonly Quote[] => [
  { market: 'SOL', bidOffset: 30_000n, askOffset: 30_000n, size: spot },
  { market: 'SOL-PERP', bidOffset: 20_000n, askOffset: 20_000n, size: perp },
];

/** A market with people in it, and one engine on real money: its wallet, its data folder, and the process of the moment. */
export class LiveStage {
  readonly cluster: LocalCluster;
  readonly wallet: Keypair;
  readonly maker: MarketMaker;
  readonly keeper: Keeper;
  /** What the chain says of the engine's account, read by the SDK itself. */
  readonly sdk: SdkAccount;
  readonly folder: OpenFolder;
  #rig: LiveRig;
  #settings: Overrides;
  readonly #borrower: DriftActor;
  #crowd: Crowd | undefined;

  private constructor(
    cluster: LocalCluster,
    { wallet, maker, keeper, sdk, folder }: Pick<LiveStage, 'wallet' | 'maker' | 'keeper' | 'sdk' | 'folder'>,
    borrower: DriftActor,
    rig: LiveRig,
    settings: Overrides,
  ) {
    this.cluster = cluster;
    this.wallet = wallet;
    this.maker = maker;
    this.keeper = keeper;
    this.sdk = sdk;
    this.folder = folder;
    this.#borrower = borrower;
    this.#rig = rig;
    this.#settings = settings;
  }

  /** On a cluster whose markets are open. */
  static async open(
    cluster: LocalCluster,
    settings: Overrides,
    folder = new OpenFolder(IN_MEMORY, () => 0),
  ): Promise<LiveStage> {
    const maker = await MarketMaker.join(cluster);
    const keeper = await Keeper.join(cluster);
    await maker.quote(quotes(DEEP, DEEP));
    const borrower = await borrow(cluster);
    const wallet = Keypair.generate();
    cluster.airdrop(wallet.publicKey.toBase58(), LAMPORTS);
    cluster.mintUsdc(wallet.publicKey.toBase58(), MEANS);
    const setUp = await DriftRig.start(cluster, wallet);
    await setUp.subAccounts.create(0, 'engine');
    await setUp.close();
    const sdk = await SdkAccount.watch(cluster, wallet);
    const rig = await LiveRig.open(cluster, wallet, { folder, settings });
    return new LiveStage(cluster, { wallet, maker, keeper, sdk, folder }, borrower, rig, settings);
  }

  get rig(): LiveRig {
    return this.#rig;
  }

  /** The process ends, and another one opens the same folder. */
  async restart(settings = this.#settings): Promise<void> {
    this.#settings = settings;
    await this.away(() => Promise.resolve());
  }

  /** The same, with things happening while none runs. */
  async away(meanwhile: () => Promise<void>): Promise<void> {
    await this.#rig.close();
    await meanwhile();
    this.#rig = await LiveRig.open(this.cluster, this.wallet, {
      folder: this.folder,
      settings: this.#settings,
      before: this.#rig.lines,
    });
  }

  /** So much rests on either side from now on, at the prices of always. */
  async thinOut(perp: bigint, spot = DEEP): Promise<void> {
    await this.maker.quote(quotes(perp, spot));
  }

  async deepen(): Promise<void> {
    await this.maker.quote(quotes(DEEP, DEEP));
  }

  /** Hours in which SOL-PERP trades beside the oracle, 1e6: under it funding turns against the short. */
  async passHoursAt(hours: number, premium: bigint): Promise<void> {
    this.#crowd ??= await Crowd.join(this.cluster, this.keeper);
    await this.#crowd.passHours(hours, premium);
  }

  async close(): Promise<void> {
    await this.leave();
    await this.cluster.close();
  }

  /** Everybody goes; the chain stays as it is. */
  async leave(): Promise<void> {
    await this.#rig.close();
    await this.sdk.leave();
    await this.#crowd?.leave();
    await this.#borrower.leave();
    await this.keeper.leave();
    await this.maker.leave();
    this.folder.close();
  }
}

/** Somebody owes SOL and somebody owes USDC, so that deposits of both earn interest. */
async function borrow(cluster: LocalCluster): Promise<DriftActor> {
  const borrower = await DriftActor.join(cluster, { depositUsdc: 5_000_000n * USDC });
  await borrower.client.withdraw(big(10_000n * SOL), 1, borrower.keypair.publicKey);
  return borrower;
}
