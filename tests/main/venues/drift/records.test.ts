import { PublicKey } from '@drift-labs/sdk';
import { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ProgramEvent } from '../../../../src/main/venues/drift/programEvent.ts';
import { recordFrom, type EventCoder } from '../../../../src/main/venues/drift/records.ts';
import { driftOffline } from '../../custody/policy/driftOffline.ts';
import { bn } from './driftAccounts.ts';

/** What of the SDK's coder encodes: it has the layouts, though it only ever decodes with them. */
interface Layouts {
  readonly layouts: ReadonlyMap<string, { encode(record: object, buffer: Buffer): number }>;
  readonly discriminators: ReadonlyMap<string, string>;
}

const coder: EventCoder = driftOffline(Keypair.generate().publicKey).program.coder.events;
const { layouts, discriminators } = coder as unknown as Layouts;
const discriminatorOf = (name: string): Buffer => {
  const [found] = [...discriminators].find(([, event]) => event === name) ?? [];
  if (found === undefined) throw new RangeError(`${name} is not in the SDK's description`);
  return Buffer.from(found, 'base64');
};

function bytesOf(name: string, record: object): Buffer {
  const buffer = Buffer.alloc(2_000);
  const length = layouts.get(name)?.encode(record, buffer) ?? 0;
  return Buffer.concat([discriminatorOf(name), buffer.subarray(0, length)]);
}
const read = (bytes: Uint8Array): ProgramEvent | undefined =>
  recordFrom(coder, Buffer.from(bytes).toString('base64'));

const USER = new PublicKey(Buffer.alloc(32, 1));
const OTHER = new PublicKey(Buffer.alloc(32, 2));
const ts = bn(1_700_000_000n);
const dated = { ts: 1_700_000_000 };
const anyU64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyI64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

const deposit = {
  ts,
  userAuthority: OTHER,
  user: USER,
  direction: { deposit: {} },
  depositRecordId: bn(1n),
  amount: bn(5n),
  marketIndex: 1,
  oraclePrice: bn(150_000_000n),
  marketDepositBalance: bn(1n),
  marketWithdrawBalance: bn(2n),
  marketCumulativeDepositInterest: bn(10_000_000_001n),
  marketCumulativeBorrowInterest: bn(10_000_000_002n),
  totalDepositsAfter: bn(1n),
  totalWithdrawsAfter: bn(1n),
  explanation: { none: {} },
  transferUser: null,
  signer: null,
  userTokenAmountAfter: bn(0n),
};

const action = {
  ts,
  action: { fill: {} },
  actionExplanation: { orderFilledWithMatch: {} },
  marketIndex: 0,
  marketType: { perp: {} },
  filler: OTHER,
  fillerReward: bn(10_000n),
  fillRecordId: bn(7n),
  baseAssetAmountFilled: bn(1_000_000_000n),
  quoteAssetAmountFilled: bn(150_000_000n),
  takerFee: bn(150_000n),
  makerFee: bn(-30_000n),
  referrerReward: null,
  quoteAssetAmountSurplus: null,
  spotFulfillmentMethodFee: null,
  taker: USER,
  takerOrderId: 4,
  takerOrderDirection: { short: {} },
  takerOrderBaseAssetAmount: bn(3_000_000_000n),
  takerOrderCumulativeBaseAssetAmountFilled: bn(2_000_000_000n),
  takerOrderCumulativeQuoteAssetAmountFilled: bn(299_000_000n),
  maker: OTHER,
  makerOrderId: 9,
  makerOrderDirection: { long: {} },
  makerOrderBaseAssetAmount: bn(1_000_000_000n),
  makerOrderCumulativeBaseAssetAmountFilled: bn(1_000_000_000n),
  makerOrderCumulativeQuoteAssetAmountFilled: bn(150_000_000n),
  oraclePrice: bn(151_000_000n),
  bitFlags: 0,
  takerExistingQuoteEntryAmount: null,
  takerExistingBaseAssetAmount: null,
  makerExistingQuoteEntryAmount: null,
  makerExistingBaseAssetAmount: null,
  triggerPrice: null,
  builderIdx: null,
  builderFee: null,
};
const noMaker = {
  maker: null,
  makerFee: null,
  makerOrderId: null,
  makerOrderDirection: null,
  makerOrderBaseAssetAmount: null,
  makerOrderCumulativeBaseAssetAmountFilled: null,
  makerOrderCumulativeQuoteAssetAmountFilled: null,
};
const noFill = {
  fillerReward: null,
  baseAssetAmountFilled: null,
  quoteAssetAmountFilled: null,
  takerFee: null,
};

