import type { DriftOrder } from './driftState.ts';

/** What the program says that it did, in its own units. Addresses are those of sub-accounts. */
export type ProgramEvent =
  | DepositRecord
  | FundingPaymentRecord
  | FillRecord
  | OrderActionRecord
  | OrderRecord
  | SettlementRecord
  | InterestRecord
  | LiquidationRecord
  | FundingRateRecord;

interface Dated {
  /** Unix s. */
  readonly ts: number;
}

export interface DepositRecord extends Dated {
  readonly type: 'deposit';
  readonly user: string;
  readonly market: number;
  /** Signed: what the sub-account has more. */
  readonly tokens: bigint;
  /** Between sub-accounts: the tokens do not leave the program. */
  readonly isTransfer: boolean;
  readonly oracle: bigint;
  /** The market's cumulative interest at that moment. */
  readonly depositInterest: bigint;
  readonly borrowInterest: bigint;
}

export interface FundingPaymentRecord extends Dated {
  readonly type: 'fundingPayment';
  readonly user: string;
  readonly market: number;
  readonly payment: bigint;
  readonly size: bigint;
  readonly cumulativeLong: bigint;
  readonly cumulativeShort: bigint;
}

/** One side of a fill. */
export interface FillSide {
  readonly user: string;
  readonly orderId: number;
  readonly side: 'buy' | 'sell';
  /** Dollars; negative for a rebate. */
  readonly fee: bigint;
  /** Of the whole order, this fill included. */
  readonly orderSize: bigint;
  readonly orderFilled: bigint;
  readonly orderQuote: bigint;
}

export interface FillRecord extends Dated {
  readonly type: 'fill';
  readonly kind: 'perp' | 'spot';
  readonly market: number;
  readonly size: bigint;
  readonly quote: bigint;
  readonly oracle: bigint;
  readonly taker: FillSide | undefined;
  readonly maker: FillSide | undefined;
  readonly isLiquidation: boolean;
}

/** An order was placed, let loose or ended; by a keeper where there is a `reward`. */
export interface OrderActionRecord extends Dated {
  readonly type: 'orderAction';
  readonly action: 'place' | 'cancel' | 'trigger' | 'expire';
  readonly why: string;
  readonly kind: 'perp' | 'spot';
  readonly market: number;
  readonly user: string;
  readonly orderId: number;
  /** What its owner has paid a keeper. */
  readonly reward: bigint;
  readonly oracle: bigint;
}

export interface OrderRecord extends Dated {
  readonly type: 'order';
  readonly user: string;
  readonly order: DriftOrder;
}

export interface SettlementRecord extends Dated {
  readonly type: 'settlement';
  readonly user: string;
  readonly market: number;
  readonly pnl: bigint;
  readonly oracle: bigint;
}

export interface InterestRecord extends Dated {
  readonly type: 'interest';
  readonly market: number;
  readonly depositInterest: bigint;
  readonly borrowInterest: bigint;
}

/** Liquidations beyond that of a perpetual position, which is a fill: they are not told in full, and so are differences. */
export interface LiquidationRecord extends Dated {
  readonly type: 'liquidation';
  readonly user: string;
  readonly kind: string;
}

export interface FundingRateRecord extends Dated {
  readonly type: 'fundingRate';
  readonly market: number;
  /** Dollars for one of the asset, 1e9. */
  readonly rate: bigint;
  readonly oracleTwap: bigint;
}

/** A transaction that touched a sub-account or its wallet. */
export interface TransactionEvents {
  readonly signature: string;
  readonly slot: number;
  /** Unix s. */
  readonly ts: number;
  /** Empty where it failed. */
  readonly events: readonly ProgramEvent[];
  /** Lamports of the wallet that signs: after less before. */
  readonly walletChange: bigint;
  /** Lamports that the wallet paid for the transaction; 0 where somebody else did. */
  readonly fee: bigint;
}
