import { Keypair } from '@solana/web3.js';
import { describe, expect, it, onTestFinished } from 'vitest';

import { LocalCluster } from '../../../../support/cluster/localCluster.ts';
import { runChild } from '../../../storage/fixtures/child.ts';
import { ConnectionChain } from './connectionChain.ts';
import { payment } from './payment.ts';
import { Rig } from './rig.ts';
import { realSchedule, type Schedule } from '../../../../../src/main/platform/schedule.ts';

const SOL = 1_000_000_000n;
const AMOUNT = SOL / 4n;
const PROGRAM = '../../venues/solana/transactions/dyingProgram.ts';
const BLOCKHASH_BLOCKS = 150;
const HURRIED: Schedule = {
  after: (ms, act) => realSchedule.after(ms / 20, act),
  every: (ms, act) => realSchedule.every(ms / 20, act),
};

/** Kills a process at a step of a payment with -9, and settles in another what it has left. */
async function killedAt(step: number, isLate: boolean) {
  const cluster = await LocalCluster.start();
  onTestFinished(() => cluster.close());
  const rig = new Rig();
  cluster.airdrop(rig.signer.address, SOL);
  const payee = Keypair.generate().publicKey.toBase58();
  await runChild(
    PROGRAM,
    rig.file,
    cluster.rpcUrl,
    rig.signer.text,
    payee,
    String(AMOUNT),
    String(step),
  ).ended();
  const left = rig.record('payment')?.state;
  if (isLate) cluster.advance(BLOCKHASH_BLOCKS + 1);
  const desk = rig.restart({ chain: new ConnectionChain(cluster.rpcUrl), schedule: HURRIED });
  await desk.resume();
  const outcome = await desk.carry(payment(rig.signer.address, payee, AMOUNT));
  return { rig, cluster, left, outcome, paid: cluster.account(payee)?.lamports ?? 0n };
}

/**
 * In the order of a payment: what a process that is killed at a step leaves in the journal, and what the next makes of it,
 * at once or after the blockhash has died. Once it was sent, only the chain decides.
 */
const STEPS: readonly (readonly [step: number, left: string | undefined, now: string, late: string])[] = [
  [5, undefined, 'landed', 'landed'],
  [6, 'intended', 'refused', 'refused'],
  [12, 'intended', 'refused', 'refused'],
  [13, 'intended', 'refused', 'refused'],
  [14, 'signed', 'landed', 'expired'],
];

describe('kill -9 of a process that makes a payment', () => {
  it.each(STEPS)(
    'at step %i leaves it %s, and the next has it %s, or later %s',
    async (step, left, now, late) => {
      for (const isLate of [false, true]) {
        const killed = await killedAt(step, isLate);
        expect(killed.left).toBe(left);
        expect(killed.outcome.kind).toBe(isLate ? late : now);
        expectTrue(killed);
      }
    },
  );

  it.each([15, 16, 17, 18, 20])(
    'at step %i, after it was signed, leaves what happened once or not at all',
    async (step) => {
      const killed = await killedAt(step, true);
      expect(killed.left).toBe('signed');
      expect(killed.outcome.kind).toBeOneOf(['landed', 'expired']);
      expectTrue(killed);
    },
  );
});

/** That the journal says what the node says, to the last lamport. */
function expectTrue({ rig, cluster, outcome, paid }: Awaited<ReturnType<typeof killedAt>>): void {
  const record = rig.record('payment');
  expect(rig.desk.open()).toEqual([]);
  expect(record?.state).toBe(outcome.kind);
  expect(paid).toBe(outcome.kind === 'landed' ? AMOUNT : 0n);
  expect(cluster.account(rig.signer.address)?.lamports).toBe(SOL - paid - (record?.fee ?? 0n));
}
