import {
  createInitializeAccount2Instruction,
  createInitializeAccount3Instruction,
  createInitializeAccountInstruction,
  createTransferInstruction,
  NATIVE_MINT,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { NONCE_ACCOUNT_LENGTH, SystemProgram } from '@solana/web3.js';
import { moving, u16, u64, withdraw } from '../driftByHand.ts';
import { associated, range, raw, swapped, wrapping, type Drain, type Parties } from './parties.ts';

const { programId: SYSTEM } = SystemProgram;
const NEEDED = [2, 3];
const kind = (number: number): Buffer => Buffer.concat([u16(number), u16(0)]);

const withSeed = ({ me, thief, seed, amount }: Parties) =>
  SystemProgram.transfer({
    fromPubkey: me,
    basePubkey: me,
    toPubkey: thief,
    lamports: amount,
    seed,
    programId: SYSTEM,
  });

const TRANSFERS: readonly Drain[] = [
  [
    'SOL sent to a stranger',
    ({ me, thief, amount }) => [
      SystemProgram.transfer({ fromPubkey: me, toPubkey: thief, lamports: amount }),
    ],
    'destination',
  ],
  [
    'SOL sent to a token account of a stranger',
    ({ me, thief, amount }) => [
      SystemProgram.transfer({ fromPubkey: me, toPubkey: associated(NATIVE_MINT, thief), lamports: amount }),
    ],
    'destination',
  ],
  [
    'nothing at all sent to a stranger',
    ({ me, thief }) => [SystemProgram.transfer({ fromPubkey: me, toPubkey: thief, lamports: 0 })],
    'destination',
  ],
  ['SOL of a seeded account sent to a stranger', (parties) => [withSeed(parties)], 'instruction'],
  [
    'SOL of somebody who does not sign',
    (parties) => [raw(SYSTEM, parties, [parties.thief, parties.me], kind(2), u64(5n))],
    'account',
  ],
  [
    'a transfer with an account too many',
    (parties) => [raw(SYSTEM, parties, [parties.me, parties.me, parties.thief], kind(2), u64(5n))],
    'account',
  ],
  [
    'a transfer with bytes behind it',
    (parties) => [raw(SYSTEM, parties, [parties.me, parties.me], kind(2), u64(5n), Buffer.of(0))],
    'malformed',
  ],
];

const NONCES: readonly Drain[] = [
  [
    'advancing a nonce, so that the signature never expires',
    ({ me, account }) => [SystemProgram.nonceAdvance({ noncePubkey: account, authorizedPubkey: me })],
    'instruction',
  ],
  [
    'emptying a nonce account',
    ({ me, thief, account, amount }) => [
      SystemProgram.nonceWithdraw({
        noncePubkey: account,
        authorizedPubkey: me,
        toPubkey: thief,
        lamports: amount,
      }),
    ],
    'instruction',
  ],
  [
    'giving a nonce account away',
    ({ me, thief, account }) => [
      SystemProgram.nonceAuthorize({
        noncePubkey: account,
        authorizedPubkey: me,
        newAuthorizedPubkey: thief,
      }),
    ],
    'instruction',
  ],
  [
    'making a nonce account',
    ({ me, thief, seed, amount }) => {
      const { account } = wrapping({ me, seed, amount }, { program: SYSTEM });
      return SystemProgram.createNonceAccount({
        fromPubkey: me,
        basePubkey: me,
        noncePubkey: account,
        authorizedPubkey: thief,
        lamports: amount,
        seed,
      }).instructions;
    },
    'instruction',
  ],
];

const OTHERS: readonly Drain[] = [
  [
    'giving the wallet itself to a program',
    ({ me, mint }) => [SystemProgram.assign({ accountPubkey: me, programId: mint })],
    'instruction',
  ],
  [
    'taking space in the wallet itself',
    ({ me }) => [SystemProgram.allocate({ accountPubkey: me, space: 80 })],
    'instruction',
  ],
  [
    'giving a seeded account to a program',
    ({ me, account, seed, mint }) => [
      SystemProgram.assign({ accountPubkey: account, basePubkey: me, seed, programId: mint }),
    ],
    'instruction',
  ],
  ...range(16)
    .filter((number) => !NEEDED.includes(number))
    .map((number): Drain => [
      `instruction ${number} of the system program with anything`,
      (parties) => [raw(SYSTEM, parties, [parties.me, parties.thief], kind(number), parties.bytes)],
      'instruction',
    ]),
  [
    'an instruction of the system program that ends early',
    (parties) => [raw(SYSTEM, parties, [parties.me], Buffer.of(2))],
    'malformed',
  ],
];

const created = ({ create }: ReturnType<typeof wrapping>) => create;

const SEEDED: readonly Drain[] = [
  ['a created account that nobody initialises', (parties) => [created(wrapping(parties))], 'unfinished'],
  [
    'an account created for another program',
    (parties) => [created(wrapping(parties, { program: TOKEN_2022_PROGRAM_ID }))],
    'instruction',
  ],
  [
    'an account created for the system program, which could be a nonce',
    (parties) => [created(wrapping(parties, { program: SYSTEM, space: NONCE_ACCOUNT_LENGTH }))],
    'instruction',
  ],
  [
    'an account created with more space',
    (parties) => [created(wrapping(parties, { space: 166 }))],
    'instruction',
  ],
  [
    'an account created at an address of somebody else',
    (parties) => [created(wrapping(parties, { at: parties.thief }))],
    'account',
  ],
  [
    'an account created from the address of somebody else',
    (parties) => {
      const { create } = wrapping(parties, { base: parties.thief });
      return [
        raw(
          SYSTEM,
          parties,
          create.keys.slice(0, 2).map(({ pubkey }) => pubkey),
          create.data,
        ),
      ];
    },
    'account',
  ],
  [
    'an account created with the SOL of somebody who does not sign',
    (parties) => [swapped(created(wrapping(parties)), 0, parties.thief)],
    'account',
  ],
  [
    'an account created with a seed that is too long',
    (parties) => [created(wrapping({ ...parties, seed: 'x'.repeat(33) }))],
    'malformed',
  ],
  ...[
    createInitializeAccountInstruction,
    createInitializeAccount2Instruction,
    createInitializeAccount3Instruction,
  ].flatMap((initialize, form): readonly Drain[] => [
    [
      `a created account initialised for a stranger, form ${form + 1}`,
      (parties) => {
        const { account, create } = wrapping(parties);
        return [create, initialize(account, NATIVE_MINT, parties.thief)];
      },
      'account',
    ],
    [
      `a created account initialised for another mint, form ${form + 1}`,
      (parties) => {
        const { account, create } = wrapping(parties);
        return [create, initialize(account, parties.mint, parties.me)];
      },
      'account',
    ],
    [
      `a created account initialised with an account too many, form ${form + 1}`,
      (parties) => {
        const { account, create } = wrapping(parties);
        const { keys, data } = initialize(account, NATIVE_MINT, parties.me);
        const accounts = [...keys.map(({ pubkey }) => pubkey), parties.thief];
        return [create, raw(TOKEN_PROGRAM_ID, parties, accounts, data)];
      },
      'account',
    ],
    [
      `an account initialised before it is created, form ${form + 1}`,
      (parties) => {
        const { account, create } = wrapping(parties);
        return [initialize(account, NATIVE_MINT, parties.me), create];
      },
      'account',
    ],
    [
      `an account initialised that is not created, form ${form + 1}`,
      ({ account, me }) => [initialize(account, NATIVE_MINT, me)],
      'account',
    ],
    [
      `an account initialised twice, the second time for a stranger, form ${form + 1}`,
      (parties) => {
        const { account, create } = wrapping(parties);
        const twice = [parties.me, parties.thief].map((owner) => initialize(account, NATIVE_MINT, owner));
        return [create, ...twice];
      },
      'account',
    ],
  ]),
  ...[createInitializeAccountInstruction, createInitializeAccount2Instruction].map((initialize): Drain => [
    `a created account whose rent somebody else says, as ${initialize.name} has it`,
    (parties) => {
      const { account, create } = wrapping(parties);
      const instruction = initialize(account, NATIVE_MINT, parties.me);
      return [create, swapped(instruction, instruction.keys.length - 1, parties.thief)];
    },
    'account',
  ]),
  [
    'a withdrawal to a created account that is initialised only later',
    (parties) => {
      const { account, create } = wrapping(parties);
      const initialize = createInitializeAccountInstruction(account, NATIVE_MINT, parties.me);
      return [create, withdraw(moving(parties.me, 1, account)), initialize];
    },
    'destination',
  ],
  [
    'one account created and another one initialised',
    (parties) => {
      const initialize = createInitializeAccountInstruction(parties.account, NATIVE_MINT, parties.me);
      return [created(wrapping(parties)), initialize];
    },
    'account',
  ],
  [
    'tokens sent to a created account before it is initialised',
    (parties) => {
      const { account, create } = wrapping(parties);
      return [
        create,
        createTransferInstruction(associated(NATIVE_MINT, parties.me), account, parties.me, 5n),
      ];
    },
    'destination',
  ],
];

/** Drains through the system program. */
export const SYSTEM_DRAINS: readonly Drain[] = [...TRANSFERS, ...NONCES, ...OTHERS, ...SEEDED];
