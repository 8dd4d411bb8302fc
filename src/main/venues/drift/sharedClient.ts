import type {
  BN,
  IWallet,
  MarketType,
  OracleInfo,
  PerpMarketAccount,
  SpotMarketAccount,
} from '@drift-labs/sdk';
import type { Connection } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import type { Chain } from '../solana/chain.ts';
import { CLOCK_SYSVAR, DRIFT_PROGRAM } from './addresses.ts';
import type { DriftState, FeeTier } from './driftState.ts';
import { OneSlotLoader } from './oneSlotLoader.ts';
import type { MarketIndex } from './orderInstructions.ts';
import { loadDriftSdk, type DriftClient, type DriftSdk } from './sdk.ts';
import { perpMarketFrom, spotMarketFrom, userFrom } from './stateFrom.ts';
import { QUOTE_MARKET, SOL_MARKET } from './units.ts';

const SPOT_MARKETS = [QUOTE_MARKET, SOL_MARKET] as const;
/** SOL-PERP, BTC-PERP, ETH-PERP, where the program has them. */
const PERP_MARKETS = [0, 1, 2] as const;
/** In the clock's account, the Unix time stands behind four numbers of eight bytes. */
const UNIX_TIME_AT = 32;
const HUNDREDTHS = 100;
const SECOND_MS = 1_000;

export interface SharedClientParts {
  readonly chain: Chain;
  /** The SDK's own requests, over the same nodes. */
  readonly connection: Connection;
  /** Who signs: the wallet, or the delegate's. */
  readonly signer: string;
  /** Whose accounts are traded. */
  readonly owner: string;
}

/** One client of Drift's program for a network: everything that is looked at is read together, once. */
export class SharedClient {
  readonly sdk: DriftSdk;
  readonly drift: DriftClient;
  readonly loader: OneSlotLoader;
  readonly connection: Connection;
  readonly signer: string;
  readonly owner: string;
  /** Those of our perpetual markets that the program has. */
  readonly perpMarkets: readonly number[];

  private constructor(
    sdk: DriftSdk,
    drift: DriftClient,
    loader: OneSlotLoader,
    { connection, signer, owner }: SharedClientParts,
    perpMarkets: readonly number[],
  ) {
    this.sdk = sdk;
    this.drift = drift;
    this.loader = loader;
    this.connection = connection;
    this.signer = signer;
    this.owner = owner;
    this.perpMarkets = perpMarkets;
  }

  /** Throws VENUE_UNAVAILABLE, and VENUE_CLOSED where there is no such program or it has no markets. */
  static async open(parts: SharedClientParts): Promise<SharedClient> {
    const sdk = await loadDriftSdk();
    const loader = new OneSlotLoader(sdk, parts.connection, parts.chain);
    const [perpMarkets, oracles]: [number[], OracleInfo[]] = [[], []];
    const drift = clientOf(sdk, parts, loader, perpMarkets, oracles);
    await findMarkets(sdk, parts.chain, drift, perpMarkets, oracles);
    loader.add(CLOCK_SYSVAR, parts.signer);
    if (!(await drift.subscribe()))
      throw new AppError(
        'VENUE_UNAVAILABLE',
        'The markets of Drift could not be read.',
        {},
        { retryable: true },
      );
    return new SharedClient(sdk, drift, loader, parts, perpMarkets);
  }

  /** Reads another sub-account along with everything else from now on. Throws UNKNOWN_SUBACCOUNT. */
  async watch(subAccount: number): Promise<void> {
    const owner = new this.sdk.PublicKey(this.owner);
    if (this.drift.hasUser(subAccount, owner)) return;
    const address = this.addressOf(subAccount);
    this.loader.add(address);
    await this.loader.load();
    if (this.loader.get(address) === null) {
      this.loader.remove(address);
      throw new AppError('UNKNOWN_SUBACCOUNT', `The wallet has no sub-account ${subAccount} at Drift.`, {
        subAccount,
        owner: this.owner,
      });
    }
    await this.drift.addUser(subAccount, owner);
    await this.#watchStats();
  }

