import type { LogData } from '../contract/eventEntry.ts';
import { dollarWords, sizeWords } from './amountWords.ts';
import { textIn } from './logText.ts';

/** What the engine decided, and why. */
export function decisionSentence(data: LogData): string {
  const action = textIn(data, 'action');
  const because = textIn(data, 'because');
  if (action === 'trade') return tradeSentence(data);
  const lead = LEADS[action];
  return lead === undefined ? because : `${lead}: ${because}`;
}

/** What stands before a reason that does not say by itself what was done. */
const LEADS: Readonly<Record<string, string>> = {
  wait: 'Waiting to enter',
  skip: 'No correction',
  finishLeg: 'Completing the second leg',
  undoLeg: 'Undoing the first leg',
  incomplete: 'An order was not filled whole',
  resolved: 'The outcome is known',
  enter: 'Entering',
  exit: 'Leaving',
};

const PURPOSES: Readonly<Record<string, string>> = {
  enter: 'Opening both legs',
  exit: 'Closing both legs',
  correct: 'Correcting the hedge',
  finishLeg: 'Completing the second leg',
  undoLeg: 'Undoing the first leg',
  deleverage: 'Reducing both legs',
  flatten: 'SOS: closing both legs',
};

/** "Opening both legs: buy 4.9 SOL, sell 4.9 SOL-PERP. Expected cost $1.21." */
function tradeSentence(data: LogData): string {
  const legs = ['1', '2'].flatMap((i) => {
    const market = textIn(data, `market${i}`);
    return market === ''
      ? []
      : [`${textIn(data, `side${i}`)} ${sizeWords(textIn(data, `size${i}`), market)}`];
  });
  const cost = textIn(data, 'cost');
  const costs = cost === '' ? '' : ` Expected cost ${dollarWords(cost)}.`;
  return `${PURPOSES[textIn(data, 'purpose')] ?? 'Trading'}: ${legs.join(', ')}.${costs}`;
}
