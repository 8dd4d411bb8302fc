import { describe, expect, it } from 'vitest';
import { passphraseWords } from '../../src/preload/keys/passphraseWords.ts';

describe('what is said of a passphrase', () => {
  it.each([
    ['', 'short'],
    ['1234567', 'short'],
    // Four characters, although each has two units of UTF-16.
    ['🐘🦒🦓🐆', 'short'],
    ['12345678', 'weak'],
    ['20481638374650192837465', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['Tr0ub4dor&3', 'weak'],
    ['quiet purple', 'middling'],
    ['four quiet purple hills', 'long'],
  ] as const)('%j is %s', (passphrase, level) => {
    expect(passphraseWords(passphrase, 8).level).toBe(level);
  });

  it('counts what is missing, and never quotes it', () => {
    expect(passphraseWords('abcde', 8).sentence).toBe('At least 8 characters: 3 more.');
    expect(passphraseWords('four quiet purple hills', 8).sentence).not.toMatch(/quiet|purple|hills/);
  });
});
