import {
  createAssociatedTokenAccountIdempotentInstruction,
  createCloseAccountInstruction,
  createInitializeAccountInstruction,
  createSyncNativeInstruction,
  createTransferCheckedInstruction,
  NATIVE_MINT,
} from '@solana/spl-token';
import {
  AddressLookupTableAccount,
  ComputeBudgetProgram,
  MessageV0,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../../src/main/custody/policy/judge.ts';
import type { RefusalReason } from '../../../../src/main/custody/policy/verdict.ts';
import { cancelAll, deposit, driftAddress, moving, withdraw } from './driftByHand.ts';
import { DRIFT_IDL } from './driftIdl.ts';
import { DRIFT_DRAINS, NEEDED, UNLISTED } from './drains/driftDrains.ts';
import { anyParties, associated, raw, USDC, wrapping, type Drain, type Parties } from './drains/parties.ts';
import { SYSTEM_DRAINS } from './drains/systemDrains.ts';
import { TOKEN_DRAINS } from './drains/tokenDrains.ts';
import { anyKey, anyVersion, messageOf, MOST_PRIORITY_FEE, MOST_TIP, rulesFor } from './messages.ts';

const TIP_ACCOUNT = new PublicKey('HFqU5x63VTqvQss8hp11i4wVV8bD44PvwucfZ2bU7gRe');
/** A mint that the signer has never heard of. */
const RARE = new PublicKey(Buffer.alloc(32, 99));
const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

/** Transactions that are fine, by what they do. */
const GOOD: readonly ((parties: Parties) => readonly TransactionInstruction[])[] = [
  () => [],
  ({ me }) => [
    createAssociatedTokenAccountIdempotentInstruction(me, associated(USDC, me), me, USDC),
    withdraw(moving(me, 0, associated(USDC, me))),
  ],
  ({ me, account }) => [
    deposit(moving(me, 0, account)),
    cancelAll(me, driftAddress('user', me.toBytes(), 3)),
  ],
  (parties) => {
    const { me } = parties;
    const { account, create } = wrapping({ ...parties, seed: 'a seed of its own' });
    return [
      create,
      createInitializeAccountInstruction(account, NATIVE_MINT, me),
      deposit(moving(me, 1, account)),
      createCloseAccountInstruction(account, me, me),
    ];
  },
  ({ me, account, amount }) => {
    const wrapped = associated(NATIVE_MINT, me);
    return [
      SystemProgram.transfer({ fromPubkey: me, toPubkey: wrapped, lamports: amount }),
      createSyncNativeInstruction(wrapped),
      createTransferCheckedInstruction(account, USDC, associated(USDC, me), me, 5, 6),
    ];
  },
  ({ me }) => [
    ComputeBudgetProgram.setComputeUnitLimit({ units: 400_000 }),
    SystemProgram.transfer({ fromPubkey: me, toPubkey: TIP_ACCOUNT, lamports: 5 }),
    createAssociatedTokenAccountIdempotentInstruction(me, associated(RARE, me), me, RARE),
    withdraw(moving(me, 9, associated(RARE, me))),
  ],
];

const refused = (reason: RefusalReason) => expect.objectContaining({ isAllowed: false, reason }) as unknown;

const OTHER_PROGRAMS: readonly Drain[] = [
  ['any other program', (p) => [raw(p.thief, p, [p.me, p.account], p.bytes)], 'program'],
  ['a memo', (p) => [raw(MEMO, p, [p.me], p.bytes)], 'program'],
];

/** Asks for a drain's signature in transactions that are otherwise good. */
function assertRefused([, make, reason]: Drain, numRuns: number): void {
  const anywhere = fc.record({
    parties: anyParties,
    good: fc.constantFrom(...GOOD),
    place: fc.nat(),
    version: anyVersion,
  });
  fc.assert(
    fc.property(anywhere, ({ parties, good, place, version }) => {
      const around = good(parties);
      const at = place % (around.length + 1);
      const instructions = [...around.slice(0, at), ...make(parties), ...around.slice(at)];
      const message = messageOf(parties.me, instructions, version);
      expect(judge(message, rulesFor(parties.me))).toEqual(refused(reason));
    }),
    { numRuns },
  );
}

describe('whoever asks for a signature', () => {
  test.each([...SYSTEM_DRAINS, ...TOKEN_DRAINS, ...DRIFT_DRAINS, ...OTHER_PROGRAMS])(
    'is refused %s, wherever in a transaction it stands',
    (...drain) => {
      assertRefused(drain, 12);
    },
  );

  test('is refused every instruction of Drift but those that the app needs', () => {
    for (const drain of UNLISTED) assertRefused(drain, 3);
    const known = DRIFT_IDL.map(({ name }) => name);
    expect(NEEDED.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.length - NEEDED.length).toBeGreaterThan(200);
  });

  test('gets a signature for what is fine about those transactions', () => {
    fc.assert(
      fc.property(anyParties, fc.constantFrom(...GOOD.slice(1)), anyVersion, (parties, good, version) => {
        const verdict = judge(messageOf(parties.me, good(parties), version), rulesFor(parties.me));
        expect(verdict).toMatchObject({ isAllowed: true });
      }),
    );
  });

  test('is refused what another has to sign too, or pays for', () => {
    fc.assert(
      fc.property(anyParties, anyVersion, (parties, version) => {
        const { me, thief } = parties;
        const own = cancelAll(me, driftAddress('user', me.toBytes(), 0));
        const theirs = SystemProgram.transfer({ fromPubkey: thief, toPubkey: me, lamports: 5 });
        expect(judge(messageOf(me, [own, theirs], version), rulesFor(me))).toEqual(refused('signers'));
        expect(judge(messageOf(thief, [own], version), rulesFor(me))).toEqual(refused('signers'));
        expect(judge(messageOf(thief, [theirs], version), rulesFor(me))).toEqual(refused('feePayer'));
      }),
    );
  });

  test('is refused a transaction with nothing to do', () => {
    fc.assert(
      fc.property(anyKey, anyVersion, (me, version) => {
        expect(judge(messageOf(me, [], version), rulesFor(me))).toEqual(refused('empty'));
      }),
    );
  });
});

describe('a lookup table', () => {
  const tableOf = (addresses: PublicKey[]): AddressLookupTableAccount =>
    new AddressLookupTableAccount({
      key: new PublicKey(Buffer.alloc(32, 9)),
      state: {
        deactivationSlot: 2n ** 64n - 1n,
        lastExtendedSlot: 0,
        lastExtendedSlotStartIndex: 0,
        addresses,
      },
    });

  test('hides no account: where SOL goes, or an oracle', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief, account, amount }) => {
        const theft = SystemProgram.transfer({ fromPubkey: me, toPubkey: thief, lamports: amount });
        const good = deposit(moving(me, 0, account));
        for (const instruction of [theft, good]) {
          const table = tableOf([thief, account]);
          expect(judge(messageOf(me, [instruction], 0, [table]), rulesFor(me))).toEqual(
            refused('lookupTable'),
          );
        }
      }),
    );
  });

  test('hides no program', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief, account }) => {
        const theft = new TransactionInstruction({ programId: me, keys: [], data: Buffer.alloc(0) });
        const compiled = MessageV0.compile({
          payerKey: me,
          instructions: [deposit(moving(me, 0, account)), theft],
          recentBlockhash: me.toBase58(),
          addressLookupTableAccounts: [tableOf([account, thief])],
        });
        const hidden = compiled.compiledInstructions.at(-1);
        if (hidden !== undefined) hidden.programIdIndex = compiled.staticAccountKeys.length;
        expect(judge(compiled.serialize(), rulesFor(me))).toEqual(refused('lookupTable'));
      }),
    );
  });

  test('is refused even where nothing uses it', () => {
    fc.assert(
      fc.property(anyParties, ({ me, thief }) => {
        const bytes = messageOf(me, [cancelAll(me, driftAddress('user', me.toBytes(), 0))], 0);
        const message = MessageV0.deserialize(bytes);
        for (const indexes of [[], [0]]) {
          const lookup = { accountKey: thief, writableIndexes: [], readonlyIndexes: indexes };
          message.addressTableLookups.splice(0, 1, lookup);
          expect(judge(message.serialize(), rulesFor(me))).toEqual(refused('lookupTable'));
        }
      }),
    );
  });
});

