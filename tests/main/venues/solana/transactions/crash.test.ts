import { describe, expect, it } from 'vitest';

import { MortalProcess } from './mortal.ts';
import { Rig } from './rig.ts';
import type { ChainFaults } from './scriptedChain.ts';

/** How many steps a process takes that nobody kills. */
async function stepsOf(faults: Partial<ChainFaults>): Promise<number> {
  const rig = new Rig();
  Object.assign(rig.chain.faults, faults);
  const process = new MortalProcess(Infinity);
  await rig.until(rig.deskWith(process.parts(rig)).carry(rig.intent()));
  return process.steps;
}

/** The first steps and the last ones; between them it only asks, again and again. */
const telling = (steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, index) => index + 1).filter((step) => step <= 36 || step > steps - 12);

/** A process dies at a step; another one takes over later, and settles what it finds. */
async function takenOver(faults: Partial<ChainFaults>, step: number, afterMs: number): Promise<Rig> {
  const rig = new Rig();
  Object.assign(rig.chain.faults, faults);
  const process = new MortalProcess(step);
  void rig.deskWith(process.parts(rig)).carry(rig.intent());
  await rig.until(process.death);
  rig.restart();
  rig.time.pass(afterMs);
  await rig.until(rig.desk.resume());
  return rig;
}

/** That nothing is open, and the journal says what the chain says. */
function expectSettled(rig: Rig): void {
  expect(rig.desk.open()).toEqual([]);
  expect(rig.signer.signed.length).toBeLessThanOrEqual(1);
  const record = rig.record();
  const landed = rig.chain.inBlocks;
  expect(landed).toEqual(record?.state === 'landed' || record?.state === 'failed' ? [record.signature] : []);
  expect(record?.state).toBeOneOf([undefined, 'landed', 'failed', 'expired', 'refused']);
}

describe.each<readonly [string, Partial<ChainFaults>]>([
  ['goes through', {}],
  ['is lost until it has expired', { losesFirst: 1_000 }],
  ['fails in its block', { landsWith: 'no' }],
  ['lands late', { landsAfterMs: 35_000 }],
])('a process that dies while a transaction %s', (_, faults) => {
  it.each([0, 40_000, 300_000])(
    'at any step, and is followed by another after %i ms, has done it at most once, and the journal is true',
    async (afterMs) => {
      const steps = telling(await stepsOf(faults));
      expect(steps.length).toBeGreaterThan(15);
      for (const step of steps) {
        const rig = await takenOver(faults, step, afterMs);
        expectSettled(rig);
        const known = rig.desk.find('order-1')?.outcome;
        rig.chain.faults.losesFirst = 0;
        const { done } = await rig.until(rig.desk.carry(rig.intent()));
        if (known !== undefined) expect(done).toEqual(known);
        expect(rig.chain.inBlocks.length).toBeLessThanOrEqual(1);
        expectSettled(rig);
      }
    },
  );
});

describe('what the next process finds', () => {
  const diedAt = async (state: string): Promise<Rig> => {
    for (let step = 1; ; step += 1) {
      const rig = new Rig();
      rig.chain.faults.losesFirst = 1;
      const process = new MortalProcess(step);
      void rig.deskWith(process.parts(rig)).carry(rig.intent());
      await rig.until(process.death);
      rig.restart();
      if (rig.record()?.state === state) return rig;
    }
  };

  it('intended is given up: nothing of it was sent', async () => {
    const rig = await diedAt('intended');
    const { done } = await rig.until(rig.desk.resume());
    expect(done).toMatchObject([
      { state: 'refused', outcome: { kind: 'refused', why: { code: 'NOT_SENT' } } },
    ]);
    expect(rig.chain.sent).toEqual([]);
  });

  it('signed is sent again, with the same bytes, while it can land', async () => {
    const rig = await diedAt('signed');
    const bytes = Buffer.from(rig.record()?.wire ?? []).toString('base64');
    rig.chain.faults.losesFirst = 0;
    const { done } = await rig.until(rig.desk.resume());
    expect(done).toMatchObject([{ state: 'landed' }]);
    expect(new Set(rig.chain.sent)).toEqual(new Set([bytes]));
  });

  it('signed, and too late for any block, is not sent again, and has expired', async () => {
    const rig = await diedAt('signed');
    await rig.pass(100_000);
    const sent = rig.chain.sent.length;
    const { done, tookMs } = await rig.until(rig.desk.resume());
    expect(done).toMatchObject([{ state: 'expired' }]);
    expect(tookMs).toBeLessThan(1_000);
    expect(rig.chain.sent).toHaveLength(sent);
  });
});

describe('a desk that is closed', () => {
  it('while it follows says unknown and leaves the transaction open for the next', async () => {
    const rig = new Rig();
    rig.chain.faults.landsAfterMs = 10_000;
    const carried = rig.desk.carry(rig.intent());
    await rig.pass(5_000);
    rig.desk.close();
    expect(await carried).toMatchObject({
      kind: 'unknown',
      cause: 'The program closed before it was known.',
    });
    expect(rig.alerts).toEqual([]);
    expect(rig.record()?.state).toBe('signed');
    await rig.until(rig.restart().resume());
    expect(rig.record()?.state).toBe('landed');
    await rig.pass(20_000);
    expect(rig.time.waiting).toBe(0);
  });

  it('while the signer works sends nothing', async () => {
    const rig = new Rig();
    rig.signer.before = () => rig.wait(5_000);
    const carried = rig.desk.carry(rig.intent());
    await rig.pass(1_000);
    rig.desk.close();
    const { done } = await rig.until(carried);
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'NOT_SENT' } });
    expect(rig.chain.sent).toEqual([]);
    expect(rig.record()?.state).toBe('refused');
  });

  it('signs nothing new', async () => {
    const rig = new Rig();
    rig.desk.close();
    expect(await rig.desk.carry(rig.intent())).toMatchObject({ kind: 'refused' });
    expect(rig.signer.signed).toEqual([]);
  });
});
