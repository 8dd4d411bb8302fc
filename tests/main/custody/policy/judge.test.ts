import {
  createAssociatedTokenAccountIdempotentInstruction,
  createAssociatedTokenAccountInstruction,
  createCloseAccountInstruction,
  createInitializeAccount2Instruction,
  createInitializeAccount3Instruction,
  createInitializeAccountInstruction,
  createSyncNativeInstruction,
  createTransferInstruction,
  NATIVE_MINT,
} from '@solana/spl-token';
import { PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { solWords } from '../../../../src/main/custody/policy/amounts.ts';
import { judge, mentioned } from '../../../../src/main/custody/policy/judge.ts';
import type { SigningRules } from '../../../../src/main/custody/policy/verdict.ts';
import { cancelAll, deposit, driftAddress, driftInstruction, moving, u16, withdraw } from './driftByHand.ts';
import { anyParties, associated, USDC, wrapping } from './drains/parties.ts';
import { MOST_GAS, addressText, anyKey, messageOf, rulesFor } from './messages.ts';

const judged = (rules: SigningRules, ...instructions: readonly TransactionInstruction[]) =>
  judge(messageOf(new PublicKey(rules.signer), instructions), rules);
const send = (
  from: PublicKey,
  to: PublicKey,
  lamports: number | bigint = 1_500_000_000,
): TransactionInstruction => SystemProgram.transfer({ fromPubkey: from, toPubkey: to, lamports });
const delegateTo = (me: PublicKey, delegate: PublicKey): TransactionInstruction =>
  driftInstruction(
    'update_user_delegate',
    me,
    [driftAddress('user', me.toBytes(), 0), me],
    u16(0),
    delegate.toBytes(),
  );
const signed = { isAllowed: true };
const refused = { isAllowed: false };

describe('SOL', () => {
  test('goes to the user’s own address, and to no other, however much', () => {
    fc.assert(
      fc.property(anyParties, fc.bigInt({ min: 0n, max: 2n ** 63n }), ({ me, thief }, lamports) => {
        expect(judged(rulesFor(me), send(me, me, lamports))).toMatchObject({ ...signed, spends: 0n });
        expect(judged(rulesFor(me), send(me, thief, lamports))).toMatchObject({
          ...refused,
          reason: 'destination',
        });
      }),
      { numRuns: 20 },
    );
  });

  test('goes to delegates for their gas, all of it together no more than that takes, and counts as given away', () => {
    fc.assert(
      fc.property(anyParties, fc.bigInt({ min: 0n, max: MOST_GAS }), ({ me, thief: hand }, part) => {
        const rules = rulesFor(me, me, [hand]);
        expect(judged(rules, send(me, hand, part), send(me, hand, MOST_GAS - part))).toEqual({
          isAllowed: true,
          spends: MOST_GAS,
          words: [part, MOST_GAS - part].map(
            (lamports) => `send ${solWords(lamports)} to delegate ${hand.toBase58()} for gas`,
          ),
        });
        expect(judged(rules, send(me, hand, part), send(me, hand, MOST_GAS - part + 1n))).toMatchObject({
          ...refused,
          reason: 'gas',
        });
      }),
      { numRuns: 20 },
    );
  });

  test('goes from a delegate to its owner', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief: owner }) => {
        expect(judged(rulesFor(me, owner), send(me, owner))).toMatchObject(signed);
      }),
      { numRuns: 20 },
    );
  });

  test('is wrapped in the user’s own account, and unwrapped', () => {
    fc.assert(
      fc.property(anyKey, (me) => {
        const wrapped = associated(NATIVE_MINT, me);
        const steps = [
          createAssociatedTokenAccountIdempotentInstruction(me, wrapped, me, NATIVE_MINT),
          send(me, wrapped),
          createSyncNativeInstruction(wrapped),
          createCloseAccountInstruction(wrapped, me, me),
        ];
        expect(judged(rulesFor(me), ...steps)).toEqual({
          isAllowed: true,
          spends: 0n,
          words: [
            `open the token account of ${me.toBase58()} for wrapped SOL`,
            'send 1.5 SOL to own account to be wrapped',
            'count the SOL in own account as wrapped',
            'close own account of wrapped SOL',
          ],
        });
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    createInitializeAccountInstruction,
    createInitializeAccount2Instruction,
    createInitializeAccount3Instruction,
  ])('is wrapped in an account that is created, initialised and closed again, %#', (initialize) => {
    fc.assert(
      fc.property(anyParties, (parties) => {
        const { me } = parties;
        const { account, create } = wrapping(parties);
        const steps = [
          create,
          initialize(account, NATIVE_MINT, me),
          send(me, account),
          deposit(moving(me, 1, account)),
          withdraw(moving(me, 1, account)),
          createCloseAccountInstruction(account, me, me),
        ];
        expect(judged(rulesFor(me), ...steps)).toMatchObject(signed);
      }),
      { numRuns: 20 },
    );
  });
});

describe('tokens', () => {
  test('go to the user’s own account of any mint once the transaction opens it', () => {
    fc.assert(
      fc.property(anyParties, ({ me, mint, account }) => {
        const own = associated(mint, me);
        const open = createAssociatedTokenAccountInstruction(me, own, me, mint);
        const move = createTransferInstruction(account, own, me, 5);
        expect(judged(rulesFor(me), open, move)).toEqual({
          isAllowed: true,
          spends: 0n,
          words: [
            `open the token account of ${me.toBase58()} for ${mint.toBase58()}`,
            `send 5 units of ${mint.toBase58()} to own account`,
          ],
        });
      }),
      { numRuns: 20 },
    );
  });

  test('of a delegate go to the owner’s account, which only the owner closes', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief: owner, account }) => {
        const theirs = associated(USDC, owner);
        const rules = rulesFor(me, owner);
        expect(judged(rules, createTransferInstruction(account, theirs, me, 5))).toMatchObject(signed);
        expect(judged(rules, createCloseAccountInstruction(theirs, me, me))).toMatchObject({
          ...refused,
          reason: 'account',
        });
      }),
      { numRuns: 20 },
    );
  });
});

