import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Account, CollateralWeights, OraclePrices } from '../../../src/main/domain/account.ts';
import {
  liquidationPrice,
  liquidationPrices,
  type AssetLiquidation,
} from '../../../src/main/domain/liquidation.ts';
import { liquidatable, maintenanceTerms } from '../../../src/main/domain/margin.ts';
import { flatPosition } from '../../../src/main/domain/position.ts';
import { parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { base, price, rate, usd, type Rate } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf, type AccountText } from '../../support/accounts.ts';
import { ASSETS, PERPS, anyAccount, anyOracles, anyShare, anyWeights } from '../../support/arbitraries.ts';
import { naiveTerms } from './naiveMargin.ts';

const FIVE_PERCENT = everyMarket('0.05');
const FAR = 10n ** 60n;
type RatioOf = (market: string) => Rate;

const anyRatios: fc.Arbitrary<RatioOf> = fc
  .tuple(anyShare, anyShare, anyShare)
  .map((ratios) => (market) => ratios[PERPS.indexOf(market as 'SOL-PERP')] ?? rate(0n));

const pricesOf = (account: AccountText, oracles: Readonly<Record<string, string>>) =>
  liquidationPrices(accountOf(account), oraclesOf(oracles), FIVE_PERCENT, WEIGHTS);
const row = (asset: string, found: Partial<Record<'above' | 'below', string>>, already = false) => ({
  asset,
  above: found.above === undefined ? null : parsePrice(found.above),
  below: found.below === undefined ? null : parsePrice(found.below),
  already,
});

/** The first price from `safe` towards `end` at which `fatal`, found by halving; undefined where `end` is safe too. */
function bisected(safe: bigint, end: bigint, fatal: (at: bigint) => boolean): bigint | undefined {
  if (!fatal(end)) return undefined;
  let [good, bad] = [safe, end];
  while (good - bad > 1n || bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (fatal(middle)) bad = middle;
    else good = middle;
  }
  return bad;
}

/** Both directions, searched for and not solved. */
function searched(
  asset: string,
  account: Account,
  oracles: OraclePrices,
  ratioOf: RatioOf,
  weights: CollateralWeights,
): AssetLiquidation {
  const fatal = (at: bigint): boolean =>
    liquidatable(maintenanceTerms(account, { ...oracles, [asset]: price(at) }, ratioOf, weights));
  const today = oracles[asset] ?? price(0n);
  const found = (at: bigint | undefined) => (at === undefined ? null : price(at));
  if (!fatal(today)) {
    const above = found(bisected(today, FAR, fatal));
    return { asset, above, below: found(bisected(today, 1n, fatal)), already: false };
  }
  // Where today is fatal, the border is looked for from the safe end, if there is one.
  const above = fatal(1n) ? null : found(bisected(1n, today, fatal));
  const below = fatal(FAR) ? null : found(bisected(FAR, today, fatal));
  return { asset, above, below, already: true };
}

const assetsHeld = ({ spot, perps }: Account): readonly string[] =>
  ASSETS.filter(
    (asset) =>
      (asset === 'SOL' && spot !== 0n) || perps.some((held) => held.asset === asset && held.size !== 0n),
  );

