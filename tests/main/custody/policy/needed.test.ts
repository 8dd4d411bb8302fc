import { ComputeBudgetProgram, PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../../src/main/custody/policy/judge.ts';
import type { Verdict } from '../../../../src/main/custody/policy/verdict.ts';
import { swapped } from './drains/parties.ts';
import { describedBy } from './driftIdl.ts';
import { DRIFT, driftAddress } from './driftByHand.ts';
import { bigNumber, driftOffline } from './driftOffline.ts';
import { DRIFT_HEX, freeBytes, type FreePlaces } from './freeBytes.ts';
import { anyKey, anyVersion, messageOf, rulesFor } from './messages.ts';
import { DELEGATE, DEPOSIT_OF_SOL, DEPOSITS, OWNER, OWNERS_WORK, TRADES } from './neededInstructions.ts';

const TIP_ACCOUNT = new PublicKey('96gYZGLnJYVFmbjzopPSU6QiEV5fGqZNyN9nmNhvrZU5');
const owner = driftOffline(OWNER);
const delegate = driftOffline(DELEGATE, OWNER);

const BUDGET = [
  ComputeBudgetProgram.setComputeUnitLimit({ units: 600_000 }),
  ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 166_667 }),
];
const FEE_WORDS = 'priority fee up to 0.000100001 SOL';
const tip = (from: PublicKey): TransactionInstruction =>
  SystemProgram.transfer({ fromPubkey: from, toPubkey: TIP_ACCOUNT, lamports: 10_000 });

describe.each(['legacy', 0] as const)('in a message of version %s, the SDK’s own instructions', (version) => {
  test.each([...TRADES, ...DEPOSITS, ...OWNERS_WORK])(
    'for %s are signed for an owner',
    async (_, make, words) => {
      const message = messageOf(OWNER, await make(owner), version);
      const rules = rulesFor(OWNER, OWNER, [DELEGATE]);
      expect(judge(message, rules)).toEqual({ isAllowed: true, words, spends: 0n });
    },
  );

  test.each([...TRADES, DEPOSIT_OF_SOL])('for %s are signed for a delegate', async (_, make, words) => {
    const message = messageOf(DELEGATE, await make(delegate), version);
    expect(judge(message, rulesFor(DELEGATE, OWNER))).toEqual({ isAllowed: true, words, spends: 0n });
  });

  test.each(OWNERS_WORK)('for %s are refused to a delegate', async (_, make) => {
    const message = messageOf(DELEGATE, await make(delegate), version);
    expect(judge(message, rulesFor(DELEGATE, OWNER, [DELEGATE]))).toMatchObject({
      isAllowed: false,
      reason: 'delegate',
    });
  });

  test.each(TRADES)('for %s are signed with a priority fee and a tip', async (_, make, words) => {
    const message = messageOf(OWNER, [...BUDGET, ...(await make(owner)), tip(OWNER)], version);
    expect(judge(message, rulesFor(OWNER))).toEqual({
      isAllowed: true,
      words: [...words, 'tip 0.00001 SOL', FEE_WORDS],
      spends: 110_001n,
    });
  });
});

const ALL = [...TRADES, ...DEPOSITS, ...OWNERS_WORK];
const RULES = rulesFor(OWNER, OWNER, [DELEGATE]);
const FROM_THE_USER = /^(?:deposit|add_insurance)/;

/** Where an instruction of Drift may have any account: where tokens come from, and behind those that it names. */
const freePlaces: FreePlaces = (program, data, accounts) => {
  if (program !== DRIFT_HEX) return new Set();
  const { name, accounts: named } = describedBy(data);
  const source = FROM_THE_USER.test(name) ? named.indexOf('userTokenAccount') : -1;
  return new Set(
    Array.from({ length: accounts }, (_, place) => place).filter(
      (place) => place === source || place >= named.length,
    ),
  );
};

/** What each instruction does, without how much of it. */
const meaning = (verdict: Verdict): readonly string[] =>
  verdict.isAllowed
    ? verdict.words.map((words) => /^(?:Drift: )?\w+/.exec(words)?.[0] ?? '')
    : [verdict.reason];

