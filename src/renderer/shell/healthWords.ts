import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { HealthAlertView } from '../../shared/contract/healthAlert.ts';
import { dollarWords, sizeWords } from '../../shared/words/amountWords.ts';
import { healthLevel } from '../components/healthLevel.ts';

/** As much of an alert as a banner says. */
export type LowHealth = Pick<HealthAlertView, 'positions'> & { readonly isCritical: boolean };

/** Where each position is liquidated: "−62.4 SOL-PERP is liquidated above $183.20." */
export const healthWords = ({ positions }: Pick<HealthAlertView, 'positions'>): string =>
  positions
    .map(({ market, size, liquidationPrice, side }) => {
      const what = sizeWords(size, market);
      if (liquidationPrice === null) return `${what} has no liquidation price of its own.`;
      return `${what} is liquidated ${side ?? 'at'} ${dollarWords(liquidationPrice)}.`;
    })
    .join(' ');

/**
 * What is to be said of an account's health; null where nothing is. An alert is told once, at the crossing: who came later
 * has the figures alone.
 */
export function lowHealthOf(
  alert: HealthAlertView | null,
  funding: Pick<FundingUpdateData, 'health' | 'positions'> | null,
): LowHealth | null {
  if (alert !== null) return { positions: alert.positions, isCritical: alert.level === 'critical' };
  if (funding === null) return null;
  const level = healthLevel(funding.health);
  if (level === 'safe') return null;
  const positions = funding.positions.map(({ market, size, liquidationPrice }) => ({
    market,
    size,
    liquidationPrice,
    side: size.startsWith('-') ? ('above' as const) : ('below' as const),
  }));
  return { positions, isCritical: level === 'danger' };
}
