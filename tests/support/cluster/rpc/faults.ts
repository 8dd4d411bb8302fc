import type { ChainSnapshot } from '../chain/chain.ts';
import type { TransactionError } from '../chain/transactionError.ts';
import { FaultSwitch, type FaultScope } from './faultSwitch.ts';

/** What a node can be told to do wrong. */
export type Fault =
  /** Answers with an HTTP status and no JSON: 429, 500, 502. The request is not processed. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterS?: number }
  /** The request is neither processed nor answered until released. */
  | { readonly kind: 'silence' }
  /** The request is processed at once, and answered when released. */
  | { readonly kind: 'slow' }
  /** The request is processed, and the connection cut before the answer. */
  | { readonly kind: 'lostReply' }
  /** Every simulation fails, that before sending included. */
  | { readonly kind: 'simulationFails'; readonly err?: TransactionError; readonly logs?: readonly string[] }
  /** sendTransaction answers with the signature, and nothing happens. */
  | { readonly kind: 'dropped' }
  /** sendTransaction answers with the signature; the transaction is put into a block when released, if still in time. */
  | { readonly kind: 'late' }
  /** The transaction is put into a block twice. A chain does it once. */
  | { readonly kind: 'duplicated' }
  /** The first of two transactions waits for the second, and lands after it. */
  | { readonly kind: 'reordered' }
  /** Before a transaction is looked at, so many blocks go by that its blockhash is no longer good. */
  | { readonly kind: 'blockhashExpires' }
  /** Reads are answered from an older chain, with its slot. */
  | { readonly kind: 'behind'; readonly snapshot: ChainSnapshot }
  /** getAccountInfo and getMultipleAccounts give another owner for one account. */
  | { readonly kind: 'wrongOwner'; readonly address: string; readonly owner: string }
  | { readonly kind: 'wrongGenesis' }
  /** Says that a transaction is unknown although it has landed: of one signature, or of any. */
  | { readonly kind: 'saysAbsent'; readonly signature?: string }
  /** Says that a transaction is confirmed although it has not landed: of one signature, or of any. */
  | { readonly kind: 'saysConfirmed'; readonly signature?: string }
  /** What a subscription would tell is not told. */
  | { readonly kind: 'muted' };

export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** The listeners of a node, as far as they can fail. */
export interface Line {
  /** Stops listening and cuts every connection: who connects is refused. */
  close(): Promise<void>;
  /** Listens again, on the same ports. */
  open(): Promise<void>;
  dropSockets(): void;
}

/** The switches of one node. What is on first comes first. */
export class Faults {
  readonly #line: Line;
  readonly #switches: FaultSwitch[] = [];

  constructor(line: Line) {
    this.#line = line;
  }

  /** For the next `times` requests to `methods`; for all of them, until switched off, where those aren't given. */
  switchOn(fault: Fault, scope: FaultScope = {}): FaultSwitch {
    const made = new FaultSwitch(fault, scope);
    this.#switches.push(made);
    return made;
  }

  /** Connections are refused until `acceptConnections`. */
  refuseConnections(): Promise<void> {
    return this.#line.close();
  }

  acceptConnections(): Promise<void> {
    return this.#line.open();
  }

  /** Cuts every WebSocket, without a word. A new one is accepted. */
  dropSockets(): void {
    this.#line.dropSockets();
  }

  /** No fault from now on; what is held by a switch stays so until released. */
  clear(): void {
    for (const each of this.#switches) each.off();
  }

  /** For the node: counts a request, and gives the switch that it has run into. */
  hit<K extends FaultKind>(
    kind: K,
    method: string,
    matches: (fault: FaultOf<K>) => boolean = () => true,
  ): FaultSwitch | undefined {
    const found = this.#switches.find(
      (each) => each.fault.kind === kind && each.concerns(method) && matches(each.fault as FaultOf<K>),
    );
    found?.count();
    return found;
  }

  /** The same, where nothing is to be held: only what the fault says. */
  take<K extends FaultKind>(
    kind: K,
    method: string,
    matches?: (fault: FaultOf<K>) => boolean,
  ): FaultOf<K> | undefined {
    return this.hit(kind, method, matches)?.fault as FaultOf<K> | undefined;
  }
}
