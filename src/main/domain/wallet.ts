/** What the program remembers of a wallet. Its key, where it has one, is in the keychain of the operating system. */
export interface WalletRecord {
  readonly address: string;
  /** What its owner calls it; no two wallets share one. */
  readonly name: string;
  /** A delegate trades for its owner's account and can't withdraw; what is watched has no key here. */
  readonly kind: 'owner' | 'delegate' | 'watch';
  /** Whose account it trades: its own, unless it is a delegate. */
  readonly owner: string;
  /** Where in a phrase it stands; null for a key without a phrase, and for what is watched. */
  readonly path: string | null;
  /** Unix ms. */
  readonly addedAt: number;
}

/** The wallets that the program knows, and which one is active. */
export interface WalletRecords {
  /** In the order in which they were added. */
  all(): readonly WalletRecord[];
  active(): string | undefined;
  /** The first one becomes active. Throws WALLET_EXISTS, WALLET_INVALID_NAME (the name is another's). */
  add(record: WalletRecord): void;
  /** The same, in place of the one that has the address, if there is one; it stays active. */
  put(record: WalletRecord): void;
  /** Throws WALLET_UNKNOWN, WALLET_INVALID_NAME. */
  rename(address: string, name: string): void;
  /** Throws WALLET_UNKNOWN. */
  activate(address: string): void;
  /** Forgets it; the active one leaves none active. Throws WALLET_UNKNOWN. */
  remove(address: string): void;
}
