import type { ArgumentKind } from './driftArguments.ts';
import { sha256 } from './derivedAddress.ts';

/** What has to stand in a place among an instruction's accounts. */
export type AccountRole =
  | 'state'
  | 'driftSigner'
  /** The key that signs. */
  | 'signer'
  /** The owner of the account on the venue, who need not sign. */
  | 'owner'
  /** A sub-account of the owner. */
  | 'user'
  | 'userStats'
  /** Of the spot market that the data names. */
  | 'spotMarket'
  | 'vault'
  | 'insuranceVault'
  | 'insuranceStake'
  /** The vault of USDC, in which all perp markets settle. */
  | 'quoteVault'
  /** A token account that the signer may spend from, which the chain checks. */
  | 'source'
  /** A token account that is proven to be the user's own. */
  | 'destination'
  | 'tokenProgram'
  | 'systemProgram'
  | 'rent';

export interface DriftInstruction {
  /** As the program's source has it. */
  readonly name: string;
  /** A delegate may do what `trader` stands for. */
  readonly for: 'trader' | 'owner';
  /** Before the name of the sub-account, in words. */
  readonly side: 'in' | 'into' | 'from';
  readonly accounts: readonly AccountRole[];
  readonly arguments: readonly ArgumentKind[];
}

/** An instruction begins with so many bytes of a hash of its name. Source: Anchor. */
export const DISCRIMINATOR_BYTES = 8;

const ORDER = ['state', 'user', 'signer'] as const;
const TAKE = ['state', 'user', 'userStats', 'signer'] as const;
const USER = ['user', 'signer'] as const;
const DEPOSIT = ['state', 'user', 'userStats', 'signer', 'vault', 'source', 'tokenProgram'] as const;
const WITHDRAW = [
  'state',
  'user',
  'userStats',
  'signer',
  'vault',
  'driftSigner',
  'destination',
  'tokenProgram',
] as const;
const SETTLE = ['state', 'user', 'signer', 'quoteVault'] as const;
const UNSTAKE = ['spotMarket', 'insuranceStake', 'userStats', 'signer', 'insuranceVault'] as const;

type Row = readonly [
  name: string,
  accounts: readonly AccountRole[],
  args: readonly ArgumentKind[],
  side?: DriftInstruction['side'],
];

/** Source: drift.json of @drift-labs/sdk 2.156.0. */
const TRADER: readonly Row[] = [
  ['deposit', DEPOSIT, ['spotMarket', 'amount', 'flag'], 'into'],
  ['deposit_into_isolated_perp_position', DEPOSIT, ['spotMarket', 'perpMarket', 'amount'], 'into'],
  [
    'transfer_isolated_perp_position_deposit',
    ['user', 'userStats', 'signer', 'state', 'vault'],
    ['spotMarket', 'perpMarket', 'signedAmount'],
  ],
  ['place_perp_order', ORDER, ['order']],
  ['place_spot_order', ORDER, ['order']],
  ['place_orders', ORDER, ['orders']],
  ['place_and_take_perp_order', TAKE, ['order', 'condition']],
  ['place_and_take_spot_order', TAKE, ['order', 'fulfillment', 'condition']],
  ['modify_order', ORDER, ['orderId', 'change']],
  ['modify_order_by_user_id', ORDER, ['userOrderId', 'change']],
  ['cancel_order', ORDER, ['orderId']],
  ['cancel_order_by_user_id', ORDER, ['userOrderId']],
  ['cancel_orders', ORDER, ['optionalMarketType', 'optionalMarket', 'optionalDirection']],
  ['cancel_orders_by_ids', ORDER, ['orderIds']],
  ['settle_pnl', SETTLE, ['perpMarket']],
  ['settle_multiple_pnls', SETTLE, ['perpMarkets', 'settleMode']],
  ['settle_funding_payment', ['state', 'user'], []],
];

const OWNER: readonly Row[] = [
  ['initialize_user_stats', ['userStats', 'state', 'owner', 'signer', 'rent', 'systemProgram'], []],
  [
    'initialize_user',
    ['user', 'userStats', 'state', 'owner', 'signer', 'rent', 'systemProgram'],
    ['subAccount', 'name'],
  ],
  ['update_user_name', USER, ['subAccount', 'name']],
  ['update_user_delegate', USER, ['subAccount', 'delegate']],
  ['update_user_custom_margin_ratio', USER, ['subAccount', 'ratio']],
  ['update_user_margin_trading_enabled', USER, ['subAccount', 'flag']],
  ['delete_user', ['user', 'userStats', 'state', 'signer'], []],
  ['withdraw', WITHDRAW, ['spotMarket', 'amount', 'flag'], 'from'],
  ['withdraw_from_isolated_perp_position', WITHDRAW, ['spotMarket', 'perpMarket', 'amount'], 'from'],
  [
    'transfer_deposit',
    ['user', 'user', 'userStats', 'signer', 'state', 'vault'],
    ['spotMarket', 'amount'],
    'from',
  ],
  [
    'transfer_perp_position',
    ['user', 'user', 'userStats', 'signer', 'state'],
    ['perpMarket', 'optionalSize'],
    'from',
  ],
  [
    'initialize_insurance_fund_stake',
    ['spotMarket', 'insuranceStake', 'userStats', 'state', 'signer', 'signer', 'rent', 'systemProgram'],
    ['spotMarket'],
  ],
  [
    'add_insurance_fund_stake',
    [
      'state',
      'spotMarket',
      'insuranceStake',
      'userStats',
      'signer',
      'vault',
      'insuranceVault',
      'driftSigner',
      'source',
      'tokenProgram',
    ],
    ['spotMarket', 'amount'],
  ],
  ['request_remove_insurance_fund_stake', UNSTAKE, ['spotMarket', 'amount']],
  ['cancel_request_remove_insurance_fund_stake', UNSTAKE, ['spotMarket']],
  [
    'remove_insurance_fund_stake',
    [
      'state',
      'spotMarket',
      'insuranceStake',
      'userStats',
      'signer',
      'insuranceVault',
      'driftSigner',
      'destination',
      'tokenProgram',
    ],
    ['spotMarket'],
  ],
];

const entries = (
  rows: readonly Row[],
  allowed: DriftInstruction['for'],
): (readonly [string, DriftInstruction])[] =>
  rows.map(([name, accounts, args, side = 'in']) => [
    discriminatorText(sha256(Buffer.from(`global:${name}`, 'ascii'))),
    { name, for: allowed, side, accounts, arguments: args },
  ]);

/** What the app needs of Drift, and nothing else, by discriminator. */
const INSTRUCTIONS: ReadonlyMap<string, DriftInstruction> = new Map([
  ...entries(TRADER, 'trader'),
  ...entries(OWNER, 'owner'),
]);

/** Which instruction the data begins with; undefined for one that the app doesn't need. */
export const driftInstructionOf = (data: Uint8Array): DriftInstruction | undefined =>
  INSTRUCTIONS.get(discriminatorText(data));

function discriminatorText(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, DISCRIMINATOR_BYTES)).toString('hex');
}
