import { NotADecimal, parseUsd } from '../../../shared/money/decimal.ts';
import { decimalProblem } from '../../components/decimalEntry.ts';

export type MarketKind = 'simulated' | 'recorded';

const LEAST = parseUsd('100');
const MOST = parseUsd('1000000');
const RANGE = 'Enter $100 to $1,000,000.';

/** What is wrong with a capital, in words; null where a paper vault takes it. */
export function capitalProblem(text: string): string | null {
  const problem = decimalProblem(text);
  if (problem !== null) return text === '' ? RANGE : problem;
  try {
    const capital = parseUsd(text);
    return capital < LEAST || capital > MOST ? RANGE : null;
  } catch (error) {
    if (error instanceof NotADecimal) return 'Use at most 6 decimals, and no zeros in front.';
    throw error;
  }
}

/** What is wrong with a seed, in words. */
export function seedProblem(text: string): string | null {
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))
    ? null
    : 'Enter a whole number from 0 to 9007199254740991.';
}

export const fileProblem = (file: File | null): string | null =>
  file === null ? 'Choose a file.' : file.size === 0 ? 'This file is empty.' : null;
