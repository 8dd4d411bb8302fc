import { onTestFinished } from 'vitest';

import type { Glance, Program } from '../../../src/main/app.ts';
import type { Carrier, Session } from '../../../src/main/commands/carrier.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { openLoopback, type LoopbackHost } from '../../../src/main/loopback/loopbackHost.ts';
import { pause } from '../../../src/main/platform/timers.ts';
import type { PageFiles } from '../../../src/main/platform/pageFiles.ts';
import type { Schedule } from '../../../src/main/platform/schedule.ts';
import type { Interruption } from '../../../src/shared/contract/engineStatus.ts';
import { connectClient, knock, type LoopbackClient } from '../../support/loopbackClient.ts';
import { NO_WALLETS } from '../../support/noWallets.ts';

export const KEY = 'ab'.repeat(32);

/** A program that answers every frame with itself, and says to everyone what it is told to. */
export class EchoProgram implements Program {
  readonly instanceId = 'echo';
  readonly dataDir = '/nowhere';
  readonly resumedAt = 0;
  readonly log = silentLogger;
  readonly wallets = NO_WALLETS;
  /** Frames as the host passed them on. */
  readonly received: string[] = [];
  readonly interruptions: Interruption[] = [];
  readonly carriers = new Set<Carrier>();
  connected = 0;
  closed = false;

  connect(carrier: Carrier): Session {
    if (this.closed) throw new Error('closed');
    this.connected += 1;
    this.carriers.add(carrier);
    return {
      receive: (text) => {
        this.received.push(text);
        carrier.send(this.echo(text));
      },
      ended: () => {
        this.carriers.delete(carrier);
      },
    };
  }

  echo(text: string): string {
    const { id, command } = requestIn(text);
    return JSON.stringify({ type: 'COMMAND_RESULT', id, command, status: 'ok', data: text });
  }

  broadcast(text: string): void {
    for (const carrier of this.carriers) carrier.send(text);
  }

  glance(): Glance {
    throw new Error('nobody looks at an echo');
  }

  onStatus(): () => void {
    return () => undefined;
  }

  sos(): Promise<void> {
    return Promise.resolve();
  }

  releaseSos(): Promise<void> {
    return Promise.resolve();
  }

  interrupted(interruption: Interruption): Promise<void> {
    this.interruptions.push(interruption);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

function requestIn(text: string): { id: string; command: string } {
  try {
    return JSON.parse(text) as { id: string; command: string };
  } catch {
    return { id: '', command: '' };
  }
}

/** A page of one script, without a build. */
export const PAGE: PageFiles = {
  page: (nonce) => ({ type: 'text/html; charset=utf-8', bytes: Buffer.from(`<meta nonce="${nonce}">`) }),
  assets: new Map([
    ['/assets/index.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('export {};') }],
  ]),
};

/** Looks again and again. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(2);
}

export interface Desk {
  readonly host: LoopbackHost;
  readonly program: EchoProgram;
  readonly port: number;
  /** A client that is hung up on when the test ends. */
  client(key?: string): Promise<LoopbackClient>;
  knock(options?: Partial<Parameters<typeof knock>[0]>): ReturnType<typeof knock>;
}

/** The host on any free port, closed when the test ends. */
export async function openDesk({
  schedule,
  files = PAGE,
}: { schedule?: Schedule; files?: PageFiles } = {}): Promise<Desk> {
  const program = new EchoProgram();
  const host = await openLoopback({
    program,
    files,
    key: KEY,
    port: 0,
    ...(schedule === undefined ? {} : { schedule }),
  });
  const { port } = host;
  const open: { terminate(): void }[] = [];
  onTestFinished(async () => {
    for (const one of open) one.terminate();
    await host.close();
  });
  return {
    host,
    program,
    port,
    client: async (key = KEY) => {
      const client = await connectClient({ port, key });
      open.push(client);
      return client;
    },
    knock: (options = {}) => {
      const knocking = knock({ port, ...options });
      open.push(knocking.socket);
      return knocking;
    },
  };
}
