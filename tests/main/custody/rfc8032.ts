import { createHash } from 'node:crypto';

/**
 * Ed25519 public keys in big integers, straight from RFC 8032, section 5.1: slow, and with nothing in common with the
 * OpenSSL that the program uses.
 */
const P = 2n ** 255n - 19n;
const D = mod(-121665n * inverse(121666n));
const BASE_Y = mod(4n * inverse(5n));
const BASE_X = xOf(BASE_Y);

type Point = readonly [x: bigint, y: bigint];

export function publicKeyByHand(secret: Uint8Array): Uint8Array {
  const digest = createHash('sha512').update(secret).digest();
  const clamped = (little(digest.subarray(0, 32)) & ((1n << 254n) - 8n)) | (1n << 254n);
  let [sum, power]: [Point, Point] = [
    [0n, 1n],
    [BASE_X, BASE_Y],
  ];
  for (let rest = clamped; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) sum = add(sum, power);
    power = add(power, power);
  }
  const [x, y] = sum;
  const encoded = y | ((x & 1n) << 255n);
  return Uint8Array.from({ length: 32 }, (_, at) => Number((encoded >> BigInt(8 * at)) & 0xffn));
}

/** Base58 by dividing one big integer. */
export function base58ByHand(bytes: Uint8Array): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let text = '';
  for (let rest = BigInt(`0x00${Buffer.from(bytes).toString('hex')}`); rest > 0n; rest /= 58n)
    text = alphabet.charAt(Number(rest % 58n)) + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros === -1 ? bytes.length : zeros) + text;
}

function add([x1, y1]: Point, [x2, y2]: Point): Point {
  const bend = mod(D * mod(x1 * x2) * mod(y1 * y2));
  return [mod(mod(x1 * y2 + x2 * y1) * inverse(1n + bend)), mod(mod(y1 * y2 + x1 * x2) * inverse(1n - bend))];
}

/** The even x of a point on −x² + y² = 1 + d·x²·y². */
function xOf(y: bigint): bigint {
  const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * power(2n, (P - 1n) / 4n));
  return (x & 1n) === 0n ? x : P - x;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

/** By Euclid's algorithm. */
function inverse(value: bigint): bigint {
  let [a, b, x, y] = [mod(value), P, 1n, 0n];
  while (a !== 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
    if (a === 0n) [a, b, x, y] = [b, a, y, x];
  }
  return mod(x);
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

const little = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
