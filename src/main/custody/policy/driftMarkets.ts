import { formatDecimal } from '../../../shared/money/decimal.ts';

interface Token {
  readonly name: string;
  readonly decimals: number;
}

/** The spot markets that the app trades, by their number on Drift, which mainnet and devnet share. */
const SPOT_TOKENS: readonly Token[] = [
  { name: 'USDC', decimals: 6 },
  { name: 'SOL', decimals: 9 },
];

/** `12.5 USDC (market 0)`; of a market that isn't known here, the raw count. */
export function spotAmountWords(market: number, amount: bigint): string {
  const token = SPOT_TOKENS[market];
  return token === undefined
    ? `${amount} units (market ${market})`
    : `${formatDecimal(amount, token.decimals)} ${token.name} (market ${market})`;
}
