import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Account, OraclePrices } from '../../../src/main/domain/account.ts';
import { liquidationPrices } from '../../../src/main/domain/liquidation.ts';
import type { Market } from '../../../src/main/domain/market.ts';
import { flatPosition } from '../../../src/main/domain/position.ts';
import { liquidate } from '../../../src/main/venues/paper/liquidation.ts';
import { parseBase, parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { base, price, rate, usd } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf } from '../../support/accounts.ts';
import { ASSETS } from '../../support/arbitraries.ts';
import { Fraction, rateOf } from '../../support/fraction.ts';

const FIVE_PERCENT = everyMarket('0.05');

describe('a computed liquidation price on the paper venue', () => {
  const perp = (asset: string): readonly [string, Market] => [
    `${asset}-PERP`,
    {
      symbol: `${asset}-PERP`,
      kind: 'perp',
      asset,
      tick: parsePrice('0.001'),
      lot: parseBase('0.001'),
      minimum: parseBase('0.001'),
      initialMargin: parseRate('0.1'),
      maintenanceMargin: parseRate('0.05'),
      takerFee: rate(0n),
      makerFee: rate(0n),
    },
  ];
  const markets = new Map(ASSETS.map(perp));
  const liquidatesAt = (account: Account, oracles: OraclePrices): boolean =>
    liquidate({
      t: 0,
      holdings: { account, wallet: base(0n) },
      oracles,
      maintenanceRatioOf: FIVE_PERCENT,
      weights: WEIGHTS,
      markets,
      penalty: parseRate('0.025'),
    }).length > 0;

  it('[R1.4] liquidates for each asset that has one, and not a billionth of a dollar before', () => {
    const thousandths = (most: number) => fc.integer({ min: 1, max: most }).map((raw) => BigInt(raw));
    const short = fc.boolean().map((is) => (is ? -1n : 1n));
    fc.assert(
      fc.property(
        thousandths(100_000),
        thousandths(100_000),
        short,
        thousandths(500),
        short,
        thousandths(50_000),
        (spot, sol, solSide, btc, btcSide, cash) => {
          const oracles = oraclesOf({ SOL: '150', BTC: '90000' });
          const entered = (size: bigint, at: bigint) => usd(-size * at * 1_000n);
          const account: Account = {
            cash: usd(cash * 1_000_000n),
            spot: base(spot * 1_000_000n),
            perps: [
              {
                ...flatPosition('SOL-PERP', 'SOL'),
                size: base(solSide * sol * 1_000_000n),
                quote: entered(solSide * sol, 150n),
              },
              {
                ...flatPosition('BTC-PERP', 'BTC'),
                size: base(btcSide * btc * 1_000_000n),
                quote: entered(btcSide * btc, 90_000n),
              },
            ],
          };
          for (const { asset, above, below, already } of liquidationPrices(
            account,
            oracles,
            FIVE_PERCENT,
            WEIGHTS,
          )) {
            expect(liquidatesAt(account, oracles)).toBe(already);
            for (const [border, away] of [
              [above, -1n],
              [below, 1n],
            ] as const) {
              if (border === null) continue;
              expect(liquidatesAt(account, { ...oracles, [asset]: border })).toBe(true);
              expect(liquidatesAt(account, { ...oracles, [asset]: price(border + away) })).toBe(false);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a hedge is where requirement and collateral cross, as a fraction', () => {
    // 1 SOL held, 1 SOL short from 150, c cash: c + 150 + 0.9 p − p = 0.05 p at p = (c + 150) / 0.15.
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (cents) => {
        const account = {
          ...accountOf({ spot: '1', perps: [{ size: '-1', quote: '150' }] }),
          cash: usd(BigInt(cents) * 10_000n),
        };
        const root = new Fraction(BigInt(cents), 100n)
          .plus(new Fraction(150n))
          .over(rateOf(parseRate('0.15')));
        const [found] = liquidationPrices(account, oraclesOf({ SOL: '150' }), FIVE_PERCENT, WEIGHTS);
        expect(found?.above).toBe(root.times(new Fraction(10n ** 9n)).ceil());
        expect(found?.below).toBeNull();
      }),
    );
  });
});
