import { figureText, type Unit } from './figureText.ts';

/** A decimal with every digit that it has, and at least so many: nothing of what is confirmed is rounded away. */
export function exactText(amount: string, unit: Unit, least = 0, signed = false): string {
  const digits = (amount.split('.')[1] ?? '').replace(/0+$/, '').length;
  return figureText(amount, unit, Math.max(least, digits), signed);
}
