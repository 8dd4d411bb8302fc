import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base58Decode, base58Encode, base58Length } from '../../../src/main/custody/base58.ts';
import { base58ByHand } from './rfc8032.ts';

const encoded = (bytes: Uint8Array): string => Buffer.from(base58Encode(bytes)).toString('ascii');
const decoded = (text: string): string | undefined => {
  const bytes = base58Decode(Buffer.from(text, 'utf8'));
  return bytes && Buffer.from(bytes).toString('hex');
};
const bytes = fc.uint8Array({ maxLength: 80 });

// The IETF draft "The Base58 Encoding Scheme", section 5.
test.each([
  [Buffer.from('Hello World!').toString('hex'), '2NEpo7TZRRrLZSi2U'],
  [
    Buffer.from('The quick brown fox jumps over the lazy dog.').toString('hex'),
    'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z',
  ],
  ['0000287fb4cd', '11233QC4'],
  ['', ''],
  ['00'.repeat(32), '1'.repeat(32)],
])('the bytes %s are %s in base58', (hex, text) => {
  expect(encoded(Buffer.from(hex, 'hex'))).toBe(text);
  expect(decoded(text)).toBe(hex);
});

test('any bytes come back, are as base58 by long division has them, and fit the length foretold', () => {
  fc.assert(
    fc.property(bytes, (held) => {
      const text = encoded(held);
      expect(text).toBe(base58ByHand(held));
      expect(decoded(text)).toBe(Buffer.from(held).toString('hex'));
      expect(text.length).toBeLessThanOrEqual(base58Length(held.length));
    }),
  );
});

test('the longest text of 64 bytes is as long as foretold', () => {
  expect(encoded(new Uint8Array(64).fill(255)).length).toBe(base58Length(64));
});

test('a character that base58 does not use is refused wherever it stands', () => {
  const strange = fc.constantFrom('0', 'O', 'I', 'l', ' ', '+', '/', '-', '\0', 'é', '\u{1F511}');
  fc.assert(
    fc.property(bytes, strange, fc.nat(), (held, character, where) => {
      const text = encoded(held);
      const at = where % (text.length + 1);
      expect(decoded(text.slice(0, at) + character + text.slice(at))).toBeUndefined();
    }),
  );
});
