import { getOrderParams, MarketType, OrderType, PositionDirection } from '@drift-labs/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Crowd } from '../support/cluster/actors/crowd.ts';
import { DriftActor } from '../support/cluster/actors/driftActor.ts';
import { big } from '../support/cluster/driftAccounts.ts';
import { int } from './bigints.ts';
import { whySkipped } from './driftBinary.ts';
import { closeRealMarket, openRealMarket, type RealMarket } from './realMarket.ts';

const SOL = 1_000_000_000n;

describe.skipIf(whySkipped())('a short on the real program', () => {
  let market: RealMarket;
  let trader: DriftActor;
  beforeAll(async () => {
    market = await openRealMarket();
    trader = await DriftActor.join(market.cluster, { depositSol: 20n * SOL });
    await trader.client.placeAndTakePerpOrder(
      getOrderParams({
        orderType: OrderType.LIMIT,
        marketType: MarketType.PERP,
        marketIndex: 0,
        direction: PositionDirection.SHORT,
        baseAssetAmount: big(10n * SOL),
        price: big(149_000_000n),
        bitFlags: 1,
      }),
      await market.maker.maker('SOL-PERP', 'bid'),
    );
    await trader.refresh();
  });
  afterAll(async () => {
    await trader.leave();
    await closeRealMarket(market);
  });

  const quote = async (): Promise<bigint> => {
    await trader.refresh();
    const position = trader.user().getPerpPosition(0);
    if (!position) throw new Error('the short is gone');
    return int(position.quoteAssetAmount);
  };

  it('is paid the funding of each hour that has gone by, when it is settled', async () => {
    const before = await quote();
    let due = 0n;
    for (let hour = 0; hour < 2; hour++) {
      await market.keeper.passHours(1);
      due += market.keeper.fundingRate() * 10n;
    }
    expect(due).not.toBe(0n);

    await market.keeper.settleFunding(trader.userKey);

    // A rate is quote per base in 1e9; a payment is 1e6 and rounded.
    const paid = (await quote()) - before;
    expect(paid - due / 1_000n).toBeGreaterThanOrEqual(-2n);
    expect(paid - due / 1_000n).toBeLessThanOrEqual(2n);
  });

  it('has its gains and losses moved into the deposit by settling, at unchanged equity', async () => {
    await trader.refresh();
    const equity = int(trader.user().getNetUsdValue());
    const unsettled = int(trader.user().getUnrealizedPNL(true));
    const deposit = int(trader.user().getTokenAmount(0));

    await market.keeper.settlePnl(trader.userKey);
    await trader.refresh();

    const settled = int(trader.user().getTokenAmount(0)) - deposit;
    expect(unsettled).not.toBe(0n);
    expect(settled - unsettled).toBeGreaterThanOrEqual(-1n);
    expect(settled - unsettled).toBeLessThanOrEqual(1n);
    expect(int(trader.user().getUnrealizedPNL(true))).toBe(0n);
    const drift = int(trader.user().getNetUsdValue()) - equity;
    expect(drift).toBeGreaterThanOrEqual(-2n);
    expect(drift).toBeLessThanOrEqual(2n);
  });

  it('pays where the crowd sells below the oracle, and is paid where it buys above', async () => {
    const crowd = await Crowd.join(market.cluster, market.keeper);
    await crowd.passHours(2, 900_000n);
    expect(market.keeper.fundingRate()).toBeGreaterThan(5_000_000n);
    await crowd.passHours(2, -900_000n);
    expect(market.keeper.fundingRate()).toBeLessThan(-2_000_000n);

    await market.keeper.settleFunding(trader.userKey);
    const before = await quote();
    await crowd.passHours(1, -900_000n);
    await market.keeper.settleFunding(trader.userKey);
    const due = (market.keeper.fundingRate() * 10n) / 1_000n;
    const off = (await quote()) - before - due;
    expect(off).toBeGreaterThanOrEqual(-1n);
    expect(off).toBeLessThanOrEqual(1n);
    expect(due).toBeLessThan(0n);
    await crowd.leave();
  });

  it('with too little behind it is taken over by a liquidator', async () => {
    const poor = await DriftActor.join(market.cluster, { depositUsdc: 200_000_000n });
    await poor.client.placeAndTakePerpOrder(
      getOrderParams({
        orderType: OrderType.LIMIT,
        marketType: MarketType.PERP,
        marketIndex: 0,
        direction: PositionDirection.SHORT,
        baseAssetAmount: big(10n * SOL),
        price: big(149_000_000n),
        bitFlags: 1,
      }),
      await market.maker.maker('SOL-PERP', 'bid'),
    );
    await poor.refresh();
    const liquidation = int(poor.user().liquidationPrice(0));
    expect(liquidation).toBeGreaterThan(150_000_000n);
    market.cluster.setOracle('SOL', liquidation - 100_000n);
    await poor.refresh();
    expect(poor.user().canBeLiquidated().canBeLiquidated).toBe(false);
    await expect(market.keeper.liquidatePerp(poor.userKey, 10n * SOL)).rejects.toThrow(
      'SufficientCollateral',
    );

    market.cluster.setOracle('SOL', liquidation + 100_000n);
    await poor.refresh();
    expect(poor.user().canBeLiquidated().canBeLiquidated).toBe(true);
    await market.keeper.liquidatePerp(poor.userKey, 10n * SOL);

    await poor.refresh();
    const left = int(poor.account.perpPositions[0]?.baseAssetAmount ?? big(0));
    expect(left).toBeGreaterThan(-10n * SOL);
    await poor.leave();
  });
});
