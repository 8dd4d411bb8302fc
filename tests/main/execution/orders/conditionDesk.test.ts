import { describe, expect, it } from 'vitest';

import type { OrderCondition } from '../../../../src/main/domain/orderPlan.ts';
import { parseBase, parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { DeskRig, NOW, planOf, refusalOf } from './deskRig.ts';

const above: OrderCondition = {
  kind: 'price',
  market: 'SOL-PERP',
  source: 'oracle',
  is: 'above',
  price: parsePrice('155'),
};
const later: OrderCondition = { kind: 'time', at: NOW + 60_000 };

describe('an order with conditions', () => {
  it('waits here, and goes out once they hold', async () => {
    const rig = new DeskRig();
    expect(await rig.place(planOf({ conditions: { match: 'all', of: [above, later] } }))).toMatchObject({
      state: 'conditional',
      conditions: { match: 'all', of: [{ kind: 'price', price: '155' }, { kind: 'time' }] },
    });
    await rig.tick(60_000);
    expect(rig.venue.arrived).toEqual([]);
    rig.venue.moveTo('155');
    await rig.tick();

    expect(rig.state('m1')).toBe('open');
    expect(rig.desk.find('m1')).toMatchObject({ createdAt: NOW, sentAt: NOW + 61_000 });
  });

  it('goes out once one holds, where any will do', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ conditions: { match: 'any', of: [above, later] } }));
    await rig.tick(59_999);
    expect(rig.state('m1')).toBe('conditional');
    await rig.tick(1);
    expect(rig.state('m1')).toBe('open');
  });

  it('looks at funding and at health', async () => {
    const rig = new DeskRig();
    const of: OrderCondition[] = [
      { kind: 'funding', market: 'SOL-PERP', is: 'above', apr: 12 },
      { kind: 'health', is: 'below', health: parseRate('0.5') },
    ];
    await rig.place(planOf({ conditions: { match: 'all', of } }));
    rig.fundingApr = 12;
    await rig.tick();
    expect(rig.state('m1')).toBe('conditional');
    rig.venue.maintenance = { requirement: 50n, collateral: 100n };
    await rig.tick();
    expect(rig.state('m1')).toBe('open');
  });

  it('[R4.4] takes its limit from the mark of that moment, where it is a market order', async () => {
    const rig = new DeskRig();
    const conditions = { match: 'all', of: [above] } as const;
    await rig.place(
      planOf({ type: 'market', timeInForce: 'ioc', tolerance: parseRate('0.005'), conditions }),
    );
    expect(rig.view('m1').price).toBeNull();
    rig.venue.moveTo('160');
    await rig.tick();

    expect(rig.venue.placed).toMatchObject([{ limitPrice: parsePrice('160.8') }]);
    expect(rig.view('m1')).toMatchObject({ state: 'filled', price: '160.8' });
  });

  it('that the gates refuse at that moment is over, and says why', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ conditions: { match: 'all', of: [later] } }));
    rig.verdict = async (plan) => {
      const approved = await rig.approve(plan);
      const reasons = [{ code: 'HEALTH_TOO_LOW', message: 'Too little health.', numbers: {} }] as const;
      return { verdict: 'refused', trade: approved.trade, estimate: approved.estimate, reasons };
    };
    await rig.tick(60_000);

    expect(rig.view('m1')).toMatchObject({
      state: 'rejected',
      code: 'HEALTH_TOO_LOW',
      reason: 'Too little health.',
    });
    expect(rig.venue.arrived).toEqual([]);
  });

  it('is sent once, though a tick comes while the gates are being asked', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ conditions: { match: 'all', of: [later] } }));
    rig.verdict = async (plan) => {
      rig.verdict = undefined;
      await rig.tick();
      return rig.approve(plan);
    };
    await rig.tick(60_000);
    expect(rig.venue.placed).toHaveLength(1);
  });

  it('can not be cancelled while the gates are being asked: it may be on its way', async () => {
    const rig = new DeskRig();
    await rig.place(planOf({ conditions: { match: 'all', of: [later] } }));
    let early: unknown;
    rig.verdict = async (plan) => {
      early = await refusalOf(rig.desk.cancel('m1'));
      return rig.approve(plan);
    };
    await rig.tick(60_000);
    expect(early).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
    expect(rig.state('m1')).toBe('open');
  });

  it('can be changed, cancelled and can expire without a word to the venue', async () => {
    const rig = new DeskRig();
    const conditions = { match: 'all', of: [above] } as const;
    for (let i = 0; i < 2; i += 1) {
      await rig.place(planOf({ conditions, timeInForce: 'gtd', expiresAt: NOW + 10_000 }));
    }
    await rig.desk.modify('m1', { size: parseBase('3'), limitPrice: parsePrice('148') });
    expect(rig.view('m1')).toMatchObject({ size: '3', price: '148', state: 'conditional' });
    await rig.desk.cancel('m2');
    await rig.tick(10_000);

    expect([rig.state('m1'), rig.state('m2')]).toEqual(['expired', 'cancelled']);
    expect(rig.venue.arrived).toEqual([]);
    expect((await refusalOf(rig.desk.cancel('m1'))).code).toBe('ORDER_NOT_OPEN');
  });
});

describe('a stop', () => {
  const stop = planOf({
    type: 'stopLimit',
    limitPrice: parsePrice('156'),
    trigger: { price: parsePrice('155'), when: 'above' },
  });

  it('waits at the venue for its trigger', async () => {
    const rig = new DeskRig();
    expect(await rig.place(stop)).toMatchObject({ state: 'untriggered', triggerPrice: '155' });
    rig.venue.moveTo('155');
    await rig.tick();
    expect(rig.state('m1')).toBe('open');
    expect((await refusalOf(rig.desk.modify('m1', { triggerPrice: parsePrice('156') }))).code).toBe(
      'INVALID_TRIGGER',
    );
  });

  it('waits here where the venue holds no triggers', async () => {
    const rig = new DeskRig({ triggers: false });
    expect((await rig.place(stop)).state).toBe('conditional');
    rig.venue.moveTo('155');
    await rig.tick();
    expect(rig.state('m1')).toBe('open');
    expect(rig.venue.placed[0]?.trigger).toBeUndefined();
  });
});
