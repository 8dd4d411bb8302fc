import { PublicKey } from '@solana/web3.js';
import type { CallAccount } from '../programModel.ts';
import type { OracleGuardRails, User, UserStats } from './accounts.ts';
import type { PerpMarket, SpotMarket } from './marketAccounts.ts';
import {
  DEFAULT_GUARD_RAILS,
  NO_ORACLE,
  PYTH,
  pythPrice,
  QUOTE_PRICE,
  validityOf,
  type OraclePrice,
  type Validity,
} from './oracle.ts';
import { QUOTE_MARKET } from './precision.ts';
import { refuse } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { perpConfidenceMultiplier, spotConfidenceMultiplier } from './tiers.ts';

/** Which markets an instruction will change. */
export interface Writable {
  readonly spot?: readonly number[];
  readonly perp?: readonly number[];
}

/**
 * The oracles and markets that follow an instruction's own accounts, in that order, and behind them users with their
 * stats. Source: instructions/optional_accounts.rs.
 */
export class Markets {
  readonly #run: Run;
  readonly #rails: OracleGuardRails;
  readonly #oracles = new Map<string, Uint8Array>();
  readonly #prices = new Map<string, OraclePrice>();
  readonly #validities = new Map<string, Validity>();
  readonly #spot = new Map<number, SpotMarket>();
  readonly #perp = new Map<number, PerpMarket>();
  readonly #rest: CallAccount[];

  constructor(run: Run, writable: Writable = {}, rails: OracleGuardRails = DEFAULT_GUARD_RAILS) {
    this.#run = run;
    this.#rails = rails;
    this.#rest = [...run.remaining];
    this.#takeOracles();
    this.#take('SpotMarket', this.#spot, writable.spot ?? [], 'SpotMarketWrongMutability');
    this.#take('PerpMarket', this.#perp, writable.perp ?? [], 'MarketWrongMutability');
  }

  /** Of an instruction that names its one market and oracle. */
  static of(
    run: Run,
    oracle: string,
    market: { readonly spot?: SpotMarket; readonly perp?: PerpMarket },
    rails: OracleGuardRails,
  ): Markets {
    const markets = new Markets(run, {}, rails);
    const data = run.chain.read(oracle)?.data;
    if (data !== undefined) markets.#oracles.set(oracle, data);
    if (market.spot !== undefined) markets.#spot.set(market.spot.marketIndex, market.spot);
    if (market.perp !== undefined) markets.#perp.set(market.perp.marketIndex, market.perp);
    return markets;
  }

  get quote(): SpotMarket {
    return this.spot(QUOTE_MARKET);
  }

  spot(index: number): SpotMarket {
    return this.#spot.get(index) ?? refuse('SpotMarketNotFound', `spot market ${index}`);
  }

  perp(index: number): PerpMarket {
    return this.#perp.get(index) ?? refuse('PerpMarketNotFound', `perp market ${index}`);
  }

  price(oracle: string): OraclePrice {
    if (oracle === NO_ORACLE) return QUOTE_PRICE;
    const known = this.#prices.get(oracle);
    if (known !== undefined) return known;
    const data = this.#oracles.get(oracle) ?? refuse('OracleNotFound', oracle);
    const price = pythPrice(this.#run, data);
    this.#prices.set(oracle, price);
    return price;
  }

  /** Of whichever market asked first of this oracle: the program remembers it so. */
  #validity(oracle: string, twap: bigint, confidenceMultiplier: bigint): Validity {
    if (oracle === NO_ORACLE) return 'Valid';
    const known = this.#validities.get(oracle);
    if (known !== undefined) return known;
    const validity = validityOf(this.price(oracle), twap, this.#rails, confidenceMultiplier);
    this.#validities.set(oracle, validity);
    return validity;
  }

  spotValidity({ oracle, historicalOracleData, assetTier }: SpotMarket): Validity {
    return this.#validity(
      oracle,
      historicalOracleData.lastOraclePriceTwap,
      spotConfidenceMultiplier(assetTier),
    );
  }

  perpValidity({ amm, contractTier }: PerpMarket): Validity {
    return this.#validity(
      amm.oracle,
      amm.historicalOracleData.lastOraclePriceTwap,
      perpConfidenceMultiplier(contractTier),
    );
  }

  /** The users behind the markets and their stats, with the accounts that follow them. */
  takeUsers(): { readonly users: UserMap; readonly rest: readonly CallAccount[] } {
    const users: Held<'User'>[] = [];
    const stats = new Map<string, UserStats>();
    for (let next = this.#rest[0]; next !== undefined; [next] = this.#rest) {
      if (!this.#run.isKind('User', next.address)) break;
      if (!next.isWritable) refuse('UserWrongMutability', next.address);
      users.push(this.#run.load('User', next));
      const account = this.#rest[1] ?? refuse('UserStatsNotFound', next.address);
      if (!this.#run.isKind('UserStats', account.address)) refuse('InvalidUserStatsAccount', account.address);
      const { value } = this.#run.load('UserStats', account);
      if (!stats.has(value.authority)) {
        if (!account.isWritable) refuse('UserStatsWrongMutability', account.address);
        stats.set(value.authority, value);
      }
      this.#rest.splice(0, 2);
    }
    return { users: new UserMap(users, stats), rest: this.#rest };
  }

  #takeOracles(): void {
    for (let next = this.#rest[0]; next !== undefined; [next] = this.#rest) {
      const account = this.#run.chain.read(next.address);
      if (account?.owner !== PYTH) return;
      this.#oracles.set(next.address, account.data);
      this.#rest.shift();
    }
  }

  #take<Kind extends 'SpotMarket' | 'PerpMarket'>(
    kind: Kind,
    into: Map<number, Held<Kind>['value']>,
    writable: readonly number[],
    wrong: string,
  ): void {
    for (let next = this.#rest[0]; next !== undefined; [next] = this.#rest) {
      if (!this.#run.isKind(kind, next.address)) return;
      const { value } = this.#run.load(kind, next);
      if (writable.includes(value.marketIndex) && !next.isWritable) refuse(wrong, next.address);
      into.set(value.marketIndex, value);
      this.#rest.shift();
    }
  }
}

const keyOrder = (one: string, other: string): number =>
  Buffer.compare(new PublicKey(one).toBuffer(), new PublicKey(other).toBuffer());

/** Users by their key, as the program goes through them, and stats by authority. */
export class UserMap {
  readonly users: readonly Held<'User'>[];
  readonly #stats: ReadonlyMap<string, UserStats>;

  constructor(users: readonly Held<'User'>[], stats: ReadonlyMap<string, UserStats>) {
    this.users = users.toSorted((one, other) => keyOrder(one.address, other.address));
    this.#stats = stats;
  }

  user(address: string): User {
    return this.users.find((user) => user.address === address)?.value ?? refuse('UserNotFound', address);
  }

  has(address: string): boolean {
    return this.users.some((user) => user.address === address);
  }

  stats(authority: string): UserStats {
    return this.#stats.get(authority) ?? refuse('UserStatsNotFound', authority);
  }
}
