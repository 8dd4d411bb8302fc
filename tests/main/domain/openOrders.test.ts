import { describe, expect, it } from 'vitest';

import {
  worstCasePositions,
  type RestingOrder,
  type WorstPositions,
} from '../../../src/main/domain/openOrders.ts';
import { parseBase, parsePrice, parseRate, parseValue } from '../../../src/shared/money/decimal.ts';
import { RATE_ONE } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf, type AccountText } from '../../support/accounts.ts';

const TEN_PERCENT = everyMarket('0.1');
const ORACLES = oraclesOf({ SOL: '100', BTC: '90000' });

type OrderText = readonly [side: 'buy' | 'sell', size: string, limit: string, market?: string];
const orderOf = ([side, size, limit, market = 'SOL-PERP']: OrderText): RestingOrder => ({
  market,
  side,
  size: parseBase(size),
  limitPrice: parsePrice(limit),
  reduceOnly: false,
});

const worst = (account: AccountText, ...orders: readonly OrderText[]): WorstPositions =>
  worstCasePositions(accountOf(account), orders.map(orderOf), ORACLES, TEN_PERCENT, WEIGHTS);
const margin = (text: string): bigint => parseValue(text) * RATE_ONE;

describe('the worst case of open orders', () => {
  it('takes the worse side of a market, never the sum of both', () => {
    // From flat: 3 bid, 2 asked: 3 × 100, a tenth of it reserved.
    expect(worst({ cash: '1000' }, ['buy', '3', '100'], ['sell', '2', '100'])).toEqual({
      positions: [
        { market: 'SOL-PERP', size: parseBase('3'), notional: parseValue('300'), requirement: margin('30') },
      ],
      borrowed: 0n,
      exposure: parseValue('300'),
      reserved: margin('30'),
    });
    // Long 5: bids to 8, asks to −4. Short 5: bids to −2, asks to −7.
    const long = { cash: '1000', perps: [{ size: '5', quote: '-500' }] };
    expect(worst(long, ['buy', '3', '100'], ['sell', '9', '100'])).toMatchObject({
      exposure: parseValue('800'),
      reserved: margin('30'),
    });
    const short = { cash: '1000', perps: [{ size: '-5', quote: '500' }] };
    expect(worst(short, ['buy', '3', '100'], ['sell', '2', '100'])).toMatchObject({
      positions: [{ size: parseBase('-7') }],
      exposure: parseValue('700'),
      reserved: margin('20'),
    });
  });

  it('reserves nothing for what only closes, and for a flip what is left over', () => {
    const long = { cash: '1000', perps: [{ size: '5', quote: '-500' }] };
    expect(worst(long, ['sell', '5', '110'])).toMatchObject({ exposure: parseValue('500'), reserved: 0n });
    expect(worst(long, ['sell', '10', '100'])).toMatchObject({ exposure: parseValue('500'), reserved: 0n });
    // To −7: 7 × 110 − 5 × 100 more, a tenth of it.
    expect(worst(long, ['sell', '12', '110'])).toMatchObject({
      positions: [{ size: parseBase('-7') }],
      exposure: parseValue('770'),
      reserved: margin('27'),
    });
  });

  it('says long where both sides weigh the same', () => {
    expect(worst({}, ['sell', '2', '100'], ['buy', '2', '100']).positions).toMatchObject([
      { size: parseBase('2') },
    ]);
  });

  it('values an order at its limit where that is over the oracle, otherwise at the oracle', () => {
    expect(worst({}, ['buy', '1', '90']).exposure).toBe(parseValue('100'));
    expect(worst({}, ['sell', '1', '110']).exposure).toBe(parseValue('110'));
    // Of 2 that close 1: the dearer one is left over.
    const short = { perps: [{ size: '-1', quote: '100' }] };
    expect(worst(short, ['buy', '1', '100'], ['buy', '1', '103']).exposure).toBe(parseValue('103'));
  });

  it('reserves what a fill would give away against the oracle, on both sides', () => {
    // 2 × 104 / 10 and 2 × 4 given away; then 1 × 3 of the ask besides.
    expect(worst({}, ['buy', '2', '104']).reserved).toBe(margin('28.8'));
    expect(worst({}, ['buy', '2', '104'], ['sell', '1', '97']).reserved).toBe(margin('31.8'));
    // A close at 97 leaves less to be required, but takes 3.
    expect(worst({ perps: [{ size: '1', quote: '-100' }] }, ['sell', '1', '97']).reserved).toBe(margin('3'));
  });

  it('counts the borrow that a purchase of SOL would leave, and what it takes from the collateral', () => {
    // 3 × 100 of 250 in cash; each weighs 80 as SOL.
    expect(worst({ cash: '250' }, ['buy', '3', '100', 'SOL'])).toEqual({
      positions: [],
      borrowed: parseValue('50'),
      exposure: parseValue('50'),
      reserved: margin('60'),
    });
    expect(worst({ cash: '300' }, ['buy', '3', '100', 'SOL'])).toMatchObject({ borrowed: 0n, exposure: 0n });
    // A purchase under 80 adds collateral.
    expect(worst({ cash: '300' }, ['buy', '3', '79', 'SOL']).reserved).toBe(0n);
  });

  it('weighs what would be borrowed as a liability', () => {
    const weights = { ...WEIGHTS, cashLiability: parseRate('1.2') };
    const reserved = (cash: string) =>
      worstCasePositions(
        accountOf({ cash }),
        [orderOf(['buy', '3', '100', 'SOL'])],
        ORACLES,
        TEN_PERCENT,
        weights,
      ).reserved;
    // 250 becomes −50 × 1.2 + 240; −100 × 1.2 becomes −400 × 1.2 + 240; 1000 becomes 700 + 240.
    expect(reserved('250')).toBe(margin('70'));
    expect(reserved('-100')).toBe(margin('120'));
    expect(reserved('1000')).toBe(margin('60'));
  });

  it('reserves nothing for a sale of SOL that is there, unless it sells under its weight', () => {
    const deposit = { cash: '0', spot: '2' };
    expect(worst(deposit, ['sell', '2', '100', 'SOL'])).toMatchObject({ exposure: 0n, reserved: 0n });
    expect(worst(deposit, ['sell', '2', '75', 'SOL'])).toMatchObject({
      exposure: 0n,
      reserved: margin('10'),
    });
  });

  it('counts SOL that is not there to be sold as a borrow, and reserves all of its worth', () => {
    expect(worst({ spot: '2' }, ['sell', '2', '101', 'SOL'], ['sell', '1', '102', 'SOL'])).toMatchObject({
      borrowed: parseValue('102'),
      exposure: parseValue('102'),
      reserved: margin('102'),
    });
    // What is overdrawn already is not reserved a second time.
    expect(worst({ spot: '-2' })).toMatchObject({ exposure: 0n, reserved: 0n });
    expect(worst({ spot: '-2' }, ['sell', '1', '102', 'SOL']).borrowed).toBe(parseValue('102'));
  });

  it('adds markets up, each at its own ratio, with the borrow that there is', () => {
    const ratioOf = (market: string) => parseRate(market === 'BTC-PERP' ? '0.2' : '0.1');
    const account = accountOf({ cash: '-40', perps: [{ size: '1', quote: '-100' }] });
    const orders = [orderOf(['buy', '1', '100']), orderOf(['sell', '0.01', '90000', 'BTC-PERP'])];
    expect(worstCasePositions(account, orders, ORACLES, ratioOf, WEIGHTS)).toEqual({
      positions: [
        { market: 'SOL-PERP', size: parseBase('2'), notional: parseValue('200'), requirement: margin('20') },
        {
          market: 'BTC-PERP',
          size: parseBase('-0.01'),
          notional: parseValue('900'),
          requirement: margin('180'),
        },
      ],
      borrowed: parseValue('40'),
      exposure: parseValue('1140'),
      reserved: margin('190'),
    });
  });

  it('refuses to guess an oracle for what is only ordered', () => {
    const stale = (asset: string): unknown =>
      expect.objectContaining({ code: 'STALE_PRICE', details: { asset } });
    const ask = (order: OrderText) => () =>
      worstCasePositions(accountOf({ cash: '1' }), [orderOf(order)], {}, TEN_PERCENT, WEIGHTS);
    expect(ask(['buy', '1', '100', 'ETH-PERP'])).toThrow(stale('ETH'));
    expect(ask(['buy', '1', '100', 'SOL'])).toThrow(stale('SOL'));
  });
});
