import { expect, test } from 'vitest';
import { act, actLast } from '../../../src/renderer/shell/acts.ts';

/** Work that ends when it is told to. */
function heldWork(done: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    finish: () => {
      resolve(undefined);
    },
    work: async (): Promise<void> => {
      await promise;
      done.push(name);
    },
  };
}

test('a second click on what is under way does nothing', async () => {
  const done: string[] = [];
  const first = heldWork(done, 'first');
  const second = heldWork(done, 'second');
  const acting = act('start', 'Not started', first.work);
  await act('start', 'Not started', second.work);
  first.finish();
  second.finish();
  await acting;
  expect(done).toEqual(['first']);
});

test('of what may be changed while it is under way, the last that was asked is done next', async () => {
  const done: string[] = [];
  const held = ['pause', 'slow', 'fast'].map((name) => heldWork(done, name));
  const [acting] = held.map(({ work }) => actLast('clock', 'Not changed', work));
  for (const { finish } of held) finish();
  await acting;
  expect(done).toEqual(['pause', 'fast']);
});
