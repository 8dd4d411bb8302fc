import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DriftActor } from '../support/cluster/actors/driftActor.ts';
import { big } from '../support/cluster/driftAccounts.ts';
import { int } from './bigints.ts';
import { whySkipped } from './driftBinary.ts';
import { closeRealMarket, openRealMarket, type RealMarket } from './realMarket.ts';

const SOL = 1_000_000_000n;
const USDC = 1_000_000n;

describe.skipIf(whySkipped())('capital on the real program', () => {
  let market: RealMarket;
  let trader: DriftActor;
  beforeAll(async () => {
    market = await openRealMarket();
    trader = await DriftActor.join(market.cluster, { depositUsdc: 1_000n * USDC, depositSol: 10n * SOL });
  });
  afterAll(async () => {
    await trader.leave();
    await closeRealMarket(market);
  });

  const deposits = async (subAccount = 0): Promise<{ usdc: bigint; sol: bigint }> => {
    await trader.refresh();
    const user = trader.user(subAccount);
    return { usdc: int(user.getTokenAmount(0)), sol: int(user.getTokenAmount(1)) };
  };
  const walletUsdc = async (): Promise<bigint> =>
    BigInt((await trader.connection.getTokenAccountBalance(trader.usdcAccount)).value.amount);

  it('is deposited in both assets, SOL wrapped on the way', async () => {
    expect(await deposits()).toEqual({ usdc: 1_000n * USDC, sol: 10n * SOL });
    expect(await walletUsdc()).toBe(0n);
  });

  it('is withdrawn into the wallet, down to the smallest unit', async () => {
    await trader.client.withdraw(big(123_456_789n), 0, trader.usdcAccount);

    const { usdc } = await deposits();
    // The program keeps what is left of a unit that it can't divide.
    expect(1_000n * USDC - 123_456_789n - usdc).toBeLessThanOrEqual(1n);
    expect(await walletUsdc()).toBe(123_456_789n);

    await trader.client.withdraw(big(SOL), 1, trader.keypair.publicKey);
    expect((await deposits()).sol).toBeGreaterThanOrEqual(9n * SOL - 1n);
  });

  it('moves between sub-accounts, which have names', async () => {
    await trader.client.initializeUserAccount(1, 'engine');
    const before = await deposits();
    await trader.client.transferDeposit(big(100n * USDC), 0, 0, 1);

    expect(await deposits(1)).toEqual({ usdc: 100n * USDC, sol: 0n });
    expect(before.usdc - (await deposits()).usdc).toBeLessThanOrEqual(100n * USDC + 1n);
    expect(Buffer.from(trader.user(1).getUserAccount().name).toString().trim()).toBe('engine');
  });

  it('more than is there is refused by the simulation, and nothing changes', async () => {
    const before = await deposits();
    await expect(trader.client.withdraw(big(1_000_000n * USDC), 0, trader.usdcAccount)).rejects.toThrow('0x');
    expect(await deposits()).toEqual(before);
  });
});