describe('a delegate', () => {
  test('is set where the user has its key, and taken away', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief: other }) => {
        expect(judged(rulesFor(me, me, [other]), delegateTo(me, other))).toMatchObject(signed);
        expect(judged(rulesFor(me), delegateTo(me, PublicKey.default))).toMatchObject(signed);
        expect(judged(rulesFor(me), delegateTo(me, me))).toMatchObject(signed);
        expect(judged(rulesFor(me), delegateTo(me, other))).toMatchObject({ ...refused, reason: 'stranger' });
      }),
      { numRuns: 20 },
    );
  });

  test('trades and pays in for its owner, and is told so first about what only an owner may', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief: owner, account }) => {
        const rules = rulesFor(me, owner);
        const forOwner = { ...moving(owner, 0, account), signer: me };
        const cancel = cancelAll(me, driftAddress('user', owner.toBytes(), 0));
        expect(judged(rules, cancel, deposit(forOwner))).toMatchObject(signed);
        for (const ownersWork of [withdraw(forOwner), delegateTo(me, me)])
          expect(judged(rules, send(me, account), ownersWork)).toMatchObject({
            ...refused,
            reason: 'delegate',
          });
      }),
      { numRuns: 20 },
    );
  });

  test('does nothing for the account that it has itself', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief: owner, account }) => {
        expect(judged(rulesFor(me, owner), deposit(moving(me, 0, account)))).toMatchObject({
          ...refused,
          reason: 'account',
        });
      }),
      { numRuns: 20 },
    );
  });
});

describe('rules that contradict themselves', () => {
  const me = new PublicKey(Buffer.alloc(32, 3));
  const other = new PublicKey(Buffer.alloc(32, 4));
  const order = cancelAll(me, driftAddress('user', me.toBytes(), 0));

  test('sign nothing: an owner for another owner, or for what is no address', () => {
    const another: SigningRules = { ...rulesFor(me), owner: addressText(other) };
    expect(judged(another, order)).toMatchObject({ ...refused, reason: 'rules' });
    const none = { ...rulesFor(me), role: 'delegate', owner: 'nobody' } as unknown as SigningRules;
    expect(judged(none, order)).toMatchObject({ ...refused, reason: 'rules' });
  });
});

describe('what a message mentions', () => {
  test('is where SOL goes and who becomes a delegate, each once', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief, account, mint }) => {
        const message = messageOf(me, [
          send(me, thief),
          send(me, thief),
          delegateTo(me, mint),
          deposit(moving(me, 0, account)),
        ]);
        expect(mentioned(message)).toEqual([thief, mint].map(addressText));
      }),
      { numRuns: 20 },
    );
  });
});
