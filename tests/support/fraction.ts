/**
 * An exact rational number. Tests compute what they expect with it, in whole dollars and whole SOL, so that no scale,
 * no rounding and no formula of the code under test is copied.
 */
export class Fraction {
  readonly top: bigint;
  /** Always positive. */
  readonly bottom: bigint;

  constructor(top: bigint, bottom = 1n) {
    if (bottom === 0n) throw new RangeError('a fraction needs a denominator');
    this.top = bottom < 0n ? -top : top;
    this.bottom = bottom < 0n ? -bottom : bottom;
  }

  /** Of a count of smallest units: counted(1_500_000n, 6) is 1.5. */
  static counted(raw: bigint, decimals: number): Fraction {
    return new Fraction(raw, 10n ** BigInt(decimals));
  }

  plus({ top, bottom }: Fraction): Fraction {
    return new Fraction(this.top * bottom + top * this.bottom, this.bottom * bottom);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  times({ top, bottom }: Fraction): Fraction {
    return new Fraction(this.top * top, this.bottom * bottom);
  }

  over({ top, bottom }: Fraction): Fraction {
    return new Fraction(this.top * bottom, this.bottom * top);
  }

  negated(): Fraction {
    return new Fraction(-this.top, this.bottom);
  }

  absolute(): Fraction {
    return this.sign() < 0 ? this.negated() : this;
  }

  sign(): -1 | 0 | 1 {
    return this.top < 0n ? -1 : this.top > 0n ? 1 : 0;
  }

  /** −1, 0 or 1: how this stands to the other. */
  to(other: Fraction): -1 | 0 | 1 {
    return this.minus(other).sign();
  }

  /** The largest whole number that is not over this. */
  floor(): bigint {
    const beyond = ((this.top % this.bottom) + this.bottom) % this.bottom;
    return (this.top - beyond) / this.bottom;
  }

  ceil(): bigint {
    return -this.negated().floor();
  }

  /** Without what is behind the point. */
  truncate(): bigint {
    return this.sign() < 0 ? this.ceil() : this.floor();
  }

  /** To the nearest whole number, halves away from zero. */
  nearest(): bigint {
    const up = this.absolute().plus(new Fraction(1n, 2n)).floor();
    return this.sign() < 0 ? -up : up;
  }

  /** Only for comparing with analytics that are numbers themselves; both sides are shortened before they are divided. */
  toNumber(): number {
    const scaled = new Fraction(this.top * 10n ** 18n, this.bottom).truncate();
    return Number(scaled) / 1e18;
  }
}

export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);

export const sum = (parts: Iterable<Fraction>): Fraction => {
  let total = ZERO;
  for (const part of parts) total = total.plus(part);
  return total;
};

/** Dollars, SOL, prices and rates out of their smallest units. */
export const usdOf = (raw: bigint): Fraction => Fraction.counted(raw, 6);
export const baseOf = (raw: bigint): Fraction => Fraction.counted(raw, 9);
export const priceOf = (raw: bigint): Fraction => Fraction.counted(raw, 9);
export const rateOf = (raw: bigint): Fraction => Fraction.counted(raw, 12);
export const valueIn = (raw: bigint): Fraction => Fraction.counted(raw, 18);
