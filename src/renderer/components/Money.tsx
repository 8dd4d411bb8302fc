import { Figure } from './Figure.tsx';

export interface MoneyProps {
  /** US dollars as a decimal string; null where there is none. */
  readonly usd: string | null;
  /** Digits behind the point: 2 for amounts, more for prices. */
  readonly decimals?: number;
  /** Writes "+" before a gain. */
  readonly signed?: boolean;
  /** Characters kept for it; see Figure. */
  readonly reserve?: number;
}

/** An amount or a price in US dollars: "$1,234.50", "−$0.07". Rounded for the eye only; hovering shows it exactly. */
export function Money({ usd, decimals = 2, signed = false, reserve }: MoneyProps) {
  return <Figure amount={usd} unit="$" decimals={decimals} signed={signed} reserve={reserve} />;
}
