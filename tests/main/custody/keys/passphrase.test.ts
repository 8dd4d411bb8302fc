import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { refuseUnfit } from '../../../../src/main/custody/keys/passphrase.ts';
import { secretFrom, thrownBy, typed } from '../secretsAtHand.ts';

const refusal = (text: string | Uint8Array): unknown =>
  thrownBy(() => refuseUnfit(secretFrom('text', typeof text === 'string' ? typed(text) : text)));
const isTaken = (text: string | Uint8Array): boolean => {
  refuseUnfit(secretFrom('text', typeof text === 'string' ? typed(text) : text));
  return true;
};
const invalid = (reason: string): object => ({ code: 'WALLET_INVALID_PASSPHRASE', details: { reason } });

describe('a new passphrase', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['a space', ' ', 'blank'],
    ['much space', ' \t\r\n'.repeat(100), 'blank'],
    ['space that no keyboard has', '\u00a0\u2003\u3000\u200b\u2009\ufeff\u00a0\u00a0\u00a0', 'blank'],
    ['seven letters', 'seven77', 'short'],
    ['seven letters of two bytes', 'äöüÄÖÜß', 'short'],
    ['seven signs of four bytes', '🐴🔋🐴🔋🐴🔋🐴', 'short'],
    ['1,025 letters', 'x'.repeat(1025), 'long'],
    ['1,025 spaces', ' '.repeat(1025), 'long'],
    ['257 signs of four bytes', '🐴'.repeat(257), 'long'],
  ])('of %s is refused', (_what, text, reason) => {
    expect(refusal(text)).toMatchObject(invalid(reason));
  });

  test.each([
    ['eight letters', 'eight888'],
    ['eight letters of two bytes', 'äöüÄÖÜßé'],
    ['eight signs of four bytes', '🐴🔋🐴🔋🐴🔋🐴🔋'],
    ['1,024 letters', 'x'.repeat(1024)],
    ['space around a letter', '       x'],
    ['bytes that are no UTF-8', Uint8Array.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f])],
  ])('of %s is taken', (_what, text) => {
    expect(isTaken(text)).toBe(true);
  });

  test('is as long as it has characters, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }), (text) => {
        const passphrase = `${text}!`;
        const characters = Array.from(passphrase).length;
        if (characters < 8) expect(refusal(passphrase)).toMatchObject(invalid('short'));
        else expect(isTaken(passphrase)).toBe(true);
      }),
    );
  });

  test('is blank exactly when Unicode calls all of it white space', () => {
    for (let code = 1; code < 0x1_0000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCodePoint(code);
      if (!/^\p{White_Space}$/u.test(character)) continue;
      expect([code, refusal(character.repeat(8))]).toMatchObject([code, invalid('blank')]);
    }
    expect(isTaken('ㅤㅤㅤㅤㅤㅤㅤㅤ')).toBe(true);
  });
});
