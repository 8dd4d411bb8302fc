import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Circuit, CircuitOpenError } from '../../../../src/main/market/access/circuit.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';

const REST_MS = 10_000;
const down = new AppError('VENUE_UNAVAILABLE', 'The venue does not answer.');
const refused = new AppError('INVALID_SIZE', 'The size is off the lot.');

// The library reads the computer's clock, so the computer's clock is what stands still here.
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function rig() {
  const changes: string[] = [];
  const circuit = new Circuit({
    venue: 'Drift',
    failures: 3,
    restMs: REST_MS,
    onChange: (condition) => changes.push(condition),
  });
  const answer = (): Promise<string> => circuit.run(() => Promise.resolve('here'));
  const fail = async (times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1)
      await expect(circuit.run(() => Promise.reject(down))).rejects.toBe(down);
  };
  return { circuit, changes, answer, fail };
}

describe('the circuit of a venue', () => {
  it('stays closed until the third outage in a row', async () => {
    const { circuit, changes, fail, answer } = rig();
    await fail(2);
    expect(await answer()).toBe('here');
    await fail(2);
    expect([circuit.condition, changes]).toEqual(['closed', []]);
    await fail();
    expect([circuit.condition, changes]).toEqual(['open', ['open']]);
  });

  it('is not opened by refusals: who refuses is there', async () => {
    const { circuit, fail } = rig();
    await fail(2);
    await expect(circuit.run(() => Promise.reject(refused))).rejects.toBe(refused);
    await fail(2);
    expect(circuit.condition).toBe('closed');
  });

  it('is opened by replies that say nothing, and hands them out all the same', async () => {
    const { circuit } = rig();
    const order = (): Promise<string> =>
      circuit.run(
        () => Promise.resolve('noReply'),
        (reply) => reply === 'noReply',
      );
    expect([await order(), await order(), await order()]).toEqual(['noReply', 'noReply', 'noReply']);
    expect(circuit.condition).toBe('open');
  });

  it('answers VENUE_UNAVAILABLE at once while it is open, says when it tries again, and asks nothing', async () => {
    const { circuit, fail } = rig();
    await fail(3);
    vi.advanceTimersByTime(2_500);
    const call = vi.fn<() => Promise<string>>();
    await expect(circuit.run(call)).rejects.toMatchObject({
      code: 'VENUE_UNAVAILABLE',
      message: 'Drift does not answer. Nothing was sent. It is tried again in 8 s.',
      details: { venue: 'Drift', waitMs: 7_500 },
      retryable: true,
    });
    expect(call).not.toHaveBeenCalled();
    expect(circuit.waitMs).toBe(7_500);
  });

  it('lets one call find out exactly when the rest is over, and refuses others meanwhile', async () => {
    const { circuit, changes, fail } = rig();
    await fail(3);
    vi.advanceTimersByTime(REST_MS - 1);
    expect(circuit.refusal()).toBeInstanceOf(CircuitOpenError);
    vi.advanceTimersByTime(1);
    const slow = Promise.withResolvers<string>();
    const probe = circuit.run(() => slow.promise);
    expect(circuit.condition).toBe('halfOpen');
    await expect(circuit.run(() => Promise.resolve('too soon'))).rejects.toBeInstanceOf(CircuitOpenError);
    slow.resolve('back');
    expect(await probe).toBe('back');
    expect([circuit.condition, circuit.waitMs, changes]).toEqual([
      'closed',
      0,
      ['open', 'halfOpen', 'closed'],
    ]);
  });

  it('rests again, as long, when the one call gets no answer', async () => {
    const { circuit, changes, fail, answer } = rig();
    await fail(3);
    vi.advanceTimersByTime(REST_MS);
    await fail();
    expect([circuit.condition, circuit.waitMs, changes]).toEqual([
      'open',
      REST_MS,
      ['open', 'halfOpen', 'open'],
    ]);
    vi.advanceTimersByTime(REST_MS);
    expect(await answer()).toBe('here');
    expect(circuit.condition).toBe('closed');
  });

  it('closes when the one call is refused by the venue', async () => {
    const { circuit, fail } = rig();
    await fail(3);
    vi.advanceTimersByTime(REST_MS);
    await expect(circuit.run(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(circuit.condition).toBe('closed');
  });

  it('does not rest for an hour because the clock of the computer was set back by one', async () => {
    const { circuit, changes, fail, answer } = rig();
    await fail(3);
    vi.setSystemTime(1_000_000 - 3_600_000);
    expect(await answer()).toBe('here');
    expect(changes).toEqual(['open', 'closed']);
    await fail(3);
    expect(circuit.condition).toBe('open');
  });
});
