import {
  type BN,
  getInsuranceFundStakeAccountPublicKey,
  getOrderParams,
  MarketType,
  OrderTriggerCondition,
  OrderType,
  PositionDirection,
  PostOnlyParams,
  PublicKey as SdkKey,
  SettlePnlMode,
  type DriftClient,
  type UserAccount,
} from '@drift-labs/sdk';
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { driftAddress } from './driftByHand.ts';
import { bigNumber } from './driftOffline.ts';

const key = (byte: number): PublicKey => new PublicKey(Buffer.alloc(32, byte));
export const OWNER = key(3);
export const DELEGATE = key(5);
const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');
const USDC_ACCOUNT = new SdkKey(getAssociatedTokenAddressSync(USDC, OWNER, true).toBytes());
const OWNER_KEY = new SdkKey(OWNER.toBytes());

const usdc = (dollars: number): BN => bigNumber(dollars * 1e6);
const sol = (amount: number): BN => bigNumber(amount * 1e9);
const sdkKey = (byte: number): SdkKey => new SdkKey(key(byte).toBytes());
const referrer = { referrer: sdkKey(80), referrerStats: sdkKey(81) };
const maker = {
  maker: sdkKey(82),
  makerStats: sdkKey(83),
  makerUserAccount: { spotPositions: [], perpPositions: [] },
  order: { orderId: 4 },
} as unknown as Parameters<DriftClient['getPlaceAndTakeSpotOrderIx']>[2];
const user = (subAccount = 0): SdkKey =>
  new SdkKey(driftAddress('user', OWNER.toBytes(), subAccount).toBytes());
function userAccount(client: DriftClient): UserAccount {
  const account = client.getUserAccount(0);
  if (account === undefined) throw new Error('the client has no account');
  return account;
}

const SHORT = {
  orderType: OrderType.LIMIT,
  marketIndex: 0,
  direction: PositionDirection.SHORT,
  baseAssetAmount: sol(1.5),
  price: usdc(150),
  reduceOnly: true,
  postOnly: PostOnlyParams.MUST_POST_ONLY,
  maxTs: bigNumber(1_900_000_000),
  userOrderId: 7,
};
const BUY_SOL = {
  orderType: OrderType.LIMIT,
  marketIndex: 1,
  direction: PositionDirection.LONG,
  baseAssetAmount: sol(2),
  price: usdc(149.5),
  bitFlags: 1,
};
const STOP = {
  orderType: OrderType.TRIGGER_MARKET,
  marketIndex: 0,
  direction: PositionDirection.LONG,
  baseAssetAmount: sol(1),
  triggerPrice: usdc(180),
  triggerCondition: OrderTriggerCondition.ABOVE,
  marketType: MarketType.PERP,
};
const ORACLE_PEGGED = {
  orderType: OrderType.ORACLE,
  marketIndex: 0,
  direction: PositionDirection.LONG,
  baseAssetAmount: sol(1),
  oraclePriceOffset: -25_000,
  auctionDuration: 10,
  auctionStartPrice: bigNumber(-1000),
  auctionEndPrice: bigNumber(1000),
};

/** What it is, how the SDK makes it, and what the signer says of it. */
export type Needed = readonly [
  what: string,
  make: (client: DriftClient) => Promise<readonly TransactionInstruction[]>,
  words: readonly string[],
];
const one = async (made: Promise<TransactionInstruction>): Promise<readonly TransactionInstruction[]> => [
  await made,
];

