import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, OraclePrices } from '../../../src/main/domain/account.ts';
import { healthPct, liquidatable, maintenanceTerms } from '../../../src/main/domain/margin.ts';
import {
  UNWATCHED,
  positionLiquidations,
  watchHealth,
  type HealthAlert,
  type HealthMemory,
  type WatchedHealth,
} from '../../../src/main/risk/healthAlerts.ts';
import { parsePrice } from '../../../src/shared/money/decimal.ts';
import { RATE_ONE, base, price, usd } from '../../../src/shared/money/quantity.ts';
import { WEIGHTS, accountOf, everyMarket, oraclesOf } from '../../support/accounts.ts';
import { NOW, riskSettings } from './gateCase.ts';

const LIMITS = riskSettings();
const FIVE = everyMarket('0.05');
const MINUTE = 60_000;

/** Health of so many percent, exactly: a requirement against a collateral of 100. */
const atHealth = (pct: number): WatchedHealth => ({
  ...SHORT,
  maintenance: { requirement: 100_000n - BigInt(Math.round(pct * 1_000)), collateral: 100_000n },
});

const seen = (account: Account, oracles: OraclePrices): WatchedHealth => ({
  maintenance: maintenanceTerms(account, oracles, FIVE, WEIGHTS),
  account,
  oracles,
  ratioOf: FIVE,
  weights: WEIGHTS,
});

/** Short ten at 100 on $500 of cash. */
const SHORT = seen(
  accountOf({ cash: '500', perps: [{ size: '-10', quote: '1000' }] }),
  oraclesOf({ SOL: '100' }),
);

/** The alerts of a series of healths in percent, a minute apart. */
function heard(...healths: readonly number[]): readonly string[] {
  let memory: HealthMemory = UNWATCHED;
  const kinds: string[] = [];
  for (const [i, pct] of healths.entries()) {
    const look = watchHealth(memory, atHealth(pct), LIMITS, NOW + i * MINUTE);
    memory = look.memory;
    kinds.push(...look.alerts.map(({ kind }) => `${kind} ${pct}`));
  }
  return kinds;
}

const first = (watched: WatchedHealth): HealthAlert | undefined =>
  watchHealth(UNWATCHED, watched, LIMITS, NOW).alerts[0];

describe('alerts about health', () => {
  it('[R2.4] warn under 50 %, not at it', () => {
    expect(heard(50)).toEqual([]);
    expect(heard(49.999)).toEqual(['warning 49.999']);
  });

  it('[R2.5] are critical under 20 %, not at it', () => {
    expect(heard(20)).toEqual(['warning 20']);
    expect(heard(19.999)).toEqual(['critical 19.999']);
  });

  it('[R2.4] are said once, however long it lasts and however it moves about the limit', () => {
    expect(heard(60, 49.9, 49.5, 50.1, 49.9, 51.9, 30, 45)).toEqual(['warning 49.9']);
    expect(heard(19, 21.9, 19.9, 21, 5)).toEqual(['critical 19']);
  });

  it('[R2.4] [R2.5] escalate, ease and end, each with its own word', () => {
    expect(heard(80, 45, 19, 21.9, 22, 51.9, 52)).toEqual([
      'warning 45',
      'critical 19',
      'eased 22',
      'over 52',
    ]);
  });

  it('end at once where health has jumped back, and begin anew at the next crossing', () => {
    expect(heard(10, 90, 49, 15)).toEqual(['critical 10', 'over 90', 'warning 49', 'critical 15']);
  });

  it('say again after a restart what still lasts, and nothing where all is well', () => {
    expect(first(atHealth(30))?.kind).toBe('warning');
    expect(first(atHealth(70))).toBeUndefined();
  });

  it('say when it is over, and how long it took', () => {
    const { memory } = watchHealth(UNWATCHED, atHealth(30), LIMITS, NOW);
    const { alerts } = watchHealth(memory, atHealth(75.25), LIMITS, NOW + 14 * MINUTE);
    expect(alerts).toMatchObject([
      { kind: 'over', healthPct: 75.25, positions: [], because: 'Health is back at 75.25 % after 14 min.' },
    ]);
  });

  it('[R2.5] name the liquidation price of each position', () => {
    const account = accountOf({
      cash: '-1000',
      spot: '20',
      perps: [
        { size: '-10', quote: '1000' },
        { market: 'BTC-PERP', size: '0.1', quote: '-6000' },
        { market: 'ETH-PERP', size: '0', quote: '0' },
      ],
    });
    const oracles = oraclesOf({ SOL: '68', BTC: '60000', ETH: '3000' });
    const watched = seen(account, oracles);
    expect(healthPct(watched.maintenance)).toBeLessThan(20);
    const alert = first(watched);
    expect(alert?.kind).toBe('critical');
    expect(alert?.positions.map(({ market, side }) => [market, side])).toEqual([
      ['SOL', 'below'],
      ['SOL-PERP', 'below'],
      ['BTC-PERP', 'below'],
    ]);
    for (const { market, price: at } of alert?.positions ?? []) {
      if (at === null) throw new Error(`no price of ${market}`);
      const asset = market.replace('-PERP', '');
      const dead = (p: bigint) =>
        liquidatable(maintenanceTerms(account, { ...oracles, [asset]: price(p) }, FIVE, WEIGHTS));
      expect([dead(at), dead(at + 1n)]).toEqual([true, false]);
      expect(alert?.because).toContain(`${market} is liquidated at `);
    }
  });

  it('name no price that is not known, and are raised all the same', () => {
    const blind = { ...atHealth(10), oracles: {} };
    expect(first(blind)).toMatchObject({
      kind: 'critical',
      positions: [{ market: 'SOL-PERP', price: null, side: null }],
    });
    expect(first(blind)?.because).toContain('none is known');
  });

  it('carry numbers for the event log', () => {
    expect(first(atHealth(10))?.numbers).toEqual({
      healthPct: 10,
      limit: '0.2',
      'liquidation SOL-PERP': '142.857142858',
    });
  });
});