const order = {
  slot: bn(77n),
  price: bn(150_100_000n),
  baseAssetAmount: bn(2_000_000_000n),
  baseAssetAmountFilled: bn(500_000_000n),
  quoteAssetAmountFilled: bn(75_050_000n),
  triggerPrice: bn(149_000_000n),
  auctionStartPrice: bn(-5n),
  auctionEndPrice: bn(6n),
  maxTs: bn(1_700_000_100n),
  oraclePriceOffset: -1_000,
  orderId: 12,
  marketIndex: 0,
  status: { open: {} },
  orderType: { triggerLimit: {} },
  marketType: { perp: {} },
  userOrderId: 3,
  existingPositionDirection: { long: {} },
  direction: { short: {} },
  reduceOnly: true,
  postOnly: false,
  immediateOrCancel: true,
  triggerCondition: { below: {} },
  auctionDuration: 10,
  postedSlotTail: 0,
  bitFlags: 0,
  padding: [0],
};

describe('what the program says, read with the description of it in the SDK', () => {
  it('a deposit has come in and a withdrawal gone out, at their interest', () => {
    fc.assert(
      fc.property(anyU64, fc.boolean(), fc.constantFrom('none', 'transfer'), (amount, isIn, why) => {
        const record = {
          ...deposit,
          amount: bn(amount),
          direction: isIn ? { deposit: {} } : { withdraw: {} },
          explanation: { [why]: {} },
        };
        expect(read(bytesOf('DepositRecord', record))).toEqual({
          type: 'deposit',
          ...dated,
          user: USER.toString(),
          market: 1,
          tokens: isIn ? amount : -amount,
          isTransfer: why === 'transfer',
          oracle: 150_000_000n,
          depositInterest: 10_000_000_001n,
          borrowInterest: 10_000_000_002n,
        });
      }),
    );
  });

  it('funding that was settled, and a rate that was paid', () => {
    fc.assert(
      fc.property(anyI64, anyI64, anyI64, (payment, size, rate) => {
        const paid = {
          ts,
          userAuthority: OTHER,
          user: USER,
          marketIndex: 2,
          fundingPayment: bn(payment),
          baseAssetAmount: bn(size),
          userLastCumulativeFunding: bn(0n),
          ammCumulativeFundingLong: bn(rate),
          ammCumulativeFundingShort: bn(-rate),
        };
        expect(read(bytesOf('FundingPaymentRecord', paid))).toEqual({
          type: 'fundingPayment',
          ...dated,
          user: USER.toString(),
          market: 2,
          payment,
          size,
          cumulativeLong: rate,
          cumulativeShort: -rate,
        });
        const hour = {
          ts,
          recordId: bn(1n),
          marketIndex: 0,
          fundingRate: bn(rate),
          fundingRateLong: bn(rate),
          fundingRateShort: bn(rate),
          cumulativeFundingRateLong: bn(1n),
          cumulativeFundingRateShort: bn(1n),
          oraclePriceTwap: bn(150n),
          markPriceTwap: bn(151n),
          periodRevenue: bn(0n),
          baseAssetAmountWithAmm: bn(0n),
          baseAssetAmountWithUnsettledLp: bn(0n),
        };
        expect(read(bytesOf('FundingRateRecord', hour))).toEqual({
          type: 'fundingRate',
          ...dated,
          market: 0,
          rate,
          oracleTwap: 150n,
        });
      }),
    );
  });

  it('a settlement, interest, and a liquidation', () => {
    const settled = {
      ts,
      user: USER,
      marketIndex: 0,
      pnl: bn(-123_456n),
      baseAssetAmount: bn(1n),
      quoteAssetAmountAfter: bn(2n),
      quoteEntryAmount: bn(3n),
      settlePrice: bn(150_000_000n),
      explanation: { none: {} },
    };
    expect(read(bytesOf('SettlePnlRecord', settled))).toEqual({
      type: 'settlement',
      ...dated,
      user: USER.toString(),
      market: 0,
      pnl: -123_456n,
      oracle: 150_000_000n,
    });
    const interest = {
      ts,
      marketIndex: 1,
      depositBalance: bn(1n),
      cumulativeDepositInterest: bn(10_000_000_003n),
      borrowBalance: bn(2n),
      cumulativeBorrowInterest: bn(10_000_000_004n),
      optimalUtilization: 1,
      optimalBorrowRate: 1,
      maxBorrowRate: 1,
    };
    expect(read(bytesOf('SpotInterestRecord', interest))).toEqual({
      type: 'interest',
      ...dated,
      market: 1,
      depositInterest: 10_000_000_003n,
      borrowInterest: 10_000_000_004n,
    });
    // The beginning of a liquidation, which says whose and of what kind; what follows is all zeros here.
    const type = Buffer.from([1]);
    const head = Buffer.concat([
      discriminatorOf('LiquidationRecord'),
      Buffer.from(new BigInt64Array([1_700_000_000n]).buffer),
      type,
      USER.toBuffer(),
    ]);
    expect(read(head)).toEqual({
      type: 'liquidation',
      ...dated,
      user: USER.toString(),
      kind: 'liquidateSpot',
    });
  });

  const taker = {
    user: USER.toString(),
    orderId: 4,
    side: 'sell',
    fee: 150_000n,
    orderSize: 3_000_000_000n,
    orderFilled: 2_000_000_000n,
    orderQuote: 299_000_000n,
  };
  const maker = {
    user: OTHER.toString(),
    orderId: 9,
    side: 'buy',
    fee: -30_000n,
    orderSize: 1_000_000_000n,
    orderFilled: 1_000_000_000n,
    orderQuote: 150_000_000n,
  };

  it("a fill, with both sides: the taker's fee and the maker's rebate", () => {
    const fill = {
      type: 'fill',
      ...dated,
      kind: 'perp',
      market: 0,
      size: 1_000_000_000n,
      quote: 150_000_000n,
      oracle: 151_000_000n,
      taker,
      maker,
      isLiquidation: false,
    };
    expect(read(bytesOf('OrderActionRecord', action))).toEqual(fill);
    expect(read(bytesOf('OrderActionRecord', { ...action, ...noMaker }))).toEqual({
      ...fill,
      maker: undefined,
    });
    const spot = {
      ...action,
      marketType: { spot: {} },
      marketIndex: 1,
      actionExplanation: { liquidation: {} },
    };
    expect(read(bytesOf('OrderActionRecord', spot))).toEqual({
      ...fill,
      kind: 'spot',
      market: 1,
      isLiquidation: true,
    });
  });

  it.each(['place', 'cancel', 'trigger', 'expire'])(
    'an order that somebody %ss, and what a keeper got',
    (what) => {
      const record = {
        ...action,
        ...noMaker,
        ...noFill,
        action: { [what]: {} },
        actionExplanation: { none: {} },
      };
      const expected = {
        type: 'orderAction',
        ...dated,
        action: what,
        why: 'none',
        kind: 'perp',
        market: 0,
        user: USER.toString(),
        orderId: 4,
        reward: 0n,
        oracle: 151_000_000n,
      };
      expect(read(bytesOf('OrderActionRecord', record))).toEqual(expected);
      const kept = { ...record, fillerReward: bn(10_000n), actionExplanation: { orderExpired: {} } };
      expect(read(bytesOf('OrderActionRecord', kept))).toEqual({
        ...expected,
        reward: 10_000n,
        why: 'orderExpired',
      });
      // An order that made stands in the maker's place.
      const made = { ...action, ...noFill, makerFee: null, action: { [what]: {} } };
      const { takerOrderId, takerOrderDirection, taker: _, ...rest } = made;
      expect([takerOrderId, takerOrderDirection]).toEqual([4, { short: {} }]);
      const asMaker = { ...rest, taker: null, takerOrderId: null, takerOrderDirection: null };
      expect(read(bytesOf('OrderActionRecord', asMaker))).toMatchObject({
        user: OTHER.toString(),
        orderId: 9,
      });
    },
  );

  it('an order as it was placed', () => {
    expect(read(bytesOf('OrderRecord', { ts, user: USER, order }))).toEqual({
      type: 'order',
      ...dated,
      user: USER.toString(),
      order: {
        orderId: 12,
        userOrderId: 3,
        kind: 'perp',
        market: 0,
        type: 'triggerLimit',
        side: 'sell',
        size: 2_000_000_000n,
        filled: 500_000_000n,
        quoteFilled: 75_050_000n,
        price: 150_100_000n,
        triggerPrice: 149_000_000n,
        trigger: 'below',
        oracleOffset: -1_000n,
        reduceOnly: true,
        postOnly: false,
        immediateOrCancel: true,
        expiresAt: 1_700_000_100n,
        slot: 77n,
        auction: { slots: 10, start: -5n, end: 6n },
      },
    });
  });

  it('of an older program, without what was added to the end since, is read the same', () => {
    // A flag of a byte and seven options that are none.
    const bytes = bytesOf('OrderActionRecord', action);
    expect(read(bytes.subarray(0, -8))).toEqual(read(bytes));
    // An option that is none, and sixteen bytes of a balance.
    const moved = bytesOf('DepositRecord', deposit);
    expect(read(moved.subarray(0, -17))).toEqual(read(moved));
  });

  it('events that are of no concern are none, and neither are bytes that are no event', () => {
    expect(read(Buffer.concat([discriminatorOf('CurveRecord'), Buffer.alloc(400)]))).toBeUndefined();
    expect(recordFrom(coder, '')).toBeUndefined();
    expect(recordFrom(coder, 'not base64 at all!')).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(bytes)).toBeUndefined();
      }),
    );
  });

  it('what cannot be understood stops nothing: a kind of order or of liquidation that came later', () => {
    const names = [...discriminators.values()];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 600 }), (name, bytes) => {
        const event = read(Buffer.concat([discriminatorOf(name), bytes]));
        expect(event === undefined || event.ts !== undefined).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
