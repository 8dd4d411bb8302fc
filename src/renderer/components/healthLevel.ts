import type { Role } from '../theme/palette.ts';

export type HealthLevel = 'safe' | 'watch' | 'danger';

/** Percent of health under which the trader is told to watch, and under which the account is in danger. */
export interface HealthThresholds {
  readonly watchBelow: number;
  readonly dangerBelow: number;
}

export const HEALTH_THRESHOLDS: HealthThresholds = { watchBelow: 50, dangerBelow: 20 };

/** Exactly at a threshold is the better side of it. */
export function healthLevel(health: number, thresholds: HealthThresholds = HEALTH_THRESHOLDS): HealthLevel {
  if (health < thresholds.dangerBelow) return 'danger';
  return health < thresholds.watchBelow ? 'watch' : 'safe';
}

export const HEALTH_LOOKS: Readonly<Record<HealthLevel, { readonly word: string; readonly role: Role }>> = {
  safe: { word: 'Safe', role: 'long' },
  watch: { word: 'Watch', role: 'warn' },
  danger: { word: 'Danger', role: 'danger' },
};
