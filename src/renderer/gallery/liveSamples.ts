import type { ConfirmationView, StandingView } from '../../shared/contract/confirmation.ts';
import type { DifferenceView } from '../../shared/contract/difference.ts';
import type { LiveCheckView } from '../../shared/contract/liveCheck.ts';
import type { SubAccountView } from '../../shared/contract/subAccount.ts';
import { NOW } from './samples.ts';
import { WALLETS } from './walletSamples.ts';

const DAY = 86_400_000;
const OWNER = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';
const PLACE = { venue: 'drift', owner: OWNER, subAccount: 2 } as const;

export const BOTH_LEGS: ConfirmationView = {
  confirmationId: 'both',
  place: PLACE,
  purpose: 'enter',
  because: 'Funding pays for the way in within 2 days.',
  legs: [
    { market: 'SOL', side: 'buy', size: '12.512345678', limitPrice: '150.9641', reduceOnly: false },
    { market: 'SOL-PERP', side: 'sell', size: '12.5', limitPrice: '149.4', reduceOnly: false },
  ],
  worth: '3751.2',
  askedAt: NOW - 12_000,
  expiresAt: NOW + 48_000,
  answer: 'none',
};
const [, short] = BOTH_LEGS.legs;
export const ONE_LEG: ConfirmationView = {
  ...BOTH_LEGS,
  confirmationId: 'one',
  because: 'delta drift over the tolerance',
  legs: short === undefined ? BOTH_LEGS.legs : [{ ...short, side: 'buy', reduceOnly: true }],
  worth: '1876.25',
  expiresAt: NOW + 7_000,
};

export const STANDING: StandingView = {
  place: PLACE,
  perTrade: '2500',
  perDay: '10000',
  grantedAt: NOW - DAY,
  until: NOW + 6 * DAY,
  inForce: true,
  spent: '3751.2',
  left: '6248.8',
};

export const DIFFERENCES: readonly DifferenceView[] = [
  {
    kind: 'cash',
    subject: 'USDC',
    books: '5012.330001',
    chain: '4512.330001',
    words: 'The sub-account has 500 USDC less than the books say.',
    acceptable: true,
  },
  {
    kind: 'unknownOrder',
    subject: '42',
    books: null,
    chain: '1.5',
    words: 'Order 42 is open at the venue, and not one of the engine’s.',
    acceptable: false,
  },
];

export const CHECKS: readonly LiveCheckView[] = [
  {
    name: 'wallet',
    state: 'ok',
    says: 'Engine is unlocked, and may trade for its owner.',
    todo: null,
    code: null,
  },
  {
    name: 'venue',
    state: 'failed',
    says: 'The venue is closed: the chain refuses its trades. It answers: Unsupported program id.',
    todo: 'Nothing can be traded there any more. Choose another venue.',
    code: 'VENUE_CLOSED',
  },
  {
    name: 'rpc',
    state: 'warning',
    says: '1 of 1 RPC endpoints of mainnet work.',
    todo: 'Add a second one to fall back on.',
    code: null,
  },
  {
    name: 'clock',
    state: 'unknown',
    says: 'The time could not be found out: the endpoint took too long.',
    todo: 'Check again in a moment.',
    code: 'VENUE_UNAVAILABLE',
  },
];

export const SUB_ACCOUNTS: readonly SubAccountView[] = [
  {
    number: 0,
    name: 'Main account',
    delegate: null,
    equity: '4210.55',
    positions: 1,
    openOrders: 2,
    hasVault: false,
  },
  {
    number: 2,
    name: 'Phantom Arbiter',
    delegate: WALLETS.wallets[1]?.address ?? null,
    equity: '10304.34',
    positions: 0,
    openOrders: 0,
    hasVault: true,
  },
  {
    number: 3,
    name: '',
    delegate: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
    equity: null,
    positions: 0,
    openOrders: 0,
    hasVault: false,
  },
];
