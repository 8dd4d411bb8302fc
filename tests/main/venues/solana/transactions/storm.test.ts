import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Rig } from './rig.ts';
import type { ChainFaults } from './scriptedChain.ts';

/** Faults that the truth can be told through in the end; not all nodes telling one lie, which nobody can see through. */
const anyFaults: fc.Arbitrary<Partial<ChainFaults>> = fc.record(
  {
    simulating: fc.constantFrom('answers', 'breaks'),
    sending: fc.constantFrom('answers', 'breaks', 'rateLimited', 'hangs'),
    takes: fc.boolean(),
    losesFirst: fc.nat({ max: 3 }),
    landsAfterMs: fc.constantFrom(100, 5_000, 40_000, 80_000),
    landsWith: fc.constantFrom(null, 'no'),
    asking: fc.constantFrom('answers', 'breaks', 'hangs'),
    lie: fc.constantFrom('none', 'confirmed', 'failed', 'otherTransaction'),
    behindBlocks: fc.constantFrom(0, 50),
    understatesLife: fc.constantFrom(0, 140),
    staysProcessed: fc.boolean(),
  },
  { requiredKeys: [] },
);

const anyAct = fc.oneof(
  fc.record({ kind: fc.constant('faults' as const), faults: anyFaults }),
  fc.record({ kind: fc.constantFrom('carry' as const, 'carryAgain' as const, 'resume' as const) }),
  fc.record({ kind: fc.constant('restart' as const) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(500, 3_000, 35_000, 95_000) }),
);

async function act(
  rig: Rig,
  what: typeof anyAct extends fc.Arbitrary<infer Act> ? Act : never,
): Promise<void> {
  switch (what.kind) {
    case 'faults':
      Object.assign(rig.chain.faults, what.faults);
      return;
    case 'carry':
    case 'carryAgain':
      void rig.desk[what.kind](rig.intent());
      return rig.pass(100);
    case 'resume':
      void rig.desk.resume();
      return rig.pass(100);
    case 'restart':
      rig.desk.close();
      await rig.pass(100);
      rig.restart();
      return;
    case 'pass':
      return rig.pass(what.ms);
  }
}

const HEALED: Partial<ChainFaults> = {
  asking: 'answers',
  lie: 'none',
  behindBlocks: 0,
  staysProcessed: false,
};

describe('whatever goes wrong, in whatever order', () => {
  it('an intent has one effect at most, and once the truth can be had the journal says it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { minLength: 2, maxLength: 14 }), async (acts) => {
        const rig = new Rig();
        for (const what of acts) await act(rig, what);
        Object.assign(rig.chain.faults, HEALED);
        await rig.pass(100_000);
        await rig.until(rig.desk.resume());
        await rig.pass(100_000);

        expect(rig.desk.open()).toEqual([]);
        expect(rig.chain.effects.length).toBeLessThanOrEqual(1);
        const attempts = rig.journal.attempts('order-1');
        const inState = (state: string) =>
          attempts.filter((one) => one.state === state).map(({ signature }) => signature);
        expect(inState('landed')).toEqual(rig.chain.effects);
        expect(new Set([...inState('landed'), ...inState('failed')])).toEqual(new Set(rig.chain.inBlocks));
        rig.db.close();
      }),
      { numRuns: 60 },
    );
  });
});
