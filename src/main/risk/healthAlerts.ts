import { formatBase, formatPrice, formatRate } from '../../shared/money/decimal.ts';
import { rate, type Base, type Price, type Rate } from '../../shared/money/quantity.ts';
import { SPOT_ASSET, type Account, type CollateralWeights, type OraclePrices } from '../domain/account.ts';
import { liquidationPrices, type AssetLiquidation } from '../domain/liquidation.ts';
import { healthBelow, healthPct, type MarginRatioOf, type MarginTerms } from '../domain/margin.ts';
import type { RiskSettings } from './riskSettings.ts';

/** How bad it stands. */
export type HealthLevel = 'fine' | 'warning' | 'critical';

/** What is remembered between two looks. Plain data. */
export interface HealthMemory {
  readonly level: HealthLevel;
  /** When that began, Unix ms; null before the first look. */
  readonly since: number | null;
}

export const UNWATCHED: HealthMemory = { level: 'fine', since: null };

/** The account as the venue shows it: health by its own terms, and what liquidation prices are worked out from. */
export interface WatchedHealth {
  readonly maintenance: MarginTerms;
  readonly account: Account;
  readonly oracles: OraclePrices;
  /** Maintenance ratio by market, as it weighs on these positions. */
  readonly ratioOf: MarginRatioOf;
  readonly weights: CollateralWeights;
  /** By the venue's own arithmetic; worked out by the plain formula where it gives none. */
  readonly liquidations?: readonly AssetLiquidation[];
}

/** Where a position is liquidated if only the price of its own asset moves. */
export interface PositionLiquidation {
  /** `SOL` for the deposit, which moves with the price of SOL-PERP. */
  readonly market: string;
  /** Signed. */
  readonly size: Base;
  /** Null where its price alone liquidates nothing, or isn't known. */
  readonly price: Price | null;
  /** On which side of the price danger lies. */
  readonly side: 'above' | 'below' | null;
}

/** What is told of health, once at each crossing. */
export interface HealthAlert {
  /** `eased`: no longer critical, still under the warning. `over`: fine again. */
  readonly kind: 'warning' | 'critical' | 'eased' | 'over';
  readonly healthPct: number;
  /** Of each position; empty once it is over. */
  readonly positions: readonly PositionLiquidation[];
  readonly because: string;
  /** For the event log. */
  readonly numbers: Readonly<Record<string, string | number>>;
}

export type HealthLimits = Pick<RiskSettings, 'warningHealth' | 'criticalHealth'>;

/** A level is left only once health is two points over its limit, so that it does not flicker around it. */
const EASE: Rate = rate(20_000_000_000n);

/**
 * Watches health: a warning, a critical alert, and their end, each once at its crossing (R2.4, R2.5). Going straight to
 * critical says only that, and what has lasted since before a restart is said again by the first look after it.
 */
export function watchHealth(
  memory: HealthMemory,
  watched: WatchedHealth,
  limits: HealthLimits,
  now: number,
): { readonly memory: HealthMemory; readonly alerts: readonly HealthAlert[] } {
  const level = levelOf(memory.level, watched.maintenance, limits);
  if (level === memory.level) return { memory: { level, since: memory.since ?? now }, alerts: [] };
  return { memory: { level, since: now }, alerts: [alertOf(memory, level, watched, limits, now)] };
}

/**
 * Liquidation prices of every open position and of the SOL deposit, all other prices as they are; by the maintenance
 * margin. Where an asset that is held has no oracle nothing can be worked out, and every price is null.
 */
export function positionLiquidations({
  account,
  oracles,
  ratioOf,
  weights,
  liquidations,
}: Omit<WatchedHealth, 'maintenance'>): readonly PositionLiquidation[] {
  const { spot } = account;
  const deposit = spot === 0n ? [] : [{ market: SPOT_ASSET, asset: SPOT_ASSET, size: spot }];
  const held = [...deposit, ...account.perps.filter(({ size }) => size !== 0n)];
  const known = [...held, ...account.perps].every(({ asset }) => oracles[asset] !== undefined);
  const found = known ? (liquidations ?? liquidationPrices(account, oracles, ratioOf, weights)) : [];
  return held.map(({ market, asset, size }) => ({
    market,
    size,
    ...borderOf(found.find((one) => one.asset === asset)),
  }));
}

function borderOf(found: AssetLiquidation | undefined): Pick<PositionLiquidation, 'price' | 'side'> {
  if (found === undefined) return { price: null, side: null };
  if (found.above !== null) return { price: found.above, side: 'above' };
  return found.below === null ? { price: null, side: null } : { price: found.below, side: 'below' };
}

function levelOf(before: HealthLevel, terms: MarginTerms, limits: HealthLimits): HealthLevel {
  const under = (limit: Rate, stays: boolean): boolean =>
    healthBelow(terms, stays ? rate(limit + EASE) : limit);
  if (under(limits.criticalHealth, before === 'critical')) return 'critical';
  return under(limits.warningHealth, before !== 'fine') ? 'warning' : 'fine';
}

function alertOf(
  { level: before, since }: HealthMemory,
  level: HealthLevel,
  watched: WatchedHealth,
  limits: HealthLimits,
  now: number,
): HealthAlert {
  const kind = kindOf(before, level);
  const health = Math.round(healthPct(watched.maintenance) * 100) / 100;
  const positions = kind === 'over' ? [] : positionLiquidations(watched);
  const numbers = {
    healthPct: health,
    limit: formatRate(level === 'critical' ? limits.criticalHealth : limits.warningHealth),
    ...Object.fromEntries(
      positions.flatMap(({ market, price }) =>
        price === null ? [] : [[`liquidation ${market}`, formatPrice(price)]],
      ),
    ),
  };
  const lasted = since === null ? 0 : Math.max(0, Math.round((now - since) / 60_000));
  return { kind, healthPct: health, positions, because: wordsOf(kind, health, positions, lasted), numbers };
}

function kindOf(before: HealthLevel, level: HealthLevel): HealthAlert['kind'] {
  if (level === 'fine') return 'over';
  return level === 'warning' && before === 'critical' ? 'eased' : level;
}

function wordsOf(
  kind: HealthAlert['kind'],
  health: number,
  positions: readonly PositionLiquidation[],
  minutes: number,
): string {
  const where = positions.map(positionWords).join('; ');
  switch (kind) {
    case 'over':
      return `Health is back at ${health} % after ${minutes} min.`;
    case 'eased':
      return `Health is ${health} %: no longer critical, and still low. ${where}.`;
    case 'warning':
      return `Health is ${health} %. ${where}.`;
    case 'critical':
      return `Health is critical: ${health} %. ${where}. Put in USDC or make positions smaller.`;
  }
}

function positionWords({ market, size, price, side }: PositionLiquidation): string {
  const what = `${formatBase(size)} ${market}`;
  if (price === null) return `${what}: no price of its own liquidates it, or none is known`;
  return `${what} is liquidated at ${formatPrice(price)} or ${side === 'above' ? 'higher' : 'lower'}`;
}
