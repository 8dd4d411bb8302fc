import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeWalletName, walletNameProblem } from '../../../src/shared/contract/walletName.ts';

describe('the name of a wallet', () => {
  it.each(['Main', 'SOL 2', 'Épargne', '日本', 'a'.repeat(40), 'it’s – fine'])('may be %j', (name) => {
    expect(walletNameProblem(name, ['Other'])).toBeUndefined();
  });

  it.each([
    ['', 'needs a name'],
    [' Main', 'without spaces before'],
    ['Main ', 'without spaces before'],
    ['a'.repeat(41), 'at most 40'],
    ['Ma\u0000in', 'cannot be seen'],
    ['Main\u200b', 'cannot be seen'],
    ['\u202eniaM', 'cannot be seen'],
    ['mAIN', 'has that name already'],
  ])('cannot be %j, and the sentence says why', (name, why) => {
    expect(walletNameProblem(name, ['Main'])).toContain(why);
  });

  it('is counted in characters, and not in the units of a string', () => {
    expect(walletNameProblem('💰'.repeat(40), [])).toBeUndefined();
    expect(walletNameProblem('💰'.repeat(41), [])).toContain('at most 40');
  });
});

it('a free name is the one proposed, or that with the first number that nobody has', () => {
  expect(freeWalletName('Wallet', [])).toBe('Wallet');
  expect(freeWalletName('Wallet', ['wallet', 'Wallet 2', 'WALLET 3', 'Wallet 5'])).toBe('Wallet 4');
});

it('a free name is one that a wallet may have, whatever others are called', () => {
  const names = fc.stringMatching(/^[A-Za-z0-9]{1,40}$/);
  fc.assert(
    fc.property(names, fc.nat({ max: 30 }), (proposed, others) => {
      const taken: string[] = [];
      for (let other = 0; other <= others; other += 1) {
        const name = freeWalletName(proposed, taken);
        expect(walletNameProblem(name, taken)).toBeUndefined();
        taken.push(name);
      }
    }),
  );
});
