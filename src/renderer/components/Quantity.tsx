import { Figure } from './Figure.tsx';

export interface QuantityProps {
  /** Whole units of the asset as a decimal string, a short below zero; null where there is none. */
  readonly size: string | null;
  /** The asset: "SOL". */
  readonly unit: string;
  /** Digits behind the point. */
  readonly decimals?: number;
  readonly signed?: boolean;
  /** Characters kept for it; see Figure. */
  readonly reserve?: number;
}

/** A size in an asset: "12.500 SOL", "−3.000 SOL". */
export function Quantity({ size, unit, decimals = 3, signed = false, reserve }: QuantityProps) {
  return <Figure amount={size} unit={unit} decimals={decimals} signed={signed} reserve={reserve} />;
}
