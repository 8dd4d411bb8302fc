/** A decimal in billionths, read digit by digit: the tests' own arithmetic. */
export function nano(text: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (parts === null) throw new Error(`"${text}" is no decimal of at most nine digits.`);
  const [, sign, whole = '', fraction = ''] = parts;
  const size = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  return sign === '-' ? -size : size;
}

export const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);
