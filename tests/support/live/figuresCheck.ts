import { expect } from 'vitest';

import { perpSize } from '../../../src/main/domain/account.ts';
import { equityOf, exposureOf, healthPct, leverageRatio } from '../../../src/main/domain/margin.ts';
import { driftLiquidations } from '../../../src/main/venues/drift/driftLiquidation.ts';
import { marginOf } from '../../../src/main/venues/drift/driftMargin.ts';
import type { LiveStage } from './liveStage.ts';
import type { SdkFigures } from './sdkAccount.ts';

/** The chain's grid of prices, 1e6, in ours. */
const MICRO = 1_000n;

/** Holds health, leverage, margin and liquidation price of this moment to what the SDK works out from the same accounts. */
export async function expectFiguresOfSdk(stage: LiveStage): Promise<void> {
  await stage.rig.run.sync();
  const { liquidation: sdk, ...figures } = await stage.sdk.figures();
  const { liquidation: ours, ...own } = figuresOf(stage);
  expect(own).toEqual(figures);
  if (ours === undefined || sdk === undefined) expect(ours).toBe(sdk);
  else expect(distance(ours, sdk)).toBeLessThanOrEqual(cutBySdk(stage, ours));
}

function figuresOf({ rig }: LiveStage): SdkFigures {
  const { state } = rig.venue;
  const { account, oracles, maintenance } = rig.venue.snapshot();
  const [initial, kept] = [marginOf(state, 'initial'), marginOf(state, 'maintenance')];
  const [liquidation] = driftLiquidations(state);
  const at = liquidation?.above ?? liquidation?.below;
  const leverage = leverageRatio(exposureOf(account, oracles), equityOf(account, oracles));
  return {
    health: Math.round(healthPct(maintenance)),
    leverage: BigInt(Math.floor(leverage * 10_000)),
    initial: initial.requirement,
    maintenance: kept.requirement,
    collateral: kept.collateral,
    liquidation: at === undefined || at === null ? undefined : at / MICRO,
  };
}

/**
 * The SDK divides what is left by what is lost for a dollar of the price, both cut to a millionth: so much may its price
 * be off, and ours is exact.
 */
function cutBySdk({ rig, cluster }: LiveStage, liquidation: bigint): bigint {
  const { account } = rig.venue.snapshot();
  // Per dollar, 1e6: the short loses 1.05 of its size with its margin, and the deposit gains 0.9 of its own.
  const lost = (-perpSize(account, 'SOL-PERP') * 105n - account.spot * 90n) / 100n / 1_000n;
  return distance(liquidation, cluster.oraclePrice('SOL')) / lost + 3n;
}

const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);
