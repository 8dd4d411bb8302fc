import { pathToFileURL } from 'node:url';
import { desk } from './desk.ts';
import { fake } from './fakeProgram.ts';
import { app } from './standInApp.ts';

/** What the test's side sends: which action, with what. */
export interface Ask {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The number of the message that tells, on the way out, all that happened. */
const LAST = -1;

const actions: Readonly<Record<string, (...args: never[]) => unknown>> = { ...desk, ...fake };
// Electron keeps its process alive by itself.
const alive = setInterval(() => undefined, 60_000);
app.ended = () => {
  clearInterval(alive);
  process.send?.({ id: LAST, value: desk.record() }, () => {
    process.disconnect();
  });
};

process.on('message', (ask: Ask) => {
  void answer(ask);
});

async function answer({ id, name, args }: Ask): Promise<void> {
  try {
    const value: unknown = await Reflect.apply(actions[name] ?? missing, undefined, args);
    process.send?.({ id, value });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
}

function missing(): never {
  throw new Error('there is no such action');
}

// What Electron adds to `process`.
Object.defineProperty(process, 'resourcesPath', {
  value: process.env['STAND_IN_RESOURCES'] ?? process.cwd(),
});

const [, , entry = ''] = process.argv;
process.argv.splice(2, 1);
// Electron is ready only after the entry has been read to its end.
await import(pathToFileURL(entry).href);
app.becomeReady();
setImmediate(() => {
  if (process.connected) process.send?.({ id: 0, value: 'ready' });
});
