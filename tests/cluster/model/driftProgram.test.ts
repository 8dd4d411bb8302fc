import { parseLogs, PostOnlyParams } from '@drift-labs/sdk';
import { TransactionInstruction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DriftActor } from '../../support/cluster/actors/driftActor.ts';
import { big } from '../../support/cluster/driftAccounts.ts';
import { openMarkets } from '../../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../../support/cluster/localCluster.ts';
import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import { makerInfo, perp, SOL_UNIT, USDC_UNIT } from '../../support/cluster/model/scenes/orders.ts';
import { submit } from '../../support/cluster/submit.ts';

const ASK = 150_200_000n;
const rested = (maker: DriftActor): Promise<TransactionInstruction> =>
  maker.client.getPlacePerpOrderIx(
    perp({ side: 'short', base: 10n * SOL_UNIT, price: ASK, postOnly: PostOnlyParams.MUST_POST_ONLY }),
  );

describe('the model of the Drift program, of what its recordings can’t show', () => {
  let cluster: LocalCluster;
  let maker: DriftActor;
  let taker: DriftActor;
  beforeAll(async () => {
    cluster = await LocalCluster.start({ program: driftProgram() });
    await openMarkets(cluster, { ammFills: false });
    maker = await DriftActor.join(cluster, { depositUsdc: 50_000n * USDC_UNIT });
    taker = await DriftActor.join(cluster, { usdc: 100n * USDC_UNIT, depositUsdc: 5_000n * USDC_UNIT });
  });
  afterAll(async () => {
    await maker.leave();
    await taker.leave();
    await cluster.close();
  });

  const send = async (actor: DriftActor, instruction: TransactionInstruction): Promise<readonly string[]> => {
    const signature = await submit(actor.connection, actor.keypair, [instruction]);
    const landed = await actor.connection.getTransaction(signature, {
      commitment: 'confirmed',
      maxSupportedTransactionVersion: 0,
    });
    await maker.refresh();
    await taker.refresh();
    return landed?.meta?.logMessages ?? [];
  };
  const events = (logs: readonly string[]): { name: string; data: Record<string, unknown> }[] =>
    parseLogs(taker.client.program, [...logs]);
  const take = (side: 'long' | 'short', base: bigint, price: bigint): Promise<TransactionInstruction> =>
    taker.client.getPlaceAndTakePerpOrderIx(perp({ side, base, price, isIoc: true }), makerInfo(maker));

  it('tells the SDK, in fields that newer programs have, what a fill took out of a position', async () => {
    await send(maker, await rested(maker));
    await send(taker, await take('long', 4n * SOL_UNIT, ASK));
    const bid = perp({
      side: 'long',
      base: 10n * SOL_UNIT,
      price: 149_900_000n,
      postOnly: PostOnlyParams.MUST_POST_ONLY,
    });
    await send(maker, await maker.client.getPlacePerpOrderIx(bid));

    const fill = events(await send(taker, await take('short', SOL_UNIT, 149_900_000n))).find(
      ({ name, data }) => name === 'OrderActionRecord' && 'fill' in (data['action'] as object),
    );

    expect(String(fill?.data['takerExistingQuoteEntryAmount'])).toBe(String(ASK));
    expect(String(fill?.data['makerExistingQuoteEntryAmount'])).toBe(String(ASK));
    expect(fill?.data['takerExistingBaseAssetAmount']).toBeNull();
    expect(fill?.data['builderFee']).toBeNull();
  });

  it('tells the SDK what is left of a deposit', async () => {
    const instruction = await taker.client.getDepositInstruction(big(7n), 0, taker.usdcAccount);

    const [told] = events(await send(taker, instruction));

    expect(told?.name).toBe('DepositRecord');
    expect(String(told?.data['userTokenAmountAfter'])).toBe(String(5_000n * USDC_UNIT + 7n));
    expect(told?.data['signer']).toBeNull();
  });

  it('refuses an instruction that the program of its time didn’t know', async () => {
    const isolated = await taker.client.getDepositIntoIsolatedPerpPositionIx(big(1n), 0, taker.usdcAccount);

    await expect(send(taker, isolated)).rejects.toThrow('custom program error: 0x65');
  });

  it('refuses to change a market that it was given to read', async () => {
    const { keys, ...rest } = await taker.client.getDepositInstruction(big(7n), 0, taker.usdcAccount);
    const market = taker.client.getSpotMarketAccount(0)?.pubkey;
    const readOnly = keys.map((key) =>
      market?.equals(key.pubkey) === true ? { ...key, isWritable: false } : key,
    );

    await expect(send(taker, new TransactionInstruction({ ...rest, keys: readOnly }))).rejects.toThrow(
      `custom program error: 0x${(6090).toString(16)}`,
    );
  });

  it('refuses accounts of somebody else', async () => {
    const { keys, ...rest } = await taker.client.getWithdrawIx(big(7n), 0, taker.usdcAccount);
    const others = keys.map((key) =>
      key.pubkey.equals(taker.userKey) ? { ...key, pubkey: maker.userKey } : key,
    );

    await expect(send(taker, new TransactionInstruction({ ...rest, keys: others }))).rejects.toThrow(
      `custom program error: 0x${(2001).toString(16)}`,
    );
  });
});

describe('the model of the Drift program, where more is asked of it than it knows', () => {
  it('fails the test that has the market’s own maker fill, instead of passing over it', async () => {
    const cluster = await LocalCluster.start({ program: driftProgram() });
    await openMarkets(cluster, { ammFills: true });
    const taker = await DriftActor.join(cluster, { depositUsdc: 5_000n * USDC_UNIT });
    const order = perp({ side: 'long', base: SOL_UNIT, price: ASK, isIoc: true });

    const sent = taker.client
      .getPlaceAndTakePerpOrderIx(order)
      .then((instruction) => submit(taker.connection, taker.keypair, [instruction]));

    await expect(sent).rejects.toThrow("the model of the program leaves out fills by the market's own maker");
    await taker.leave();
    await expect(cluster.close()).rejects.toThrow('the cluster has failed');
  });
});
