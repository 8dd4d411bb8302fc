import type { OracleGuardRails } from './accounts.ts';
import { greater, lesser, quotient } from './integers.ts';
import { PERCENT, PRICE } from './precision.ts';
import type { Run } from './run.ts';

/** The program that owns Pyth's push oracles on mainnet. */
export const PYTH = 'FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH';
/** What the quote asset's markets have in place of an oracle. */
export const NO_ORACLE = '11111111111111111111111111111111';

export interface OraclePrice {
  /** Price 1e6. */
  readonly price: bigint;
  /** Price 1e6. */
  readonly confidence: bigint;
  /** Slots since it was published. */
  readonly delay: bigint;
  readonly hasEnoughPublishers: boolean;
}

export const QUOTE_PRICE: OraclePrice = {
  price: PRICE,
  confidence: 1n,
  delay: 0n,
  hasEnoughPublishers: true,
};

const AT = { exponent: 20, publishers: 24, quoters: 28, validSlot: 40, price: 208, confidence: 216 } as const;
const PUBLISHERS_ASKED = 3;

/** A price of a Pyth push account, to 1e6. Source: state/oracle.rs, get_pyth_price. */
export function pythPrice(run: Run, data: Uint8Array): OraclePrice {
  const bytes = Buffer.from(data);
  const precision = 10n ** BigInt(Math.abs(bytes.readInt32LE(AT.exponent)));
  const up = precision > PRICE ? 1n : PRICE / precision;
  const down = precision > PRICE ? precision / PRICE : 1n;
  return {
    price: (bytes.readBigInt64LE(AT.price) * up) / down,
    confidence: (bytes.readBigUInt64LE(AT.confidence) * up) / down,
    delay: run.slot - bytes.readBigUInt64LE(AT.validSlot),
    hasEnoughPublishers:
      bytes.readUInt32LE(AT.quoters) >= Math.min(bytes.readUInt32LE(AT.publishers), PUBLISHERS_ASKED),
  };
}

/** In the order in which the program looks for them. */
export type Validity =
  | 'NonPositive'
  | 'TooVolatile'
  | 'TooUncertain'
  | 'StaleForMargin'
  | 'InsufficientDataPoints'
  | 'StaleForAMM'
  | 'Valid';

/** What the program takes for the state's rails where it doesn't look at the state. */
export const DEFAULT_GUARD_RAILS: OracleGuardRails = {
  priceDivergence: {
    markOraclePercentDivergence: PERCENT / 10n,
    oracleTwap5minPercentDivergence: PERCENT / 2n,
  },
  validity: {
    slotsBeforeStaleForAmm: 10n,
    slotsBeforeStaleForMargin: 120n,
    confidenceIntervalMaxSize: 20_000n,
    tooVolatileRatio: 5n,
  },
};

/** Source: math/oracle.rs, oracle_validity. `twap` is the market's own of the last hour. */
export function validityOf(
  { price, confidence, delay, hasEnoughPublishers }: OraclePrice,
  twap: bigint,
  { validity: rails }: OracleGuardRails,
  confidenceMultiplier: bigint,
): Validity {
  if (price <= 0n) return 'NonPositive';
  if (greater(price, twap) / greater(lesser(twap, price), 1n) > rails.tooVolatileRatio) return 'TooVolatile';
  const confidencePercent = quotient(greater(1n, confidence) * PERCENT, price);
  if (confidencePercent > rails.confidenceIntervalMaxSize * confidenceMultiplier) return 'TooUncertain';
  if (delay > rails.slotsBeforeStaleForMargin) return 'StaleForMargin';
  if (!hasEnoughPublishers) return 'InsufficientDataPoints';
  return delay > rails.slotsBeforeStaleForAmm ? 'StaleForAMM' : 'Valid';
}

type Action =
  | 'FillOrderAmm'
  | 'UpdateFunding'
  | 'OracleOrderPrice'
  | 'MarginCalc'
  | 'TriggerOrder'
  | 'SettlePnl'
  | 'Liquidate'
  | 'UpdateTwap';

/** The validities that each action does without. Source: math/oracle.rs, is_oracle_valid_for_action. */
const REFUSED: Readonly<Record<Action, readonly Validity[]>> = {
  FillOrderAmm: [
    'NonPositive',
    'TooVolatile',
    'TooUncertain',
    'StaleForMargin',
    'InsufficientDataPoints',
    'StaleForAMM',
  ],
  UpdateFunding: ['NonPositive', 'TooVolatile', 'TooUncertain'],
  OracleOrderPrice: ['NonPositive', 'TooVolatile', 'TooUncertain', 'StaleForMargin'],
  MarginCalc: ['NonPositive', 'TooVolatile', 'TooUncertain', 'StaleForMargin'],
  TriggerOrder: ['NonPositive', 'TooVolatile'],
  SettlePnl: ['NonPositive', 'TooVolatile', 'TooUncertain'],
  Liquidate: ['NonPositive', 'TooVolatile'],
  UpdateTwap: ['NonPositive'],
};

export const isValidFor = (action: Action, validity: Validity): boolean =>
  !REFUSED[action].includes(validity);

/** A price with the twap that it is held against where the program is strict. Source: StrictOraclePrice. */
export interface StrictPrice {
  readonly current: bigint;
  readonly least: bigint;
  readonly most: bigint;
}

export const strictPrice = (current: bigint, twap5min: bigint, isStrict: boolean): StrictPrice => ({
  current,
  least: isStrict ? lesser(current, twap5min) : current,
  most: isStrict ? greater(current, twap5min) : current,
});
