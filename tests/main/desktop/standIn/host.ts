import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Desk } from './desk.ts';
import type { Fake } from './fakeProgram.ts';

/** The number of the message that tells, on the way out, all that happened (child.ts). */
const LAST = -1;

type Actions = Desk & Fake;
/** The same actions, over the process's channel. */
type Remote = {
  readonly [Name in keyof Actions]: (
    ...args: Parameters<Actions[Name]>
  ) => Promise<Awaited<ReturnType<Actions[Name]>>>;
};

export interface Host {
  readonly act: Remote;
  readonly dataDir: string;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code and all that it asked of Electron, once it is gone. */
  ended(): Promise<Ending>;
  stop(): void;
}

export interface Ending {
  readonly code: number | null;
  readonly record: readonly string[];
}

export interface HostRequest {
  readonly entry: string;
  readonly args?: readonly string[];
  /** Left out: a new one, which goes with the host. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const here = (file: string): string => join(import.meta.dirname, file);
export const FAKE_ENTRY = here('fakeEntry.ts');

/** Starts an entry of the desktop host in a process of its own, on the stand-in, and waits until it is ready. */
export async function startHost(request: HostRequest): Promise<Host> {
  const { entry, args = [], env = {}, dataDir = mkdtempSync(join(tmpdir(), 'phantom-desktop-')) } = request;
  const child = fork(here('child.ts'), [entry, ...args], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', here('hook.ts')],
    env: { ...process.env, STAND_IN_USER_DATA: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const gone = ending(child);
  const ask = asking(child);
  // Some starts are over before they are ready.
  await Promise.race([gone, ask.ready]);
  return {
    act: new Proxy({} as Remote, {
      get:
        (_target, name) =>
        (...given: unknown[]) =>
          ask.call(String(name), given),
    }),
    dataDir,
    signal: (signal) => child.kill(signal),
    ended: () => gone,
    stop: () => {
      child.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function ending(child: ChildProcess): Promise<Ending> {
  let record: readonly string[] = [];
  child.on('message', ({ id, value }: Reply) => {
    if (id === LAST) record = value as readonly string[];
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, record });
    });
  });
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

function asking(child: ChildProcess): {
  readonly ready: Promise<unknown>;
  call(name: string, args: readonly unknown[]): Promise<unknown>;
} {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const expect = (id: number): Promise<unknown> => {
    const reply = Promise.withResolvers<unknown>();
    waiting.set(id, reply);
    return reply.promise;
  };
  child.on('message', ({ id, value, error }: Reply) => {
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.once('close', (code) => {
    for (const reply of waiting.values()) reply.reject(new Error(`the host ended with ${code}: ${said}`));
  });
  let last = 0;
  return {
    ready: expect(0),
    call: (name, args) => {
      last += 1;
      const id = last;
      const reply = expect(id);
      child.send({ id, name, args }, (error) => {
        if (error !== null) waiting.get(id)?.reject(error);
      });
      return reply;
    },
  };
}
