import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../../../src/shared/contract/appError.ts';
import { parsePrice } from '../../../../src/shared/money/decimal.ts';
import { base } from '../../../../src/shared/money/quantity.ts';
import { isOver } from '../../../../src/main/execution/orders/orderMachine.ts';
import type { VenueCapabilities } from '../../../../src/main/venues/venue.ts';
import { DeskRig, planOf } from './deskRig.ts';
import type { Fault } from './exchangeDouble.ts';

const LOT = 10_000_000n;
const BRACKET = { takeProfit: { trigger: parsePrice('160') }, stopLoss: { trigger: parsePrice('140') } };

type Act =
  | { readonly do: 'place' | 'cancel' | 'modify' | 'fill'; readonly which: number; readonly lots: number }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'tick' | 'commit' | 'restart' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constantFrom('place' as const, 'cancel' as const, 'modify' as const, 'fill' as const),
    which: fc.nat(5),
    lots: fc.integer({ min: 10, max: 1_000 }),
  }),
  fc.record({
    do: fc.constant('fault' as const),
    fault: fc.constantFrom<Fault>('lost', 'lostReply', 'throws', 'refused'),
  }),
  fc.record({ do: fc.constantFrom('tick' as const, 'commit' as const, 'restart' as const) }),
);

const REFUSALS = new Set(['ORDER_NOT_OPEN', 'OUTCOME_UNKNOWN', 'INVALID_SIZE', 'PRICE_OUT_OF_BAND']);

async function perform(rig: DeskRig, one: Act): Promise<void> {
  switch (one.do) {
    case 'fault':
      rig.venue.faults.push(one.fault);
      return;
    case 'tick':
      return rig.tick();
    case 'commit':
      rig.commit();
      return;
    case 'restart':
      return rig.restart();
    case 'place': {
      const size = base(BigInt(one.lots) * LOT);
      await rig.placed(planOf({ size, ...(one.which % 2 === 0 ? { bracket: BRACKET } : {}) }));
      return;
    }
    case 'cancel':
    case 'modify': {
      const order = rig.desk.open().filter(({ parentId }) => parentId === null)[one.which];
      if (order === undefined) return;
      if (one.do === 'cancel') await rig.desk.cancel(order.id);
      else await rig.desk.modify(order.id, { size: base(BigInt(one.lots) * LOT) });
      return;
    }
    case 'fill': {
      const resting = rig.venue.snapshot().openOrders.filter(({ status }) => status === 'open')[one.which];
      if (resting === undefined) return;
      const left = (resting.size - resting.filled) / LOT;
      const lots = BigInt(one.lots) < left ? BigInt(one.lots) : left;
      if (lots > 0n) rig.venue.fillLots(resting.clientOrderId, base(lots * LOT));
    }
  }
}

/** Nothing goes wrong any more, and enough time goes by for every question to be answered. */
async function settle(rig: DeskRig): Promise<void> {
  rig.venue.faults.length = 0;
  await rig.tick();
  await rig.tick(60_001);
  for (let i = 0; i < 4; i += 1) await rig.tick();
}

function checkAgreement(rig: DeskRig): void {
  const atVenue = rig.venue.snapshot().openOrders;
  const open = rig.desk.open();
  // Nothing sent twice, nothing orphaned on either side.
  expect(new Set(rig.venue.placed.map(({ clientOrderId }) => clientOrderId)).size).toBe(
    rig.venue.placed.length,
  );
  expect(open.map(({ venueId }) => venueId).sort()).toEqual(
    atVenue.map(({ clientOrderId }) => clientOrderId).sort(),
  );
  const rows = rig.store.page(undefined, 500).items;
  for (const { id, filled, size, state } of rows) {
    const own = rig.venue.placed.filter(({ clientOrderId }) => clientOrderId.split('.')[0] === id);
    const truth = own.reduce((sum, { clientOrderId }) => sum + rig.venue.reportOf(clientOrderId).filled, 0n);
    expect([id, filled]).toEqual([id, truth]);
    expect(filled <= size && (state === 'filled') === (filled === size)).toBe(true);
  }
  for (const { venueId, carried, size } of open) {
    const there = atVenue.find(({ clientOrderId }) => clientOrderId === venueId);
    expect(there?.size).toBe(size - carried.filled);
  }
}

/** What rests as an exit never closes more than its entry has filled, and no less where neither was refused. */
function checkExits(rig: DeskRig): void {
  const rows = rig.store.page(undefined, 500).items;
  for (const exit of rows.filter(({ parentId, state }) => parentId !== null && !isOver(state))) {
    expect(exit.size).toBe(rig.desk.find(exit.parentId ?? '').filled);
  }
  for (const entry of rows.filter(({ role, filled }) => role === 'entry' && filled >= 10n * LOT)) {
    const exits = rows.filter(({ parentId }) => parentId === entry.id);
    const roles = new Set(
      exits.filter(({ state }) => state === 'untriggered' || state === 'rejected').map(({ role }) => role),
    );
    expect([...roles].sort()).toEqual(['stopLoss', 'takeProfit']);
  }
}

describe('a desk on a venue that fails in every way, in a program that is killed at any time', () => {
  it.each(['native', 'replace'] as const)(
    '[R9.4] agrees with the venue once all is quiet (modify: %s)',
    async (modify) => {
      const capabilities: Partial<VenueCapabilities> = { modify };
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
          const rig = new DeskRig(capabilities);
          for (const one of acts) {
            try {
              await perform(rig, one);
            } catch (error) {
              if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
            }
          }
          await settle(rig);
          checkAgreement(rig);
          checkExits(rig);
          expect(rig.said.filter((line) => line.includes('contradicts'))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );
});
