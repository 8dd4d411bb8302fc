/** What the process of the node tells. Times are Unix ms with fractions. */
export type NodeReport =
  /** `secret`: of the wallet whose account there is on it, 32 bytes in hexadecimal. It was made for this, and has nothing. */
  | { readonly kind: 'listening'; readonly url: string; readonly secret: string }
  /** The program has asked something. */
  | { readonly kind: 'asked'; readonly method: string; readonly at: number }
  /** A deposit of the owner's has changed the account. */
  | { readonly kind: 'changed'; readonly at: number };

/** The owner is to deposit SOL with another program. */
export interface NodeOrder {
  readonly lamports: string;
}