describe('the liquidation prices of an account', () => {
  it('are what a search of all prices in both directions finds, for any account', () => {
    let [reached, safe, gone] = [0, 0, 0];
    fc.assert(
      fc.property(anyAccount, anyOracles, anyRatios, anyWeights, (account, oracles, ratioOf, weights) => {
        const found = liquidationPrices(account, oracles, ratioOf, weights);
        const expected = assetsHeld(account).map((asset) =>
          searched(asset, account, oracles, ratioOf, weights),
        );
        expect(found.toSorted((a, b) => a.asset.localeCompare(b.asset))).toEqual(
          expected.toSorted((a, b) => a.asset.localeCompare(b.asset)),
        );
        for (const { above, below, already } of found) {
          if (above === null && below === null) safe += 1;
          else if (already) gone += 1;
          else reached += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect([reached, safe, gone].every((times) => times > 0)).toBe(true);
  });

  it('are the borders that every price of a small world shows, with the terms worked out as fractions', () => {
    const few = (most: number) => fc.integer({ min: -most, max: most }).map(BigInt);
    // Thousands of SOL at billionths of a dollar: a handful of prices crosses everything.
    const thousands = few(3).map((count) => base(count * 10n ** 12n));
    const anySmall = fc.record({
      cash: few(15).map((raw) => usd(raw)),
      spot: fc.constantFrom(0n, 0n, 1n, 2n).map((count) => base(count * 10n ** 12n)),
      perps: fc
        .tuple(thousands, few(15), thousands, few(15))
        .map(([first, firstQuote, second, secondQuote]) => [
          { ...flatPosition('SOL-PERP', 'SOL'), size: first, quote: usd(firstQuote) },
          { ...flatPosition('SOL-PERP-2', 'SOL'), size: second, quote: usd(secondQuote) },
        ]),
    });
    const ratios = fc.constantFrom('0', '0.05', '0.5', '1').map(everyMarket);
    const weights = fc.constantFrom(
      WEIGHTS,
      { ...WEIGHTS, cashLiability: parseRate('1.2') },
      { ...WEIGHTS, spotAssetMaintenance: parseRate('1') },
    );
    fc.assert(
      fc.property(
        anySmall,
        ratios,
        weights,
        fc.integer({ min: 1, max: 60 }),
        (account, ratioOf, weighing, today) => {
          const fatal = (at: number): boolean => {
            const { requirement, collateral } = naiveTerms(
              account,
              { SOL: price(BigInt(at)) },
              ratioOf,
              weighing.spotAssetMaintenance,
              weighing.cashLiability,
            );
            const left = collateral.minus(requirement).sign();
            return requirement.sign() > 0 ? left <= 0 : left < 0;
          };
          // At most 45 millionths against a slope of at least 0.05 × 1000 SOL: no border is over 900 billionths.
          const world = Array.from({ length: 1_000 }, (_, at) => at + 1);
          const changes = world.filter((at) => at > 1 && fatal(at) !== fatal(at - 1));
          const [change] = changes;
          const [found] = liquidationPrices(account, { SOL: price(BigInt(today)) }, ratioOf, weighing);
          if (found === undefined) {
            expect(account.spot === 0n && account.perps.every(({ size }) => size === 0n)).toBe(true);
            return;
          }
          expect(changes.length).toBeLessThanOrEqual(1);
          expect(found.already).toBe(fatal(today));
          const above = change !== undefined && fatal(change) ? price(BigInt(change)) : null;
          const below = change !== undefined && !fatal(change) ? price(BigInt(change - 1)) : null;
          expect(found).toMatchObject({ above, below });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a naked short is above, of a naked long below', () => {
    // 100 cash + 150 − p = 0.05 p at p = 238.0952380952…; 100 + p − 150 = 0.05 p at p = 52.6315789473….
    expect(pricesOf({ cash: '100', perps: [{ size: '-1', quote: '150' }] }, { SOL: '150' })).toEqual([
      row('SOL', { above: '238.095238096' }),
    ]);
    expect(pricesOf({ cash: '100', perps: [{ size: '1', quote: '-150' }] }, { SOL: '150' })).toEqual([
      row('SOL', { below: '52.631578947' }),
    ]);
  });

  it('of a hedge is far above, since what the short requires grows and the deposit weighs less', () => {
    // 1500 + 100 + 9 p − 10 p = 0.5 p at p = 1066.6666666….
    const hedged = { cash: '100', spot: '10', perps: [{ size: '-10', quote: '1500' }] };
    expect(pricesOf(hedged, { SOL: '150' })).toEqual([row('SOL', { above: '1066.666666667' })]);
  });

  it('count all positions of an asset together, and the deposit with them', () => {
    const perps = [
      { market: 'SOL-PERP', size: '-10', quote: '1500' },
      { market: 'SOL-PERP-2', size: '6', quote: '-900' },
    ];
    // 100 + 9 p − 10 p + 1500 + 6 p − 900 = 0.8 p has no root: 700 + 4.2 p is left at every price.
    expect(pricesOf({ cash: '100', spot: '10', perps }, { SOL: '150' })).toEqual([row('SOL', {})]);
    // Without the deposit 700 − 4 p = 0.8 p at p = 145.8333333….
    expect(pricesOf({ cash: '100', perps }, { SOL: '140' })).toEqual([
      row('SOL', { above: '145.833333334' }),
    ]);
  });

  it('name the price of SOL at which a deposit no longer backs a short in BTC, and the other way round', () => {
    const backed = { spot: '10', perps: [{ market: 'BTC-PERP', size: '-0.02', quote: '1800' }] };
    // 9 p + 1800 − 1800 = 5 % of 1800 at p = 10; 9 × 150 + 1800 − 0.02 p = 0.001 p at p = 150000.
    expect(pricesOf(backed, { SOL: '150', BTC: '90000' })).toEqual([
      row('SOL', { below: '10' }),
      row('BTC', { above: '150000' }),
    ]);
  });

  it('of a borrow against SOL is below, and of cash or of a flat position there is none', () => {
    // 0.9 p = 90 at p = 100: covered to the cent is liquidated.
    expect(pricesOf({ cash: '-90', spot: '1' }, { SOL: '150' })).toEqual([row('SOL', { below: '100' })]);
    expect(pricesOf({ cash: '100', spot: '1' }, { SOL: '150' })).toEqual([row('SOL', {})]);
    expect(pricesOf({ cash: '100' }, {})).toEqual([]);
    expect(pricesOf({ cash: '-100', perps: [{ size: '0', quote: '5' }] }, { SOL: '150' })).toEqual([]);
  });

  it('of an account that is liquidatable already say where the price would have to go back to', () => {
    // 100 + 50 − p = 0.05 p at p = 142.857142857…; 100 + p − 150 = 0.05 p at p = 52.631578947….
    expect(pricesOf({ cash: '100', perps: [{ size: '-1', quote: '50' }] }, { SOL: '150' })).toEqual([
      row('SOL', { above: '142.857142858' }, true),
    ]);
    expect(pricesOf({ cash: '100', perps: [{ size: '1', quote: '-150' }] }, { SOL: '50' })).toEqual([
      row('SOL', { below: '52.631578947' }, true),
    ]);
    expect(pricesOf({ cash: '-100', perps: [{ size: '-1', quote: '50' }] }, { SOL: '150' })).toEqual([
      row('SOL', {}, true),
    ]);
  });

  it('need requirement to be covered with something left, and no requirement only to be covered', () => {
    const unit = { cash: '0.000001', perps: [{ size: '-1000', quote: '0' }] };
    // At a ratio of 0 a short of 1000 against 0.000001 is covered at 0.000000001, and not a billionth higher.
    const free = liquidationPrices(accountOf(unit), oraclesOf({ SOL: '1' }), everyMarket('0'), WEIGHTS);
    expect(free).toEqual([row('SOL', { above: '0.000000002' }, true)]);
    // At 25 % a short of 800 against 0.000002: 1000 p = 0.000002 at p = 0.000000002, which is fatal itself.
    const margin = liquidationPrices(
      accountOf({ ...unit, cash: '0.000002', perps: [{ size: '-800', quote: '0' }] }),
      oraclesOf({ SOL: '1' }),
      everyMarket('0.25'),
      WEIGHTS,
    );
    expect(margin).toEqual([row('SOL', { above: '0.000000002' }, true)]);
  });

  it('are none where only the price of nothing would be left on the safe side', () => {
    // Shorts that the lowest price, a billionth of a dollar, liquidates too; a long that no price above zero does.
    expect(pricesOf({ perps: [{ size: '-1' }] }, { SOL: '150' })).toEqual([row('SOL', {}, true)]);
    expect(pricesOf({ cash: '0.000001', perps: [{ size: '-1000' }] }, { SOL: '1' })).toEqual([
      row('SOL', {}, true),
    ]);
    expect(pricesOf({ perps: [{ size: '1' }] }, { SOL: '150' })).toEqual([row('SOL', {})]);
    expect(
      liquidationPrice(accountOf({ perps: [{ size: '-1' }] }), 'SOL', {}, FIVE_PERCENT, WEIGHTS),
    ).toEqual({
      price: 0n,
      side: 'above',
    });
  });

  it('refuse to guess an oracle that is missing', () => {
    const stale: unknown = expect.objectContaining({ code: 'STALE_PRICE', details: { asset: 'SOL' } });
    expect(() => pricesOf({ cash: '100', perps: [{ size: '-1', quote: '150' }] }, {})).toThrow(stale);
  });
});