/** What a trader does, who may be a delegate. */
export const TRADES: readonly Needed[] = [
  [
    'a limit order',
    (client) => one(client.getPlacePerpOrderIx(SHORT)),
    ['Drift: place perp order limit short 1.5 at 150 on perp market 0, reduce only in sub-account 0'],
  ],
  [
    'a spot order',
    (client) => one(client.getPlaceSpotOrderIx(BUY_SOL)),
    ['Drift: place spot order limit long 2 SOL (market 1) at 149.5 in sub-account 0'],
  ],
  [
    'several orders at once, in another sub-account',
    (client) =>
      one(client.getPlaceOrdersIx([getOrderParams(SHORT, { marketType: MarketType.PERP }), STOP], 1)),
    [
      'Drift: place orders limit short 1.5 at 150 on perp market 0, reduce only; trigger market long 1 with a trigger at 180 on perp market 0 in sub-account 1',
    ],
  ],
  [
    'an order that follows the oracle',
    (client) => one(client.getPlacePerpOrderIx(ORACLE_PEGGED)),
    ['Drift: place perp order oracle long 1 on perp market 0 in sub-account 0'],
  ],
  [
    'a taker order with makers and a referrer',
    (client) =>
      one(client.getPlaceAndTakePerpOrderIx({ ...SHORT, postOnly: PostOnlyParams.NONE }, maker, referrer, 2)),
    [
      'Drift: place and take perp order limit short 1.5 at 150 on perp market 0, reduce only in sub-account 0',
    ],
  ],
  [
    'a spot taker order',
    (client) => one(client.getPlaceAndTakeSpotOrderIx(BUY_SOL, undefined, maker, referrer)),
    ['Drift: place and take spot order limit long 2 SOL (market 1) at 149.5 in sub-account 0'],
  ],
  [
    'changing an order',
    (client) =>
      one(client.getModifyOrderIx({ orderId: 12, newLimitPrice: usdc(151), newBaseAmount: sol(2) })),
    ['Drift: modify order 12 to 2000000000 units at 151 in sub-account 0'],
  ],
  [
    'changing an order by its own number',
    (client) => one(client.getModifyOrderByUserIdIx({ userOrderId: 7, newOraclePriceOffset: 5 })),
    ['Drift: modify order by user id 7 to other terms in sub-account 0'],
  ],
  [
    'cancelling an order',
    (client) => one(client.getCancelOrderIx(12)),
    ['Drift: cancel order 12 in sub-account 0'],
  ],
  [
    'cancelling the newest order',
    (client) => one(client.getCancelOrderIx(undefined)),
    ['Drift: cancel order (the newest) in sub-account 0'],
  ],
  [
    'cancelling an order by its own number',
    (client) => one(client.getCancelOrderByUserIdIx(7)),
    ['Drift: cancel order by user id 7 in sub-account 0'],
  ],
  [
    'cancelling some orders',
    (client) => one(client.getCancelOrdersByIdsIx([3, 4])),
    ['Drift: cancel orders by ids 3, 4 in sub-account 0'],
  ],
  [
    'cancelling all orders',
    (client) => one(client.getCancelOrdersIx(null, null, null)),
    ['Drift: cancel orders in sub-account 0'],
  ],
  [
    'cancelling all orders of a market and placing others',
    async (client) => [
      ...(await one(client.getCancelOrdersIx(MarketType.PERP, 0, PositionDirection.SHORT))),
      ...(await one(client.getPlaceOrdersIx([STOP]))),
    ],
    [
      'Drift: cancel orders in sub-account 0',
      'Drift: place orders trigger market long 1 with a trigger at 180 on perp market 0 in sub-account 0',
    ],
  ],
  [
    'settling PnL',
    (client) => one(client.settlePNLIx(user(), userAccount(client), 0)),
    ['Drift: settle pnl perp market 0 in sub-account 0'],
  ],
  [
    'settling the PnL of several markets',
    (client) =>
      one(client.settleMultiplePNLsIx(user(), userAccount(client), [0, 1], SettlePnlMode.TRY_SETTLE)),
    ['Drift: settle multiple pnls perp markets 0, 1 in sub-account 0'],
  ],
  [
    'settling funding',
    (client) => byProgram(client, 'settleFundingPayment', []),
    ['Drift: settle funding payment in sub-account 0'],
  ],
  [
    'moving collateral to an isolated position',
    (client) => one(client.getTransferIsolatedPerpPositionDepositIx(usdc(20), 0, 0, true)),
    ['Drift: transfer isolated perp position deposit perp market 0 20 USDC (market 0) in sub-account 0'],
  ],
  [
    'moving collateral back from an isolated position',
    (client) => one(client.getTransferIsolatedPerpPositionDepositIx(usdc(-20), 0, 0, true)),
    ['Drift: transfer isolated perp position deposit perp market 0 -20 USDC (market 0) in sub-account 0'],
  ],
];

/** A deposit that a delegate makes of its own SOL. */
export const DEPOSIT_OF_SOL: Needed = [
  'a deposit of SOL, wrapped for as long as it takes',
  (client) => client.getDepositTxnIx(sol(0.5), 1, client.wallet.publicKey),
  [
    'set 0.51 SOL aside in a new account of the signer',
    'make that account hold wrapped SOL',
    'Drift: deposit 0.5 SOL (market 1) into sub-account 0',
    'close own account of wrapped SOL',
  ],
];

