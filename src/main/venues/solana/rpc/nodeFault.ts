/**
 * Why a node gave no answer that can be used.
 *
 * - `unreachable`: no connection, a time-out, a 5xx
 * - `refused`: it lets nobody in, or not us: a 4xx
 * - `garbled`: what it sent is no answer
 * - `limited`: it asks us to wait
 * - `behind`: it hasn't seen what has been seen already
 * - `early`: it is about to see the slot that was asked for
 * - `unable`: it is well, but can't say this
 * - `wrongNetwork`: it belongs to another network
 * - `outvoted`: it claims a slot that most of the others say can't be yet
 */
export type FaultKind =
  | 'unreachable'
  | 'refused'
  | 'garbled'
  | 'limited'
  | 'behind'
  | 'early'
  | 'unable'
  | 'wrongNetwork'
  | 'outvoted';

/** Thrown from node to pool, which asks another node. It never leaves this folder. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';
  readonly kind: FaultKind;
  /** How long a limited node wants to be left alone, ms. */
  readonly waitMs: number;
  /** How far a node that is behind has come, where it says so. */
  readonly slot: number | undefined;

  /** @param said for people: without the secrets of the node's address */
  constructor(
    kind: FaultKind,
    said: string,
    { waitMs = 0, slot }: { readonly waitMs?: number; readonly slot?: number | undefined } = {},
  ) {
    super(said);
    this.kind = kind;
    this.waitMs = waitMs;
    this.slot = slot;
  }
}
