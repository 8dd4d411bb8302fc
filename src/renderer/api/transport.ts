/** Why a connection won't come about by waiting. */
export type RefusalReason = 'noKey' | 'wrongKey' | 'notTheServer' | 'protocol';

/** Where the connection stands. Times in Unix ms of the wall. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly since: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/** What carries frames between the page and the program. It connects again by itself until it is closed. */
export interface Transport {
  connect(): void;
  /** Whether it was handed over: false while the connection isn't open. */
  send(text: string): boolean;
  readonly state: ConnectionState;
  /** Returns what ends it. */
  onText(listener: (text: string) => void): () => void;
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Tries now instead of when it would have. */
  hurry(): void;
  /** Gives up a connection on which the other side has gone silent, and makes another. */
  drop(): void;
  close(): void;
}
