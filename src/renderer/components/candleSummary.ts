import type { CandleView } from '../../shared/contract/marketData.ts';
import { dayAndTime } from './clockText.ts';
import { figureText } from './figureText.ts';

/** A candle in a sentence, for those who don't see it. */
export function candleSummary(name: string, { t, open, high, low, close, volume }: CandleView): string {
  const [from, most, least, to] = [open, high, low, close].map((price) => figureText(price, '$', 3));
  return (
    `${name}. The latest that is closed, from ${dayAndTime(t)}: opened at ${from}, closed at ${to}, ` +
    `between ${least} and ${most}, volume ${figureText(volume, '', 2)}.`
  );
}
