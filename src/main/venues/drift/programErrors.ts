import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { Why } from '../solana/transactions/intent.ts';
import type { DriftClient } from './sdk.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The runtime's own words where a transaction has used up its compute units. */
const OUT_OF_UNITS = /ComputationalBudgetExceeded|exceeded CUs meter|Computational budget exceeded/i;
/** A line that somebody wrote to be read, and no record of the program. */
const SENTENCE = /^Program log: .*[ .:]/;
/** The program does not know the instruction at all. Source: Anchor. */
export const UNKNOWN_INSTRUCTION = 101;
/** The account is not of whoever signs: `ConstraintHasOne`, `ConstraintRaw`. Source: Anchor. */
const NOT_THE_SIGNERS: ReadonlySet<number> = new Set([2_001, 2_003]);
/** The program's own errors are numbered from here on; those below are of its framework. Source: Anchor. */
export const FIRST_OF_PROGRAM = 6_000;

/** What the program's refusals mean to a trader, by the names that its description gives them. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  InsufficientCollateral: {
    code: 'INSUFFICIENT_COLLATERAL',
    message: 'The collateral would not cover the initial margin.',
  },
  InsufficientDeposit: {
    code: 'INSUFFICIENT_BALANCE',
    message: 'There is less in the sub-account than was asked for.',
  },
  InsufficientFunds: {
    code: 'INSUFFICIENT_BALANCE',
    message: 'There is less of the asset than was asked for.',
  },
  PlacePostOnlyLimitFailure: {
    code: 'POST_ONLY_WOULD_CROSS',
    message: 'The order would have taken, and it was to rest only.',
  },
  ReduceOnlyOrderIncreasedRisk: {
    code: 'REDUCE_ONLY_WOULD_INCREASE',
    message: 'The order was to reduce only, and there is nothing that it could reduce.',
  },
  InvalidOrderNotRiskReducing: {
    code: 'REDUCE_ONLY_WOULD_INCREASE',
    message: 'The order was to reduce only, and there is nothing that it could reduce.',
  },
  MaxNumberOfOrders: {
    code: 'TOO_MANY_ORDERS',
    message: 'The sub-account has as many open orders as the venue allows.',
  },
  OrderDoesNotExist: { code: 'UNKNOWN_ORDER', message: 'The venue has no such order any more.' },
  InvalidOrderMinOrderSize: {
    code: 'INVALID_SIZE',
    message: 'The size is under the smallest of the market.',
  },
  OrderAmountTooSmall: { code: 'INVALID_SIZE', message: 'The size is under the smallest of the market.' },
  InvalidOrderSizeTooSmall: {
    code: 'INVALID_SIZE',
    message: 'The size is under the smallest of the market.',
  },
  InvalidOrderBaseQuoteAsset: { code: 'INVALID_SIZE', message: 'The size is off the lot of the market.' },
  InvalidOrderLimitPrice: { code: 'INVALID_PRICE', message: 'The price does not fit the market.' },
  InvalidOrderTrigger: { code: 'INVALID_TRIGGER', message: 'The trigger does not fit the order.' },
  InvalidOracle: { code: 'STALE_PRICE', message: 'The venue trusts its oracle too little to trade.' },
  OracleNotFound: { code: 'STALE_PRICE', message: 'The venue found no oracle for the market.' },
  OracleNonPositive: { code: 'STALE_PRICE', message: 'The oracle of the market has no price.' },
  OracleStaleForMargin: { code: 'STALE_PRICE', message: 'The oracle is too old for the venue to trade.' },
  ExchangePaused: { code: 'VENUE_CLOSED', message: 'The venue is paused.' },
  MarketPlaceOrderPaused: { code: 'VENUE_CLOSED', message: 'The market takes no orders at the moment.' },
  MarketFillOrderPaused: { code: 'VENUE_CLOSED', message: 'Nothing is traded in the market at the moment.' },
  MarketWithdrawPaused: {
    code: 'VENUE_CLOSED',
    message: 'Withdrawals of the asset are paused by the venue.',
  },
  MarketNotActive: { code: 'VENUE_CLOSED', message: 'The market is not open.' },
  MarketActionPaused: { code: 'VENUE_CLOSED', message: 'The venue has paused that in this market.' },
  DailyWithdrawLimit: {
    code: 'VENUE_UNAVAILABLE',
    message: 'Everybody together has withdrawn as much as the venue lets out in a day. Try later.',
  },
  UserIsBeingLiquidated: { code: 'HEALTH_TOO_LOW', message: 'The sub-account is being liquidated.' },
  UserBankrupt: { code: 'HEALTH_TOO_LOW', message: 'The sub-account is bankrupt.' },
  UserCantBeDeleted: {
    code: 'SIMULATION_FAILED',
    message: 'The sub-account is not empty.',
  },
  MaxNumberOfUsers: { code: 'VENUE_CLOSED', message: 'The venue takes no new sub-accounts.' },
};

/** A custom error of a program: its number in the description's list of errors. */
export type ErrorNames = ReadonlyMap<number, { readonly name: string; readonly text: string }>;

/** The program's errors as its description lists them. */
export const errorNames = ({ program }: DriftClient): ErrorNames =>
  new Map((program.idl.errors ?? []).map(({ code, name, msg }) => [code, { name, text: msg ?? '' }]));

/**
 * Why the program refused a transaction, in words. What isn't in the list keeps the program's own name and text, as
 * SIMULATION_FAILED. An instruction that the program does not know means that it is another program by now: the venue is
 * closed.
 */
export function explainProgram(error: unknown, logs: readonly string[], names: ErrorNames): Why {
  const number = customNumber(error);
  if (number === UNKNOWN_INSTRUCTION)
    return {
      code: 'VENUE_CLOSED',
      message: "Drift's program no longer knows this instruction: the venue is closed.",
    };
  if (number !== undefined && NOT_THE_SIGNERS.has(number))
    return { code: 'UNAUTHORIZED', message: 'The wallet may not do that with this sub-account.' };
  const known = number === undefined ? undefined : names.get(number);
  if (known !== undefined) {
    return (
      MEANINGS[known.name] ?? {
        code: 'SIMULATION_FAILED',
        message: `The venue refused it: ${known.text || known.name}.`,
      }
    );
  }
  if (OUT_OF_UNITS.test([JSON.stringify(error), ...logs].join('\n')))
    return {
      code: 'SIMULATION_FAILED',
      message: 'It took more computing than it was given, and was undone. It can be tried again.',
    };
  const last = logs.findLast((line) => SENTENCE.test(line));
  const words = last === undefined ? JSON.stringify(error) : last.slice('Program log: '.length);
  return { code: 'SIMULATION_FAILED', message: `The chain refused it: ${words}` };
}

/** `{ InstructionError: [2, { Custom: 6003 }] }` → 6003. */
export function customNumber(error: unknown): number | undefined {
  const [, inner] = listIn(error, 'InstructionError') ?? [];
  if (typeof inner !== 'object' || inner === null || !('Custom' in inner)) return undefined;
  return typeof inner.Custom === 'number' ? inner.Custom : undefined;
}

function listIn(value: unknown, key: string): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return Array.isArray(found) ? found : undefined;
}
