import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import { breathe, pause } from '../../../src/main/platform/timers.ts';

const listening = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

async function took(wait: Promise<void>): Promise<number> {
  const start = performance.now();
  await wait;
  return performance.now() - start;
}

describe('a pause', () => {
  it('lasts as long as it was asked to', async () => {
    // A timer may fire up to a millisecond early by another clock.
    expect(await took(pause(30))).toBeGreaterThanOrEqual(29);
  });

  it('ends at once when the signal aborts, and does not reject', async () => {
    const controller = new AbortController();
    const waiting = took(pause(60_000, controller.signal));
    controller.abort(new Error('stop'));
    expect(await waiting).toBeLessThan(5_000);
  });

  it('does not begin when the signal has aborted already', async () => {
    const signal = AbortSignal.abort();
    expect(await took(pause(60_000, signal))).toBeLessThan(5_000);
    expect(listening(signal)).toBe(0);
  });

  it('leaves nothing behind: no listener on the signal and no timer, however it ends', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const controller = new AbortController();
    await pause(1, controller.signal);
    expect(listening(controller.signal)).toBe(0);
    const before = timers();
    const waiting = pause(60_000, controller.signal);
    expect([listening(controller.signal), timers()]).toEqual([1, before + 1]);
    controller.abort();
    await waiting;
    expect([listening(controller.signal), timers()]).toEqual([0, before]);
  });
});

describe('a breath', () => {
  it('lets what is pending run first', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('pending'));
    void Promise.resolve().then(() => order.push('microtask'));
    await breathe();
    order.push('after');
    expect(order).toEqual(['microtask', 'pending', 'after']);
  });
});
