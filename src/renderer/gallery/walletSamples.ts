import type { WalletsView, WalletView } from '../../shared/contract/commands/walletCommands.ts';
import { NOW } from './samples.ts';

const DAY = 86_400_000;
const MAIN = '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU';

const OWNER: WalletView = {
  address: MAIN,
  name: 'Main',
  kind: 'owner',
  owner: MAIN,
  path: "m/44'/501'/0'/0'",
  addedAt: NOW - 30 * DAY,
  active: false,
  key: 'plain',
};

const DELEGATE: WalletView = {
  ...OWNER,
  address: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  name: 'Engine',
  kind: 'delegate',
  addedAt: NOW - 29 * DAY,
  active: true,
  key: 'protected',
};

const STRANGER: WalletView = {
  ...DELEGATE,
  address: 'So11111111111111111111111111111111111111112',
  name: 'Second engine',
  owner: '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T',
  path: null,
  active: false,
  key: 'missing',
};

const WATCHED: WalletView = {
  ...OWNER,
  address: '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4U',
  name: 'Cold storage',
  kind: 'watch',
  owner: '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4U',
  path: null,
  addedAt: NOW - DAY,
  key: 'none',
};

export const WALLETS: WalletsView = {
  wallets: [OWNER, DELEGATE, STRANGER, WATCHED],
  lock: 'unlocked',
  error: null,
  keychain: { store: 'Secret Service', error: null },
  secrets: 'window',
};

export const NO_KEYCHAIN = {
  code: 'KEYCHAIN_UNAVAILABLE',
  message: 'The Secret Service does not answer: no keyring is running in this session.',
  details: { store: 'Secret Service' },
} as const;