describe('one of those transactions', () => {
  test.each(ALL)('for %s is refused with any other account where one is named', async (_, make) => {
    const instructions = await make(owner);
    const places = instructions.flatMap((instruction, at) => {
      const free = freePlaces(
        instruction.programId.toBuffer().toString('hex'),
        instruction.data,
        instruction.keys.length,
      );
      return instruction.keys.map((_, place) => ({ at, place })).filter(({ place }) => !free.has(place));
    });
    fc.assert(
      fc.property(anyKey, (stranger) => {
        for (const { at, place } of places) {
          const changed = instructions.map((instruction, index) =>
            index === at ? swapped(instruction, place, stranger) : instruction,
          );
          expect(judge(messageOf(OWNER, changed), RULES)).toMatchObject({ isAllowed: false });
        }
      }),
      { numRuns: 2 },
    );
    expect(places.length).toBeGreaterThan(1);
  });

  test.each(ALL)('for %s is refused at any other length', async (_, make) => {
    const bytes = messageOf(OWNER, await make(owner), 0);
    for (let length = 0; length < bytes.length; length += 1)
      expect(judge(bytes.subarray(0, length), RULES)).toMatchObject({ reason: 'malformed' });
    expect(judge(Uint8Array.of(...bytes, 0), RULES)).toMatchObject({ reason: 'malformed' });
  });

  test.each(ALL)('for %s is refused with a byte changed that says where anything goes', async (_, make) => {
    const instructions = await make(owner);
    const change = fc.record({ version: anyVersion, at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
    const meant = meaning(judge(messageOf(OWNER, instructions), RULES));
    fc.assert(
      fc.property(change, ({ version, at, by }) => {
        const bytes = messageOf(OWNER, instructions, version);
        const place = at % bytes.length;
        const verdict = judge(bytes.with(place, (bytes[place] ?? 0) ^ by), RULES);
        if (!verdict.isAllowed) return;
        expect(freeBytes(bytes, freePlaces)).toContain(place);
        expect(meaning(verdict)).toEqual(meant);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an order', () => {
  const u64 = fc.nat().map(bigNumber);
  const i64 = fc.integer().map(bigNumber);
  const variant = (...names: readonly string[]) => fc.constantFrom(...names.map((name) => ({ [name]: {} })));
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value);
  const byte = fc.integer({ min: 0, max: 255 });
  const anyOrder = fc.record({
    orderType: variant('market', 'limit', 'triggerMarket', 'triggerLimit', 'oracle'),
    marketType: variant('spot', 'perp'),
    direction: variant('long', 'short'),
    userOrderId: byte,
    baseAssetAmount: u64,
    price: u64,
    marketIndex: byte,
    reduceOnly: fc.boolean(),
    postOnly: variant('none', 'mustPostOnly', 'tryPostOnly', 'slide'),
    bitFlags: byte,
    maxTs: maybe(i64),
    triggerPrice: maybe(u64),
    triggerCondition: variant('above', 'below', 'triggeredAbove', 'triggeredBelow'),
    oraclePriceOffset: maybe(fc.integer()),
    auctionDuration: maybe(byte),
    auctionStartPrice: maybe(i64),
    auctionEndPrice: maybe(i64),
  });
  const { program } = owner;
  const accounts = [driftAddress('drift_state'), driftAddress('user', OWNER.toBytes(), 0), OWNER];
  const placing = (data: Uint8Array): Verdict => {
    const keys = accounts.map((pubkey) => ({ pubkey, isSigner: pubkey === OWNER, isWritable: true }));
    const instruction = new TransactionInstruction({ programId: DRIFT, keys, data: Buffer.from(data) });
    return judge(messageOf(OWNER, [instruction]), RULES);
  };

  test('of any kind is read to its last byte, as the SDK writes it, and no shorter or longer', () => {
    fc.assert(
      fc.property(fc.array(anyOrder, { minLength: 1, maxLength: 2 }), (params) => {
        const data = new Uint8Array(program.coder.instruction.encode('placeOrders', { params }));
        expect(placing(data)).toMatchObject({ isAllowed: true });
        expect(placing(Uint8Array.of(...data, 0))).toMatchObject({ reason: 'malformed' });
        for (let length = 8; length < data.length; length += 1)
          expect(placing(data.subarray(0, length))).toMatchObject({ reason: 'malformed' });
      }),
      { numRuns: 30 },
    );
  });
});
