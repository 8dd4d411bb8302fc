import { NotADecimal, parseDecimal } from '../../../shared/money/decimal.ts';
import { BASE_DECIMALS, USD_DECIMALS } from '../../../shared/money/quantity.ts';
import { decimalProblem } from '../../components/decimalEntry.ts';

export type TransferAsset = 'USDC' | 'SOL';

const DECIMALS: Readonly<Record<TransferAsset, number>> = { USDC: USD_DECIMALS, SOL: BASE_DECIMALS };

/** What is wrong with an amount before the program is asked, in words; null where nothing is. */
export function transferProblem(asset: TransferAsset, text: string): string | null {
  const problem = decimalProblem(text);
  if (problem !== null) return problem;
  try {
    return parseDecimal(text, DECIMALS[asset]) > 0n ? null : 'Enter more than zero.';
  } catch (error) {
    if (error instanceof NotADecimal) return `${asset} has at most ${DECIMALS[asset]} decimals.`;
    throw error;
  }
}
