import { Keypair } from '@solana/web3.js';
import { describe, expect, it, onTestFinished } from 'vitest';

import { realSchedule, type Schedule } from '../../../../../src/main/platform/schedule.ts';
import type { Intent } from '../../../../../src/main/venues/solana/transactions/intent.ts';
import { LocalCluster } from '../../../../support/cluster/localCluster.ts';
import { ConnectionChain } from './connectionChain.ts';
import { payment } from './payment.ts';
import { Rig } from './rig.ts';

const SOL = 1_000_000_000n;
const AMOUNT = SOL / 4n;
const BLOCKHASH_BLOCKS = 150;
/** How much faster than real time the desk's own waits go by. */
const HURRY = 20;
const HURRIED: Schedule = {
  after: (ms, act) => realSchedule.after(ms / HURRY, act),
  every: (ms, act) => realSchedule.every(ms / HURRY, act),
};

/** A desk over a node that runs the real system program, with a wallet of one SOL and somebody to send some to. */
async function onCluster() {
  const cluster = await LocalCluster.start();
  onTestFinished(() => cluster.close());
  const rig = new Rig();
  const parts = { chain: new ConnectionChain(cluster.rpcUrl), schedule: HURRIED };
  rig.desk = rig.deskWith(parts);
  cluster.airdrop(rig.signer.address, SOL);
  const recipient = Keypair.generate().publicKey;
  const lamports = (address: string): bigint => cluster.account(address)?.lamports ?? 0n;
  const pay = (amount: bigint): Intent => payment(rig.signer.address, recipient.toBase58(), amount);
  /** That it was paid once, and that the journal has every lamport that it cost. */
  const expectPaidOnce = (): void => {
    expect(rig.record('payment')?.state).toBe('landed');
    expect(lamports(recipient.toBase58())).toBe(AMOUNT);
    const fees = rig.journal.attempts('payment').reduce((sum, { fee }) => sum + (fee ?? 0n), 0n);
    expect(lamports(rig.signer.address)).toBe(SOL - AMOUNT - fees);
    expect(rig.desk.open()).toEqual([]);
  };
  return { cluster, rig, parts, pay, lamports, recipient: recipient.toBase58(), expectPaidOnce };
}

const SEND = { methods: ['sendTransaction'] };

