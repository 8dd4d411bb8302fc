import { describe, expect, it } from 'vitest';

import { judge } from '../../../../../src/main/custody/policy/judge.ts';
import {
  MOST_GAS,
  MOST_PRIORITY_FEE,
  MOST_TIP,
} from '../../../../../src/main/custody/signer/signingLimits.ts';
import type { Address } from '../../../../../src/main/custody/address.ts';
import { SENDING_SETTINGS } from '../../../../../src/main/venues/solana/transactions/sendingSettings.ts';
import { readGroup } from '../../../../../src/shared/settings/group.ts';
import { refusal } from '../../../storage/fixtures/scratch.ts';
import { Rig } from './rig.ts';

const SETTINGS = readGroup(SENDING_SETTINGS, {});

/** The signer's own rules, at their real limits. */
const verdictOf = (rig: Rig, message: Uint8Array) =>
  judge(message, {
    signer: rig.signer.address as Address,
    role: 'owner',
    owner: rig.signer.address as Address,
    delegates: new Set(),
    mostPriorityFee: MOST_PRIORITY_FEE,
    mostTip: MOST_TIP,
    mostGas: MOST_GAS,
  });

describe('a transaction that nothing is wrong with', () => {
  it('[N] is tried, then signed, then sent, and lands once', async () => {
    const rig = new Rig();
    const { done, tookMs } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'landed', transaction: { fee: 5_000n }, tip: 0n });
    expect(rig.chain.effects).toEqual([rig.record()?.signature]);
    expect(tookMs).toBeLessThan(5_000);
    const order = ['recentPriorityFees', 'simulate', 'latestBlockhash', 'send'];
    expect(rig.chain.calls.filter((call) => order.includes(call))).toEqual(order);
    expect(rig.signer.signed).toHaveLength(1);
  });

  it('[R3.3] is tried without a signature', async () => {
    const rig = new Rig();
    await rig.until(rig.desk.carry(rig.intent()));
    const [tried] = rig.chain.simulated;
    expect(rig.chain.simulated).toHaveLength(1);
    expect([...(tried?.subarray(1, 65) ?? [])]).toEqual(Array.from({ length: 64 }, () => 0));
  });

  it('is written down before it is signed, and with its bytes before it is sent', async () => {
    const rig = new Rig();
    const states: unknown[] = [];
    rig.signer.before = () => {
      states.push(['signing', rig.record()?.state]);
      return Promise.resolve();
    };
    const { chain } = rig;
    const send = chain.send.bind(chain);
    chain.send = (wire) => {
      const record = rig.record();
      states.push(['sending', record?.state, Buffer.from(record?.wire ?? []).equals(wire)]);
      return send(wire);
    };
    await rig.until(rig.desk.carry(rig.intent()));
    expect(states).toEqual([
      ['signing', 'intended'],
      ['sending', 'signed', true],
    ]);
  });

  it('leaves a row that says what it did, what it cost and what its programs said', async () => {
    const rig = new Rig();
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(rig.record()).toMatchObject({ state: 'landed', fee: 5_000n, attempt: 1, words: 'Carry order-1.' });
    rig.restart();
    expect(rig.desk.find('order-1')?.outcome).toEqual(done);
    expect(rig.desk.open()).toEqual([]);
    expect(rig.desk.latest(10).map(({ id }) => id)).toEqual(['order-1']);
  });

  it('is what the signer’s own rules let through, with the highest bid that the settings allow', async () => {
    const rig = new Rig({ bundles: { send: () => Promise.resolve() } });
    rig.chain.recentFees = [900_000_000];
    rig.chain.unitsConsumed = 1_300_000;
    rig.chain.faults.takes = true;
    await rig.until(rig.desk.carry(rig.intent()));
    const [message = new Uint8Array()] = rig.signer.signed;
    const verdict = verdictOf(rig, message);
    expect(verdict).toMatchObject({ isAllowed: true });
    expect(verdict.isAllowed && verdict.spends).toBeLessThanOrEqual(SETTINGS.mostPriorityFee + SETTINGS.tip);
    expect(verdict.isAllowed && verdict.words).toContain('tip 0.0001 SOL');
  });

  it('[R10.3] is logged with its signature', async () => {
    const rig = new Rig();
    await rig.until(rig.desk.carry(rig.intent()));
    const signature = rig.record()?.signature;
    expect(rig.log).toContainEqual(
      expect.objectContaining({
        message: 'A transaction landed.',
        context: expect.objectContaining({
          signature,
          words: 'Carry order-1.',
          feeLamports: 5_000n,
        }) as unknown,
      }),
    );
  });
});