  /** Reads a sub-account no longer: it is gone. */
  async forget(subAccount: number): Promise<void> {
    const { drift, sdk, loader } = this;
    const key = drift.getUserMapKey(subAccount, new sdk.PublicKey(this.owner));
    await drift.users.get(key)?.unsubscribe();
    drift.users.delete(key);
    loader.remove(this.addressOf(subAccount));
  }

  /** What an owner has traded, which fees go by; it comes into being with the first sub-account. */
  async #watchStats(): Promise<void> {
    const { sdk, drift, loader } = this;
    if (drift.userStats !== undefined) return;
    drift.userStats = new sdk.UserStats({
      driftClient: drift,
      userStatsAccountPublicKey: drift.getUserStatsAccountPublicKey(),
      accountSubscription: { type: 'polling', accountLoader: loader.forSdk },
    });
    await drift.userStats.subscribe();
  }

  addressOf(subAccount: number): string {
    const { sdk, owner } = this;
    const program = new sdk.PublicKey(DRIFT_PROGRAM);
    return sdk.getUserAccountPublicKeySync(program, new sdk.PublicKey(owner), subAccount).toString();
  }

  /** Everything afresh. Throws VENUE_UNAVAILABLE. @returns the slot that all of it is of */
  refresh(): Promise<number> {
    return this.loader.load();
  }

  /** A sub-account and its markets as they were last read. */
  state(subAccount: number): DriftState {
    const { sdk, drift, loader } = this;
    const user = drift.getUser(subAccount, new sdk.PublicKey(this.owner));
    return {
      ...this.markets(),
      slot: loader.slot,
      t: this.#time(),
      user: userFrom(user.getUserAccountPublicKey().toString(), user.getUserAccount()),
      wallet: loader.get(this.signer)?.lamports ?? 0n,
      feeTiers: {
        perp: this.#feeTier(subAccount, sdk.MarketType.PERP),
        spot: this.#feeTier(subAccount, sdk.MarketType.SPOT),
      },
      pausedOperations: drift.getStateAccount().exchangeStatus,
    };
  }

  /** The markets as they were last read. */
  markets(): Pick<DriftState, 'spot' | 'perps'> {
    const { drift } = this;
    return {
      spot: SPOT_MARKETS.map((market) =>
        spotMarketFrom(this.spotMarket(market), drift.getOracleDataForSpotMarket(market)),
      ),
      perps: this.exchange().perps,
    };
  }

  marketAddress(market: MarketIndex): string {
    return this.#market(market).pubkey.toString();
  }

  /** What the exchange says of itself, as of the last reading. */
  exchange(): Pick<DriftState, 'perps' | 'pausedOperations'> {
    const { drift, perpMarkets } = this;
    return {
      perps: perpMarkets.map((market) =>
        perpMarketFrom(this.perpMarket(market), drift.getOracleDataForPerpMarket(market)),
      ),
      pausedOperations: drift.getStateAccount().exchangeStatus,
    };
  }

  /** The number that the next trade in a market will have, as of the last reading. */
  nextTradeId(market: MarketIndex): number {
    return this.#market(market).nextFillRecordId.toNumber();
  }

  async close(): Promise<void> {
    await this.drift.unsubscribe();
  }

  readonly bn = (number: bigint): BN => new this.sdk.BN(number.toString());

  #market({ kind, index }: MarketIndex): PerpMarketAccount | SpotMarketAccount {
    return kind === 'perp' ? this.perpMarket(index) : this.spotMarket(index);
  }

  /** As it was last read. */
  spotMarket(market: number): SpotMarketAccount {
    return known(this.drift.getSpotMarketAccount(market), `spot market ${market}`);
  }

  /** As it was last read. */
  perpMarket(market: number): PerpMarketAccount {
    return known(this.drift.getPerpMarketAccount(market), `perp market ${market}`);
  }

  #time(): number {
    const clock = this.loader.get(CLOCK_SYSVAR);
    if (clock === null) throw new AppError('VENUE_UNAVAILABLE', 'The clock of the chain could not be read.');
    return Number(Buffer.from(clock.data).readBigInt64LE(UNIX_TIME_AT)) * SECOND_MS;
  }

  #feeTier(subAccount: number, kind: MarketType): FeeTier {
    const { sdk, drift } = this;
    const user = drift.getUser(subAccount, new sdk.PublicKey(this.owner));
    const tier = user.getUserFeeTier(kind);
    // The SDK takes a whole percentage off for a stake, and does not round.
    const hundredths = (numerator: number): bigint => BigInt(Math.round(numerator * HUNDREDTHS));
    return {
      takerNumerator: hundredths(tier.feeNumerator),
      takerDenominator: hundredths(tier.feeDenominator),
      makerNumerator: hundredths(tier.makerRebateNumerator),
      makerDenominator: hundredths(tier.makerRebateDenominator),
    };
  }
}

