import { describe, expect, it } from 'vitest';

import { marginOf } from '../../../../src/main/venues/drift/driftMargin.ts';
import type { DriftState } from '../../../../src/main/venues/drift/driftState.ts';
import { isolatedMarginOf, isolatedPositions } from '../../../../src/main/venues/drift/isolatedPositions.ts';
import { bothOf } from './driftAccounts.ts';
import { NO_SPOT, accountNumbers, perpHeld } from './plainAccount.ts';

const DOLLARS = 10n ** 30n;
const PUT_UP = 100_000_000_000n;

/** Two coins short from $152, at $150 now, with $100 put up for them, and $50 beside. */
function stateWith(isIsolated: boolean): DriftState {
  const { state } = bothOf(
    accountNumbers({
      usdc: { ...NO_SPOT, scaled: 50_000_000_000n },
      perps: [perpHeld({ size: -2_000_000_000n, quote: 304_000_000n, isIsolated })],
    }),
  );
  const perps = state.user.perps.map((held) => ({ ...held, isolated: isIsolated ? PUT_UP : 0n }));
  return { ...state, user: { ...state.user, perps } };
}

describe('an isolated position', () => {
  it('is shown with what was put up for it, its profit, and what it needs of its own', () => {
    expect(isolatedPositions(stateWith(true))).toEqual([
      {
        market: 'SOL-PERP',
        size: -2_000_000_000n,
        collateral: 100_000_000n,
        unrealised: 4_000_000n,
        maintenance: { requirement: 15n * DOLLARS, collateral: 104n * DOLLARS },
      },
    ]);
  });

  it('needs by the initial margin what the same position would need under cross margin', () => {
    const [isolated, cross] = [stateWith(true), stateWith(false)];
    const [held] = isolated.user.perps;
    if (held === undefined) throw new RangeError('no position');
    expect(isolatedMarginOf(held, isolated, 'initial')?.requirement).toBe(
      marginOf(cross, 'initial').requirement,
    );
  });

  it('neither burdens the sub-account nor supports it', () => {
    for (const kind of ['initial', 'maintenance'] as const)
      expect(marginOf(stateWith(true), kind)).toEqual({ requirement: 0n, collateral: 50_000_000n });
  });

  it('is none where a position is under cross margin', () => {
    expect(isolatedPositions(stateWith(false))).toEqual([]);
  });
});