/** What only an owner may. */
export const OWNERS_WORK: readonly Needed[] = [
  [
    'opening an account with a first deposit',
    async (client) => [
      ...(await client.getInitializeUserAccountIxs(0, 'main', referrer))[0],
      ...(await one(client.getDepositInstruction(usdc(100), 0, USDC_ACCOUNT, 0, false, false))),
    ],
    [
      'Drift: initialize user stats',
      'Drift: initialize user in sub-account 0',
      'Drift: deposit 100 USDC (market 0) into sub-account 0',
    ],
  ],
  [
    'opening another sub-account',
    async (client) => (await client.getInitializeUserAccountIxs(1, 'hedge'))[0],
    ['Drift: initialize user in sub-account 1'],
  ],
  [
    'naming a sub-account',
    (client) => byProgram(client, 'updateUserName', [1, [...Buffer.alloc(32, 65)]], { user: user(1) }),
    ['Drift: update user name in sub-account 1'],
  ],
  [
    'setting a delegate',
    (client) => one(client.getUpdateUserDelegateIx(new SdkKey(DELEGATE.toBytes()), { subAccountId: 0 })),
    [`Drift: update user delegate to ${DELEGATE.toBase58()} in sub-account 0`],
  ],
  [
    'taking a delegate away',
    (client) => one(client.getUpdateUserDelegateIx(SdkKey.default, { subAccountId: 0 })),
    ['Drift: update user delegate to nobody in sub-account 0'],
  ],
  [
    'a margin ratio of its own',
    (client) => one(client.getUpdateUserCustomMarginRatioIx(2000, 0)),
    ['Drift: update user custom margin ratio in sub-account 0'],
  ],
  [
    'margin trading',
    (client) => one(client.getUpdateUserMarginTradingEnabledIx(true, 0)),
    ['Drift: update user margin trading enabled in sub-account 0'],
  ],
  [
    'deleting a sub-account',
    (client) => one(client.getUserDeletionIx(user(2))),
    ['Drift: delete user in sub-account 2'],
  ],
  [
    'a withdrawal of USDC, to an account that may not exist yet',
    (client) => client.getWithdrawalIxs(usdc(12.5), 0, USDC_ACCOUNT),
    [
      `open the token account of ${OWNER.toBase58()} for USDC`,
      'Drift: withdraw 12.5 USDC (market 0) from sub-account 0',
    ],
  ],
  [
    'a withdrawal of SOL, unwrapped at once',
    (client) => client.getWithdrawalIxs(sol(0.25), 1, OWNER_KEY),
    [
      'set 0.01 SOL aside in a new account of the signer',
      'make that account hold wrapped SOL',
      'Drift: withdraw 0.25 SOL (market 1) from sub-account 0',
      'close own account of wrapped SOL',
    ],
  ],
  [
    'moving a deposit between sub-accounts',
    (client) => one(client.getTransferDepositIx(usdc(30), 0, 0, 1)),
    ['Drift: transfer deposit 30 USDC (market 0) from sub-account 0 to sub-account 1'],
  ],
  [
    'moving a position between sub-accounts',
    (client) => one(client.getTransferPerpPositionIx(0, 1, 0, sol(1))),
    ['Drift: transfer perp position perp market 0 from sub-account 0 to sub-account 1'],
  ],
  [
    'a withdrawal from an isolated position',
    (client) => one(client.getWithdrawFromIsolatedPerpPositionIx(usdc(5), 0, USDC_ACCOUNT, 0)),
    ['Drift: withdraw from isolated perp position perp market 0 5 USDC (market 0) from sub-account 0'],
  ],
  [
    'a first stake in the insurance fund',
    async (client) =>
      await client.getAddInsuranceFundStakeIxs({
        marketIndex: 0,
        amount: usdc(40),
        collateralAccountPublicKey: USDC_ACCOUNT,
        initializeStakeAccount: true,
      }),
    [
      `open the token account of ${OWNER.toBase58()} for USDC`,
      'Drift: initialize user stats',
      'Drift: initialize insurance fund stake',
      'Drift: add insurance fund stake 40 USDC (market 0)',
    ],
  ],
  [
    'asking for a stake back',
    (client) => byProgram(client, 'requestRemoveInsuranceFundStake', [0, usdc(40)]),
    ['Drift: request remove insurance fund stake 40 USDC (market 0)'],
  ],
  [
    'thinking better of that',
    (client) => byProgram(client, 'cancelRequestRemoveInsuranceFundStake', [0]),
    ['Drift: cancel request remove insurance fund stake'],
  ],
  [
    'taking a stake back',
    (client) => byProgram(client, 'removeInsuranceFundStake', [0]),
    ['Drift: remove insurance fund stake'],
  ],
];

/** Deposits by the owner. */
export const DEPOSITS: readonly Needed[] = [
  [
    'a deposit of USDC',
    (client) => client.getDepositTxnIx(usdc(100), 0, USDC_ACCOUNT),
    ['Drift: deposit 100 USDC (market 0) into sub-account 0'],
  ],
  [
    'a deposit for an isolated position',
    (client) => one(client.getDepositIntoIsolatedPerpPositionIx(usdc(10), 0, USDC_ACCOUNT, 0)),
    ['Drift: deposit into isolated perp position perp market 0 10 USDC (market 0) into sub-account 0'],
  ],
  DEPOSIT_OF_SOL,
];

/** What the SDK's methods send themselves, or read the chain for, is made by its program. */
function byProgram(
  client: DriftClient,
  name: string,
  args: readonly unknown[],
  more: Readonly<Record<string, SdkKey>> = {},
): Promise<readonly TransactionInstruction[]> {
  const make = client.program.methods[name];
  const market = client.getSpotMarketAccount(0);
  if (make === undefined || market === undefined) throw new Error(`the SDK has no ${name}`);
  const accounts = {
    state: new SdkKey(driftAddress('drift_state').toBytes()),
    user: user(),
    spotMarket: market.pubkey,
    insuranceFundStake: getInsuranceFundStakeAccountPublicKey(client.program.programId, OWNER_KEY, 0),
    userStats: new SdkKey(driftAddress('user_stats', OWNER.toBytes()).toBytes()),
    authority: client.wallet.publicKey,
    insuranceFundVault: market.insuranceFund.vault,
    driftSigner: client.getSignerPublicKey(),
    userTokenAccount: USDC_ACCOUNT,
    tokenProgram: new SdkKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'),
    ...more,
  };
  return one(
    make(...args)
      .accounts(accounts)
      .instruction(),
  );
}
