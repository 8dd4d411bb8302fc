/** Whole numbers as the program's Rust has them: `/` of bigint truncates toward zero, as Rust's does. */
import { refuse } from './refusal.ts';

export const lesser = (one: bigint, other: bigint): bigint => (one < other ? one : other);
export const greater = (one: bigint, other: bigint): bigint => (one > other ? one : other);
export const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
export const signOf = (value: bigint): bigint => (value > 0n ? 1n : value < 0n ? -1n : 0n);
export const between = (value: bigint, low: bigint, high: bigint): bigint =>
  lesser(greater(value, low), high);

/** `one - other`, or 0 where that is less. Source: Rust's saturating_sub. */
export const saturating = (one: bigint, other: bigint): bigint => greater(one - other, 0n);

/** A difference of unsigned integers, which may not be below zero. */
export function unsigned(value: bigint): bigint {
  if (value < 0n) refuse('MathError', `${value} is below zero`);
  return value;
}

export function quotient(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) refuse('MathError', `${dividend} divided by zero`);
  return dividend / divisor;
}

/** Rounded up, of numbers that aren't negative. */
export function quotientUp(dividend: bigint, divisor: bigint): bigint {
  const whole = quotient(dividend, divisor);
  return dividend % divisor > 0n ? whole + 1n : whole;
}

/** Rounded toward minus infinity, by a positive divisor. */
export function quotientDown(dividend: bigint, divisor: bigint): bigint {
  const whole = quotient(dividend, divisor);
  return dividend % divisor < 0n ? whole - 1n : whole;
}

/** The remainder that isn't negative. Source: Rust's rem_euclid. */
export function modulo(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 0n) refuse('MathError', `${dividend} modulo zero`);
  const remainder = dividend % divisor;
  return remainder < 0n ? remainder + magnitude(divisor) : remainder;
}

/** The `degree`th root of a number that isn't negative, rounded down. */
export function rootDown(value: bigint, degree: bigint): bigint {
  if (value < 2n) return value;
  let low = 1n;
  let high = 1n << (BigInt(value.toString(2).length) / degree + 1n);
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
