import type { EngineStatusData, Interruption } from '../../../../src/shared/contract/engineStatus.ts';
import type { Glance, Program, ProgramOptions } from '../../../../src/main/app.ts';
import type { Carrier, Session } from '../../../../src/main/commands/carrier.ts';
import { silentLogger } from '../../../../src/main/platform/logger.ts';
import { FLAT, STOPPED } from '../statuses.ts';

const heard: string[] = [];
const listeners = new Set<(status: EngineStatusData) => void>();
let glance: Glance = { status: STOPPED, funding: FLAT };
let carrier: Carrier | undefined;

/** A program that does nothing but remember what it was told, and say what the test wants it to say. */
export function openFake(options: ProgramOptions): Program {
  heard.push(`open ${options.dataDir}`);
  const log = {
    ...silentLogger,
    warn: (message: string, context = {}) => heard.push(`warn ${message} ${JSON.stringify(context)}`),
    error: (message: string, { error }: { error?: unknown } = {}) =>
      heard.push(`error ${message} ${String(error)}`),
  };
  return {
    instanceId: 'fake',
    resumedAt: 0,
    dataDir: options.dataDir,
    log,
    connect(given): Session {
      heard.push('connect');
      carrier = given;
      return {
        receive: (text) => {
          heard.push(`receive ${text}`);
          given.send(`{"echo":${text}}`);
        },
        ended: () => heard.push('ended'),
      };
    },
    glance: () => glance,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wallets: {
      useWindows: () => undefined,
      ceremony: (task) => {
        heard.push(`wallets.ceremony ${task.kind}`);
        return Promise.resolve({ kind: 'unlocked', address: '11111111111111111111111111111111' });
      },
      unlockAtTerminal: () => Promise.resolve('Wallet'),
      sleep: () => told('wallets.sleep'),
    },
    sos: (flatten) => told(`sos ${flatten}`),
    releaseSos: () => told('releaseSos'),
    interrupted: ({ cause, from, to }: Interruption) => told(`interrupted ${cause} ${to - from}`),
    close: () => told('close'),
  };
}

const told = (what: string): Promise<void> => {
  heard.push(what);
  return Promise.resolve();
};

/** What a test can make the program say, and see of what it heard. */
export const fake = {
  heard: () => heard,
  becomes: (status: EngineStatusData, funding: Glance['funding'] = FLAT) => {
    glance = { status, funding };
    for (const listener of listeners) listener(status);
  },
  says: (text: string) => {
    carrier?.send(text);
  },
  waitingBytes: () => carrier?.waitingBytes,
  disconnects: () => {
    carrier?.close('tooSlow');
  },
};

export type Fake = typeof fake;
