import { describe, expect, it } from 'vitest';

import type { OrderPlan } from '../../../../src/main/domain/orderPlan.ts';
import type { VenueCapabilities } from '../../../../src/main/venues/venue.ts';
import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { DeskRig, NOW, planOf } from './deskRig.ts';

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

  it.each(['before an exit is sent', 'as an exit is sent'])(
    'and its venue put back, %s, places the exits of fills that come again',
    async (when) => {
      const rig = new DeskRig();
      const bracket = {
        takeProfit: { trigger: parsePrice('160') },
        stopLoss: { trigger: parsePrice('140') },
      };
      await rig.place(planOf({ bracket }));
      rig.commit();
      const saved = rig.desk.save();
      const there = [...rig.venue.placed];
      rig.clock.set(NOW + 10_000);
      rig.venue.fill('m1', '10');
      if (when === 'as an exit is sent') await killed(rig, 'asked', 'place m2', () => rig.tick());
      else {
        rig.verdict = () => NEVER;
        void rig.tick();
        rig.verdict = undefined;
      }
      const left = rig.store.live().map(({ id, state }) => `${id} ${state}`);
      expect(left).toEqual(['m1 filled', when === 'as an exit is sent' ? 'm2 placing' : 'm2 conditional']);

      await rig.rollBack(NOW + 2_000, there, saved);
      await rig.tick(2_000);
      expect(rig.venue.placed).toHaveLength(1);
      rig.venue.fill('m1', '10');
      await rig.tick(2_000);

      const exits = rig.desk.open().filter(({ parentId }) => parentId === 'm1');
      expect(exits.map(({ role, state, size }) => [role, state, size])).toEqual([
        ['stopLoss', 'untriggered', parseBase('10')],
        ['takeProfit', 'untriggered', parseBase('10')],
      ]);
      expect(rig.venue.snapshot().openOrders).toHaveLength(2);
    },
  );

  it.each([
    ['the venue holds', {}],
    ['are watched here', { triggers: false }],
  ])(
    'does not place an exit again that a trader has cancelled, where triggers %s',
    async (_who, capabilities) => {
      const rig = new DeskRig(capabilities);
      await rig.place(planOf({ bracket: { stopLoss: { trigger: parsePrice('140') } } }));
      rig.venue.fill('m1', '4');
      await rig.tick();
      await rig.desk.cancel('m2');
      rig.commit();
      await rig.restart(rig.desk.save());
      rig.venue.fill('m1', '6');
      await rig.tick();
      await rig.tick();
      expect(rig.desk.open()).toEqual([]);
      expect(rig.state('m2')).toBe('cancelled');
    },
  );

  describe('with an order that its conditions had let go', () => {
    const conditions = { match: 'all', of: [{ kind: 'time', at: NOW + 10_000 }] } as const;

    async function letGo(of: Partial<OrderPlan>, capabilities: Partial<VenueCapabilities> = {}) {
      const rig = new DeskRig(capabilities);
      await rig.place(planOf(of));
      rig.commit();
      const saved = rig.desk.save();
      return { rig, saved };
    }

    it('and a venue put back to before that waits again, and sends it once under another name', async () => {
      const { rig, saved } = await letGo({ conditions });
      await killed(rig, 'asked', 'place m1', () => rig.tick(10_000));

      await rig.rollBack(NOW + 2_000, [], saved);
      expect(rig.view('m1')).toMatchObject({ state: 'conditional', conditions });
      await rig.tick(7_999);
      expect(rig.venue.arrived).toEqual(['query m1']);
      await rig.tick(1);
      await rig.tick();

      expect(rig.state('m1')).toBe('open');
      expect(rig.venue.placed.map(({ clientOrderId }) => clientOrderId)).toEqual(['m1.2']);
    });

    it('waits again where triggers are watched here, too', async () => {
      const trigger = { price: parsePrice('140'), when: 'below' } as const;
      const stop = { type: 'stopLimit', side: 'sell', limitPrice: parsePrice('139'), trigger } as const;
      const { rig, saved } = await letGo(stop, { triggers: false });
      rig.venue.moveTo('140');
      await killed(rig, 'asked', 'place m1', () => rig.tick(10_000));

      await rig.rollBack(NOW + 2_000, [], saved);

      expect(rig.state('m1')).toBe('conditional');
    });

    it.each(['main', 'test'] as const)(
      'asks a venue of its own (%s) until nothing can arrive any more, whatever the clock says',
      async (network) => {
        const { rig, saved } = await letGo({ conditions });
        await killed(rig, 'asked', 'place m1', () => rig.tick(10_000));
        rig.clock.set(NOW + 5_000);
        Object.assign(rig.venue, { network });

        await rig.restart(saved);
        expect(rig.state('m1')).toBe('unknown');
        await rig.tick(65_000);
        expect(rig.state('m1')).toBe('unknown');
        expect(rig.venue.placed).toEqual([]);
        await rig.tick(1);
        expect(rig.state('m1')).toBe('conditional');
        await rig.tick();

        expect(rig.state('m1')).toBe('open');
        expect(rig.venue.placed.map(({ clientOrderId }) => clientOrderId)).toEqual(['m1.2']);
      },
    );

    it('does not send it again once a trader has asked for its end', async () => {
      const { rig, saved } = await letGo({ conditions });
      rig.venue.faults.push('lost');
      await rig.tick(10_000);
      await rig.desk.cancel('m1');
      rig.commit();
      await rig.restart(saved);
      await rig.tick(60_001);
      await rig.tick();

      expect(rig.state('m1')).toBe('expired');
      expect(rig.venue.placed).toEqual([]);
    });
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