describe('a priority fee', () => {
  /** An order, and what is said about its computing. */
  const judged = (me: PublicKey, ...budget: readonly TransactionInstruction[]) =>
    judge(messageOf(me, [cancelAll(me, driftAddress('user', me.toBytes(), 0)), ...budget]), rulesFor(me));
  const limit = (units: number) => ComputeBudgetProgram.setComputeUnitLimit({ units });
  const price = (microLamports: bigint) => ComputeBudgetProgram.setComputeUnitPrice({ microLamports });
  const me = new PublicKey(Buffer.alloc(32, 4));

  test('is allowed up to the most, and refused one millionth of a lamport over it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_400_000 }), (units) => {
        const most = (MOST_PRIORITY_FEE * 1_000_000n) / BigInt(units);
        expect(judged(me, limit(units), price(most))).toMatchObject({ isAllowed: true });
        expect(judged(me, price(most + 1n), limit(units))).toEqual(refused('priorityFee'));
      }),
    );
    expect(judged(me, limit(1_000_000), price(1_000_000n))).toMatchObject({
      words: ['Drift: cancel orders in sub-account 0', 'priority fee up to 0.001 SOL'],
    });
    expect(judged(me, limit(1), price(1_000_000_000_001n))).toEqual(refused('priorityFee'));
  });

  test('counts the most that can be computed where no limit is set', () => {
    expect(judged(me, price(714_285n))).toMatchObject({ isAllowed: true });
    expect(judged(me, price(714_286n))).toEqual(refused('priorityFee'));
    expect(judged(me, price(2n ** 64n - 1n))).toEqual(refused('priorityFee'));
  });

  test('and every limit is set once at most', () => {
    const each = [
      limit(100_000),
      price(5n),
      ComputeBudgetProgram.requestHeapFrame({ bytes: 65_536 }),
      raw(ComputeBudgetProgram.programId, { me } as Parties, [], Buffer.of(4, 0, 0, 1, 0)),
    ];
    expect(judged(me, ...each)).toMatchObject({ isAllowed: true });
    for (const twice of each) expect(judged(me, ...each, twice)).toEqual(refused('computeBudget'));
  });

  test('is not asked for in a way of before or after those', () => {
    const odd = (...bytes: readonly number[]) =>
      raw(ComputeBudgetProgram.programId, { me } as Parties, [], Buffer.of(...bytes));
    expect(judged(me, odd(0, 5, 0, 0, 0, 0, 0, 16, 0))).toEqual(refused('instruction'));
    expect(judged(me, odd(5, 0, 0, 0, 0))).toEqual(refused('instruction'));
    expect(judged(me, odd(2, 0, 0, 0, 0, 0))).toEqual(refused('malformed'));
    expect(judged(me, odd(3, 0, 0, 0, 0))).toEqual(refused('malformed'));
    expect(judged(me, odd())).toEqual(refused('malformed'));
    const withAccount = raw(
      ComputeBudgetProgram.programId,
      { me } as Parties,
      [me],
      Buffer.of(2, 1, 0, 0, 0),
    );
    expect(judged(me, withAccount)).toEqual(refused('instruction'));
  });
});

describe('a tip', () => {
  const tip = (me: PublicKey, lamports: bigint) =>
    SystemProgram.transfer({ fromPubkey: me, toPubkey: TIP_ACCOUNT, lamports });

  test('is allowed up to the most, in one or in several, and refused a lamport over it', () => {
    const cuts = fc.array(fc.bigInt({ min: 0n, max: MOST_TIP }), { maxLength: 8 });
    fc.assert(
      fc.property(anyKey, cuts, anyVersion, (me, cuts, version) => {
        const edges = [0n, ...cuts.toSorted((a, b) => Number(a - b)), MOST_TIP];
        const tips = edges.slice(1).map((edge, at) => tip(me, edge - (edges[at] ?? 0n)));
        expect(judge(messageOf(me, tips, version), rulesFor(me))).toMatchObject({ isAllowed: true });
        expect(judge(messageOf(me, [...tips, tip(me, 1n)], version), rulesFor(me))).toEqual(refused('tip'));
      }),
    );
  });
});
