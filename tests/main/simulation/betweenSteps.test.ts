import { describe, expect, it } from 'vitest';

import { Bell } from '../../../src/main/platform/bell.ts';
import { stopwatch } from '../../../src/main/platform/clock.ts';
import { breathe } from '../../../src/main/platform/timers.ts';
import { BetweenSteps } from '../../../src/main/simulation/betweenSteps.ts';

const betweenAt = (called: () => void): BetweenSteps => new BetweenSteps(stopwatch, called);

describe('work between steps', () => {
  it('waits until somebody takes it, and is told of', async () => {
    let calls = 0;
    const between = betweenAt(() => {
      calls += 1;
    });
    let done = false;
    const asked = between.ask(() => {
      done = true;
      return 'answer';
    });
    await breathe();
    expect([calls, done]).toEqual([1, false]);
    await between.takeTurn();
    expect(await asked).toBe('answer');
  });

  it('is done in the order in which it was asked for, one after the other', async () => {
    const between = betweenAt(() => undefined);
    const said: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      said.push(`${name} begins`);
      await breathe();
      said.push(`${name} ends`);
    };
    const all = ['a', 'b', 'c'].map((name) => between.ask(work(name)));
    await between.takeTurn();
    await Promise.all(all);
    expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('that is asked for meanwhile is taken too', async () => {
    const between = betweenAt(() => undefined);
    const said: string[] = [];
    void between.ask(() => {
      said.push('first');
      void between.ask(() => said.push('second'));
    });
    await between.takeTurn();
    expect(said).toEqual(['first', 'second']);
  });

  it('that throws fails whoever asked, and nobody else', async () => {
    const between = betweenAt(() => undefined);
    const failing = between.ask(() => {
      throw new Error('no');
    });
    const rejecting = between.ask(() => Promise.reject(new Error('neither')));
    const fine = between.ask(() => 1);
    const outcomes = Promise.allSettled([failing, rejecting, fine]);
    await between.takeTurn();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('that is urgent comes before everything that waits', async () => {
    const between = betweenAt(() => undefined);
    const said: string[] = [];
    for (const name of ['a', 'b']) void between.ask(() => said.push(name));
    void between.ask(() => said.push('sos'), true);
    await between.takeTurn();
    expect(said).toEqual(['sos', 'a', 'b']);
  });

  it('that still waits at the end is refused, and never done', async () => {
    const between = betweenAt(() => undefined);
    const said: string[] = [];
    const asked = between.ask(() => said.push('done'));
    between.close(new Error('The program is stopping.'));
    await expect(asked).rejects.toThrow('The program is stopping.');
    await between.takeTurn();
    expect(said).toEqual([]);
  });

  it('is refused with the reason once nothing is taken any more', async () => {
    let calls = 0;
    const between = betweenAt(() => {
      calls += 1;
    });
    between.close(new Error('The program is stopping.'));
    await expect(between.ask(() => 1)).rejects.toThrow('The program is stopping.');
    expect(calls).toBe(0);
  });
});

describe('a bell', () => {
  it('ends a wait when it is rung', async () => {
    const bell = new Bell();
    const waiting = bell.wait();
    bell.ring();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('that rang before anyone waited is heard once', async () => {
    const bell = new Bell();
    bell.ring();
    bell.ring();
    await bell.wait();
    const began = performance.now();
    await bell.wait(20);
    expect(performance.now() - began).toBeGreaterThanOrEqual(19);
  });

  it('lets a wait end by itself, and rings again afterwards', async () => {
    const bell = new Bell();
    await bell.wait(1);
    const waiting = bell.wait();
    bell.ring();
    await expect(waiting).resolves.toBeUndefined();
  });
});
