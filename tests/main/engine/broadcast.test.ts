import { describe, expect, it } from 'vitest';

import { openBooks } from '../../../src/main/domain/books.ts';
import { fundingUpdate } from '../../../src/main/engine/broadcast.ts';
import type { Memory } from '../../../src/main/engine/memory.ts';
import { fundingUpdateData, type FundingUpdateData } from '../../../src/shared/contract/fundingUpdate.ts';
import { parseUsd } from '../../../src/shared/money/decimal.ts';
import { oraclesOf } from '../../support/accounts.ts';
import { EngineRig, GENEROUS, ONE_CLIP } from '../../support/engineRig.ts';
import { Fraction } from '../../support/fraction.ts';
import { HOUR, MINUTE, NOW, hedged, memoryOf, settingsOf, viewOf, type SceneText } from './fixtures/scene.ts';

/** A broadcast as its receiver takes it: only what fits the contract, whole. */
const received = (data: FundingUpdateData): FundingUpdateData => {
  const parsed = fundingUpdateData.parse(JSON.parse(JSON.stringify(data)));

  expect(parsed).toEqual(data);
  return parsed;
};

function broadcast(scene: SceneText, memory: Memory = hedged()): FundingUpdateData {
  const view = viewOf(scene);
  return received(
    fundingUpdate({
      view,
      memory,
      books: openBooks({ account: view.account, wallet: view.wallet }, view.oracles),
      settings: settingsOf(),
      venue: 'paper',
      mode: 'paper',
      subAccount: 3,
      lastAction: 'rebalance',
      comparison: null,
      clock: null,
    }),
  );
}

