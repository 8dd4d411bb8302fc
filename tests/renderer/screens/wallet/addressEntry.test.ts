import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressProblem,
  lookalike,
  looksSecret,
  tidiedAddress,
} from '../../../../src/renderer/screens/wallet/addressEntry.ts';
import { base58Size, foreignTo58 } from '../../../../src/renderer/screens/wallet/base58Size.ts';
import { base58Of, ENGINE, MAIN, WATCHED } from './samples.ts';

const ALL = [MAIN, ENGINE, WATCHED];
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('base58', () => {
  test('is as long as the bytes that it was made of, whatever zeros they begin with', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.uint8Array({ maxLength: 72 }), (zeros, rest) => {
        const whole = Uint8Array.from([...new Uint8Array(zeros), ...rest]);
        return base58Size(base58Of(whole)) === whole.length;
      }),
    );
  });

  test.each(['0', 'O', 'I', 'l', '-', ' ', 'é', '🪙'])('has no digit "%s"', (character) => {
    expect(base58Size(`1${character}1`)).toBeUndefined();
    expect(foreignTo58(`1${character}1`)).toBe(character);
  });
});

describe('an address that is typed or pasted', () => {
  test.each([
    '11111111111111111111111111111111',
    'So11111111111111111111111111111111111111112',
    'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
    'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
  ])('%s, which is published, is taken', (address) => {
    expect(addressProblem(address, [])).toBeNull();
  });

  test('is taken for 32 bytes, whichever they are, and for no other number of them', () => {
    fc.assert(fc.property(bytes(32), (whole) => addressProblem(base58Of(whole), []) === null));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 63 }), (some) => {
        const problem = addressProblem(base58Of(some), []);
        if (some.length === 32) return problem === null;
        return problem !== null && problem.includes(some.length < 32 ? 'too short' : 'too long');
      }),
    );
  });

  test('loses the spaces, line breaks and unseen characters that came along', () => {
    const pasted = `\u200b  ${MAIN.address.slice(0, 20)}\n${MAIN.address.slice(20)}\t\ufeff `;
    expect(tidiedAddress(pasted)).toBe(MAIN.address);
    expect(addressProblem(pasted, [])).toBeNull();
  });

  test('says what is wrong with it', () => {
    expect(addressProblem('', [])).toBe('Paste the whole address.');
    expect(addressProblem(MAIN.address.replace('x', '0'), [])).toContain('“0”');
    expect(addressProblem(MAIN.address.slice(0, -2), [])).toContain('too short');
    expect(addressProblem(`${MAIN.address}A`, [])).toContain('too long');
    expect(addressProblem(ENGINE.address, ALL)).toBe('This is Engine, which is here already.');
  });
});

describe('an address that imitates another', () => {
  const forged = `${MAIN.address.slice(0, 4)}${ENGINE.address.slice(4, -4)}${MAIN.address.slice(-4)}`;

  test('is known by its ends', () => {
    expect(lookalike(forged, ALL)).toBe(MAIN);
  });

  test('is not the wallet itself, and nothing that differs at one end', () => {
    expect(lookalike(MAIN.address, ALL)).toBeUndefined();
    expect(lookalike(`A${forged.slice(1)}`, ALL)).toBeUndefined();
    expect(lookalike(`${forged.slice(0, -1)}A`, ALL)).toBeUndefined();
  });
});

describe('what looks like a secret', () => {
  test.each([
    ['a recovery phrase', 'abandon abandon abandon abandon abandon abandon abandon abandon about'],
    ['a phrase over several lines', 'Legal winner\nthank year\nwave sausage\nworth useful'],
    ['a keypair file', '[12,34,56,78,90,12,34,56,78,90,12,34]'],
    ['its numbers without brackets', '12, 34, 56, 78, 90, 12, 34, 56, 78, 90'],
    ['a seed in hex', 'ab'.repeat(32)],
    ['a secret key with 0x before it', `0x${'01'.repeat(64)}`],
  ])('is seen in %s', (_, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test('is seen in every secret key in base58, also with a space in it', () => {
    fc.assert(
      fc.property(bytes(64), (key) => {
        const text = base58Of(key);
        return looksSecret(text) && looksSecret(` ${text.slice(0, 9)} ${text.slice(9)}\n`);
      }),
    );
  });

  test('is not seen in an address, also as it is grouped on the screen', () => {
    fc.assert(
      fc.property(bytes(32), (key) => {
        const address = base58Of(key);
        return !looksSecret(address) && !looksSecret(address.replaceAll(/(.{4})/g, '$1 '));
      }),
    );
  });
});
