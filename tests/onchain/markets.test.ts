import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ADMIN } from '../support/cluster/admin.ts';
import {
  decodeAccount,
  driftAddress,
  type DriftAccountName,
  type Fields,
} from '../support/cluster/driftAccounts.ts';
import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

/** Fields that say when something was, and the delay of an oracle that the program takes from the clock in place of the slot. */
const TIMES = /Ts$|Slot$|^lastOracleDelay$/;

/** What an account says, as JSON, but for times. */
function timeless(name: DriftAccountName, data: Uint8Array | undefined): unknown {
  const fields: Fields = data ? decodeAccount(name, data) : {};
  return JSON.parse(
    JSON.stringify(fields, (field, value: unknown) => (TIMES.test(field) ? undefined : value)),
  );
}

describe.skipIf(whySkipped())('markets that are laid out for a model', () => {
  const ammFills = false;
  let real: LocalCluster;
  let model: LocalCluster;
  beforeAll(async () => {
    real = await LocalCluster.start({ program: { binary: DRIFT_SO ?? '' } });
    model = await LocalCluster.start({ program: { execute: () => undefined } });
    await openMarkets(real, { ammFills });
    await openMarkets(model, { ammFills });
  });
  afterAll(async () => {
    await real.close();
    await model.close();
  });

  const admin = ADMIN.publicKey.toBytes();
  it.each<[DriftAccountName, string]>([
    ['State', driftAddress('drift_state')],
    ['SpotMarket', driftAddress('spot_market', 0)],
    ['SpotMarket', driftAddress('spot_market', 1)],
    ['PerpMarket', driftAddress('perp_market', 0)],
    ['UserStats', driftAddress('user_stats', admin)],
    ['InsuranceFundStake', driftAddress('insurance_fund_stake', admin, 0)],
  ])('are what the real program makes: %s at %s', (name, address) => {
    const [made, laidOut] = [real.account(address), model.account(address)];
    expect(timeless(name, laidOut?.data)).toEqual(timeless(name, made?.data));
    expect(laidOut).toMatchObject({ owner: made?.owner, lamports: made?.lamports });
    expect(laidOut?.data.length).toBe(made?.data.length);
  });

  it.each([
    ['spot_market_vault', 0],
    ['spot_market_vault', 1],
    ['insurance_fund_vault', 0],
    ['insurance_fund_vault', 1],
  ])('have the real %s of spot market %d, byte for byte', (name, marketIndex) => {
    const address = driftAddress(name, marketIndex);
    expect(model.account(address)).toEqual(real.account(address));
  });
});