function known<T>(account: T | undefined, what: string): T {
  if (account === undefined) throw new AppError('VENUE_UNAVAILABLE', `Drift's ${what} could not be read.`);
  return account;
}

/** The SDK's client makes instructions and reads accounts; it is given no key, and signs and sends nothing. */
function clientOf(
  sdk: DriftSdk,
  { connection, signer, owner }: SharedClientParts,
  loader: OneSlotLoader,
  perpMarketIndexes: number[],
  oracleInfos: OracleInfo[],
): DriftClient {
  const nothing = (): Promise<never> => Promise.reject(new TypeError('the SDK signs nothing here'));
  const keyless: Omit<IWallet, 'payer'> = {
    publicKey: new sdk.PublicKey(signer),
    signTransaction: nothing,
    signAllTransactions: nothing,
  };
  return new sdk.DriftClient({
    connection,
    wallet: keyless,
    authority: new sdk.PublicKey(owner),
    env: 'mainnet-beta',
    perpMarketIndexes,
    spotMarketIndexes: [...SPOT_MARKETS],
    oracleInfos,
    accountSubscription: { type: 'polling', accountLoader: loader.forSdk },
    skipLoadUsers: true,
  });
}

/** Which of our markets the program has, and where their oracles are. Fills both lists, which the client was given. */
async function findMarkets(
  sdk: DriftSdk,
  chain: Chain,
  drift: DriftClient,
  perpMarkets: number[],
  oracles: OracleInfo[],
): Promise<void> {
  const program = new sdk.PublicKey(DRIFT_PROGRAM);
  const spotAddresses = await Promise.all(
    SPOT_MARKETS.map((market) => sdk.getSpotMarketPublicKey(program, market)),
  );
  const perpAddresses = await Promise.all(
    PERP_MARKETS.map((market) => sdk.getPerpMarketPublicKey(program, market)),
  );
  const { accounts } = await chain.accounts([...spotAddresses, ...perpAddresses].map(String));
  const decode = (name: string, data: Uint8Array): unknown =>
    drift.program.coder.accounts.decodeUnchecked(name, Buffer.from(data));
  for (const [i, account] of accounts.entries()) {
    const isSpot = i < SPOT_MARKETS.length;
    if (account === null || account.owner !== DRIFT_PROGRAM) {
      if (isSpot) throw new AppError('VENUE_CLOSED', 'Drift has no markets on this network.');
      continue;
    }
    if (isSpot) {
      const { oracle, oracleSource } = decode('SpotMarket', account.data) as OracleOf;
      oracles.push({ publicKey: oracle, source: oracleSource });
    } else {
      const { amm } = decode('PerpMarket', account.data) as { readonly amm: OracleOf };
      oracles.push({ publicKey: amm.oracle, source: amm.oracleSource });
      perpMarkets.push(i - SPOT_MARKETS.length);
    }
  }
}

interface OracleOf {
  readonly oracle: OracleInfo['publicKey'];
  readonly oracleSource: OracleInfo['source'];
}
