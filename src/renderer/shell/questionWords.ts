import type { ConfirmationView } from '../../shared/contract/confirmation.ts';
import { dollarWords, sizeWords } from '../../shared/words/amountWords.ts';
import type { SettledConfirmation } from '../live/liveDesk.ts';

/** "sell 12.5 SOL-PERP, then buy 12.5 SOL, worth $1,820.00" */
export function tradeWords({ legs, worth }: Pick<ConfirmationView, 'legs' | 'worth'>): string {
  const trades = legs.map(({ market, side, size }) => `${side} ${sizeWords(size, market)}`);
  return `${trades.join(', then ')}, worth ${dollarWords(worth)}`;
}

/** What became of a question, for whoever was asked. */
export function settledWords({ confirmation, answer }: SettledConfirmation): string {
  const trade = tradeWords(confirmation);
  switch (answer) {
    case 'confirmed':
      return `Confirmed: ${trade}. Events tell what came of it.`;
    case 'used':
      return `Confirmed and sent: ${trade}. Events tell what came of it.`;
    case 'declined':
      return `Declined: ${trade}. It is not made.`;
    case 'expired':
      return `Time is over: ${trade} is not made. The engine asks again if it still wants to.`;
  }
}

/** Whole seconds that are left of a question; none once its time is over. */
export const secondsLeft = ({ expiresAt }: Pick<ConfirmationView, 'expiresAt'>, now: number): number =>
  Math.max(0, Math.ceil((expiresAt - now) / 1_000));
