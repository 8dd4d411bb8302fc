import type { EventEntry, LogData } from '../contract/eventEntry.ts';
import { parseUsd } from '../money/decimal.ts';
import { dollarWords, fractionWords, sizeWords } from './amountWords.ts';
import { spanWords } from './durationWords.ts';
import { decisionSentence } from './decisionSentence.ts';
import { textIn } from './logText.ts';

/** One line of the event log as a sentence for a trader: what happened and why, with its numbers. */
export function sentenceOf({ type, data }: EventEntry): string {
  switch (type) {
    case 'DECISION':
      return decisionSentence(data);
    case 'BLOCKED':
      return blockedSentence(data);
    case 'ALERT':
      return textIn(data, 'because');
    case 'FILL':
      return fillSentence(data);
    case 'FUNDING':
      return fundingSentence(data);
    case 'INTEREST':
      return earnedOrPaid(data, 'interest', `on ${textIn(data, 'asset')}`);
    case 'COST':
      return costSentence(data);
    case 'TRANSFER':
      return transferSentence(data);
    case 'SETTLEMENT':
      return settlementSentence(data);
    case 'ADJUSTMENT':
      return adjustmentSentence(data);
    case 'OPENING':
      return `The vault opens with ${dollarWords(textIn(data, 'equity'))}.`;
    case 'CLOSING':
      return `The run ends with ${dollarWords(textIn(data, 'equity'))}.`;
    case 'VALUATION':
      return `The vault is worth ${dollarWords(textIn(data, 'equity'))}.`;
    default:
      return textIn(data, 'because') || type;
  }
}

function blockedSentence(data: LogData): string {
  const because = withNumbers(textIn(data, 'because'), blockedNumbers(data));
  const purpose = BLOCKED_PURPOSES[textIn(data, 'purpose') || textIn(data, 'action')];
  // The badge beside it says that it was blocked.
  return purpose === undefined ? because : `${purpose} was blocked: ${because}`;
}

/** The numbers that decided, where the reason doesn't say them itself. */
function blockedNumbers(data: LogData): readonly string[] {
  const dollars = (key: string): string => dollarWords(textIn(data, key));
  switch (textIn(data, 'code')) {
    case 'UNPROFITABLE': {
      const expected = leastExpected(data);
      return expected === '' || textIn(data, 'cost') === ''
        ? []
        : [`expected ${dollarWords(expected)}`, `cost ${dollars('cost')}`];
    }
    case 'STALE_PRICE':
      return textIn(data, 'oracle') === '' || textIn(data, 'mark') === ''
        ? []
        : [
            `oracle ${dollars('oracle')}`,
            `mark ${dollars('mark')}`,
            ...(textIn(data, 'ageMs') === '' ? [] : [`${spanWords(Number(textIn(data, 'ageMs')))} old`]),
          ];
    case 'HEALTH_TOO_LOW':
      return textIn(data, 'minHealth') === '' || textIn(data, 'healthAfterPct') === ''
        ? []
        : [`at least ${fractionWords(textIn(data, 'minHealth'), 0)} is kept`];
    case 'LEVERAGE_EXCEEDED':
      return textIn(data, 'exposure') === '' || textIn(data, 'equity') === ''
        ? []
        : [`exposure ${dollars('exposure')}`, `equity ${dollars('equity')}`];
    default:
      return [];
  }
}

/** What funding was expected to earn: of the average's and the current rate's the lower, which decides. */
function leastExpected(data: LogData): string {
  const byAverage = textIn(data, 'expectedByAverage');
  const byCurrent = textIn(data, 'expectedByCurrent');
  if (byAverage === '' || byCurrent === '') return textIn(data, 'expectedRevenue');
  return parseUsd(byAverage) < parseUsd(byCurrent) ? byAverage : byCurrent;
}

const withNumbers = (sentence: string, numbers: readonly string[]): string =>
  numbers.length === 0 ? sentence : `${sentence.replace(/\.$/, '')} (${numbers.join(', ')}).`;