describe('the liquidation prices of positions', () => {
  /** Health of an account at a price of one asset, in fractions: independent of the formulas above. */
  const surplusAt = (account: Account, oracles: Readonly<Record<string, number>>): number => {
    const sol = oracles['SOL'] ?? 0;
    const cash = Number(account.cash) / 1e6;
    const spot = Number(account.spot) / 1e9;
    let collateral = (cash > 0 ? cash : 0) + spot * sol * 0.9;
    let requirement = cash < 0 ? -cash : 0;
    for (const { asset, size, quote } of account.perps) {
      const worth = (Number(size) / 1e9) * (oracles[asset] ?? 0);
      collateral += worth + Number(quote) / 1e6;
      requirement += Math.abs(worth) * 0.05;
    }
    return collateral - requirement;
  };

  it('[R2.5] are where bisection finds health to be gone, spot SOL moving with SOL', () => {
    const size = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(
        fc.record({
          cash: fc.integer({ min: -5_000, max: 50_000 }),
          spot: fc.nat({ max: 300 }),
          sol: size.filter((n) => n !== 0),
          eth: size,
        }),
        ({ cash, spot, sol, eth }) => {
          const account: Account = {
            cash: usd(BigInt(cash) * 1_000_000n),
            spot: base(BigInt(spot) * 1_000_000_000n),
            perps: accountOf({
              perps: [
                { size: String(sol), quote: String(-sol * 100) },
                { market: 'ETH-PERP', size: String(eth / 10), quote: String(-eth * 200) },
              ],
            }).perps,
          };
          const oracles = { SOL: 100, ETH: 2_000 };
          const found = positionLiquidations({
            account,
            oracles: { SOL: parsePrice('100'), ETH: parsePrice('2000') },
            ratioOf: FIVE,
            weights: WEIGHTS,
          }).find(({ market }) => market === 'SOL-PERP');
          if (found === undefined) throw new Error('SOL-PERP is open, and not among the positions');
          const safeAt = (at: number) => surplusAt(account, { ...oracles, SOL: at }) > 0;
          const TOP = 10_000_000;
          let [low, high] = [1e-9, TOP];
          if (safeAt(low) === safeAt(high)) {
            const near = found.price === null ? 0 : Number(found.price) / 1e9;
            expect(near === 0 || near < 1e-8 || near > TOP * 0.99).toBe(true);
            return;
          }
          const rises = safeAt(high);
          for (let i = 0; i < 200; i += 1) {
            const middle = (low + high) / 2;
            if (safeAt(middle) === rises) high = middle;
            else low = middle;
          }
          expect(found.side).toBe(rises ? 'below' : 'above');
          expect(Math.abs(Number(found.price) / 1e9 - low)).toBeLessThan(1e-6 * Math.max(1, low));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of every health there is, exactly one level follows, whatever was before', () => {
    const level = fc.constantFrom('fine' as const, 'warning' as const, 'critical' as const);
    fc.assert(
      fc.property(level, fc.integer({ min: 0, max: 100_000 }), (before, thousandths) => {
        const look = watchHealth({ level: before, since: NOW }, atHealth(thousandths / 1_000), LIMITS, NOW);
        const pct = (Number(RATE_ONE) * thousandths) / 1_000 / Number(RATE_ONE);
        const critical = pct < 20 || (before === 'critical' && pct < 22);
        const low = pct < 50 || (before !== 'fine' && pct < 52);
        const expected = critical ? 'critical' : low && pct < 100 ? 'warning' : 'fine';
        expect(look.memory.level).toBe(expected);
        expect(look.alerts).toHaveLength(expected === before ? 0 : 1);
      }),
    );
  });
});
