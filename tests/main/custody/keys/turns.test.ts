import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { Turns } from '../../../../src/main/custody/keys/turns.ts';

test('what has one name happens one after the other, also after a failure; what has another does not wait', async () => {
  const turns = new Turns();
  const told: string[] = [];
  const work = (name: string, what: string, fails = false): Promise<string> =>
    turns.take(name, async () => {
      told.push(`${what} begins`);
      await setImmediate();
      told.push(`${what} ends`);
      if (fails) throw new Error(what);
      return what;
    });
  const all = await Promise.allSettled([work('a', 'first', true), work('a', 'second'), work('b', 'third')]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  const ofOne = told.filter((line) => !line.startsWith('third'));
  expect(ofOne).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(told.indexOf('third begins')).toBeLessThan(told.indexOf('first ends'));
  expect(await work('a', 'later')).toBe('later');
});