const BLOCKED_PURPOSES: Readonly<Record<string, string>> = {
  manual: 'An order by hand',
  enter: 'Opening both legs',
  exit: 'Closing both legs',
  correct: 'A correction of the hedge',
  finishLeg: 'Completing the second leg',
  undoLeg: 'Undoing the first leg',
  deleverage: 'Reducing both legs',
  flatten: 'Closing both legs for SOS',
  deposit: 'A deposit',
  withdraw: 'A withdrawal',
};

function fillSentence(data: LogData): string {
  const what = textIn(data, 'side') === 'buy' ? 'Bought' : 'Sold';
  const fee = textIn(data, 'fee');
  const cost = fee.startsWith('-') ? `rebate ${dollarWords(fee.slice(1))}` : `fee ${dollarWords(fee)}`;
  const price = dollarWords(textIn(data, 'price'));
  return `${what} ${sizeWords(textIn(data, 'size'), textIn(data, 'market'))} at ${price}, ${cost}.`;
}

function fundingSentence(data: LogData): string {
  const rate = fractionWords(textIn(data, 'rate'), 4);
  return earnedOrPaid(data, 'funding', `on ${textIn(data, 'market')} at ${rate} an hour`);
}

function earnedOrPaid(data: LogData, what: string, where: string): string {
  const amount = textIn(data, 'amount');
  const verb = amount.startsWith('-') ? 'Paid' : 'Earned';
  return `${verb} ${amountOf(data, amount.replace('-', ''))} ${what} ${where}.`;
}

function costSentence(data: LogData): string {
  const amount = amountOf(data, textIn(data, 'amount'));
  const kind = textIn(data, 'kind');
  if (kind === 'keeper') return `Paid ${amount} to the keeper that looked after an order.`;
  if (kind === 'liquidation') return `Paid ${amount} as the penalty of a liquidation.`;
  return kind === 'tip' ? `Paid ${amount} as a tip for the block.` : `Paid ${amount} for gas.`;
}

/** What was accepted although nothing explains it. */
function adjustmentSentence(data: LogData): string {
  const [amount, market] = [textIn(data, 'amount'), textIn(data, 'market')];
  const [size, way] = amount.startsWith('-') ? [amount.slice(1), 'less'] : [amount, 'more'];
  const what = ((): string => {
    switch (textIn(data, 'account')) {
      case 'cash':
        return `${dollarWords(size)} ${way} in cash`;
      case 'spot':
        return `${sizeWords(size, 'SOL')} ${way} in the sub-account`;
      case 'wallet':
        return `${sizeWords(size, 'SOL')} ${way} in the wallet`;
      case 'quote':
        return `${dollarWords(size)} ${way} owed for ${market}`;
      default:
        return `${sizeWords(size, market)} ${way} held`;
    }
  })();
  return `You accepted what nothing explains: ${what}.`;
}

function transferSentence(data: LogData): string {
  const amount = textIn(data, 'amount');
  if (textIn(data, 'of') === 'wallet')
    return amount.startsWith('-')
      ? `${amountOf(data, amount.slice(1))} left the wallet.`
      : `${amountOf(data, amount)} came into the wallet.`;
  return amount.startsWith('-')
    ? `You withdrew ${amountOf(data, amount.slice(1))}.`
    : `You deposited ${amountOf(data, amount)}.`;
}

function settlementSentence(data: LogData): string {
  const amount = textIn(data, 'amount');
  const result = amount.startsWith('-') ? `a loss of ${dollarWords(amount.slice(1))}` : dollarWords(amount);
  return `Settled ${result} of ${textIn(data, 'market')} into collateral; equity is unchanged.`;
}

/** Entries of an asset have `asset`; those of funding are dollars. */
function amountOf(data: LogData, amount: string): string {
  return textIn(data, 'asset') === 'SOL' ? sizeWords(amount, 'SOL') : dollarWords(amount);
}
