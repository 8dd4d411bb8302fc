import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { perpSize } from '../../../src/main/domain/account.ts';
import { equityWithWallet, revalue, totalPnl } from '../../../src/main/domain/books.ts';
import type { Halt } from '../../../src/main/engine/view.ts';
import { isOver } from '../../../src/main/execution/orderState.ts';
import { PaperRun } from '../../../src/main/simulation/paperRun.ts';
import { parseScript } from '../../../src/main/simulation/script.ts';
import { EventCounts } from '../../../src/main/simulation/statistics.ts';
import { FAULTS, type Fault } from '../../../src/main/venues/paper/faults.ts';
import { parseValue } from '../../../src/shared/money/decimal.ts';
import { EngineRig, GENEROUS } from '../../support/engineRig.ts';

const MINUTE = 60_000;
/** Long enough for an order in doubt to be over, and for what it left open to be put right. */
const CALM = 5;

/** What a minute brings: a move of the price in thousandths, what goes wrong, and what the user does. */
interface Weather {
  readonly move: number;
  readonly basis: number;
  readonly fault: { readonly fault: Fault; readonly orders: number } | null;
  readonly transfer: {
    readonly action: 'deposit' | 'withdraw';
    readonly asset: 'SOL' | 'USDC';
    readonly amount: number;
    readonly second: number;
  } | null;
  readonly halt: Halt;
}

const anyWeather: fc.Arbitrary<Weather> = fc.record({
  move: fc.integer({ min: -10, max: 10 }),
  basis: fc.integer({ min: -5, max: 5 }),
  fault: fc.option(fc.record({ fault: fc.constantFrom(...FAULTS), orders: fc.integer({ min: 1, max: 2 }) })),
  transfer: fc.option(
    fc.record({
      action: fc.constantFrom('deposit' as const, 'withdraw' as const),
      asset: fc.constantFrom('SOL' as const, 'USDC' as const),
      amount: fc.integer({ min: 1, max: 9 }),
      second: fc.integer({ min: 0, max: 59 }),
    }),
    { freq: 2 },
  ),
  // Flattened and released, it enters again: two legs go out every other minute.
  halt: fc.constantFrom('none', 'none', 'none', 'flattening', 'flattening', 'halted'),
});

const anyStorm = fc.array(anyWeather, { minLength: 5, maxLength: 20, size: 'max' });

const CALM_WEATHER: Weather = { move: 0, basis: 0, fault: null, transfer: null, halt: 'none' };

interface Storm {
  readonly rig: EngineRig;
  readonly run: PaperRun;
}

/** Plays a storm and the calm after it, and looks at every minute. */
async function weathered(storm: readonly Weather[], look: (storm: Storm) => void): Promise<Storm> {
  const rig = new EngineRig({ pastHourly: GENEROUS, unopened: true });
  rig.log.off.add('debug');
  const script = storm.flatMap(({ transfer }, i) => {
    if (transfer === null) return [];
    const { second, ...action } = transfer;
    return [{ at: i * MINUTE + second * 1_000, ...action }];
  });
  const run = new PaperRun({
    feed: rig.feed,
    clock: rig.clock,
    store: rig.store,
    main: rig.lane,
    neverExiting: undefined,
    counts: new EventCounts(),
    script: parseScript(JSON.stringify(script), 'storm.json'),
    steps: 1_000,
    kill: () => undefined,
  });
  let cents = 15_000;
  for (const { move, basis, fault, halt } of [
    ...storm,
    ...Array.from({ length: CALM }, () => CALM_WEATHER),
  ]) {
    cents = Math.round(cents * (1 + move / 1_000));
    rig.feed.setOracle('SOL', (cents / 100).toFixed(2));
    rig.feed.setMark('SOL-PERP', ((cents / 100) * (1 + basis / 1_000)).toFixed(3));
    // What no order has met is over with its minute: nothing is out of order for ever.
    rig.venue.faults.restore([]);
    if (fault !== null) rig.venue.faults.arm(fault.fault, fault.orders);
    rig.engine.setHalt(halt);
    await run.advance();
    look({ rig, run });
  }
  return { rig, run };
}

/** The same without an SOS that halts: then nothing is done about a naked leg either. */
const anyUnhaltedStorm = anyStorm.map((storm) =>
  storm.map((weather) => (weather.halt === 'halted' ? { ...weather, halt: 'none' as const } : weather)),
);

const throughStorms = (
  look: (storm: Storm) => void,
  after: (storm: Storm) => void,
  storms: fc.Arbitrary<readonly Weather[]> = anyStorm,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(storms, async (storm) => {
      after(await weathered(storm, look));
    }),
    { numRuns: 25 },
  );

describe('through any storm of moving prices, failing orders and transfers', () => {
  it('the vault has what the venue has, and equity is the start, the transfers and the five parts', async () => {
    await throughStorms(
      ({ rig, run }) => {
        const { vault, venue, feed } = rig;
        const books = revalue(vault.books, feed.oracles());

        expect(vault.books.account).toEqual(venue.snapshot().account);
        expect(equityWithWallet(vault.books, feed.oracles())).toBe(
          run.equityStart + books.transfers + totalPnl(books.parts),
        );
      },
      ({ run }) => {
        expect(run.equityStart).toBe(parseValue('10015'));
      },
    );
  });

  it('[R8.3] every order is journalled once before it trades, and comes to an end', async () => {
    await throughStorms(
      () => undefined,
      ({ rig }) => {
        const { orders, outcomes } = rig.store;
        const ids = orders.map(({ clientOrderId }) => clientOrderId);

        expect(new Set(ids).size).toBe(ids.length);
        for (const { data } of rig.heardOf('FILL')) expect(ids).toContain(data['orderId']);
        for (const id of ids) {
          const states = outcomes.filter(({ clientOrderId }) => clientOrderId === id);
          const last = states.at(-1)?.state ?? 'sent';

          expect(isOver(last)).toBe(true);
          // Nothing but a doubt comes before the end.
          expect(states.slice(0, -1).every(({ state }) => state === 'unknown')).toBe(true);
        }
      },
    );
  });

  it('[R11.3] no more than $500 stands unhedged, for no more than 20 s, and in the calm nothing does', async () => {
    await throughStorms(
      ({ rig }) => {
        expect(rig.engine.unhedgedPeak.usd).toBeLessThan(parseValue('500'));
        expect(rig.engine.unhedgedPeak.ms).toBeLessThanOrEqual(20_000);
      },
      ({ rig }) => {
        expect(rig.engine.memory).toMatchObject({ gap: null, pending: null });
        expect(rig.engine.restless).toBe(false);
      },
      anyUnhaltedStorm,
    );
  });

  it('[R5.2] [R5.3] the hedge that is left is within 5 % of neutral: whatever is further off is put right', async () => {
    await throughStorms(
      () => undefined,
      ({ rig }) => {
        const { memory } = rig.engine;
        const { account } = rig.venue.snapshot();
        const net = account.spot + perpSize(account, 'SOL-PERP');
        if (memory.target !== 'hedged' || memory.plan.kind !== 'idle') return;

        expect((net < 0n ? -net : net) * 100n).toBeLessThanOrEqual(account.spot * 5n + 500_000_000n);
      },
    );
  });
});
