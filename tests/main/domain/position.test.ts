import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PerpPosition } from '../../../src/main/domain/account.ts';
import { afterTrade, entryPrice, flatPosition } from '../../../src/main/domain/position.ts';
import { formatPrice, parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { base, usd, type Base, type Usd } from '../../../src/shared/money/quantity.ts';
import { positionOf } from '../../support/accounts.ts';
import { anyBase, anyPosition, anyUsd } from '../../support/arbitraries.ts';
import { Fraction, baseOf, usdOf } from '../../support/fraction.ts';

const notFlat = anyPosition('SOL-PERP', anyBase.filter((size) => size !== 0n).map(base));
const MILLIONTH = new Fraction(1n, 1_000_000n);
const BILLION = new Fraction(10n ** 9n);

const trade = (position: PerpPosition, size: string, quote: string): PerpPosition =>
  afterTrade(position, parseBase(size), parseUsd(quote));
const entry = (position: PerpPosition): string => formatPrice(entryPrice(position));

/** What is `whole × part / of` when nothing is rounded. */
const proportion = (whole: Usd, part: Base, of: Base): Fraction =>
  usdOf(whole).times(baseOf(part)).over(baseOf(of));

describe('a position', () => {
  it('starts flat, with no entry price', () => {
    const flat = flatPosition('BTC-PERP', 'BTC');
    expect(flat).toEqual({
      market: 'BTC-PERP',
      asset: 'BTC',
      size: 0n,
      quote: 0n,
      entryQuote: 0n,
      settledPnl: 0n,
      fundingEarned: 0n,
    });
    expect(entryPrice(flat)).toBe(0n);
  });

  it('[R7.3] is entered at the average price of what enlarged it, long and short', () => {
    const flat = flatPosition('SOL-PERP', 'SOL');
    // Sells 1 at 150 and 3 at 158: (150 + 474) / 4 = 156.
    const short = trade(trade(flat, '-1', '150'), '-3', '474');
    expect(short).toMatchObject({
      size: parseBase('-4'),
      quote: parseUsd('624'),
      entryQuote: parseUsd('624'),
    });
    expect(entry(short)).toBe('156');
    // Buys 2 at 100 and 1 at 130: 330 / 3 = 110.
    const long = trade(trade(flat, '2', '-200'), '1', '-130');
    expect(long).toMatchObject({ size: parseBase('3'), entryQuote: parseUsd('-330') });
    expect(entry(long)).toBe('110');
  });

  it('[R7.3] keeps its entry price while it is reduced, whatever the price it is reduced at', () => {
    const short = positionOf({ size: '-4', quote: '624' });
    const reduced = trade(short, '1', '-90');
    expect(reduced).toMatchObject({
      size: parseBase('-3'),
      quote: parseUsd('534'),
      entryQuote: parseUsd('468'),
    });
    expect(entry(reduced)).toBe('156');
    const long = trade(positionOf({ size: '3', quote: '-330' }), '-2', '500');
    expect(long).toMatchObject({
      size: parseBase('1'),
      quote: parseUsd('170'),
      entryQuote: parseUsd('-110'),
    });
    expect(entry(long)).toBe('110');
  });

  it('[R7.3] has no entry price once it is closed; what it made stays unsettled', () => {
    const closed = trade(positionOf({ size: '-4', quote: '624' }), '4', '-600');
    expect(closed).toMatchObject({ size: 0n, quote: parseUsd('24'), entryQuote: 0n });
    expect(entryPrice(closed)).toBe(0n);
    // And starts anew at the price that it is opened again at.
    expect(entry(trade(closed, '2', '-280'))).toBe('140');
  });

  it('[R7.3] that is flipped is entered at the price of the trade that flipped it', () => {
    // Long 1 from 100; sells 3 at 120: short 2, entered at 120.
    const short = trade(positionOf({ size: '1', quote: '-100' }), '-3', '360');
    expect(short).toMatchObject({
      size: parseBase('-2'),
      quote: parseUsd('260'),
      entryQuote: parseUsd('240'),
    });
    expect(entry(short)).toBe('120');
    // Short 2 from 120; buys 5 at 90: long 3, entered at 90.
    const long = trade(short, '5', '-450');
    expect(long).toMatchObject({
      size: parseBase('3'),
      quote: parseUsd('-190'),
      entryQuote: parseUsd('-270'),
    });
    expect(entry(long)).toBe('90');
  });

  it('changes its size and its quote by exactly what was traded', () => {
    fc.assert(
      fc.property(anyPosition('SOL-PERP'), anyBase, anyUsd, (position, change, quoteChange) => {
        const after = afterTrade(position, change, quoteChange);
        expect(after.size - position.size).toBe(change);
        expect(after.quote - position.quote).toBe(quoteChange);
        const { size: _size, quote: _quote, entryQuote: _entry, ...rest } = position;
        expect(after).toMatchObject(rest);
      }),
    );
  });

  it('adds the whole quote to its entry where it grows', () => {
    fc.assert(
      fc.property(notFlat, anyBase, anyUsd, (position, change, quoteChange) => {
        const grows = position.size > 0n ? change > 0n : change < 0n;
        fc.pre(grows);
        expect(afterTrade(position, change, quoteChange).entryQuote).toBe(position.entryQuote + quoteChange);
      }),
    );
  });

  it('keeps the open part of its entry where it shrinks, to less than a millionth of a dollar', () => {
    fc.assert(
      fc.property(notFlat, fc.bigInt({ min: 0n, max: 10n ** 15n }), anyUsd, (position, part, quoteChange) => {
        const held = position.size < 0n ? -position.size : position.size;
        const closed = 1n + (part % held);
        const change = base(position.size < 0n ? closed : -closed);
        const { size, entryQuote } = afterTrade(position, change, quoteChange);
        const exact = proportion(position.entryQuote, size, position.size);
        expect(usdOf(entryQuote).minus(exact).absolute().to(MILLIONTH)).toBe(-1);
        expect(usdOf(entryQuote).absolute().to(exact.absolute())).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('takes the proportion of the trade that went past flat as its entry where it flips', () => {
    fc.assert(
      fc.property(notFlat, fc.bigInt({ min: 1n, max: 10n ** 14n }), anyUsd, (position, past, quoteChange) => {
        const size = position.size > 0n ? -past : past;
        const change = base(size - position.size);
        const { entryQuote } = afterTrade(position, change, quoteChange);
        const exact = proportion(quoteChange, base(size), change);
        expect(usdOf(entryQuote).minus(exact).absolute().to(MILLIONTH)).toBe(-1);
        expect(usdOf(entryQuote).absolute().to(exact.absolute())).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has an entry price of −entry quote / size, to the nearest billionth', () => {
    fc.assert(
      fc.property(notFlat, (position) => {
        const exact = usdOf(position.entryQuote).negated().over(baseOf(position.size));
        expect(entryPrice(position)).toBe(exact.times(BILLION).nearest());
      }),
    );
    // 100 / 3 is 33.333333333…; 200 / 3 is 66.666666666…, which is nearer to …667.
    expect(entry(positionOf({ size: '3', quote: '-100' }))).toBe('33.333333333');
    expect(entry(positionOf({ size: '-3', quote: '200' }))).toBe('66.666666667');
  });

  it('stays as it is when nothing was traded', () => {
    fc.assert(
      fc.property(anyPosition('SOL-PERP'), (position) => {
        expect(afterTrade(position, base(0n), usd(0n))).toEqual(position);
      }),
    );
  });
});
