import { decimalOf, grouped, isDecimal, MINUS, signOf, toPlaces, type Sign } from './decimalText.ts';

/** `$` and the like stand before the number; a percent sign, "SOL" or "x" behind it. */
export type Unit = '$' | '%' | 'x' | (string & {});

export interface FigureFormat {
  readonly unit: Unit;
  /** Digits behind the point, always all of them, so that a ticking number keeps its width. */
  readonly decimals: number;
  /** Writes the plus of a gain too. */
  readonly signed: boolean;
}

export interface FigureParts {
  /** "−", "+" or "". */
  readonly sign: string;
  /** "$" or "". */
  readonly before: string;
  /** "1,234.50" */
  readonly digits: string;
  /** " SOL", " %", "x" or "". */
  readonly after: string;
  /** Of the number as it is shown: what rounds to zero is zero. */
  readonly direction: Sign;
}

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';

/** The parts of a number on the screen; null where there is nothing to show. */
export function figureParts(amount: string | number | null, format: FigureFormat): FigureParts | null {
  const text = typeof amount === 'number' ? decimalOf(amount) : amount;
  if (text === null || !isDecimal(text)) return null;
  const rounded = toPlaces(text, format.decimals);
  const direction = signOf(rounded);
  const sign = direction < 0 ? MINUS : direction > 0 && format.signed ? '+' : '';
  const { unit } = format;
  return {
    sign,
    before: unit === '$' ? '$' : '',
    digits: grouped(rounded.replace('-', '')),
    after: unit === '$' || unit === '' ? '' : unit === 'x' ? '×' : `${NO_BREAK}${unit}`,
    direction,
  };
}

/** The same in one string, for sentences and labels: "+$1,234.50", "−0.25 SOL", "not available". */
export function figureText(
  amount: string | number | null,
  unit: Unit,
  decimals: number,
  signed = false,
): string {
  const parts = figureParts(amount, { unit, decimals, signed });
  return parts === null ? 'not available' : `${parts.sign}${parts.before}${parts.digits}${parts.after}`;
}
