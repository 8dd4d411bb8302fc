import { openProgram, type Program, type ProgramOptions } from '../app.ts';
import { watchInterruptions } from '../platform/interruptionWatch.ts';
import type { LogLevel } from '../platform/logger.ts';
import { DEFAULT_PORT } from './address.ts';
import { keyIn } from './keyFile.ts';
import { openLoopback, type LoopbackHost } from './loopbackHost.ts';
import { readPageFiles } from '../platform/pageFiles.ts';

export interface ServeRequest {
  readonly dataDir: string;
  /** The built renderer. */
  readonly pages: string;
  /** Undefined: the one that never changes. 0: any free one. */
  readonly port: number | undefined;
  readonly appVersion: string;
  readonly logLevel: LogLevel | undefined;
  /** Whether to ask for the passphrase of the active wallet on the terminal first. */
  readonly unlocks?: boolean;
  /** Whether real money may be traded over the address. */
  readonly allowsLive?: boolean;
}

/** The program and its loopback host, together. */
export interface Served {
  /** With the key in its fragment. */
  readonly address: string;
  readonly port: number;
  /** The wallet that was unlocked on the terminal, by its name. */
  readonly unlocked: string | undefined;
  /** Stops gracefully: clients, port, then the program. */
  close(): Promise<void>;
}

/** Opens the program on its data folder and serves it on 127.0.0.1. Nothing stays open where it throws. */
export async function serveProgram(
  {
    dataDir,
    pages,
    port = DEFAULT_PORT,
    appVersion,
    logLevel,
    unlocks = false,
    allowsLive = false,
  }: ServeRequest,
  open: (options: ProgramOptions) => Program = openProgram,
): Promise<Served> {
  const files = readPageFiles(pages);
  const program = open({ dataDir, appVersion, logLevel, stderrLevel: 'error', allowsLive });
  let host: LoopbackHost;
  let unlocked: string | undefined;
  try {
    if (unlocks) unlocked = await program.wallets.unlockAtTerminal();
    host = await openLoopback({ program, files, key: keyIn(dataDir), port });
  } catch (error) {
    await program.close();
    throw error;
  }
  const unwatch = watchInterruptions((interruption) => {
    program.log.warn('the computer was away', { ...interruption });
    program.interrupted(interruption).catch((error: unknown) => {
      program.log.error('the engine could not go on after the computer was away', { error });
    });
  });
  return {
    address: host.address,
    port: host.port,
    unlocked,
    close: async () => {
      unwatch();
      try {
        await host.close();
      } finally {
        await program.close();
      }
    },
  };
}
