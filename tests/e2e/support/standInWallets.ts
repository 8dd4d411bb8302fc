import type { PayloadOf } from '../../../src/shared/contract/commands.ts';
import type { WalletsView, WalletView } from '../../../src/shared/contract/commands/walletCommands.ts';
import type { ErrorReply } from '../../../src/shared/contract/errorReply.ts';
import type { Answer } from './standIn.ts';

const SINCE = Date.UTC(2026, 2, 2, 8);

export const OWNER: WalletView = {
  address: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  name: 'Main',
  kind: 'owner',
  owner: '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU',
  path: "m/44'/501'/0'/0'",
  addedAt: SINCE,
  active: false,
  key: 'plain',
};
export const DELEGATE: WalletView = {
  address: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  name: 'Engine',
  kind: 'delegate',
  owner: OWNER.address,
  path: "m/44'/501'/0'/0'",
  addedAt: SINCE + 86_400_000,
  active: true,
  key: 'protected',
};
export const WATCHED: WalletView = {
  address: 'So11111111111111111111111111111111111111112',
  name: 'Cold storage',
  kind: 'watch',
  owner: 'So11111111111111111111111111111111111111112',
  path: null,
  addedAt: SINCE + 2 * 86_400_000,
  active: false,
  key: 'none',
};

export const SOME_WALLETS: WalletsView = {
  wallets: [OWNER, DELEGATE, WATCHED],
  lock: 'unlocked',
  error: null,
  keychain: { store: 'Secret Service', error: null },
  secrets: 'window',
};

const UNREADABLE = { code: 'INTERNAL', message: 'The wallets could not be listed.', details: {} } as const;

/** Wallets without keys, for a stand-in: commands change them as the program's would. */
export class StandInWallets {
  view: WalletsView = SOME_WALLETS;
  /** What was sent, in its order. */
  readonly heard: (readonly [command: string, payload: unknown])[] = [];
  /** What acting commands are answered instead. */
  refusal: ErrorReply | null = null;
  /** Whether the wallets can't be read. */
  unreadable = false;
  /** What acting commands wait for. */
  after: Promise<void> | undefined;

  readonly answer = (command: string, payload: unknown): Answer | undefined => {
    if (command === 'GET_WALLETS')
      return this.unreadable ? { status: 'error', error: UNREADABLE } : { status: 'ok', data: this.view };
    const wallets = this.#after(command, payload);
    if (wallets === undefined) return undefined;
    this.heard.push([command, payload]);
    const wait = this.after === undefined ? {} : { after: this.after };
    if (this.refusal !== null) return { status: 'error', error: this.refusal, ...wait };
    this.view = wallets;
    return { status: 'ok', data: command === 'OPEN_WALLET_WINDOW' ? {} : this.view, ...wait };
  };

  /** The view after a command; undefined for what is no command of wallets. */
  #after(command: string, payload: unknown): WalletsView | undefined {
    const { view } = this;
    const { wallets } = view;
    switch (command) {
      case 'OPEN_WALLET_WINDOW':
        return view;
      case 'LOCK_WALLET':
        return { ...view, lock: 'locked' };
      case 'WATCH_ADDRESS': {
        const { address, name } = payload as PayloadOf<'WATCH_ADDRESS'>;
        return { ...view, wallets: [...wallets, { ...WATCHED, address, owner: address, name }] };
      }
      case 'RENAME_WALLET': {
        const { address, name } = payload as PayloadOf<'RENAME_WALLET'>;
        return { ...view, wallets: wallets.map((one) => (one.address === address ? { ...one, name } : one)) };
      }
      case 'SELECT_WALLET': {
        const { address } = payload as PayloadOf<'SELECT_WALLET'>;
        const active = wallets.find((one) => one.address === address);
        return {
          ...view,
          lock: active?.kind === 'watch' ? 'watchOnly' : 'locked',
          wallets: wallets.map((one) => ({ ...one, active: one === active })),
        };
      }
      case 'REMOVE_WALLET': {
        const { address } = payload as PayloadOf<'REMOVE_WALLET'>;
        const left = wallets.filter((one) => one.address !== address);
        return { ...view, wallets: left, lock: left.some(({ active }) => active) ? view.lock : 'none' };
      }
      default:
        return undefined;
    }
  }
}
