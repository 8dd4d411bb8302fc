import { PublicKey } from '@solana/web3.js';
import { describe, expect, it } from 'vitest';

import { TIP_ACCOUNTS } from '../../../../../src/main/custody/policy/tips.ts';
import { AppError } from '../../../../../src/shared/contract/appError.ts';
import { Rig } from './rig.ts';
import { TestSigner } from './testSigner.ts';

const BUDGET = new AppError('TRANSACTION_REFUSED', 'The day has cost enough.', { reason: 'budget' });
/** The instruction of the compute budget program that sets a price, as a message begins it: its length and number. */
const PRICE = Buffer.from([9, 3]);
/** What the chance of the rig, 0.5, picks. */
const TIP = new PublicKey(TIP_ACCOUNTS[4]).toBuffer();

/** A signer that says no. */
const refusing = (why: AppError) => async (): Promise<never> => {
  await Promise.resolve();
  throw why;
};

describe('a signer', () => {
  it.each([
    [new AppError('WALLET_LOCKED', 'The wallet is locked.')],
    [new AppError('TRANSACTION_REFUSED', 'Tips are too high.', { reason: 'tip' })],
    [new AppError('SIGNER_UNAVAILABLE', 'The process that holds the keys ended.')],
    [new AppError('KEYCHAIN_UNAVAILABLE', 'The keychain is locked.')],
  ])('that says %s leaves it refused with that, and nothing sent', async (error) => {
    const rig = new Rig();
    rig.signer.before = refusing(error);
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toEqual({ kind: 'refused', why: { code: error.code, message: error.message } });
    expect(rig.record()).toMatchObject({ state: 'refused', code: error.code, signature: null });
    expect(rig.chain.calls).not.toContain('send');
    expect(rig.desk.open()).toEqual([]);
  });

  it('whose budget of the day is used up is asked once more, without priority and tip', async () => {
    const bundled: Uint8Array[] = [];
    const rig = new Rig({ bundles: { send: (wire) => Promise.resolve(void bundled.push(wire)) } });
    rig.chain.recentFees = [50_000];
    const asked: Buffer[] = [];
    rig.signer.before = (message) => {
      asked.push(Buffer.from(message));
      return asked.length === 1 ? Promise.reject(BUDGET) : Promise.resolve();
    };
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done.kind).toBe('landed');
    expect(asked.map((message) => message.includes(PRICE))).toEqual([true, false]);
    expect(asked[1]?.length).toBeLessThan(asked[0]?.length ?? 0);
    expect(rig.signer.signed).toHaveLength(1);
    expect(bundled).toEqual([]);
  });

  it('that refuses even that leaves it refused', async () => {
    const rig = new Rig();
    let asked = 0;
    rig.signer.before = () => {
      asked += 1;
      return Promise.reject(BUDGET);
    };
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'TRANSACTION_REFUSED' } });
    expect(asked).toBe(2);
    expect(rig.chain.calls).not.toContain('send');
  });

  it('that signs with another key has signed nothing that is sent', async () => {
    const rig = new Rig();
    const stranger = new TestSigner();
    const desk = rig.deskWith({ sign: stranger.sign });
    const { done } = await rig.until(desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'SIGNER_UNAVAILABLE' } });
    expect(rig.chain.sent).toEqual([]);
  });

  it('that takes longer than the intent is good for has signed nothing that is sent', async () => {
    const rig = new Rig();
    rig.signer.before = () => rig.wait(5_000);
    const intent = rig.intent('order-1', { validUntil: rig.time.now() + 4_000 });
    const { done } = await rig.until(rig.desk.carry(intent));
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'NOT_SENT' } });
    expect(rig.chain.sent).toEqual([]);
  });

  it('is not asked for what came too late', async () => {
    const rig = new Rig();
    const { done } = await rig.until(
      rig.desk.carry(rig.intent('order-1', { validUntil: rig.time.now() - 1 })),
    );
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'NOT_SENT' } });
    expect(rig.signer.signed).toEqual([]);
  });

  it('is not asked for what does not fit into a transaction', async () => {
    const rig = new Rig();
    const [transfer] = rig.intent().instructions;
    const many = Array.from({ length: 80 }, () => transfer).filter((one) => one !== undefined);
    const { done } = await rig.until(rig.desk.carry(rig.intent('order-1', { instructions: many })));
    expect(done).toEqual({
      kind: 'refused',
      why: { code: 'INTERNAL', message: 'It does not fit into one transaction: it is too long.' },
    });
  });

  it('gets a tip in the message where there is a way for bundles, and none where there is not', async () => {
    const tips: boolean[] = [];
    for (const bundles of [{ send: () => Promise.resolve() }, undefined]) {
      const rig = new Rig(bundles === undefined ? {} : { bundles });
      await rig.until(rig.desk.carry(rig.intent()));
      tips.push(Buffer.from(rig.signer.signed[0] ?? []).includes(TIP));
    }
    expect(tips).toEqual([true, false]);
  });
});
