import type { CommandName, PayloadOf, ReplyOf } from '../../shared/contract/commands.ts';

/** What a handler has beside its payload. */
export interface Work {
  /** The last broadcast number of the connection that asks. */
  readonly seq: () => number;
  /** Aborted when the user ends the work early. */
  readonly signal: AbortSignal;
  /** How far the work is, where it takes longer. */
  readonly progress: (done: number, total: number) => void;
}

export type Handler<Name extends CommandName> = (
  payload: PayloadOf<Name>,
  work: Work,
) => ReplyOf<Name> | Promise<ReplyOf<Name>>;

/** One handler for every command: one that is missing does not compile. */
export type Handlers = { readonly [Name in CommandName]: Handler<Name> };
