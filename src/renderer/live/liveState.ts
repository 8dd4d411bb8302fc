import type { CommandName } from '../../shared/contract/commands.ts';
import type { EngineName } from '../../shared/contract/engineName.ts';
import type { EngineStatusData, Interruption } from '../../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { ConnectionState } from '../api/transport.ts';
import type { EventRing } from './eventRing.ts';
import { EMPTY_DESK, type LiveDesk } from './liveDesk.ts';

/** One engine as the program last described it. */
export interface LiveEngine {
  readonly status: EngineStatusData;
  /** Null before its vault was first looked at. */
  readonly funding: FundingUpdateData | null;
  /** Wall time at which `funding` came, Unix ms. */
  readonly fundingAt: number | null;
}

/** A longer piece of work that this page began or has heard of. */
export interface LiveOperation {
  readonly operationId: string;
  readonly command: string;
  /** Null where it cannot be counted, or not yet. */
  readonly progress: { readonly done: number; readonly total: number } | null;
}

/** All that the page shows without asking. */
export interface LiveState {
  readonly connection: ConnectionState;
  /** Wall time of the last thing heard, Unix ms. */
  readonly heardAt: number | null;
  /** Whether there has been a snapshot: before it nothing is known, not even that there is nothing. */
  readonly known: boolean;
  readonly firstRun: boolean;
  /** The version that this page was loaded from; null before the first snapshot. */
  readonly appVersion: string | null;
  /** The program speaks another version than this page: it has to be loaded anew. */
  readonly outdated: boolean;
  readonly engines: Readonly<Partial<Record<EngineName, LiveEngine>>>;
  readonly events: EventRing;
  readonly operations: Readonly<Record<string, LiveOperation>>;
  /** Commands that take longer, by id. */
  readonly slow: Readonly<Record<string, CommandName>>;
  /** Of SOS and STOP_ENGINE those that wait for the connection: not sent, or without an answer when it broke. */
  readonly unsent: readonly CommandName[];
  readonly settingsRevision: number | null;
  /** Rises whenever the vault is another one: what was read before no longer holds. */
  readonly vaultEpoch: number;
  /** Rises whenever wallets or their lock have changed: they are to be read again. */
  readonly walletsEpoch: number;
  /** Rises with each snapshot: something may have been missed before it. */
  readonly snapshots: number;
  readonly interruption: Interruption | null;
  readonly desk: LiveDesk;
  /** Frames that did not fit the contract and were not shown. */
  readonly misfits: number;
}

export const FIRST_STATE: LiveState = {
  connection: { kind: 'connecting' },
  heardAt: null,
  known: false,
  firstRun: false,
  appVersion: null,
  outdated: false,
  engines: {},
  events: [],
  operations: {},
  slow: {},
  unsent: [],
  settingsRevision: null,
  vaultEpoch: 0,
  walletsEpoch: 0,
  snapshots: 0,
  interruption: null,
  desk: EMPTY_DESK,
  misfits: 0,
};
