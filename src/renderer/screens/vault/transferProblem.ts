import { NotADecimal, parseDecimal } from '../../../shared/money/decimal.ts';
import { BASE_DECIMALS, USD_DECIMALS } from '../../../shared/money/quantity.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';
import { figureText } from '../../components/figureText.ts';

export type TransferAsset = 'USDC' | 'SOL';

const DECIMALS: Readonly<Record<TransferAsset, number>> = { USDC: USD_DECIMALS, SOL: BASE_DECIMALS };

/** What is wrong with an amount before the program is asked, in words; null where nothing is. */
export function transferProblem(asset: TransferAsset, text: string): string | null {
  const problem = decimalProblem(text);
  if (problem !== null) return problem;
  try {
    return parseDecimal(tidied(text), DECIMALS[asset]) > 0n ? null : 'Enter more than zero.';
  } catch (error) {
    if (error instanceof NotADecimal)
      return `Use at most ${DECIMALS[asset]} decimals, and no zeros in front.`;
    throw error;
  }
}

/** A right amount as it will be sent, for the eye: "1,500.00 USDC". All its digits are shown. */
export function amountWords(asset: TransferAsset, text: string): string {
  const amount = tidied(text);
  const typed = amount.split('.')[1]?.length ?? 0;
  return figureText(amount, asset, Math.max(asset === 'USDC' ? 2 : 0, typed));
}
