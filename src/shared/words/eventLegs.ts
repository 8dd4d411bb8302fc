import type { LogData } from '../contract/eventEntry.ts';
import { dollarWords, sizeWords } from './amountWords.ts';
import type { EventNumber } from './eventNumbers.ts';
import { textIn } from './logText.ts';

const LEGS = ['1', '2'] as const;
const NAMES = { 1: 'First leg', 2: 'Second leg' } as const;

/** What the legs of a trade are written with: `market1`, `side1`, `size1`, `limit1`, and the same of the second. */
export const LEG_KEYS: ReadonlySet<string> = new Set(
  LEGS.flatMap((leg) => ['market', 'side', 'size', 'limit'].map((part) => `${part}${leg}`)),
);

/** The legs of a trade, each as one reading: "buy 2.984 SOL, limit $150.75". */
export function legsOf(data: LogData): readonly EventNumber[] {
  const legs = LEGS.filter((leg) => textIn(data, `market${leg}`) !== '');
  return legs.map((leg) => {
    const limit = textIn(data, `limit${leg}`);
    const order = `${textIn(data, `side${leg}`)} ${sizeWords(textIn(data, `size${leg}`), textIn(data, `market${leg}`))}`;
    return {
      name: legs.length === 1 ? 'Order' : NAMES[leg],
      text: limit === '' ? order : `${order}, limit ${dollarWords(limit)}`,
    };
  });
}
