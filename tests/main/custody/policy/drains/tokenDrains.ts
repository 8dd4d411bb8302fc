import {
  ASSOCIATED_TOKEN_PROGRAM_ID,
  AuthorityType,
  createApproveCheckedInstruction,
  createApproveInstruction,
  createAssociatedTokenAccountIdempotentInstruction,
  createAssociatedTokenAccountInstruction,
  createBurnInstruction,
  createCloseAccountInstruction,
  createInitializeAccountInstruction,
  createMintToInstruction,
  createRecoverNestedInstruction,
  createRevokeInstruction,
  createSetAuthorityInstruction,
  createSyncNativeInstruction,
  createTransferCheckedInstruction,
  createTransferInstruction,
  NATIVE_MINT,
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { SystemProgram, type PublicKey } from '@solana/web3.js';
import { driftAddress, u64 } from '../driftByHand.ts';
import { associated, range, raw, swapped, USDC, wrapping, type Drain, type Parties } from './parties.ts';

const NEEDED = [1, 3, 9, 12, 16, 17, 18];
const mine = ({ me }: Parties): PublicKey => associated(USDC, me);

/** Everything that moves tokens or what rules them, to whoever isn't the user. */
const MOVING: readonly Drain[] = [
  [
    'tokens sent to some account',
    (p) => [createTransferInstruction(mine(p), p.account, p.me, p.amount)],
    'destination',
  ],
  [
    'tokens sent to the account of a stranger',
    (p) => [createTransferInstruction(mine(p), associated(USDC, p.thief), p.me, p.amount)],
    'destination',
  ],
  [
    'tokens sent to the user’s account of a mint that nobody knows',
    (p) => [createTransferInstruction(p.account, associated(p.mint, p.me), p.me, p.amount)],
    'destination',
  ],
  [
    'tokens sent to the wallet itself, which is no token account',
    (p) => [createTransferInstruction(mine(p), p.me, p.me, p.amount)],
    'destination',
  ],
  [
    'tokens given to the venue’s vault for nothing',
    (p) => [createTransferInstruction(mine(p), driftAddress('spot_market_vault', 0), p.me, p.amount)],
    'destination',
  ],
  [
    'a checked transfer to a stranger',
    (p) => [createTransferCheckedInstruction(mine(p), USDC, associated(USDC, p.thief), p.me, p.amount, 6)],
    'destination',
  ],
  [
    'a checked transfer with the user’s account in the mint’s place',
    (p) => [createTransferCheckedInstruction(mine(p), mine(p), p.account, p.me, p.amount, 6)],
    'destination',
  ],
  [
    'a transfer in the name of a stranger',
    (p) => [raw(TOKEN_PROGRAM_ID, p, [p.account, mine(p), p.thief], Buffer.of(3), u64(5n))],
    'account',
  ],
  [
    'a transfer by several who sign together',
    (p) => [raw(TOKEN_PROGRAM_ID, p, [mine(p), mine(p), p.thief, p.me], Buffer.of(3), u64(5n))],
    'account',
  ],
  [
    'a transfer with bytes behind it',
    (p) => [raw(TOKEN_PROGRAM_ID, p, [mine(p), mine(p), p.me], Buffer.of(3), u64(5n), Buffer.of(0))],
    'malformed',
  ],
  ['an approval', (p) => [createApproveInstruction(mine(p), p.thief, p.me, p.amount)], 'instruction'],
  [
    'a checked approval',
    (p) => [createApproveCheckedInstruction(mine(p), USDC, p.thief, p.me, p.amount, 6)],
    'instruction',
  ],
  ...[AuthorityType.AccountOwner, AuthorityType.CloseAccount].map((authority): Drain => [
    `authority ${AuthorityType[authority]} set`,
    (p) => [createSetAuthorityInstruction(mine(p), p.me, authority, p.thief)],
    'instruction',
  ]),
  ['tokens burned', (p) => [createBurnInstruction(mine(p), USDC, p.me, p.amount)], 'instruction'],
  ['tokens minted', (p) => [createMintToInstruction(p.mint, p.account, p.me, p.amount)], 'instruction'],
  ['an approval taken back', (p) => [createRevokeInstruction(mine(p), p.me)], 'instruction'],
  ...range(45)
    .filter((number) => !NEEDED.includes(number))
    .map((number): Drain => [
      `instruction ${number} of the token program with anything`,
      (p) => [raw(TOKEN_PROGRAM_ID, p, [mine(p), p.thief, p.me], Buffer.of(number), p.bytes)],
      'instruction',
    ]),
  [
    'tokens of the newer token program',
    (p) => [createTransferInstruction(mine(p), mine(p), p.me, p.amount, [], TOKEN_2022_PROGRAM_ID)],
    'program',
  ],
];

const CLOSING: readonly Drain[] = [
  [
    'an account closed in favour of a stranger',
    (p) => [createCloseAccountInstruction(mine(p), p.thief, p.me)],
    'destination',
  ],
  [
    'an account closed in favour of another own account',
    (p) => [createCloseAccountInstruction(mine(p), associated(NATIVE_MINT, p.me), p.me)],
    'destination',
  ],
  ['some account closed', (p) => [createCloseAccountInstruction(p.account, p.me, p.me)], 'destination'],
  [
    'an account closed by a stranger',
    (p) => [raw(TOKEN_PROGRAM_ID, p, [mine(p), p.me, p.thief], Buffer.of(9))],
    'account',
  ],
  [
    'an account closed by several who sign together',
    (p) => [raw(TOKEN_PROGRAM_ID, p, [mine(p), p.me, p.thief, p.me], Buffer.of(9))],
    'account',
  ],
  ['an account of a stranger counted', (p) => [createSyncNativeInstruction(p.account)], 'destination'],
  [
    'tokens sent to an account that was closed before',
    (p) => {
      const { account, create } = wrapping(p);
      return [
        create,
        createInitializeAccountInstruction(account, NATIVE_MINT, p.me),
        createCloseAccountInstruction(account, p.me, p.me),
        createTransferInstruction(associated(NATIVE_MINT, p.me), account, p.me, p.amount),
      ];
    },
    'destination',
  ],
  [
    'SOL to be wrapped sent to an account that was closed before',
    (p) => [
      createCloseAccountInstruction(associated(NATIVE_MINT, p.me), p.me, p.me),
      SystemProgram.transfer({
        fromPubkey: p.me,
        toPubkey: associated(NATIVE_MINT, p.me),
        lamports: p.amount,
      }),
    ],
    'destination',
  ],
  [
    'SOL to be wrapped sent to an account of dollars',
    (p) => [SystemProgram.transfer({ fromPubkey: p.me, toPubkey: mine(p), lamports: p.amount })],
    'destination',
  ],
];

const OPENING: readonly Drain[] = [
  [
    'an account opened for a stranger',
    (p) => [createAssociatedTokenAccountInstruction(p.me, associated(USDC, p.thief), p.thief, USDC)],
    'account',
  ],
  [
    'an account opened for a stranger, unless it is there',
    (p) => [
      createAssociatedTokenAccountIdempotentInstruction(p.me, associated(USDC, p.thief), p.thief, USDC),
    ],
    'account',
  ],
  [
    'an account opened at another address',
    (p) => [createAssociatedTokenAccountInstruction(p.me, p.account, p.me, USDC)],
    'account',
  ],
  [
    'an account opened for another mint than its address is for',
    (p) => [createAssociatedTokenAccountInstruction(p.me, mine(p), p.me, p.mint)],
    'account',
  ],
  [
    'an account opened with the newer token program',
    (p) => [createAssociatedTokenAccountInstruction(p.me, mine(p), p.me, USDC, TOKEN_2022_PROGRAM_ID)],
    'account',
  ],
  [
    'an account that somebody else pays for',
    (p) => [
      raw(ASSOCIATED_TOKEN_PROGRAM_ID, p, [
        p.thief,
        mine(p),
        p.me,
        USDC,
        SystemProgram.programId,
        TOKEN_PROGRAM_ID,
      ]),
    ],
    'account',
  ],
  [
    'an account that another program than the system would create',
    (p) => [swapped(createAssociatedTokenAccountInstruction(p.me, mine(p), p.me, USDC), 4, p.thief)],
    'account',
  ],
  [
    'an account in an account brought back',
    (p) => [createRecoverNestedInstruction(p.account, USDC, p.thief, mine(p), p.mint, p.me)],
    'instruction',
  ],
  [
    'another instruction to open an account',
    (p) => [raw(ASSOCIATED_TOKEN_PROGRAM_ID, p, [p.me], Buffer.of(1, 0))],
    'instruction',
  ],
  [
    'tokens sent to an account of an unknown mint before it is opened',
    (p) => [
      createTransferInstruction(p.account, associated(p.mint, p.me), p.me, p.amount),
      createAssociatedTokenAccountIdempotentInstruction(p.me, associated(p.mint, p.me), p.me, p.mint),
    ],
    'destination',
  ],
];

/** Drains through the token programs. */
export const TOKEN_DRAINS: readonly Drain[] = [...MOVING, ...CLOSING, ...OPENING];
