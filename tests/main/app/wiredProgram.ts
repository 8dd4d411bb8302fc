import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { openProgram } from '../../../src/main/app.ts';
import { keyIn } from '../../../src/main/loopback/keyFile.ts';
import { openLoopback } from '../../../src/main/loopback/loopbackHost.ts';
import { readPageFiles } from '../../../src/main/platform/pageFiles.ts';
import {
  COMMANDS,
  type CommandName,
  type PayloadOf,
  type ReplyOf,
} from '../../../src/shared/contract/commands.ts';
import type { ErrorReply } from '../../../src/shared/contract/errorReply.ts';
import type { MarketDataFrame } from '../../../src/shared/contract/frames.ts';
import { connectClient, type LoopbackClient } from '../../support/loopbackClient.ts';

/** A connection to the real program, over a real socket. What it hears is held against the contract. */
export class Wire {
  readonly client: LoopbackClient;

  constructor(client: LoopbackClient) {
    this.client = client;
  }

  /** The data of a command that has to succeed, and to fit its schema. */
  async ask<Name extends CommandName>(command: Name, payload: PayloadOf<Name>): Promise<ReplyOf<Name>> {
    const result = await this.client.command(command, payload);
    if (result.status !== 'ok')
      throw new Error(`${command} ${JSON.stringify(payload)} was refused: ${JSON.stringify(result)}`);
    return COMMANDS[command].reply.parse(result.data) as ReplyOf<Name>;
  }

  /** The error of a command that has to be refused. */
  async refusal(command: string, payload: unknown): Promise<ErrorReply> {
    const result = await this.client.command(command, payload);
    if (result.status !== 'error')
      throw new Error(`${command} ${JSON.stringify(payload)} was not refused: ${JSON.stringify(result)}`);
    return result.error;
  }

  /** What came of a stream so far. */
  heardOf(subscriptionId: string): readonly MarketDataFrame[] {
    return this.client.frames.filter(
      (frame) => frame.type === 'MARKET_DATA' && frame.subscriptionId === subscriptionId,
    ) as MarketDataFrame[];
  }

  /** The next frame of a stream that fits, among those heard already or to come. */
  async hears(
    subscriptionId: string,
    fits: (data: MarketDataFrame['data']) => boolean,
    what: string,
  ): Promise<MarketDataFrame> {
    const frame = await this.client.hears(
      (one) => one.type === 'MARKET_DATA' && one.subscriptionId === subscriptionId && fits(one.data),
      what,
    );
    return frame as MarketDataFrame;
  }
}

export interface WiredProgram {
  connect(): Promise<Wire>;
}

/** The real program on a new folder, behind the real loopback host; closed when the running test ends. */
export async function wiredProgram(): Promise<WiredProgram> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'wired-'));
  const wires: Wire[] = [];
  const program = openProgram({
    dataDir,
    appVersion: '0.0.0-test',
    logLevel: 'error',
    stderrLevel: 'none',
  });
  writeFileSync(path.join(dataDir, 'index.html'), '<title>Phantom Arbiter</title>');
  const key = keyIn(dataDir);
  const host = await openLoopback({ program, files: readPageFiles(dataDir), key, port: 0 });
  onTestFinished(async () => {
    await host.close();
    await program.close();
    rmSync(dataDir, { recursive: true, force: true });
    const misfits = wires.flatMap(({ client }) => client.misfits);
    if (misfits.length > 0) throw new Error(`Against the contract: ${misfits.slice(0, 3).join('; ')}`);
  });
  return {
    async connect() {
      const wire = new Wire(await connectClient({ port: host.port, key }));
      wires.push(wire);
      return wire;
    },
  };
}
