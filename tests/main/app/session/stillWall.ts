import { onTestFinished, vi } from 'vitest';

import { HOUR_MS } from '../../../../src/main/domain/funding.ts';
import type { Wire } from '../wiredProgram.ts';

const BEGIN = Date.UTC(2026, 0, 5, 0, 20);
/** Between two looks at the clock, so that they stay within the frames of a connection. */
const LOOK_MS = 10;

/**
 * The wall stands still but for the test, which moves it while the market is paused: what the market does, and at which
 * of its moments, is the same every time. Timers go on as they are.
 */
export function stillWall(): void {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: BEGIN });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** Back to the moment at which every session begins. */
export function rewindWall(): void {
  vi.setSystemTime(BEGIN);
}

/** A new paper market of a fixed seed, an hour old and standing still, its engine at work. */
export async function beginMarket(wire: Wire): Promise<void> {
  await wire.ask('SET_CLOCK', { speed: 'pause' });
  const market = { kind: 'simulated', seed: 11 } as const;
  await wire.ask('VAULT_RESET', { engine: 'funding', capital: '10000', market });
  await wire.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await nextFunding(wire);
}

/** On to the next full hour of the market, where it stands still again. */
export async function nextFunding(wire: Wire): Promise<void> {
  await wire.ask('SET_CLOCK', { speed: 1 });
  await wire.ask('SET_CLOCK', { speed: 'nextFunding' });
  for (;;) {
    const { engines } = await wire.ask('GET_STATUS', {});
    const { clock, timestamp } = engines[0]?.funding ?? {};
    if (clock?.rushing === false && (timestamp ?? 1) % HOUR_MS === 0) break;
    vi.advanceTimersByTime(LOOK_MS);
  }
  await wire.ask('SET_CLOCK', { speed: 'pause' });
}
