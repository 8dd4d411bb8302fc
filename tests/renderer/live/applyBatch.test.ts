import { describe, expect, test } from 'vitest';
import { applyBatch } from '../../../src/renderer/live/applyBatch.ts';
import { applySnapshot } from '../../../src/renderer/live/applySnapshot.ts';
import { cutFillOf, LATEST_KEPT, wholeDownTo, withEvents } from '../../../src/renderer/live/eventRing.ts';
import { FIRST_STATE } from '../../../src/renderer/live/liveState.ts';
import type { EngineStatusData } from '../../../src/shared/contract/engineStatus.ts';
import { entry, FUNDING, SNAPSHOT, STATUS, statusWith } from '../samples.ts';

const KNOWN = applySnapshot(FIRST_STATE, SNAPSHOT, 1_000);
const none = { updates: [], statuses: [] };

describe('a snapshot', () => {
  test('makes everything known at once', () => {
    expect(KNOWN).toMatchObject({
      known: true,
      firstRun: false,
      settingsRevision: 3,
      snapshots: 1,
      heardAt: 1_000,
    });
    expect(KNOWN.engines.funding).toEqual({ status: STATUS, funding: FUNDING, fundingAt: 1_000 });
  });

  test('of another version says that the page is outdated', () => {
    expect(applySnapshot(KNOWN, SNAPSHOT, 2_000).outdated).toBe(false);
    expect(applySnapshot(KNOWN, { ...SNAPSHOT, appVersion: '1.0.1' }, 2_000).outdated).toBe(true);
    expect(applySnapshot(KNOWN, { ...SNAPSHOT, protocol: 2 }, 2_000).outdated).toBe(true);
  });

  test('keeps the first run away from who has begun: a reset does not send them back to it', () => {
    const first = applySnapshot(FIRST_STATE, { ...SNAPSHOT, firstRun: true }, 1);
    expect(first.firstRun).toBe(true);
    expect(applySnapshot(first, { ...SNAPSHOT, firstRun: true }, 2).firstRun).toBe(true);
    expect(applySnapshot(KNOWN, { ...SNAPSHOT, firstRun: true }, 2).firstRun).toBe(false);
  });
});

test('real money is not hidden behind the first run on paper', () => {
  const live = { ...STATUS, mode: 'live', state: 'stopped' } as const;
  const engines = SNAPSHOT.engines.map((one) => ({ ...one, status: live }));
  expect(applySnapshot(FIRST_STATE, { ...SNAPSHOT, firstRun: true, engines }, 1).firstRun).toBe(false);
  const first = { ...KNOWN, firstRun: true };
  expect(applyBatch(first, { updates: [], statuses: [live] }, 2).firstRun).toBe(false);
  expect(applyBatch(first, { updates: [], statuses: [{ ...live, mode: 'paper' }] }, 2).firstRun).toBe(true);
});

test('a snapshot of figures that are known already does not make them younger', () => {
  expect(applySnapshot(KNOWN, SNAPSHOT, 2_000).engines.funding?.fundingAt).toBe(1_000);
  const funding = { ...FUNDING, timestamp: FUNDING.timestamp + 1 };
  const newer = { ...SNAPSHOT, engines: [{ status: STATUS, funding }] };
  expect(applySnapshot(KNOWN, newer, 2_000).engines.funding?.fundingAt).toBe(2_000);
});

describe('the first run', () => {
  const first = applySnapshot(FIRST_STATE, { ...SNAPSHOT, firstRun: true }, 1);
  const isFirstAfter = (status: EngineStatusData): boolean =>
    applyBatch(first, { ...none, statuses: [status] }, 2).firstRun;

  test('lasts while the engine stands still, also under SOS', () => {
    expect(isFirstAfter({ ...STATUS, state: 'stopped' })).toBe(true);
    expect(isFirstAfter({ ...STATUS, state: 'halted' })).toBe(true);
  });

  test('ends when the engine is started or a vault is made, without another snapshot', () => {
    expect(isFirstAfter({ ...STATUS, state: 'starting' })).toBe(false);
    expect(isFirstAfter({ ...statusWith({ kind: 'vault', reason: 'restored' }), state: 'stopped' })).toBe(
      false,
    );
  });
});

