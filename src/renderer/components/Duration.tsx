import { VisuallyHidden } from '@mantine/core';
import { durationText, durationWords } from './durationText.ts';
import { MISSING } from './decimalText.ts';

export interface DurationProps {
  /** Milliseconds; null where there is none. */
  readonly ms: number | null;
  /** What to say where there is none: "funding doesn't pay for it". Without it an en dash. */
  readonly none?: string;
}

/** A length of time in its two largest units: "3 d 4 h". Never rounded up. */
export function Duration({ ms, none }: DurationProps) {
  if (ms === null || !Number.isFinite(ms))
    return none === undefined ? (
      <span>
        <span aria-hidden>{MISSING}</span>
        <VisuallyHidden>not available</VisuallyHidden>
      </span>
    ) : (
      <span>{none}</span>
    );
  return (
    <span>
      <span aria-hidden>{durationText(ms)}</span>
      <VisuallyHidden>{durationWords(ms)}</VisuallyHidden>
    </span>
  );
}
