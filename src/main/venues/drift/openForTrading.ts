import type { TransactionInstruction } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import type { Chain } from '../solana/chain.ts';
import { messageOf, NO_BLOCKHASH, wireOf, type Web3 } from '../solana/transactions/draft.ts';
import { MOST_UNITS } from '../solana/transactions/computeBid.ts';
import { whyNoTrading } from './exchangeStatus.ts';
import {
  FIRST_OF_PROGRAM,
  UNKNOWN_INSTRUCTION,
  customNumber,
  errorNames,
  explainProgram,
} from './programErrors.ts';
import { big } from './sdk.ts';
import type { SharedClient } from './sharedClient.ts';

/** Source: the program's `OrderBitFlag`. */
const IMMEDIATE_OR_CANCEL = 1;
/** What the runtime says where there is no such program, or none that runs any more. */
const NO_PROGRAM = /ProgramAccountNotFound|InvalidProgramForExecution|UnsupportedProgramId/;
/** What the cluster says where whoever would pay has nothing. */
const NO_SOL = /^"(?:AccountNotFound|InsufficientFundsForFee)"$/;
/** Refusals that are of the moment and not of the order. */
const PAUSES: ReadonlySet<string> = new Set([
  'ExchangePaused',
  'MarketPlaceOrderPaused',
  'MarketFillOrderPaused',
  'MarketNotActive',
  'MarketActionPaused',
  'MarketBeingInitialized',
]);

/** What the chain answers when it is asked to trade. `answer` is in words for the user. */
export type TradingState =
  | { readonly kind: 'open' }
  /** The program has no such instruction any more, or is none: it does not come back by waiting. */
  | { readonly kind: 'closed'; readonly answer: string }
  | { readonly kind: 'paused'; readonly answer: string };

export interface OpenForTradingParts {
  readonly chain: Pick<Chain, 'simulate'>;
  readonly web3: Web3;
  /** The shared client of the network. */
  readonly open: () => Promise<SharedClient>;
  readonly subAccount: number;
}

/**
 * Whether Drift trades, by trying on the chain what trading needs: the smallest order at the lowest price, which could buy
 * nothing. It is simulated and never signed. An order that the program refuses for the account's sake was looked at, and so
 * the venue is open. Where there is no sub-account yet to try it with, what the exchange says of itself decides.
 * Throws VENUE_UNAVAILABLE, WRONG_NETWORK, and INSUFFICIENT_GAS where the wallet has no SOL at all: nothing can be tried.
 */
export async function openForTrading(parts: OpenForTradingParts): Promise<TradingState> {
  const { chain, web3, open, subAccount } = parts;
  try {
    const client = await open();
    const [instruction] = await Promise.all([probe(client, subAccount), client.refresh()]);
    const draft = {
      payer: client.signer,
      instructions: [instruction],
      unitLimit: MOST_UNITS,
      unitPrice: 0n,
      tip: null,
    };
    const { error, logs } = await chain.simulate(wireOf(messageOf(web3, draft, NO_BLOCKHASH)));
    return verdictOn(client, error, logs);
  } catch (error) {
    // There is no program, or it has no markets.
    if (error instanceof AppError && error.code === 'VENUE_CLOSED')
      return { kind: 'closed', answer: error.message };
    throw error;
  }
}

function verdictOn(client: SharedClient, error: unknown, logs: readonly string[]): TradingState {
  const text = JSON.stringify(error);
  const names = errorNames(client.drift);
  const number = customNumber(error);
  const name = number === undefined ? undefined : names.get(number)?.name;
  if (number === UNKNOWN_INSTRUCTION || NO_PROGRAM.test(text))
    return { kind: 'closed', answer: "Drift's program no longer knows how to trade." };
  if (name !== undefined && PAUSES.has(name))
    return { kind: 'paused', answer: explainProgram(error, logs, names).message };
  if (NO_SOL.test(text))
    throw new AppError(
      'INSUFFICIENT_GAS',
      'The wallet has no SOL: the chain can not be asked whether it trades.',
    );
  const isJudged = error === null || (number !== undefined && number >= FIRST_OF_PROGRAM);
  const why = whyNoTrading(client.exchange());
  if (why !== undefined) return { kind: 'paused', answer: why };
  // Without a sub-account the program has got no further than to look for it, which only one that knows orders does.
  if (isJudged || number !== undefined) return { kind: 'open' };
  throw new AppError(
    'VENUE_UNAVAILABLE',
    explainProgram(error, logs, names).message,
    {},
    { retryable: true },
  );
}

/** The smallest order at the lowest price, immediate or nothing. */
async function probe(client: SharedClient, subAccount: number): Promise<TransactionInstruction> {
  const { sdk, drift } = client;
  const [index = 0] = client.perpMarkets;
  const { amm } = client.perpMarket(index);
  const params = {
    orderType: sdk.OrderType.LIMIT,
    marketIndex: index,
    direction: sdk.PositionDirection.LONG,
    baseAssetAmount: client.bn(big(amm.minOrderSize)),
    price: client.bn(big(amm.orderTickSize)),
    bitFlags: IMMEDIATE_OR_CANCEL,
    auctionDuration: 0,
  };
  try {
    await client.watch(subAccount);
    return await drift.getPlaceAndTakePerpOrderIx(params, [], undefined, undefined, undefined, subAccount);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UNKNOWN_SUBACCOUNT') throw error;
  }
  const order = { ...sdk.DefaultOrderParams, ...params, marketType: sdk.MarketType.PERP };
  const built = drift.program.methods['placeAndTakePerpOrder']?.(order, null).accounts({
    state: await drift.getStatePublicKey(),
    user: new sdk.PublicKey(client.addressOf(subAccount)),
    userStats: drift.getUserStatsAccountPublicKey(),
    authority: new sdk.PublicKey(client.signer),
  });
  if (built === undefined) throw new AppError('NOT_SUPPORTED', "The SDK has no orders for Drift's program.");
  return await built.instruction();
}
