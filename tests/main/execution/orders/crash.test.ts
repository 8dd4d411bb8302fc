import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { DeskRig, planOf } from './deskRig.ts';

const NEVER = new Promise<never>(() => {});
const ENDED = /^(?:filled|partiallyFilled|cancelled|rejected|expired)$/;

/** Runs `work` until the program is killed at a request: it never hears of anything again. */
async function killed(rig: DeskRig, at: 'asked' | 'done', request: string, work: () => Promise<unknown>) {
  await new Promise<void>((dead) => {
    rig.venue[at] = async (one) => {
      if (one !== request) return;
      dead();
      await NEVER;
    };
    void work();
  });
}

describe('a program that is killed', () => {
  it('[R9.4] between the disk and the venue sends nothing twice, and loses no order', async () => {
    const rig = new DeskRig();
    await killed(rig, 'asked', 'place m1', () => rig.place(planOf({ clientOrderId: 'mine' })));

    rig.venue.faults.push('lost');
    await rig.restart();

    expect(rig.venue.placed).toEqual([]);
    expect(rig.state('mine')).toBe('unknown');
    expect((await rig.placed(planOf({ clientOrderId: 'mine' }))).repeated).toBe(true);
    await rig.tick(60_001);
    expect(rig.state('m1')).toBe('expired');
    expect(rig.venue.placed).toEqual([]);
    expect((await rig.place(planOf())).orderId).toBe('m2');
  });

  it('[R9.4] between the venue and its answer finds the order again, with what it has filled', async () => {
    const rig = new DeskRig();
    await killed(rig, 'done', 'place m1', () => rig.place(planOf()));
    rig.venue.fill('m1', '4');

    await rig.restart();

    expect(rig.view('m1')).toMatchObject({ state: 'open', filled: '4', left: '6' });
    expect(rig.venue.placed).toHaveLength(1);
    await rig.desk.cancel('m1');
    expect(rig.state('m1')).toBe('partiallyFilled');
  });

  it('before it has written what a cancel did asks, and learns it', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.commit();
    await rig.desk.cancel('m1');

    await rig.restart();

    expect(rig.state('m1')).toBe('cancelled');
  });

  it('before it has written a change learns what is in force', async () => {
    const rig = new DeskRig();
    await rig.place(planOf());
    rig.commit();
    await rig.desk.modify('m1', { size: parseBase('12'), limitPrice: parsePrice('148') });

    await rig.restart();

    expect(rig.view('m1')).toMatchObject({ state: 'open', size: '12', price: '148' });
  });

  it.each([
    ['asked', 'cancel m1', 'open', 1],
    ['done', 'cancel m1', 'cancelled', 1],
    ['asked', 'place m1.2', 'unknown', 1],
    ['done', 'place m1.2', 'open', 2],
  ] as const)(
    'in a change by a new order (%s, %s) has one order at most: %s',
    async (at, request, state, sent) => {
      const rig = new DeskRig({ modify: 'replace' });
      await rig.place(planOf());
      rig.commit();
      await killed(rig, at, request, () => rig.desk.modify('m1', { size: parseBase('12') }));

      await rig.restart();

      expect(rig.state('m1')).toBe(state);
      expect(rig.venue.placed).toHaveLength(sent);
      expect(rig.venue.snapshot().openOrders.length).toBeLessThanOrEqual(1);
      await rig.tick(60_001);
      if (state !== 'open') expect(rig.state('m1')).toMatch(ENDED);
    },
  );

  it('while conditions wait has them still, and sends once', async () => {
    const rig = new DeskRig();
    const conditions = { match: 'all', of: [{ kind: 'time', at: rig.clock.now() + 10_000 }] } as const;
    await rig.place(planOf({ conditions }));
    await rig.restart();
    expect(rig.state('m1')).toBe('conditional');
    await killed(rig, 'done', 'place m1', () => rig.tick(10_000));

    await rig.restart();
    await rig.tick();

    expect(rig.state('m1')).toBe('open');
    expect(rig.venue.placed).toHaveLength(1);
  });

  it('before its exits were sent sends them afterwards, each once', async () => {
    const rig = new DeskRig();
    const bracket = {
      takeProfit: { trigger: parsePrice('160') },
      stopLoss: { trigger: parsePrice('140') },
    };
    await rig.place(planOf({ bracket }));
    rig.commit();
    rig.venue.fill('m1', '10');
    await killed(rig, 'done', 'place m2', () => rig.tick());

    await rig.restart();
    await rig.tick();
    await rig.tick();

    expect(rig.venue.snapshot().openOrders.map(({ clientOrderId, size }) => [clientOrderId, size])).toEqual([
      ['m2', parseBase('10')],
      ['m3', parseBase('10')],
    ]);
  });

  it('forgets nothing of what was written', async () => {
    const rig = new DeskRig();
    await rig.place(
      planOf({ clientOrderId: 'a', conditions: { match: 'any', of: [{ kind: 'time', at: 1 }] } }),
    );
    await rig.place(planOf({ size: parseBase('3') }));
    rig.venue.fill('m2', '1');
    await rig.tick();
    await rig.desk.cancel('m2');
    rig.commit();
    const before = [rig.view('m1'), rig.view('m2'), rig.store.fillsOf('m2')];

    await rig.restart(rig.desk.save());

    expect([rig.view('m1'), rig.view('m2'), rig.store.fillsOf('m2')]).toEqual(before);
    expect(rig.store.pending).toBe(false);
  });
});
