import { TOKEN_2022_PROGRAM_ID, NATIVE_MINT } from '@solana/spl-token';
import { SystemProgram, SYSVAR_RENT_PUBKEY, TransactionInstruction, type PublicKey } from '@solana/web3.js';
import {
  cancelAll,
  deposit,
  DRIFT,
  driftAddress,
  driftInstruction,
  moving,
  u16,
  u64,
  withdraw,
  type Moving,
} from '../driftByHand.ts';
import { DRIFT_IDL } from '../driftIdl.ts';
import { associated, raw, swapped, USDC, type Drain, type Parties } from './parties.ts';

/** What the app needs, and so all that is signed. */
export const NEEDED = [
  'initialize_user_stats',
  'initialize_user',
  'update_user_name',
  'update_user_delegate',
  'update_user_custom_margin_ratio',
  'update_user_margin_trading_enabled',
  'delete_user',
  'deposit',
  'withdraw',
  'transfer_deposit',
  'transfer_perp_position',
  'deposit_into_isolated_perp_position',
  'transfer_isolated_perp_position_deposit',
  'withdraw_from_isolated_perp_position',
  'place_perp_order',
  'place_spot_order',
  'place_orders',
  'place_and_take_perp_order',
  'place_and_take_spot_order',
  'modify_order',
  'modify_order_by_user_id',
  'cancel_order',
  'cancel_order_by_user_id',
  'cancel_orders',
  'cancel_orders_by_ids',
  'settle_pnl',
  'settle_multiple_pnls',
  'settle_funding_payment',
  'initialize_insurance_fund_stake',
  'add_insurance_fund_stake',
  'request_remove_insurance_fund_stake',
  'cancel_request_remove_insurance_fund_stake',
  'remove_insurance_fund_stake',
];

const usual = ({ me }: Parties): Moving => moving(me, 0, associated(USDC, me));
const stateOf = (): PublicKey => driftAddress('drift_state');
const userOf = (owner: PublicKey, subAccount = 0): PublicKey =>
  driftAddress('user', owner.toBytes(), subAccount);
const statsOf = (owner: PublicKey): PublicKey => driftAddress('user_stats', owner.toBytes());
const stakeOf = (owner: PublicKey): PublicKey => driftAddress('insurance_fund_stake', owner.toBytes(), 0);

/** An instruction that moves tokens, with one thing about it changed. */
const changed = (
  what: string,
  make: typeof deposit,
  change: (parties: Parties) => Partial<Moving>,
  reason: Drain[2] = 'account',
): Drain => [what, (parties) => [make({ ...usual(parties), ...change(parties) })], reason];

const MOVES: readonly Drain[] = [
  changed(
    'a withdrawal to some token account',
    withdraw,
    ({ account }) => ({ tokens: account }),
    'destination',
  ),
  changed(
    'a withdrawal to a stranger',
    withdraw,
    ({ thief }) => ({ tokens: associated(USDC, thief) }),
    'destination',
  ),
  changed(
    'a withdrawal to an account of an unknown mint',
    withdraw,
    ({ me, mint }) => ({ tokens: associated(mint, me) }),
    'destination',
  ),
  changed('a withdrawal to the wallet itself', withdraw, ({ me }) => ({ tokens: me }), 'destination'),
  changed('a deposit into the account of a stranger', deposit, ({ thief }) => ({
    user: userOf(thief),
    userStats: statsOf(thief),
  })),
  ...[deposit, withdraw].flatMap((make) => [
    changed(`${make.name} with the user of a stranger`, make, ({ thief }) => ({ user: userOf(thief) })),
    changed(`${make.name} with the statistics of a stranger`, make, ({ thief }) => ({
      userStats: statsOf(thief),
    })),
    changed(`${make.name} with a sub-account beyond the last`, make, ({ me }) => ({ user: userOf(me, 64) })),
    changed(`${make.name} with another vault`, make, ({ account }) => ({ vault: account })),
    changed(`${make.name} with the vault of a stranger`, make, ({ thief }) => ({
      vault: associated(USDC, thief),
    })),
    changed(`${make.name} with the vault of another market`, make, () => ({ market: 1 })),
    changed(`${make.name} with the newer token program`, make, () => ({
      tokenProgram: TOKEN_2022_PROGRAM_ID,
    })),
    changed(`${make.name} with a program of a thief for tokens`, make, ({ mint }) => ({
      tokenProgram: mint,
    })),
    changed(`${make.name} with another state`, make, ({ account }) => ({ state: account })),
    [`${make.name} by a stranger`, (p) => [swapped(make(usual(p)), 3, p.thief)], 'account'] satisfies Drain,
  ]),
  changed('a withdrawal signed off by another than the vaults’ owner', withdraw, ({ thief }) => ({
    driftSigner: thief,
  })),
  [
    'a deposit with the signature to be lent on',
    (p) => {
      const instruction = deposit(usual(p));
      const signer = { pubkey: p.me, isSigner: true, isWritable: true };
      return [Object.assign(instruction, { keys: [...instruction.keys, signer] })];
    },
    'account',
  ],
  [
    'a deposit with an account too few',
    (p) => {
      const instruction = deposit(usual(p));
      return [Object.assign(instruction, { keys: instruction.keys.slice(0, -1) })];
    },
    'account',
  ],
  [
    'a deposit with bytes behind it',
    (p) => {
      const instruction = deposit(usual(p));
      return [Object.assign(instruction, { data: Buffer.concat([instruction.data, Buffer.of(0)]) })];
    },
    'malformed',
  ],
  [
    'a deposit with a flag that is neither yes nor no',
    (p) => {
      const { programId, keys, data } = deposit(usual(p));
      return [
        new TransactionInstruction({
          programId,
          keys,
          data: Buffer.concat([data.subarray(0, -1), Buffer.of(2)]),
        }),
      ];
    },
    'malformed',
  ],
  [
    'a deposit moved to the account of a stranger',
    ({ me, thief }) => [
      driftInstruction(
        'transfer_deposit',
        me,
        [userOf(me), userOf(thief), statsOf(me), me, stateOf(), driftAddress('spot_market_vault', 0)],
        u16(0),
        u64(5n),
      ),
    ],
    'account',
  ],
  [
    'a position moved to the account of a stranger',
    ({ me, thief }) => [
      driftInstruction(
        'transfer_perp_position',
        me,
        [userOf(me), userOf(thief), statsOf(me), me, stateOf()],
        u16(0),
        Buffer.of(0),
      ),
    ],
    'account',
  ],
  [
    'a withdrawal from an isolated position to a stranger',
    (p) => {
      const { state, user, userStats, signer, vault, driftSigner, tokenProgram } = usual(p);
      return [
        driftInstruction(
          'withdraw_from_isolated_perp_position',
          signer,
          [state, user, userStats, signer, vault, driftSigner, associated(USDC, p.thief), tokenProgram],
          u16(0),
          u16(0),
          u64(5n),
        ),
      ];
    },
    'destination',
  ],
];

