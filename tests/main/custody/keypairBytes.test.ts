import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base58Encode } from '../../../src/main/custody/base58.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { readSecretKey, secretKeyText } from '../../../src/main/custody/keypairBytes.ts';
import { base58ByHand, publicKeyByHand } from './rfc8032.ts';
import { hexOf, secretFrom, textOf, thrownBy, typed } from './secretsAtHand.ts';
import { SLIP10_VECTORS } from './slip10Vectors.ts';

/** SLIP-0010's first master key. */
const [{ secret: SECRET, publicKey: PUBLIC }] = SLIP10_VECTORS[0].chains;
const PAIR = Buffer.from(SECRET + PUBLIC, 'hex');
const TEXT = base58ByHand(PAIR);
const refusal = (text: string): unknown => thrownBy(() => readSecretKey(typed(text)));
const base58 = (bytes: Uint8Array): string => Buffer.from(base58Encode(bytes)).toString('ascii');
const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a secret key in base58', () => {
  test.each([TEXT, `  ${TEXT}`, `${TEXT}\n`, `\t${TEXT}\r\n`])(
    'is read, spaces around it or not: "%s"',
    (text) => {
      expect(hexOf(readSecretKey(typed(text)))).toBe(SECRET);
    },
  );

  test('comes back as it was written, and is what others would write', () => {
    expect(textOf(secretKeyText(secretFrom('key', Buffer.from(SECRET, 'hex'))))).toBe(TEXT);
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = secretKeyText(secretFrom('key', secret));
        expect(hexOf(text.use(readSecretKey))).toBe(Buffer.from(secret).toString('hex'));
      }),
      { numRuns: 50 },
    );
    const secret = new Uint8Array(32);
    expect(textOf(secretKeyText(secretFrom('key', secret)))).toBe(
      base58ByHand(Buffer.concat([secret, publicKeyByHand(secret)])),
    );
  });

  test('is not changed where the caller holds it', () => {
    const bytes = typed(` ${TEXT} `);
    readSecretKey(bytes);
    expect(Buffer.from(bytes).toString()).toBe(` ${TEXT} `);
  });

  test.each([
    ['nothing', '', { reason: 'empty' }],
    ['only spaces', ' \n', { reason: 'empty' }],
    ['a character that base58 has not', `${TEXT.slice(0, -1)}0`, { reason: 'characters' }],
    ['a space inside', `${TEXT.slice(0, 40)} ${TEXT.slice(40)}`, { reason: 'characters' }],
    ['quotation marks', `"${TEXT}"`, { reason: 'characters' }],
    ['hexadecimal digits with a 0', PAIR.toString('hex'), { reason: 'characters' }],
    ['a list of numbers', JSON.stringify([...PAIR]), { reason: 'characters' }],
    ['letters of another alphabet', 'ключ', { reason: 'characters' }],
    ['an address', base58(Buffer.from(PUBLIC, 'hex')), { reason: 'length', bytes: 32 }],
    ['a seed of 32 bytes', base58(Buffer.from(SECRET, 'hex')), { reason: 'length', bytes: 32 }],
    [
      'a byte too few',
      base58(PAIR.subarray(0, 63)),
      { reason: 'length', characters: base58(PAIR.subarray(0, 63)).length },
    ],
    [
      'a byte too many',
      base58(Buffer.concat([PAIR, PAIR.subarray(0, 1)])),
      { reason: 'length', characters: 89 },
    ],
    ['a 1 in front, which is a byte too', `1${TEXT}`, { reason: 'length', characters: TEXT.length + 1 }],
    ['a whole page', 'z'.repeat(100_000), { reason: 'length', characters: 100_000 }],
  ])('is refused for %s', (_what, text, details) => {
    expect(refusal(text)).toMatchObject({ code: 'WALLET_INVALID_KEY', details });
  });

  test('is refused when its halves disagree, whichever bit it is', () => {
    fc.assert(
      fc.property(secrets, fc.nat({ max: 511 }), (secret, bit) => {
        const { publicKey } = new Keypair(secretFrom('key', secret));
        const pair = Buffer.concat([secret, publicKey]);
        pair.writeUInt8(pair.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(refusal(base58(pair))).toMatchObject({ code: 'WALLET_KEY_MISMATCH', details: {} });
      }),
      { numRuns: 100 },
    );
  });
});