describe('a batch of broadcasts', () => {
  test('changes what it is about, and lets the rest keep its identity', () => {
    const next = applyBatch(KNOWN, { ...none, updates: [{ ...FUNDING, equity: '1' }] }, 2_000);
    expect(next.engines.funding?.funding?.equity).toBe('1');
    expect(next.engines.funding?.fundingAt).toBe(2_000);
    expect(next.engines.funding?.status).toBe(KNOWN.engines.funding?.status);
    expect(next.events).toBe(KNOWN.events);
    expect(next.operations).toBe(KNOWN.operations);
  });

  test('brings lines of the log, newest first, and never keeps the event in the status', () => {
    const statuses = [1, 2, 3].map((seq) => statusWith({ kind: 'log', entry: entry(seq) }));
    const next = applyBatch(KNOWN, { ...none, statuses }, 2_000);
    expect(next.events.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(next.engines.funding?.status).toEqual(STATUS);
  });

  test('with a reset forgets the lines before it, also those of the same batch', () => {
    const before = applyBatch(
      KNOWN,
      { ...none, statuses: [statusWith({ kind: 'log', entry: entry(90) })] },
      1,
    );
    const next = applyBatch(
      before,
      {
        ...none,
        statuses: [
          statusWith({ kind: 'log', entry: entry(91) }),
          statusWith({ kind: 'vault', reason: 'reset' }),
          statusWith({ kind: 'log', entry: entry(1) }),
        ],
      },
      2,
    );
    expect(next.events.map(({ seq }) => seq)).toEqual([1]);
    expect(next.vaultEpoch).toBe(1);
  });

  test('shows how far an operation is until it is through', () => {
    const progress = (done: number) =>
      statusWith({ kind: 'progress', operationId: 'op', command: 'BACKUP', done, total: 10 });
    const half = applyBatch(KNOWN, { ...none, statuses: [progress(5)] }, 1);
    expect(half.operations['op']?.progress).toEqual({ done: 5, total: 10 });
    expect(applyBatch(half, { ...none, statuses: [progress(10)] }, 2).operations).toEqual({});
  });

  test('tells of newer settings and of a time that nobody watched [R9.9]', () => {
    const interruption = { cause: 'sleep', from: 1, to: 2 } as const;
    const statuses = [
      statusWith({ kind: 'settings', revision: 8 }),
      statusWith({ kind: 'recovered', interruption }),
    ];
    expect(applyBatch(KNOWN, { ...none, statuses }, 1)).toMatchObject({ settingsRevision: 8, interruption });
  });
});

describe('the latest lines', () => {
  test('are never more than the page keeps, whatever comes', () => {
    let ring = withEvents([], []);
    for (let at = 0; at < 50; at += 1) {
      ring = withEvents(
        ring,
        Array.from({ length: 100 }, (_, i) => entry(at * 100 + i + 1)),
      );
    }
    expect(ring).toHaveLength(LATEST_KEPT);
    expect(ring[0]?.seq).toBe(5_000);
    expect(ring.at(-1)?.seq).toBe(5_000 - LATEST_KEPT + 1);
  });

  test('keep the news, however much bookkeeping comes after them', () => {
    const news = Array.from({ length: 10 }, (_, i) => entry(i + 1, 'FILL'));
    const bookkeeping = Array.from({ length: 5_000 }, (_, i) => entry(i + 11, 'INTEREST'));
    const ring = bookkeeping.reduce((before, one) => withEvents(before, [one]), withEvents([], news));
    expect(ring).toHaveLength(LATEST_KEPT + news.length);
    expect(ring.slice(-10).map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('keep the reasons, however many fills come after them', () => {
    const reasons = Array.from({ length: 10 }, (_, i) => entry(i + 1, 'BLOCKED'));
    const fills = Array.from({ length: 5_000 }, (_, i) => entry(i + 11, 'FILL'));
    const ring = fills.reduce((before, one) => withEvents(before, [one]), withEvents([], reasons));
    expect(ring.slice(-10).map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(ring.length).toBeLessThan(1_500);
    expect(cutFillOf(ring)).toBe(ring.at(-11)?.seq);
    expect(cutFillOf(withEvents([], reasons.concat(fills.slice(0, 300))))).toBeUndefined();
  });

  test('are known to be whole down to where the first is missing', () => {
    expect(wholeDownTo([])).toBe(0);
    expect(wholeDownTo([entry(9), entry(8), entry(7)])).toBe(7);
    expect(wholeDownTo([entry(9), entry(8), entry(3)])).toBe(8);
  });

  test('stay what they are where nothing new comes', () => {
    const ring = withEvents([], [entry(5), entry(6)]);
    expect(withEvents(ring, [entry(6), entry(5)])).toBe(ring);
    expect(withEvents(ring, [entry(6), entry(7)])[1]).toBe(ring[0]);
  });

  test('stand once each and in order, though pages and broadcasts overlap', () => {
    const ring = withEvents(withEvents([], [entry(5), entry(6)]), [entry(6), entry(4), entry(7), entry(3)]);
    expect(ring.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3]);
  });
});
