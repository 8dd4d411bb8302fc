import type { CommandName, PayloadOf, ReplyOf } from '../../shared/contract/commands.ts';
import type { RequestStreams } from './streams/requestStreams.ts';

/** The connection that asks. */
export interface Asker {
  /** The number of its last broadcast. */
  readonly seq: () => number;
  readonly streams: Pick<RequestStreams, 'open' | 'close'>;
}

/** What a handler has beside its payload. */
export interface Work extends Asker {
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
