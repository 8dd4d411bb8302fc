import { PublicKey } from '@solana/web3.js';
import { OrderType, PositionDirection, PostOnlyParams } from '@drift-labs/sdk';

import { big } from '../../driftAccounts.ts';
import type { DriftActor } from '../../actors/driftActor.ts';
import { ORACLES } from '../../addresses.ts';
import { userKey, type Stage } from '../stage.ts';
import { makerInfo, perp, SOL_UNIT, spot, USDC_UNIT, type Side } from './orders.ts';

const STEP = 10_000_000n;
/** As much as the collateral carries. */
const ALL = 2n ** 64n - 1n;

/** A generator of 32 bits, which says the same for the same seed. Source: Mulberry32, T. Ettinger. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

export interface Walk {
  readonly seed: number;
  readonly steps: number;
  /** What the taker begins with: with little he is soon liquidated. Whole USDC. */
  readonly usdc: bigint;
  /** Whole SOL. */
  readonly sol: bigint;
  /** Most of a price's move at once, thousandths. */
  readonly moves: number;
}

/** Whatever comes to three people's minds, some of it refused. */
export async function wander(stage: Stage, { seed, steps, usdc, sol, moves }: Walk): Promise<void> {
  const roll = dice(seed);
  const maker = await stage.join('maker', {
    usdc: 100_000n * USDC_UNIT,
    depositUsdc: 60_000n * USDC_UNIT,
    depositSol: 300n * SOL_UNIT,
  });
  const taker = await stage.join('taker', {
    usdc: usdc * USDC_UNIT,
    depositUsdc: usdc * USDC_UNIT,
    depositSol: sol * SOL_UNIT,
  });
  const keeper = await stage.join('keeper', { depositUsdc: 2_000n * USDC_UNIT });
  const { cluster } = stage;
  await stage.send('allows loans', taker, taker.client.getUpdateUserMarginTradingEnabledIx(true));
  const side = (): Side => (roll(2) === 0 ? 'long' : 'short');
  const base = (most: number): bigint => BigInt(roll(most) + 1) * STEP + (roll(9) === 0 ? 7n : 0n);
  const near = (thousandths: number): bigint =>
    (cluster.oraclePrice('SOL') *
      BigInt(1_000_000 + (roll(2 * thousandths) - thousandths) * 1_000 + roll(999))) /
    1_000_000n;
  const either = <T>(one: T, other: T): T => (roll(2) === 0 ? one : other);

  const acts: readonly (() => Promise<void>)[] = [
    () =>
      stage.send(
        'maker quotes',
        maker,
        maker.client.getPlacePerpOrderIx(
          perp({
            side: side(),
            base: base(5_000),
            price: near(4),
            postOnly: either<PostOnlyParams>(PostOnlyParams.MUST_POST_ONLY, PostOnlyParams.SLIDE),
          }),
        ),
      ),
    () =>
      stage.send(
        'maker quotes spot',
        maker,
        maker.client.getPlaceSpotOrderIx(
          spot({ side: side(), base: base(900), price: near(4), postOnly: PostOnlyParams.MUST_POST_ONLY }),
        ),
      ),
    () =>
      stage.send(
        'taker takes',
        taker,
        taker.client.getPlaceAndTakePerpOrderIx(
          perp({
            side: side(),
            base: base(2_500),
            price: near(9),
            isIoc: roll(4) > 0,
            reduceOnly: roll(5) === 0,
          }),
          makerInfo(maker),
        ),
      ),
    () =>
      stage.send(
        'taker takes',
        taker,
        taker.client.getPlaceAndTakePerpOrderIx(
          perp({ side: side(), base: base(500), type: OrderType.MARKET }),
          makerInfo(maker),
        ),
      ),
    () =>
      stage.send(
        'taker goes all in',
        taker,
        taker.client.getPlaceAndTakePerpOrderIx(
          perp({ side: side(), base: ALL, price: near(9), isIoc: true }),
          makerInfo(maker),
        ),
      ),
    () =>
      stage.send(
        'taker takes spot',
        taker,
        taker.client.getPlaceAndTakeSpotOrderIx(
          spot({ side: side(), base: base(900), price: near(9), isIoc: true, reduceOnly: roll(5) === 0 }),
          undefined,
          makerInfo(maker),
        ),
      ),
    () =>
      stage.send(
        'taker rests',
        taker,
        taker.client.getPlacePerpOrderIx(
          perp({
            side: side(),
            base: base(300),
            price: near(6),
            maxTs: roll(3) === 0 ? cluster.now() + 50 : 0,
          }),
        ),
      ),
    () =>
      stage.send(
        'taker waits',
        taker,
        taker.client.getPlacePerpOrderIx(
          perp({
            side: side(),
            base: base(300),
            type: OrderType.TRIGGER_MARKET,
            trigger: { price: near(8), isAbove: roll(2) === 0 },
          }),
        ),
      ),
    () =>
      stage.send(
        'taker cancels',
        taker,
        taker.client.getCancelOrdersIx(null, null, either(null, PositionDirection.LONG)),
      ),
    () => stage.send('maker cancels', maker, maker.client.getCancelOrdersIx(null, null, null)),
    () =>
      stage.send(
        'taker deposits',
        taker,
        taker.client.getDepositInstruction(
          big(BigInt(roll(900_000_000))),
          0,
          taker.usdcAccount,
          0,
          roll(3) === 0,
        ),
      ),
    () =>
      stage.send(
        'taker withdraws',
        taker,
        taker.client.getWithdrawIx(big(BigInt(roll(2_000_000_000))), 0, taker.usdcAccount, roll(3) === 0),
      ),
    () => stage.send('interest', keeper, keeper.client.updateSpotMarketCumulativeInterestIx(roll(2))),
    () => stage.send('funding', keeper, keeper.client.getUpdateFundingRateIx(0, new PublicKey(ORACLES.SOL))),
    () => settle(either(taker, keeper)),
    () => stage.send('maker settles', maker, maker.client.settlePNLIx(userKey(maker), maker.account, 0)),
    () =>
      stage.send(
        'keeper liquidates',
        keeper,
        keeper.client.getLiquidatePerpIx(userKey(taker), taker.account, 0, big(base(900))),
      ),
    keeperActs,
    keeperActs,
  ];

  function settle(by: DriftActor): Promise<void> {
    return stage.send('the taker is settled', by, by.client.settlePNLIx(userKey(taker), taker.account, 0));
  }

  async function keeperActs(): Promise<void> {
    const open = taker.account.orders.filter(({ status }) => 'open' in status);
    const order = open[roll(Math.max(open.length, 1))];
    if (order === undefined) return;
    const waits =
      'triggerMarket' in order.orderType &&
      !('triggeredAbove' in order.triggerCondition || 'triggeredBelow' in order.triggerCondition);
    await (waits
      ? stage.send(
          'keeper triggers',
          keeper,
          keeper.client.getTriggerOrderIx(userKey(taker), taker.account, order),
        )
      : stage.send(
          'keeper fills',
          keeper,
          keeper.client.getFillPerpOrderIx(userKey(taker), taker.account, order, makerInfo(maker)),
        ));
  }

  for (let step = 0; step < steps; step += 1) {
    const event = roll(10);
    if (event === 0) cluster.setOracle('SOL', near(moves));
    if (event === 1) cluster.warp(roll(4_000));
    if (event === 2) cluster.warp(3_600 - (cluster.now() % 3_600));
    if (event === 3) cluster.advance(roll(40));
    await acts[roll(acts.length)]?.();
  }
}

export const wanderings = (stage: Stage): Promise<void> =>
  wander(stage, { seed: 20_260_101, steps: 200, usdc: 6_000n, sol: 30n, moves: 12 });

export const wanderingsOfThePoor = (stage: Stage): Promise<void> =>
  wander(stage, { seed: 603, steps: 150, usdc: 400n, sol: 1n, moves: 90 });
