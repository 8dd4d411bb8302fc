import { describe, expect, it } from 'vitest';

import { encodeAccount as encodeBySdk, emptyAccount } from '../../support/cluster/driftAccounts.ts';
import {
  decodeAccount,
  decodeEvent,
  encodeAccount,
  encodeEvent,
  zeroOf,
} from '../../support/cluster/model/layout.ts';

const ACCOUNTS = ['State', 'SpotMarket', 'PerpMarket', 'User', 'UserStats', 'InsuranceFundStake'] as const;

/** Bytes that are no zero anywhere, and still no enumeration's end. */
const patterned = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at < 8 ? byte : at % 2));

describe("the model's layouts", () => {
  it.each(ACCOUNTS)('make of a %s the bytes that the SDK makes', (kind) => {
    const bySdk = encodeBySdk(kind, emptyAccount(kind));

    const fields = decodeAccount(kind, bySdk);

    expect(Buffer.from(encodeAccount(kind, fields, new Uint8Array(bySdk.length)))).toEqual(
      Buffer.from(bySdk),
    );
  });

  it.each(ACCOUNTS)('write a %s back to the bytes that it was read from', (kind) => {
    const bytes = patterned(encodeBySdk(kind, emptyAccount(kind)));

    expect(Buffer.from(encodeAccount(kind, decodeAccount(kind, bytes), bytes))).toEqual(Buffer.from(bytes));
  });

  it('refuse a number that has no room', () => {
    const user = { ...zeroOf('User'), nextOrderId: 2 ** 32 };

    expect(() => encodeAccount('User', user, new Uint8Array(4376))).toThrow(RangeError);
  });

  it('read of an event of an older program what it says', () => {
    const settled = encodeEvent('SettlePnlRecord', settlement);

    expect(decodeEvent(settled)).toEqual({ name: 'SettlePnlRecord', fields: settlement });
    expect(decodeEvent(settled.subarray(0, -1))?.fields).not.toHaveProperty('explanation');
  });
});

const settlement = {
  ts: 1n,
  user: '11111111111111111111111111111111',
  marketIndex: 0,
  pnl: -5n,
  baseAssetAmount: -7n,
  quoteAssetAmountAfter: 2n ** 62n,
  quoteEntryAmount: 3n,
  settlePrice: 4n,
  explanation: 'None',
};
