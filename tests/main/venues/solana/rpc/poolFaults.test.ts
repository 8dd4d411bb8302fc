import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { NodeChain } from '../../../../../src/main/venues/solana/rpc/nodeChain.ts';
import { TEST_GENESIS, type NodeFaultSwitch, type ScriptedNode } from '../../../../support/scriptedNode.ts';
import { PoolRig, fakeRetryWaits, settled } from './poolRig.ts';

const ADDRESS = 'So11111111111111111111111111111111111111112';
const OWNER = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';

/** What an account holds in a slot, so that an answer can be told from a wrong one: its lamports are the slot. */
const truth = (node: ScriptedNode): object =>
  node.inContext([
    { owner: OWNER, lamports: node.slot, data: ['', 'base64'], executable: false, rentEpoch: 0 },
  ]);

const fault = fc.constantFrom<NodeFaultSwitch>(
  { kind: 'reset' },
  { kind: 'http', status: 500 },
  { kind: 'http', status: 403 },
  { kind: 'http', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'rpc', code: -32_005 },
  { kind: 'rpc', code: -32_603 },
  { kind: 'text', body: '<html>' },
  { kind: 'otherId' },
  { kind: 'result', result: { context: { slot: 5 }, value: [] } },
  { kind: 'result', result: null },
);

/** `lag` slots behind the cluster; `foreign` for another network, whose accounts say something else. */
const condition = fc.oneof(
  { weight: 3, arbitrary: fc.record({ fault: fc.constant(undefined), lag: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ fault, lag: fc.constant(0) }) },
  {
    weight: 1,
    arbitrary: fc.record({ fault: fc.constant(undefined), lag: fc.integer({ min: 1, max: 300 }) }),
  },
);

const step = fc.record({
  conditions: fc.tuple(condition, condition, condition),
  passes: fc.constantFrom(0, 400, 5_000),
});

type Condition = typeof condition extends fc.Arbitrary<infer One> ? One : never;

/** Puts the nodes into their conditions, and says whether one of them can be asked and does well. */
function setAll(rig: PoolRig, conditions: readonly Condition[], cluster: number, foreign: number): boolean {
  const waits = rig.pool.healthView().map(({ waitMs }) => waitMs);
  rig.nodes.forEach((node, i) => {
    node.fault = conditions[i]?.fault;
    node.slot = cluster - (conditions[i]?.lag ?? 0);
  });
  return conditions.some(({ fault, lag }, i) => i !== foreign && !fault && lag === 0 && waits[i] === 0);
}

let rig: PoolRig;

beforeEach(() => {
  fakeRetryWaits();
});
afterEach(() => {
  vi.useRealTimers();
});

it('[N] never answers wrongly or goes back, and finds the healthy node, whatever the others do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 3 }),
      async (steps, foreign) => {
        rig = await PoolRig.start(3);
        const chain = new NodeChain(rig.pool);
        let cluster = 1_000;
        let last = 0;
        rig.nodes.forEach((node, i) => {
          node.genesis = i === foreign ? 'another' : TEST_GENESIS;
          node.methods.set('getMultipleAccounts', () =>
            i === foreign
              ? { context: { slot: node.slot }, value: [{ owner: OWNER, lamports: 13 }] }
              : truth(node),
          );
        });
        for (const { conditions, passes } of steps) {
          cluster += 3;
          rig.time.pass(passes);
          const isHealthy = setAll(rig, conditions, cluster, foreign);
          const result = await settled(chain.accounts([ADDRESS]));
          if (result.status === 'fulfilled') {
            const { slot, accounts } = result.value;
            expect(accounts[0]?.lamports).toBe(BigInt(slot));
            expect(slot).toBeGreaterThanOrEqual(last);
            last = slot;
          } else
            expect(result.reason).toMatchObject({
              code: expect.stringMatching(/^(?:VENUE_UNAVAILABLE|RATE_LIMITED)$/) as string,
            });
          if (isHealthy) expect(result.status).toBe('fulfilled');
        }
        if (foreign < 3) expect(rig.node(foreign).askedFor('getMultipleAccounts')).toHaveLength(0);
        await rig.stop();
      },
    ),
    { numRuns: 60 },
  );
});

it('[N] never floods a node that asks to wait', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 20 }),
      async (gaps) => {
        rig = await PoolRig.start(1);
        await rig.pool.checkHealth();
        const node = rig.node(0);
        node.fault = { kind: 'http', status: 429, headers: { 'retry-after': '2' } };
        const askedAt: number[] = [];
        let seen = node.asked.length;
        for (const gap of gaps) {
          rig.time.pass(gap);
          await settled(new NodeChain(rig.pool).slot());
          if (node.asked.length > seen) askedAt.push(rig.time.elapsed());
          expect(node.asked.length - seen).toBeLessThanOrEqual(1);
          seen = node.asked.length;
        }
        askedAt.slice(1).forEach((at, i) => {
          expect(at - (askedAt[i] ?? 0)).toBeGreaterThanOrEqual(2_000);
        });
        expect(askedAt.length).toBeGreaterThan(0);
        await rig.stop();
      },
    ),
    { numRuns: 30 },
  );
});
