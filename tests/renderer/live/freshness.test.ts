import { describe, expect, test } from 'vitest';
import { applySnapshot } from '../../../src/renderer/live/applySnapshot.ts';
import { freshnessOf } from '../../../src/renderer/live/freshness.ts';
import { FIRST_STATE, type LiveState } from '../../../src/renderer/live/liveState.ts';
import { FUNDING, SNAPSHOT, STATUS } from '../samples.ts';

const NOW = 1_000_000;
const OPEN: LiveState = { ...applySnapshot(FIRST_STATE, SNAPSHOT, NOW), connection: { kind: 'open' } };
const withClock = (speed: number, paused: boolean): LiveState => ({
  ...OPEN,
  engines: {
    funding: {
      status: STATUS,
      funding: { ...FUNDING, clock: { speed, paused, rushing: false } },
      fundingAt: NOW,
    },
  },
});

describe('numbers', () => {
  test('of a running engine are fresh until they are late for its speed', () => {
    expect(freshnessOf(OPEN, NOW + 5_000)).toBe('fresh');
    expect(freshnessOf(OPEN, NOW + 7_000)).toBe('old');
    expect(freshnessOf(withClock(1, false), NOW + 60_000)).toBe('fresh');
    expect(freshnessOf(withClock(1, false), NOW + 66_000)).toBe('old');
  });

  test('are old at once where the connection is lost', () => {
    expect(freshnessOf({ ...OPEN, connection: { kind: 'lost', since: NOW } }, NOW)).toBe('old');
  });

  test('of an engine that stands still do not grow old', () => {
    expect(freshnessOf(withClock(60, true), NOW + 1e9)).toBe('still');
    const stopped = { ...OPEN.engines.funding, status: { ...STATUS, state: 'stopped' as const } };
    const state = { ...OPEN, engines: { funding: { funding: FUNDING, fundingAt: NOW, ...stopped } } };
    expect(freshnessOf(state, NOW + 1e9)).toBe('still');
  });
});
