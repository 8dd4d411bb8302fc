import {
  BN,
  BulkAccountLoader,
  DriftClient,
  getUserAccountPublicKeySync,
  MarketType,
  OracleSource,
  PublicKey as SdkKey,
  type PerpMarketAccount,
  type SpotMarketAccount,
  type UserAccount,
} from '@drift-labs/sdk';
import { Connection, type PublicKey } from '@solana/web3.js';
import { DRIFT, driftAddress } from './driftByHand.ts';

const MINTS = ['EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', 'So11111111111111111111111111111111111111112'];
const NONE = SdkKey.default;

export const bigNumber = (value: number): BN => new BN(value);
const ZERO = bigNumber(0);

const oracle = (market: number): SdkKey => new SdkKey(Buffer.alloc(32, 100 + market));
const sdkKey = (key: PublicKey): SdkKey => new SdkKey(key.toBytes());

/** As much of a market as instructions are made from. */
const spotMarket = (marketIndex: number): SpotMarketAccount =>
  ({
    marketIndex,
    pubkey: sdkKey(driftAddress('spot_market', marketIndex)),
    vault: sdkKey(driftAddress('spot_market_vault', marketIndex)),
    insuranceFund: { vault: sdkKey(driftAddress('insurance_fund_vault', marketIndex)) },
    mint: new SdkKey(MINTS[marketIndex] ?? ''),
    oracle: oracle(marketIndex),
    oracleSource: OracleSource.PYTH_PULL,
    tokenProgramFlag: 0,
    poolId: 0,
  }) as unknown as SpotMarketAccount;

const perpMarket = (marketIndex: number): PerpMarketAccount =>
  ({
    marketIndex,
    pubkey: sdkKey(driftAddress('perp_market', marketIndex)),
    quoteSpotMarketIndex: 0,
    amm: { oracle: oracle(1), oracleSource: OracleSource.PYTH_PULL },
  }) as unknown as PerpMarketAccount;

/** An account with SOL deposited and a short. */
const userAccount = (authority: PublicKey, subAccountId: number): UserAccount =>
  ({
    authority: sdkKey(authority),
    subAccountId,
    poolId: 0,
    orders: [{ orderId: 12, userOrderId: 7, marketIndex: 0, marketType: MarketType.PERP }],
    spotPositions: [
      { marketIndex: 1, scaledBalance: bigNumber(5), openOrders: 0, openAsks: ZERO, openBids: ZERO },
    ],
    perpPositions: [
      {
        marketIndex: 0,
        baseAssetAmount: bigNumber(-5),
        openOrders: 0,
        quoteAssetAmount: ZERO,
        lpShares: ZERO,
      },
    ],
  }) as unknown as UserAccount;

/**
 * The SDK's own client of the mainnet program, without a network: it is given the accounts that it would have read, and
 * makes real instructions of them.
 */
export function driftOffline(wallet: PublicKey, authority = wallet): DriftClient {
  // The SDK has a web3.js of its own, so its types are others than these.
  const connection = Object.assign(new Connection('http://127.0.0.1:1'), {
    getAccountInfo: () => Promise.resolve(null),
  }) as unknown as DriftClient['connection'];
  const client = new DriftClient({
    connection,
    wallet: {
      publicKey: sdkKey(wallet),
      payer: undefined,
      signTransaction: () => Promise.reject(new Error('nothing is signed here')),
      signAllTransactions: () => Promise.reject(new Error('nothing is signed here')),
    } as unknown as DriftClient['wallet'],
    authority: sdkKey(authority),
    accountSubscription: {
      type: 'polling',
      accountLoader: new BulkAccountLoader(connection, 'confirmed', 0),
    },
    skipLoadUsers: true,
  });
  const user = (subAccountId = 0): object => ({
    userAccountPublicKey: getUserAccountPublicKeySync(sdkKey(DRIFT), sdkKey(authority), subAccountId),
    fetchAccounts: () => Promise.resolve(),
    getUserAccount: () => userAccount(authority, subAccountId),
    getUserAccountAndSlot: () => ({ data: userAccount(authority, subAccountId), slot: 1 }),
  });
  Object.assign(client, {
    getStateAccount: () => ({ whitelistMint: NONE, signer: sdkKey(driftAddress('drift_signer')) }),
    getSpotMarketAccount: spotMarket,
    getQuoteSpotMarketAccount: () => spotMarket(0),
    getPerpMarketAccount: perpMarket,
    getUser: user,
    addUser: () => Promise.resolve(true),
    users: new Map(
      [0, 1, 2].map((subAccount) => [client.getUserMapKey(subAccount, sdkKey(wallet)), user(subAccount)]),
    ),
  });
  return client;
}
