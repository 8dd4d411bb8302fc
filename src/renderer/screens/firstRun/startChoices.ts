import { NotADecimal, parseUsd } from '../../../shared/money/decimal.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';

export type MarketKind = 'simulated' | 'recorded';

const LEAST = parseUsd('100');
const MOST = parseUsd('1000000');
const RANGE = 'Enter $100 to $1,000,000.';

/** What is wrong with a capital, in words; null where a paper vault takes it. */
export function capitalProblem(text: string): string | null {
  const problem = decimalProblem(text);
  if (problem !== null) return tidied(text) === '' ? RANGE : problem;
  try {
    const capital = parseUsd(tidied(text));
    return capital < LEAST || capital > MOST ? RANGE : null;
  } catch (error) {
    if (error instanceof NotADecimal) return 'Use at most 6 decimals, and no zeros in front.';
    throw error;
  }
}

/** What is wrong with a seed, in words. */
export function seedProblem(text: string): string | null {
  const seed = tidied(text);
  return /^\d{1,16}$/.test(seed) && Number.isSafeInteger(Number(seed))
    ? null
    : 'Enter a whole number from 0 to 9007199254740991.';
}

export const fileProblem = (file: File | null): string | null =>
  file === null ? 'Choose a file.' : file.size === 0 ? 'This file is empty.' : null;
