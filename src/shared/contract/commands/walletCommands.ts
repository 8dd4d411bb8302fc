import { z } from 'zod';
import { ceremonyTask } from '../ceremony.ts';
import { command } from '../command.ts';
import { errorReply } from '../errorReply.ts';
import { walletAddress } from '../walletAddress.ts';

const walletView = z.strictObject({
  address: walletAddress,
  name: z.string(),
  /** `delegate`: may trade for its owner's account, can't withdraw. `watch`: no key here. */
  kind: z.enum(['owner', 'delegate', 'watch']),
  /** Whose account it trades: its own, unless it is a delegate. */
  owner: walletAddress,
  /** Where in a recovery phrase it stands; null for a key without a phrase. */
  path: z.string().nullable(),
  /** Unix ms. */
  addedAt: z.number(),
  active: z.boolean(),
  /**
   * What the keychain has: `protected` by a passphrase as well; `plain`, by the keychain alone; `missing` although it
   * should be there; `none` for what is watched; `unknown` while the keychain can't be read.
   */
  key: z.enum(['protected', 'plain', 'missing', 'none', 'unknown']),
});
export type WalletView = z.infer<typeof walletView>;

const walletsView = z.strictObject({
  wallets: z.array(walletView),
  /** The lock of the active wallet. `unavailable`: the keychain or the signer can't be used, and `error` says why. */
  lock: z.enum(['none', 'watchOnly', 'locked', 'unlocked', 'unavailable']),
  error: errorReply.nullable(),
  keychain: z.strictObject({
    /** What the user knows it as: "Secret Service". */
    store: z.string(),
    /** Why it can't be used; null where it can. */
    error: errorReply.nullable(),
  }),
  /** Where secrets are entered and shown: in a window of their own, or on the terminal. */
  secrets: z.enum(['window', 'terminal']),
});
export type WalletsView = z.infer<typeof walletsView>;

/** What is wrong with a name is said in words (walletNameProblem). */
const name = z.string().max(200);

/** No command carries a secret: wallets are made, imported and unlocked in a window of their own, or on the terminal. */
export const WALLET_COMMANDS = {
  GET_WALLETS: command({
    about: 'The wallets, which one is active, whether it is locked, and whether the keychain works.',
    payload: z.strictObject({}),
    reply: walletsView,
    kind: 'read',
  }),
  OPEN_WALLET_WINDOW: command({
    about:
      'Opens the window in which secrets are entered and shown (desktop only). It answers once the window is open.',
    payload: z.strictObject({ task: ceremonyTask }),
    reply: z.strictObject({}),
    kind: 'settle',
  }),
  WATCH_ADDRESS: command({
    about: 'Adds an address that is only watched: nothing can be signed for it.',
    payload: z.strictObject({ address: walletAddress, name }),
    reply: walletsView,
    kind: 'act',
  }),
  RENAME_WALLET: command({
    about: 'Gives a wallet another name.',
    payload: z.strictObject({ address: walletAddress, name }),
    reply: walletsView,
    kind: 'act',
  }),
  SELECT_WALLET: command({
    about: 'Makes a wallet the active one.',
    payload: z.strictObject({ address: walletAddress }),
    reply: walletsView,
    kind: 'act',
  }),
  REMOVE_WALLET: command({
    about:
      'Forgets a wallet. `confirm` is its name, as the user typed it. Where that destroys a key, the desktop asks its user once more outside of the page, and the loopback carrier answers NOT_SUPPORTED: it is done on the terminal.',
    payload: z.strictObject({ address: walletAddress, confirm: z.string().max(200) }),
    reply: walletsView,
    kind: 'act',
  }),
  LOCK_WALLET: command({
    about: 'Locks the active wallet: nothing is signed until it is unlocked.',
    payload: z.strictObject({}),
    reply: walletsView,
    kind: 'settle',
  }),
} as const;
