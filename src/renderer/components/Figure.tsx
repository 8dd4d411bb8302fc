import { VisuallyHidden } from '@mantine/core';
import { MISSING } from './decimalText.ts';
import { figureParts, type FigureFormat } from './figureText.ts';
import styles from './Figure.module.css';

export interface FigureProps extends FigureFormat {
  /** Decimal string, or a measured number; null (or no finite number) shows an en dash and says "not available". */
  readonly amount: string | number | null;
  /** Width kept for the number in characters, right-aligned in it, so that nothing beside it moves. */
  readonly reserve?: number | undefined;
}

/** A number with its sign and unit, in digits of one width. Money, Percent and the others are made of it. */
export function Figure({ amount, reserve, ...format }: FigureProps) {
  const parts = figureParts(amount, format);
  const style = reserve === undefined ? undefined : { minWidth: `${reserve}ch` };
  if (parts === null)
    return (
      <span className={styles.figure} data-missing style={style}>
        <span aria-hidden>{MISSING}</span>
        <VisuallyHidden>not available</VisuallyHidden>
      </span>
    );
  return (
    <data className={styles.figure} value={String(amount)} title={exactly(amount, format)} style={style}>
      {parts.sign}
      {parts.before}
      {parts.digits}
      {parts.after === '' ? null : <span className={styles.unit}>{parts.after}</span>}
    </data>
  );
}

/** Hovering shows what rounding hides. */
function exactly(amount: string | number | null, { unit, decimals }: FigureFormat): string | undefined {
  if (typeof amount !== 'string') return undefined;
  const behindPoint = amount.split('.')[1]?.length ?? 0;
  return behindPoint > decimals ? `exactly ${amount} ${unit === '$' ? 'US dollars' : unit}` : undefined;
}
