import type { HealthAlertView } from '../../shared/contract/healthAlert.ts';
import { dollarWords, sizeWords } from '../../shared/words/amountWords.ts';

/** Where each position is liquidated: "−62.4 SOL-PERP is liquidated above $183.20." */
export const healthWords = ({ positions }: Pick<HealthAlertView, 'positions'>): string =>
  positions
    .map(({ market, size, liquidationPrice, side }) => {
      const what = sizeWords(size, market);
      if (liquidationPrice === null) return `${what} has no liquidation price of its own.`;
      return `${what} is liquidated ${side === null ? 'at' : side} ${dollarWords(liquidationPrice)}.`;
    })
    .join(' ');
