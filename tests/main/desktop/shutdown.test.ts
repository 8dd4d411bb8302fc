import { expect, it } from 'vitest';
import { Shutdown } from '../../../src/main/desktop/shutdown.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';

interface Way {
  readonly shutdown: Shutdown;
  readonly done: string[];
  /** Electron is about to quit; whether it is held. */
  quits(): boolean;
}

function wayOf(close: () => Promise<void>, mayLeave: () => Promise<boolean>, withinMs?: number): Way {
  const done: string[] = [];
  const shutdown = new Shutdown(
    {
      close: () => {
        done.push('close');
        return close();
      },
      mayLeave: () => {
        done.push('ask');
        return mayLeave();
      },
      quit: () => done.push('quit'),
      log: silentLogger,
    },
    withinMs,
  );
  const quits = (): boolean => {
    let isHeld = false;
    shutdown.beforeQuit({ preventDefault: () => (isHeld = true) });
    return isHeld;
  };
  return { shutdown, done, quits };
}

const yes = (): Promise<boolean> => Promise.resolve(true);
const done = (): Promise<void> => Promise.resolve();

it('holds Electron until the program is closed, asks once and closes once', async () => {
  const way = wayOf(done, yes);
  expect([way.quits(), way.quits()]).toEqual([true, true]);
  await expect.poll(() => way.done).toEqual(['ask', 'close', 'quit']);
  expect(way.quits()).toBe(false);
});

it('stays when the user says so, and asks again the next time', async () => {
  const way = wayOf(done, () => Promise.resolve(false));
  way.quits();
  await expect.poll(() => way.done).toEqual(['ask']);
  expect(way.shutdown.isLeaving).toBe(false);
  way.quits();
  await expect.poll(() => way.done).toEqual(['ask', 'ask']);
});

it('leaves at a signal while the question stands, and closes once', async () => {
  const answer = Promise.withResolvers<boolean>();
  const way = wayOf(done, () => answer.promise);
  way.quits();
  await way.shutdown.now();
  answer.resolve(true);
  await Promise.resolve();
  expect(way.done).toEqual(['ask', 'close', 'quit']);
});

it('leaves although closing fails, or never comes to an end', async () => {
  const failing = wayOf(() => Promise.reject(new Error('disk')), yes);
  await failing.shutdown.now();
  expect(failing.quits()).toBe(false);
  const stuck = wayOf(() => Promise.withResolvers<never>().promise, yes, 10);
  await stuck.shutdown.now();
  expect(stuck.done).toEqual(['close', 'quit']);
});

it('leaves although the user cannot be asked', async () => {
  const way = wayOf(done, () => Promise.reject(new Error('no display')));
  way.quits();
  await expect.poll(() => way.done).toEqual(['ask', 'close', 'quit']);
});
