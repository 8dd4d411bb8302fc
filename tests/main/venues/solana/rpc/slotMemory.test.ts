import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SlotMemory, TOLERATED_SLOTS } from '../../../../../src/main/venues/solana/rpc/slotMemory.ts';

const rigged = () => {
  let now = 0;
  return {
    memory: new SlotMemory<string>(() => now),
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('what was seen', () => {
  it('is the newest slot of a commitment or a stronger one: what is final is older than what is confirmed', () => {
    const { memory } = rigged();
    expect(memory.judge('a', 1_000, 'confirmed').verdict).toBe('fits');
    expect(memory.judge('a', 968, 'finalized').verdict).toBe('fits');
    expect([memory.seen('confirmed'), memory.seen('finalized'), memory.seen('processed')]).toEqual([
      1_000, 968, 1_000,
    ]);
  });

  it('never goes back among honest nodes, and what is older by more than is tolerated is behind', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1_000, max: 1_400 }))),
        (words) => {
          const { memory } = rigged();
          let highest = 0;
          for (const [node, slot] of words) {
            const { verdict, lag } = memory.judge(node, slot, 'confirmed');
            expect(verdict).toBe(highest - slot > TOLERATED_SLOTS ? 'behind' : 'fits');
            expect(lag).toBe(Math.max(0, highest - slot));
            highest = Math.max(highest, slot);
            expect(memory.seen('confirmed')).toBe(highest);
          }
        },
      ),
    );
  });
});

describe('a node that runs ahead', () => {
  it('is outvoted by two others, before it spoke or after', () => {
    const { memory } = rigged();
    memory.judge('a', 1_000, 'confirmed');
    memory.judge('b', 1_001, 'confirmed');
    expect(memory.judge('liar', 900_000, 'confirmed').verdict).toBe('outvoted');
    expect(memory.seen('confirmed')).toBe(1_001);

    const { memory: later } = rigged();
    expect(later.judge('liar', 900_000, 'confirmed').verdict).toBe('fits');
    later.tell(900_000);
    expect(later.judge('a', 1_000, 'confirmed')).toMatchObject({ verdict: 'behind', exposed: [] });
    expect(later.judge('b', 1_001, 'confirmed')).toMatchObject({ verdict: 'fits', exposed: ['liar'] });
    expect(later.seen('confirmed')).toBe(1_001);
    expect(later.told).toBeLessThanOrEqual(1_001);
  });

  it('is believed against one other: who is behind is the likelier fault', () => {
    const { memory } = rigged();
    memory.judge('a', 1_000, 'confirmed');
    expect(memory.judge('b', 900_000, 'confirmed').verdict).toBe('fits');
    expect(memory.judge('a', 1_001, 'confirmed').verdict).toBe('behind');
  });

  it('is believed where the others were not asked for so long that they may be there as well', () => {
    const { memory, pass } = rigged();
    memory.judge('a', 1_000, 'confirmed');
    memory.judge('b', 1_000, 'confirmed');
    pass(3_600_000);
    expect(memory.judge('c', 1_000 + 9_000, 'confirmed').verdict).toBe('fits');
  });

  it('is found again when all have moved on, as after a local network was warped', () => {
    const { memory } = rigged();
    for (const node of ['a', 'b', 'c']) memory.judge(node, 1_000, 'confirmed');
    expect(memory.judge('a', 20_000, 'confirmed').verdict).toBe('outvoted');
    expect(memory.judge('b', 20_001, 'confirmed').verdict).toBe('fits');
    expect(memory.judge('a', 20_002, 'confirmed').verdict).toBe('fits');
  });
});

it('remembers of what slot accounts were told', () => {
  const { memory } = rigged();
  memory.tell(50);
  memory.tell(40);
  expect(memory.told).toBe(50);
});
