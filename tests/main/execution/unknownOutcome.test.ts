import { describe, expect, it } from 'vitest';

import type { PlaceReply } from '../../../src/main/venues/venue.ts';
import { parseBase } from '../../../src/shared/money/decimal.ts';
import { approve, approveHedge, legOf } from './approval.ts';
import { desk } from './desk.ts';
import { NO_REPLY, START_MS, reportOf, type Scripted } from './scriptedVenue.ts';

describe('[R9.4] an order without an answer', () => {
  it('is unknown, never rejected, when the venue throws; and the error is logged', async () => {
    const { venue, store, said, executor } = desk();
    const error = new Error('socket hang up');
    venue.answerOrders(error);
    const { outcomes } = await executor.execute(await approve(venue, [legOf(venue, 'SOL', 'buy', '2')]));
    expect(outcomes).toMatchObject([{ state: 'unknown', filled: 0n, rejection: null }]);
    expect(store.outcomes).toMatchObject([
      { state: 'unknown', filled: '0', quote: '0', fee: '0', code: null },
    ]);
    expect(said).toEqual([
      { message: 'the venue failed while an order was out', context: { error, clientOrderId: 't1-1' } },
    ]);
  });

  async function unanswered(replies: readonly Scripted<PlaceReply>[] = [NO_REPLY]) {
    const parts = desk();
    parts.venue.answerOrders(...replies);
    const { outcomes } = await parts.executor.execute(
      await approve(parts.venue, [legOf(parts.venue, 'SOL', 'buy', '2')]),
    );
    const [pending] = outcomes;
    if (pending === undefined) throw new Error('nothing was sent');
    expect(pending.state).toBe('unknown');
    return { ...parts, pending };
  }

  it('stays unknown while the venue may still accept it, and expires the moment after', async () => {
    const { store, clock, executor, pending } = await unanswered();
    for (const t of [START_MS + 1, pending.order.validUntil - 1, pending.order.validUntil]) {
      clock.set(t);
      expect(await executor.resolve(pending)).toEqual(pending);
      expect(store.outcomes).toHaveLength(1);
    }
    clock.set(pending.order.validUntil + 1);
    expect(await executor.resolve(pending)).toEqual({ ...pending, state: 'expired' });
    expect(store.outcomes[1]).toMatchObject({
      clientOrderId: 't1-1',
      t: pending.order.validUntil + 1,
      state: 'expired',
      filled: '0',
    });
  });

  it('does not expire because nobody answers: silence is no absence', async () => {
    const { venue, store, clock, said, executor, pending } = await unanswered();
    clock.set(pending.order.validUntil + 3_600_000);
    const error = new Error('503');
    venue.answerQueries(NO_REPLY, error);
    expect(await executor.resolve(pending)).toEqual(pending);
    expect(await executor.resolve(pending)).toEqual(pending);
    expect(store.outcomes).toHaveLength(1);
    expect(said).toEqual([
      { message: 'the venue failed when asked about an order', context: { error, clientOrderId: 't1-1' } },
    ]);
  });

  it('that was filled after all is resolved by asking, and the outcome written', async () => {
    const { venue, store, clock, executor } = desk();
    venue.faults.arm('lostReply', 1);
    const { outcomes } = await executor.execute(await approve(venue, [legOf(venue, 'SOL', 'buy', '2')]));
    const [pending] = outcomes;
    if (pending === undefined) throw new Error('nothing was sent');
    expect(pending).toMatchObject({ state: 'unknown', filled: 0n });
    clock.set(START_MS + 5_000);
    const resolved = await executor.resolve(pending);
    expect(resolved).toMatchObject({ order: pending.order, state: 'filled', filled: parseBase('2') });
    expect(resolved.quote).toBeGreaterThan(0n);
    expect(store.outcomes.map(({ t, state, filled }) => [t, state, filled])).toEqual([
      [START_MS, 'unknown', '0'],
      [START_MS + 5_000, 'filled', '2'],
    ]);
  });

  it('that is filled late is unknown until then', async () => {
    const { venue, store, clock, executor } = desk();
    venue.faults.arm('lateFill', 1);
    const { outcomes } = await executor.execute(await approve(venue, [legOf(venue, 'SOL', 'buy', '2')]));
    const [pending] = outcomes;
    if (pending === undefined) throw new Error('nothing was sent');
    for (const t of [START_MS + 10_000, START_MS + 30_000]) {
      clock.set(t);
      venue.moveTo(t);
      const { state } = await executor.resolve(pending);
      // The paper venue fills a late order after 25 s.
      expect(state).toBe(t < START_MS + 25_000 ? 'unknown' : 'filled');
    }
    expect(store.outcomes.map(({ state }) => state)).toEqual(['unknown', 'filled']);
  });

  it('that never arrived expires, and nothing was traded', async () => {
    const { venue, clock, executor } = desk();
    venue.faults.arm('timeout', 1);
    const { outcomes } = await executor.execute(await approveHedge(venue, '2'));
    const [pending] = outcomes;
    if (pending === undefined) throw new Error('nothing was sent');
    expect(outcomes).toHaveLength(1);
    clock.set(START_MS + 60_001);
    venue.moveTo(START_MS + 60_001);
    expect(await executor.resolve(pending)).toMatchObject({ state: 'expired', filled: 0n });
    expect(venue.snapshot().account.spot).toBe(parseBase('10'));
  });

  it('that still rests stays unknown, with what it has filled so far', async () => {
    const { venue, store, executor, pending } = await unanswered([reportOf('t1-1', 'open', '0.5')]);
    expect(pending.filled).toBe(parseBase('0.5'));
    venue.answerQueries(reportOf('t1-1', 'open', '1'), reportOf('t1-1', 'cancelled', '1'));
    const resting = await executor.resolve(pending);
    expect(resting).toMatchObject({ state: 'unknown', filled: parseBase('1') });
    expect(store.outcomes).toHaveLength(1);
    expect(await executor.resolve(resting)).toMatchObject({ state: 'cancelled', filled: parseBase('1') });
    expect(store.outcomes[1]).toMatchObject({ state: 'cancelled', filled: '1' });
  });

  it('that turns out to be rejected says why', async () => {
    const { venue, store, executor, pending } = await unanswered();
    const rejection = { code: 'INSUFFICIENT_BALANCE', message: 'Too little USDC.' } as const;
    venue.answerQueries(reportOf('t1-1', 'rejected', '0', rejection));
    expect(await executor.resolve(pending)).toMatchObject({ state: 'rejected', rejection });
    expect(store.outcomes[1]).toMatchObject({ state: 'rejected', code: 'INSUFFICIENT_BALANCE' });
  });

  it('that is over stays as it is: the venue is not asked again', async () => {
    const { venue, store, executor, pending } = await unanswered();
    venue.answerQueries(reportOf('t1-1', 'filled', '2'), reportOf('t1-1', 'rejected'));
    const filled = await executor.resolve(pending);
    await expect(executor.resolve(filled)).resolves.toBe(filled);
    expect(store.outcomes.filter(({ state }) => state === 'rejected')).toEqual([]);
    expect(store.outcomes.at(-1)).toMatchObject({ state: 'filled' });
  });
});
