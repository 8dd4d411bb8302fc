/** A bar from the zero line, in percent of the width. */
export interface PnlBar {
  readonly from: number;
  readonly to: number;
  readonly direction: 'up' | 'down' | 'zero';
}

/**
 * Bars of one scale for signed decimals: the zero line stands so that the largest gain and the largest loss just fit. A
 * part that isn't zero is never invisible. For drawing only, so binary numbers do.
 */
export function pnlBars(amounts: readonly string[]): readonly PnlBar[] {
  const numbers = amounts.map(Number);
  const highest = Math.max(0, ...numbers);
  const lowest = Math.min(0, ...numbers);
  const span = highest - lowest;
  if (span === 0) return numbers.map(() => ({ from: 50, to: 50, direction: 'zero' }));
  const zero = (-lowest / span) * 100;
  return numbers.map((amount) => {
    if (amount === 0) return { from: zero, to: zero, direction: 'zero' };
    const length = Math.max(LEAST, (Math.abs(amount) / span) * 100);
    return amount > 0
      ? { from: Math.min(zero, 100 - length), to: Math.min(100, zero + length), direction: 'up' }
      : { from: Math.max(0, zero - length), to: Math.max(length, zero), direction: 'down' };
  });
}

const LEAST = 1;