const ACCOUNTS: readonly Drain[] = [
  [
    'a stranger made the delegate',
    ({ me, thief }) => [
      driftInstruction('update_user_delegate', me, [userOf(me), me], u16(0), thief.toBytes()),
    ],
    'stranger',
  ],
  [
    'the delegate of another sub-account than the data says',
    ({ me }) => [driftInstruction('update_user_delegate', me, [userOf(me, 1), me], u16(0), me.toBytes())],
    'account',
  ],
  [
    'an account paid for that a stranger will own',
    ({ me, thief }) => [
      driftInstruction(
        'initialize_user',
        me,
        [userOf(thief), statsOf(thief), stateOf(), thief, me, SYSVAR_RENT_PUBKEY, SystemProgram.programId],
        u16(0),
        Buffer.alloc(32),
      ),
    ],
    'account',
  ],
  [
    'statistics paid for that a stranger will own',
    ({ me, thief }) => [
      driftInstruction('initialize_user_stats', me, [
        statsOf(thief),
        stateOf(),
        thief,
        me,
        SYSVAR_RENT_PUBKEY,
        SystemProgram.programId,
      ]),
    ],
    'account',
  ],
  ['orders of a stranger cancelled', ({ me, thief }) => [cancelAll(me, userOf(thief))], 'account'],
  [
    'a stake for a stranger',
    (p) => {
      const { state, userStats, signer, vault, driftSigner, tokens, tokenProgram } = usual(p);
      const [market, insurance] = [driftAddress('spot_market', 0), driftAddress('insurance_fund_vault', 0)];
      const accounts = [state, market, stakeOf(p.thief), userStats, signer, vault, insurance, driftSigner];
      return [
        driftInstruction(
          'add_insurance_fund_stake',
          signer,
          [...accounts, tokens, tokenProgram],
          u16(0),
          u64(5n),
        ),
      ];
    },
    'account',
  ],
  [
    'a stake into the vault of a thief',
    (p) => {
      const { state, userStats, signer, vault, driftSigner, tokens, tokenProgram } = usual(p);
      const accounts = [
        state,
        driftAddress('spot_market', 0),
        stakeOf(p.me),
        userStats,
        signer,
        vault,
        p.account,
      ];
      return [
        driftInstruction(
          'add_insurance_fund_stake',
          signer,
          [...accounts, driftSigner, tokens, tokenProgram],
          u16(0),
          u64(5n),
        ),
      ];
    },
    'account',
  ],
  [
    'a stake taken back to a stranger',
    (p) => {
      const { state, userStats, signer, driftSigner, tokenProgram } = usual(p);
      const [market, insurance] = [driftAddress('spot_market', 0), driftAddress('insurance_fund_vault', 0)];
      const accounts = [state, market, stakeOf(p.me), userStats, signer, insurance, driftSigner];
      return [
        driftInstruction(
          'remove_insurance_fund_stake',
          signer,
          [...accounts, associated(NATIVE_MINT, p.thief), tokenProgram],
          u16(0),
        ),
      ];
    },
    'destination',
  ],
];

/** What Drift has and the app doesn't need, for whatever reason. */
export const UNLISTED: readonly Drain[] = [
  ...DRIFT_IDL.filter(({ name }) => !NEEDED.includes(name)).map(({ name }): Drain => [
    `${name} of Drift`,
    ({ me, thief, bytes }) => [driftInstruction(name, me, [userOf(me), me, thief], bytes)],
    'instruction',
  ]),
  [
    'an instruction that Drift does not know',
    (p) => [raw(DRIFT, p, [p.me, p.thief], p.bytes)],
    'instruction',
  ],
];

/** Drains through Drift. */
export const DRIFT_DRAINS: readonly Drain[] = [...MOVES, ...ACCOUNTS];
