import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../../../src/shared/contract/appError.ts';
import { readGroup } from '../../../../src/shared/settings/group.ts';
import { base, price, usd } from '../../../../src/shared/money/quantity.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import { SIMULATION_SETTINGS } from '../../../../src/main/market/simulationSettings.ts';
import { SimulatedFeed } from '../../../../src/main/market/simulated/simulatedFeed.ts';
import { fromStateText, toStateText } from '../../../../src/main/platform/stateText.ts';
import { FAULTS, type Fault } from '../../../../src/main/venues/paper/faults.ts';
import { PaperVenue } from '../../../../src/main/venues/paper/paperVenue.ts';
import { holdingsOf } from '../../../support/accounts.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { paperSettings } from './paperBench.ts';

type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | {
      readonly kind: 'order';
      readonly market: string;
      readonly side: Side;
      readonly lots: number;
      readonly beyondBp: number;
      readonly gtc: boolean;
      readonly reduceOnly: boolean;
    }
  | { readonly kind: 'cancel' | 'resend'; readonly which: number }
  | { readonly kind: 'deposit' | 'withdraw'; readonly asset: 'SOL' | 'USDC'; readonly thousandths: number }
  | { readonly kind: 'fault'; readonly fault: Fault };

const anyOrder = fc.record({
  kind: fc.constant('order' as const),
  market: fc.constantFrom('SOL', 'SOL-PERP', 'SOL-PERP', 'BTC-PERP'),
  side: fc.constantFrom<Side>('buy', 'sell'),
  lots: fc.integer({ min: 1, max: 60_000 }),
  // Mostly what fills at once, sometimes what rests or expires.
  beyondBp: fc.oneof(
    { arbitrary: fc.integer({ min: 10, max: 60 }), weight: 3 },
    { arbitrary: fc.integer({ min: -100, max: 9 }), weight: 1 },
  ),
  gtc: fc.boolean(),
  reduceOnly: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 9_000 }) }),
    weight: 3,
  },
  { arbitrary: anyOrder, weight: 4 },
  fc.record({
    kind: fc.constantFrom('cancel' as const, 'resend' as const),
    which: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({
    kind: fc.constantFrom('deposit' as const, 'withdraw' as const),
    asset: fc.constantFrom('SOL' as const, 'USDC' as const),
    thousandths: fc.integer({ min: 1, max: 500_000 }),
  }),
  fc.record({ kind: fc.constant('fault' as const), fault: fc.constantFrom(...FAULTS) }),
);

const WILD = readGroup(SIMULATION_SETTINGS, {
  'simulation.volatilityPct': '500',
  'simulation.jumpsPerYear': '2000',
  'simulation.jumpSizePct': '15',
  'simulation.depthUsd': '20000',
});

/** Fills at once. */
const NOW = { beyondBp: 50, gtc: false, reduceOnly: false };

/** A venue on a wild simulated market, and everything that it answers. */
class World {
  readonly feed = new SimulatedFeed(77, STEADY_START, WILD);
  readonly venue = new PaperVenue(
    this.feed,
    paperSettings(),
    holdingsOf({ cash: '5000', spot: '10' }, '0.05'),
  );
  #t = STEADY_START;
  readonly #ids: string[] = [];

  /** What a step did: the answer, and all that the venue then shows. */
  async take(given: Step, number: number): Promise<unknown> {
    let answer: unknown;
    try {
      answer = await this.#carryOut(given, number);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      answer = { code: error.code, details: error.details };
    }
    const orders = await Promise.all(this.#ids.map((id) => this.venue.query(id)));
    return {
      answer,
      orders,
      events: this.venue.takeEvents(),
      rates: this.venue.takeFundingRates(),
      snapshot: this.venue.snapshot(),
      quotes: this.feed.markets.map((market) => this.venue.quote(market)),
    };
  }

  /** Another world that goes on from what this one would keep. */
  resumed(): World {
    const text = toStateText({ feed: this.feed.save(), venue: this.venue.save() });
    const saved = fromStateText(text) as { readonly feed: unknown; readonly venue: unknown };
    const other = new World();
    other.feed.restore(saved.feed);
    other.feed.seek(this.#t);
    other.venue.restore(saved.venue, this.#t);
    other.#t = this.#t;
    other.#ids.push(...this.#ids);
    return other;
  }

  #carryOut(given: Step, number: number): unknown {
    switch (given.kind) {
      case 'wait':
        this.#t += given.seconds * 1_000;
        this.feed.seek(this.#t);
        this.venue.advance(this.#t, this.feed.takeFunding());
        return undefined;
      case 'order': {
        const clientOrderId = `order-${number}`;
        this.#ids.push(clientOrderId);
        return this.#place(given, clientOrderId);
      }
      case 'resend':
        return this.#place(
          { market: 'SOL-PERP', side: 'sell', lots: 1, beyondBp: 50 },
          this.#idOf(given.which),
        );
      case 'cancel':
        return this.venue.cancel(this.#idOf(given.which));
      case 'deposit':
      case 'withdraw':
        return this.venue[given.kind](
          given.asset === 'SOL'
            ? { asset: 'SOL', amount: base(BigInt(given.thousandths) * 10_000n) }
            : { asset: 'USDC', amount: usd(BigInt(given.thousandths) * 1_000n) },
        );
      case 'fault':
        this.venue.faults.arm(given.fault, 1);
        return this.venue.preflight('SOL-PERP');
    }
  }

  #place(
    given: Pick<Extract<Step, { kind: 'order' }>, 'market' | 'side' | 'lots' | 'beyondBp'> & {
      readonly gtc?: boolean;
      readonly reduceOnly?: boolean;
    },
    clientOrderId: string,
  ): unknown {
    const { market, side, lots, beyondBp, gtc = false, reduceOnly = false } = given;
    const { mark } = this.venue.quote(market);
    const moved = mark + (mark * BigInt(side === 'buy' ? beyondBp : -beyondBp)) / 10_000n;
    const tick = market === 'BTC-PERP' ? 100_000_000n : 1_000_000n;
    return this.venue.place({
      clientOrderId,
      market,
      side,
      size: base(market === 'BTC-PERP' ? (BigInt(lots) / 100n) * 100_000n : BigInt(lots) * 1_000_000n),
      limitPrice: price((moved / tick) * tick),
      timeInForce: gtc ? 'gtc' : 'ioc',
      reduceOnly,
      validUntil: this.#t + 60_000,
    });
  }

  #idOf(which: number): string {
    return this.#ids[which % Math.max(1, this.#ids.length)] ?? 'none';
  }
}

describe('a paper venue that was saved', () => {
  it('goes on from there exactly as if it had never stopped, whatever was going on', async () => {
    const steps = (minLength: number, maxLength: number) =>
      fc.array(step, { minLength, maxLength, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps(1, 40), steps(10, 25), async (before, after) => {
        const unbroken = new World();
        for (const [i, one] of before.entries()) await unbroken.take(one, i);
        const resumed = unbroken.resumed();

        for (const [i, one] of after.entries()) {
          const number = before.length + i;
          expect(await resumed.take(one, number)).toEqual(await unbroken.take(one, number));
        }
        expect(resumed.venue.save()).toEqual(unbroken.venue.save());
        expect(resumed.feed.save()).toEqual(unbroken.feed.save());
      }),
      { numRuns: 60 },
    );
  });

  it('may have been saved before the venue had books', async () => {
    const world = new World();
    await world.take({ kind: 'order', market: 'SOL-PERP', side: 'sell', lots: 1_234, ...NOW }, 0);
    const { account, reports, late, faults } = world.venue.save();
    const other = new World();
    other.venue.restore({ account, reports, late, faults, resting: [] }, STEADY_START);

    expect(other.venue.snapshot()).toEqual(world.venue.snapshot());
    expect(await other.take({ kind: 'resend', which: 0 }, 1)).toMatchObject({
      answer: { report: { status: 'filled' } },
    });
  });

  it('may be saved every minute without losing what funding and interest leave over', async () => {
    const world = new World();
    await world.take({ kind: 'order', market: 'SOL-PERP', side: 'sell', lots: 1_234, ...NOW }, 0);

    await expectToSurviveSaving(world, { kind: 'wait', seconds: 60 }, 200);
  });
});

/** Saves and restores after every step: nothing may get lost on the way. */
async function expectToSurviveSaving(unbroken: World, given: Step, times: number): Promise<void> {
  let resumed = unbroken.resumed();
  for (let i = 0; i < times; i += 1) {
    expect(await resumed.take(given, i)).toEqual(await unbroken.take(given, i));
    resumed = resumed.resumed();
  }
}