describe('the same id', () => {
  it('at once shares one flight', async () => {
    const rig = new Rig();
    const both = Promise.all([rig.desk.carry(rig.intent()), rig.desk.carry(rig.intent())]);
    const { done } = await rig.until(both);
    expect(done[0]).toBe(done[1]);
    expect(rig.signer.signed).toHaveLength(1);
  });

  it('later gives the outcome that is known, also after a restart', async () => {
    const rig = new Rig();
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    const calls = rig.chain.calls.length;
    expect(await rig.desk.carry(rig.intent())).toEqual(done);
    expect(await rig.restart().carry(rig.intent())).toEqual(done);
    expect(await rig.desk.carryAgain(rig.intent())).toEqual(done);
    expect(rig.chain.calls).toHaveLength(calls);
    expect(rig.signer.signed).toHaveLength(1);
  });

  it('for something else is refused, whether the first is under way or over', async () => {
    const rig = new Rig();
    const other = rig.intent('order-1', { words: 'Something else.' });
    const first = rig.desk.carry(rig.intent());
    await expect(rig.desk.carry(other)).rejects.toMatchObject({ code: 'INTERNAL' });
    await rig.until(first);
    await expect(rig.desk.carry(other)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(rig.chain.effects).toHaveLength(1);
  });

  it('on another cluster is another intent', async () => {
    const rig = new Rig();
    await rig.until(rig.desk.carry(rig.intent()));
    rig.db.exec("UPDATE transactions SET cluster = 'another'");
    expect(rig.desk.find('order-1')).toBeUndefined();
    await rig.until(rig.desk.carry(rig.intent()));
    expect(rig.chain.effects).toHaveLength(2);
  });
});

describe('another attempt', () => {
  const expired = async (): Promise<Rig> => {
    const rig = new Rig();
    rig.chain.faults.losesFirst = 1_000;
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done.kind).toBe('expired');
    rig.chain.faults.losesFirst = 0;
    return rig;
  };

  it('is signed after one that expired, and only when it is asked for', async () => {
    const rig = await expired();
    expect(await rig.desk.carry(rig.intent())).toMatchObject({ kind: 'expired' });
    expect(rig.signer.signed).toHaveLength(1);
    const { done } = await rig.until(rig.desk.carryAgain(rig.intent()));
    expect(done.kind).toBe('landed');
    expect(rig.journal.attempts('order-1').map(({ state }) => state)).toEqual(['expired', 'landed']);
    expect(rig.chain.effects).toHaveLength(1);
  });

  it('is not signed while the one before may still land', async () => {
    const rig = new Rig();
    rig.chain.faults.asking = 'breaks';
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done.kind).toBe('unknown');
    const again = await rig.until(rig.desk.carryAgain(rig.intent()));
    expect(again.done.kind).toBe('unknown');
    expect(rig.signer.signed).toHaveLength(1);
  });

  it('[R9.2] is not signed for what was refused', async () => {
    const rig = new Rig();
    rig.chain.faults.simulation = { error: 'no', logs: [] };
    await rig.until(rig.desk.carry(rig.intent()));
    rig.chain.faults.simulation = undefined;
    expect(await rig.desk.carryAgain(rig.intent())).toMatchObject({ kind: 'refused' });
    expect(rig.signer.signed).toHaveLength(0);
  });

  it('can not even be written down past one that may land', () => {
    const rig = new Rig();
    const record = { ...newRow(rig), attempt: 1 };
    rig.journal.begin(record);
    expect(refusal(() => rig.journal.begin({ ...record, attempt: 2 })).code).toBe('INTERNAL');
  });
});

const newRow = (rig: Rig) => ({
  intentId: 'order-1',
  kind: 'order',
  words: 'Carry order-1.',
  payer: rig.signer.address,
  state: 'intended' as const,
  signature: null,
  lastValidBlockHeight: null,
  wire: null,
  slot: null,
  fee: null,
  landed: null,
  code: null,
  reason: null,
  intendedT: 1,
  updatedT: 1,
});
