import { formatBase, formatPrice } from '../../../shared/money/decimal.ts';
import { AppError } from '../../../shared/contract/appError.ts';
import type { Note, Numbers } from '../../engine/decision.ts';
import type { RefusedTrade } from '../../risk/trade.ts';

/** What of an order tells it from others. */
function orderNumbers({ trade }: RefusedTrade): Numbers {
  const [{ market, side, size, limitPrice }] = trade.legs;
  return { market, side, size: formatBase(size), limitPrice: formatPrice(limitPrice) };
}

/** A blocked trade is logged with its reason and the numbers that blocked it (R6.9). */
export function blockedNote(refused: RefusedTrade): Note {
  const [{ code, message, numbers }, ...others] = refused.reasons;
  const also = others.map((reason) => reason.code).join(' ');
  return {
    type: 'BLOCKED',
    code,
    because: message,
    numbers: {
      purpose: refused.trade.purpose,
      ...orderNumbers(refused),
      ...numbers,
      ...(also === '' ? {} : { also }),
    },
  };
}

/** The same for whoever asked. */
export function blockedError(refused: RefusedTrade): AppError {
  const [{ code, message, numbers }] = refused.reasons;
  return new AppError(code, message, { ...orderNumbers(refused), ...numbers });
}