describe('a payment on a local node', () => {
  it('lands, and costs what the journal says, to the last lamport', async () => {
    const { cluster, rig, pay, expectPaidOnce } = await onCluster();
    cluster.priorityFee = 100_000;
    const outcome = await rig.desk.carry(pay(AMOUNT));
    expect(outcome).toMatchObject({ kind: 'landed', transaction: { error: null } });
    expect(rig.record('payment')?.fee).toBeGreaterThan(5_000n);
    expectPaidOnce();
  });

  it.each([
    ['dropped twice', { kind: 'dropped' }, 2],
    ['put into a block twice', { kind: 'duplicated' }, 1],
    ['taken, with the reply lost', { kind: 'lostReply' }, 1],
    ['answered with 429', { kind: 'status', status: 429 }, 2],
    ['answered with 503', { kind: 'status', status: 503 }, 2],
  ] as const)('%s, is made once', async (_, fault, times) => {
    const { cluster, rig, pay, expectPaidOnce } = await onCluster();
    const hit = cluster.faults.switchOn(fault, { ...SEND, times });
    expect((await rig.desk.carry(pay(AMOUNT))).kind).toBe('landed');
    expect(hit.hits).toBe(times);
    expectPaidOnce();
  });

  it('[R3.4] that is more than there is, is refused with what its program says', async () => {
    const { rig, pay, lamports } = await onCluster();
    const outcome = await rig.desk.carry(pay(2n * SOL));
    expect(outcome).toMatchObject({ kind: 'refused', why: { code: 'INSUFFICIENT_COLLATERAL' } });
    expect(rig.log).toContainEqual(
      expect.objectContaining({
        context: expect.objectContaining({
          logs: expect.arrayContaining([expect.stringContaining('insufficient lamports')]) as unknown,
        }) as unknown,
      }),
    );
    expect(lamports(rig.signer.address)).toBe(SOL);
  });

  it('that no wallet has the fee for, is refused for want of gas', async () => {
    const { cluster, rig, pay } = await onCluster();
    const account = cluster.account(rig.signer.address);
    if (account === undefined) throw new Error('the wallet is missing');
    cluster.setAccount(rig.signer.address, { ...account, lamports: 1_000n });
    expect(await rig.desk.carry(pay(1n))).toMatchObject({ why: { code: 'INSUFFICIENT_GAS' } });
  });

  it('that its program undoes in the block has failed, and costs its fee', async () => {
    const { cluster, rig, pay, lamports, recipient } = await onCluster();
    rig.signer.before = () => {
      const account = cluster.account(rig.signer.address);
      if (account !== undefined) cluster.setAccount(rig.signer.address, { ...account, lamports: SOL / 10n });
      return Promise.resolve();
    };
    const outcome = await rig.desk.carry(pay(AMOUNT));
    expect(outcome).toMatchObject({ kind: 'failed', transaction: { fee: 5_000n } });
    expect(lamports(recipient)).toBe(0n);
    expect(lamports(rig.signer.address)).toBe(SOL / 10n - 5_000n);
  });

  it('whose blockhash is no longer good expires, and is made once when it is asked for again', async () => {
    const { cluster, rig, pay, lamports, recipient, expectPaidOnce } = await onCluster();
    const expiry = cluster.faults.switchOn({ kind: 'blockhashExpires' }, { ...SEND, times: 1 });
    expect((await rig.desk.carry(pay(AMOUNT))).kind).toBe('expired');
    expect(expiry.hits).toBe(1);
    expect(lamports(recipient)).toBe(0n);
    expect((await rig.desk.carryAgain(pay(AMOUNT))).kind).toBe('landed');
    expect(rig.journal.attempts('payment').map(({ state }) => state)).toEqual(['expired', 'landed']);
    expectPaidOnce();
  });

  it('that a node has and denies is unknown, is not made again, and has landed at the next sync', async () => {
    const { cluster, rig, pay, expectPaidOnce } = await onCluster();
    const lie = cluster.faults.switchOn({ kind: 'saysAbsent' });
    expect((await rig.desk.carry(pay(AMOUNT))).kind).toBe('unknown');
    lie.off();
    expect(await rig.desk.resume()).toMatchObject([{ id: 'payment', state: 'landed' }]);
    expect(rig.signer.signed).toHaveLength(1);
    expectPaidOnce();
  });

  it('that a node pretends to have is unknown, and has expired at the next sync', async () => {
    const { cluster, rig, pay, lamports, recipient } = await onCluster();
    cluster.faults.switchOn({ kind: 'dropped' }, SEND);
    cluster.faults.switchOn({ kind: 'saysConfirmed' });
    expect((await rig.desk.carry(pay(AMOUNT))).kind).toBe('unknown');
    cluster.faults.clear();
    cluster.advance(BLOCKHASH_BLOCKS + 1);
    expect(await rig.desk.resume()).toMatchObject([{ id: 'payment', state: 'expired' }]);
    expect(lamports(recipient)).toBe(0n);
  });

  it('whose program was closed in between is made once by the next', async () => {
    const { cluster, rig, parts, pay, expectPaidOnce } = await onCluster();
    const lost = cluster.faults.switchOn({ kind: 'dropped' }, SEND);
    const carried = rig.desk.carry(pay(AMOUNT));
    await lost.hit();
    rig.desk.close();
    expect((await carried).kind).toBe('unknown');
    lost.off();
    expect(await rig.restart(parts).resume()).toMatchObject([{ id: 'payment', state: 'landed' }]);
    expect(await rig.desk.carry(pay(AMOUNT))).toMatchObject({ kind: 'landed' });
    expectPaidOnce();
  });
});