describe('a broadcast', () => {
  it('[R1.7] carries all that the screen shows, each figure right', async () => {
    const rig = new EngineRig({
      pastHourly: GENEROUS,
      overrides: { ...ONE_CLIP, 'paper.solDepositApr': '0', 'paper.usdcDepositApr': '0' },
    });
    await rig.tick(0);
    rig.feed.fund('SOL-PERP', '0.0001');
    await rig.tick(HOUR);
    rig.feed.setOracle('SOL', '160');
    rig.feed.setMark('SOL-PERP', '160.08');
    await rig.tick(HOUR + MINUTE);

    /*
     * Bought 33.3 SOL at 150.15 and sold as much short at 149.85, fees of 0.1 %: cash 4990.015, quote 4990.005. Funding
     * of 33.3 × 150 × 0.01 % = 0.4995 goes into the quote. Two transactions took 0.00002 of 0.1 SOL.
     */
    const cash = 4990.015;
    const quote = 4990.005 + 0.4995;
    const spot = 33.3 * 160;
    const unsettled = quote - spot;
    const collateral = cash + 0.9 * spot + unsettled;
    const health = 100 * (1 - (0.05 * spot) / collateral);
    // Cash + quote are left where the price eats 5 % of the short and 10 % of the spot.
    const liquidation = new Fraction(49_900_150_000n + 49_905_045_000n, 10n ** 7n).over(
      new Fraction(4_995n, 1_000n),
    );
    // To tick and against the trader: 160.16 and 159.919.
    const slippage = 33.3 * (0.16 + 0.161);
    const fees = 33.3 * (160.16 + 159.919) * 0.001;
    const cost = slippage + fees + 2 * 0.00001 * 160;
    const revenue = spot * 0.0001 * 720 * 0.5;
    const data = received(rig.broadcast('rebalance'));

    expect(data).toEqual({
      engine: 'funding',
      venue: 'paper',
      mode: 'paper',
      subAccount: 0,
      timestamp: rig.feed.startMs + HOUR + MINUTE,
      target: 'hedged',
      spotSol: '33.3',
      perpSol: '-33.3',
      netDelta: '0',
      driftPct: 0,
      driftTolerancePct: 1,
      solPrice: '160',
      fundingRateHourly: '0.0001',
      fundingApr: 87.6,
      fundingAverageApr: 87.6,
      health: Math.round(health * 100) / 100,
      leverage: Math.round((spot / (cash + spot + unsettled)) * 100) / 100,
      totalCollateral: '9447.7195',
      freeCollateral: '8382.1195',
      maintenanceMargin: '266.4',
      equity: '9980.5195',
      positions: [
        {
          market: 'SOL-PERP',
          size: '-33.3',
          entryPrice: '149.85',
          markPrice: '160',
          liquidationPrice: expect.any(String) as unknown,
          unrealizedPnl: '-337.995',
          unsettledPnl: '-337.4955',
          settledPnl: '0',
          fundingEarned: '0.4995',
        },
      ],
      pnl: {
        funding: '0.4995',
        // The hedge has no delta; the wallet's gas has.
        price: '0.9998',
        fees: '-9.993',
        slippage: '-9.99',
        interest: '0',
        total: '-18.4837',
      },
      breakEvenMs: expect.any(Number) as unknown,
      lastAction: 'rebalance',
      comparison: null,
      clock: null,
      cooldownRemainingMs: 0,
    });
    expect(data.totalCollateral).toBe(collateral.toFixed(4));
    expect(Number(data.positions[0]?.liquidationPrice)).toBeCloseTo(liquidation.toNumber(), 8);
    expect(data.breakEvenMs).toBeCloseTo((2 * cost * 30 * 24 * HOUR) / revenue, -1);
  });

  it('[R1.7] of an engine that holds nothing is whole too', () => {
    expect(broadcast({ cash: '10000', current: null }, memoryOf())).toEqual({
      engine: 'funding',
      venue: 'paper',
      subAccount: 3,
      timestamp: NOW,
      mode: 'paper',
      target: 'flat',
      spotSol: '0',
      perpSol: '0',
      netDelta: '0',
      driftPct: 0,
      driftTolerancePct: 1,
      solPrice: '150',
      fundingRateHourly: '0',
      fundingApr: 0,
      fundingAverageApr: 0,
      health: 100,
      leverage: 0,
      totalCollateral: '10000',
      freeCollateral: '10000',
      maintenanceMargin: '0',
      equity: '10000',
      positions: [],
      pnl: { funding: '0', price: '0', fees: '0', slippage: '0', interest: '0', total: '0' },
      breakEvenMs: null,
      lastAction: 'rebalance',
      comparison: null,
      clock: null,
      cooldownRemainingMs: 0,
    });
  });

  it('[R1.2] [R1.7] keeps settled and unsettled PnL apart', async () => {
    const rig = new EngineRig({
      pastHourly: GENEROUS,
      overrides: { ...ONE_CLIP, 'paper.solDepositApr': '0', 'paper.usdcDepositApr': '0' },
    });
    await rig.tick(0);
    rig.feed.setOracle('SOL', '140');
    await rig.tick(8 * HOUR);

    // 33.3 × (149.85 − 140), all of it settled at 8 h; the unrealised stays what the price has made of the entry.
    expect(received(rig.broadcast()).positions).toMatchObject([
      { settledPnl: '328.005', unsettledPnl: '0', unrealizedPnl: '328.005' },
    ]);

    rig.feed.setOracle('SOL', '141');
    await rig.tick(8 * HOUR + MINUTE);

    expect(received(rig.broadcast()).positions).toMatchObject([
      { settledPnl: '328.005', unsettledPnl: '-33.3', unrealizedPnl: '294.705' },
    ]);
  });

  it('[R5.4] [R1.7] counts the cooldown down', () => {
    const scene = { spot: '10', perp: '-10' };

    expect(broadcast(scene, hedged({ cooldownFrom: NOW - 10 * MINUTE })).cooldownRemainingMs).toBe(
      20 * MINUTE,
    );
    expect(broadcast(scene, hedged({ cooldownFrom: NOW - 31 * MINUTE })).cooldownRemainingMs).toBe(0);
  });

  it.each([
    ['10', '-9.5', '0.5', 5],
    ['10', '-10.25', '-0.25', -2.5],
    ['3', '-2', '1', 33.33],
    ['0', '-1', '-1', -100],
  ])('[R5.1] [R1.7] has the drift, signed: %s SOL against %s', (spot, perp, netDelta, driftPct) => {
    expect(broadcast({ spot, perp })).toMatchObject({ spotSol: spot, perpSol: perp, netDelta, driftPct });
  });

  it('has no leverage where equity is gone, and no health', () => {
    expect(broadcast({ cash: '-1500', spot: '10', perp: '-10' })).toMatchObject({
      leverage: null,
      health: 0,
      equity: '0',
    });
    expect(broadcast({ cash: '-1499', spot: '10', perp: '-10' }).leverage).toBe(2999);
  });

  it('has no liquidation price where no price liquidates', () => {
    // A long that was paid for many times over, beside cash.
    const long = broadcast({ cash: '10000', spot: '0', perp: '10', perpQuote: '0' });

    expect(long.positions[0]?.liquidationPrice).toBeNull();
  });

  it('has no break-even where funding only costs, and one where it pays', () => {
    expect(broadcast({ spot: '10', perp: '-10', current: '-0.0001' }).breakEvenMs).toBeNull();
    // 0.4 % of the notional twice, at half of 0.01 % an hour: 160 h.
    expect(broadcast({ spot: '10', perp: '-10', current: '0.0001' }).breakEvenMs).toBe(160 * HOUR);
  });

  it('leaves a closed position out', () => {
    expect(broadcast({ spot: '0', perp: '0', perpQuote: '12.5' }).positions).toEqual([]);
  });

  it('rounds money down to a millionth of a dollar, gain or loss', () => {
    const scene = { cash: '10', spot: '0', perp: '-0.000000001', perpQuote: '0', oracle: '150.001' };
    const { positions, equity, totalCollateral, freeCollateral, maintenanceMargin } = broadcast(scene);

    // One billionth at $150.001 is $0.000000150001.
    expect(positions[0]).toMatchObject({ unsettledPnl: '-0.000001', unrealizedPnl: '-0.000001' });
    expect({ equity, totalCollateral, freeCollateral, maintenanceMargin }).toEqual({
      equity: '9.999999',
      totalCollateral: '9.999999',
      freeCollateral: '9.999999',
      maintenanceMargin: '0',
    });
  });

  it('rounds what weights leave of 1e-18 dollars down too', () => {
    const { totalCollateral, maintenanceMargin } = broadcast({
      cash: '10',
      spot: '0.000000001',
      perp: '-0.000000001',
      perpQuote: '0.000001',
      oracle: '150.000000001',
    });

    // $0.000000150000000001, of which 90 % count and all is lost again, and $0.000001; 5 % of it is required.
    expect({ totalCollateral, maintenanceMargin }).toEqual({
      totalCollateral: '10',
      maintenanceMargin: '0',
    });
  });

  it('rounds percentages to two decimals', () => {
    const { fundingApr, health, leverage } = broadcast({
      cash: '1000',
      spot: '10',
      perp: '-10',
      current: '0.0000123456',
    });

    // 0.00123456 % × 8760; 75 of 2350; 1500 of 2500.
    expect({ fundingApr, health, leverage }).toEqual({ fundingApr: 10.81, health: 96.81, leverage: 0.6 });
  });

  it('shows PnL at the prices of now, not of the last event', () => {
    const view = viewOf({ spot: '2', wallet: '1', oracle: '155' });
    const books = openBooks({ account: view.account, wallet: view.wallet }, oraclesOf({ SOL: '150' }));
    const { pnl } = fundingUpdate({
      view,
      memory: memoryOf(),
      books,
      settings: settingsOf(),
      venue: 'paper',
      mode: 'paper',
      subAccount: 0,
      lastAction: null,
      comparison: null,
      clock: null,
    });

    expect(pnl).toMatchObject({ price: '15', total: '15' });
  });

  it('[R1.3] a deficit that was settled is a borrow, and counts against the collateral', () => {
    const { totalCollateral, maintenanceMargin, equity } = broadcast({
      cash: '-100.5',
      spot: '10',
      perp: '-10',
    });

    expect({ totalCollateral, maintenanceMargin, equity }).toEqual({
      totalCollateral: '1350',
      maintenanceMargin: '175.5',
      equity: '1399.5',
    });
    expect(parseUsd(equity)).toBe(1_399_500_000n);
  });
});
