import { fractionToPercent, isDecimal } from './decimalText.ts';
import { Figure } from './Figure.tsx';

export interface PercentProps {
  /** Percent, or a fraction (0.01 = 1 %) as `of` says; a number must be percent. Null where there is none. */
  readonly percent: string | number | null;
  /** `percent` (12.5 is 12.5 %) or `fraction` ("0.125" is 12.5 %), as rates arrive. */
  readonly of?: 'percent' | 'fraction';
  readonly decimals?: number;
  readonly signed?: boolean;
  /** What the percentage is of or by: "a year", "an hour". Stands behind the sign. */
  readonly per?: string;
  /** Characters kept for it; see Figure. */
  readonly reserve?: number;
}

/** A percentage: "12.50 %", "+0.0125 % an hour". */
export function Percent({
  percent,
  of = 'percent',
  decimals = 2,
  signed = false,
  per,
  reserve,
}: PercentProps) {
  const isFraction = of === 'fraction' && typeof percent === 'string' && isDecimal(percent);
  return (
    <Figure
      amount={isFraction ? fractionToPercent(percent) : percent}
      unit={per === undefined ? '%' : `% ${per}`}
      decimals={decimals}
      signed={signed}
      reserve={reserve}
    />
  );
}
