import type { Interruption } from '../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../shared/contract/fundingUpdate.ts';
import type { EngineStatusData } from '../shared/contract/engineStatus.ts';
import type { Carrier, Session } from './commands/carrier.ts';
import type { LogLevel, Logger } from './platform/logger.ts';

export interface ProgramOptions {
  /** Where the database, the logs, the backups and the exports are kept. */
  readonly dataDir: string;
  readonly appVersion: string;
  /** What the environment says; undefined leaves it to the setting. */
  readonly logLevel: LogLevel | undefined;
  readonly stderrLevel: LogLevel | 'none';
}

/** What a tray or a title bar shows. */
export interface Glance {
  readonly status: EngineStatusData;
  readonly funding: FundingUpdateData | null;
}

/** The program without a host: it is given carriers, and told what happens to the computer. */
export interface Program {
  /** New at every start. */
  readonly instanceId: string;
  readonly dataDir: string;
  readonly log: Logger;
  /** A client that has been let in. */
  connect(carrier: Carrier): Session;
  glance(): Glance;
  /** Told whenever the state of the engine changes, and of every event. Returns what ends it. */
  onStatus(listener: (status: EngineStatusData) => void): () => void;
  /** SOS from outside a window: a tray, a signal. Durable when it resolves. */
  sos(flatten: boolean): Promise<void>;
  releaseSos(): Promise<void>;
  /** The computer slept, or its clock jumped: sync first, then go on (R11.5). */
  interrupted(interruption: Interruption): Promise<void>;
  /** Stops gracefully; everything is durable when it resolves. */
  close(): Promise<void>;
}

/** Opens the data folder and builds everything on it. Throws AppError where the folder or database refuses. */
export function openProgram(options: ProgramOptions): Program {
  throw new Error(`not built yet: ${options.dataDir}`);
}
