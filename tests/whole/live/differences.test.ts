import {
  getOrderParams,
  MarketType,
  OrderType,
  PositionDirection,
  PostOnlyParams,
  type OptionalOrderParams,
} from '@drift-labs/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { base, usd } from '../../../src/shared/money/quantity.ts';
import { perpOf } from '../../../src/main/domain/account.ts';
import { differenceWords, type Difference } from '../../../src/main/live/reconciliation/difference.ts';
import { big, decodeAccount, encodeAccount, type Fields } from '../../support/cluster/driftAccounts.ts';
import { DriftActor } from '../../support/cluster/actors/driftActor.ts';
import { LiveStage, SOL, USDC } from '../../support/live/liveStage.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';
import { expectVaultIsChain } from '../../support/live/vaultCheck.ts';

const OFF = { 'engine.policy': 'off' };
const PERP = 'SOL-PERP';

describe('what nothing explains', () => {
  let stage: LiveStage;
  let stranger: DriftActor;
  beforeAll(async () => {
    stage = await LiveStage.open(await modelCluster(), OFF);
    stage.rig.grant();
    const { run } = stage.rig;
    await run.transfer('deposit', { asset: 'USDC', amount: usd(5_000n * USDC) });
    await run.transfer('deposit', { asset: 'SOL', amount: base(10n * SOL) });
    await run.tick();
    // Somebody with the same key, who uses the SDK.
    stranger = await DriftActor.rejoin(stage.cluster, stage.wallet);
  });
  afterAll(async () => {
    await stranger.leave();
    await stage.close();
  });

  const run = () => stage.rig.run;
  const differences = (): readonly Difference[] => {
    const { reconciliation } = run();
    return reconciliation.kind === 'agrees' ? [] : reconciliation.differences;
  };
  const words = () => differences().map(differenceWords);
  const name = (): string => {
    const { reconciliation } = run();
    if (reconciliation.kind === 'agrees') throw new Error('nothing differs');
    return reconciliation.name;
  };
  const orders = () => stage.rig.drift.desk.latest(100).filter(({ kind }) => kind === 'order').length;

  /** Nothing is traded or moved, after a restart neither, whatever is asked for; and another name accepts nothing. */
  const expectStopped = async (): Promise<void> => {
    const sent = orders();
    await run().tick();
    expect(run().reconciliation.kind).toBe('differs');
    await stage.restart();
    await run().tick();
    expect(orders()).toBe(sent);
    const moved = { asset: 'SOL', amount: base(SOL) } as const;
    await expect(run().transfer('deposit', moved)).rejects.toMatchObject({ code: 'TRADING_DISABLED' });
    await expect(run().settle(PERP)).rejects.toMatchObject({ code: 'TRADING_DISABLED' });
    await expect(run().accept('another')).rejects.toMatchObject({ code: 'DIFFERENCES_CHANGED' });
    expect(run().reconciliation.kind).toBe('differs');
  };

  const expectAccepted = async (): Promise<void> => {
    await run().accept(name());
    await expectVaultIsChain(stage);
  };

  /** Changes what the chain has of the sub-account, as no program would. */
  const meddle = (change: (user: Fields) => Fields): void => {
    const address = stage.rig.venue.state.user.address;
    const account = stage.cluster.account(address);
    if (account === undefined) throw new Error('no sub-account');
    const data = encodeAccount('User', change(decodeAccount('User', account.data)));
    stage.cluster.setAccount(address, { ...account, data });
  };

  const place = async (params: Partial<OptionalOrderParams>): Promise<void> => {
    await stranger.client.placePerpOrder(
      getOrderParams({
        orderType: OrderType.LIMIT,
        marketType: MarketType.PERP,
        marketIndex: 0,
        direction: PositionDirection.LONG,
        baseAssetAmount: big(SOL),
        price: big(120_000_000n),
        postOnly: PostOnlyParams.MUST_POST_ONLY,
        ...params,
      }),
    );
  };

  it('in the sub-account stops all trading, is named with both numbers, and is taken in as an adjustment', async () => {
    const { cash } = run().vault.books.account;
    meddle((user) => ({
      ...user,
      spotPositions: (user['spotPositions'] as readonly Fields[]).map((held) =>
        held['marketIndex'] === 0 ? { ...held, scaledBalance: big(4_321n * SOL) } : held,
      ),
    }));
    await expectStopped();
    const [found] = words();
    expect(found).toMatch(
      /^USDC in the sub-account: the books say 5000[.\d]*, the chain says 4321[.\d]*, [.\d]+ less\.$/,
    );
    await expectAccepted();
    const adjusted = stage.rig.lines.filter(({ type }) => type === 'ADJUSTMENT');
    expect(adjusted.map(({ data }) => data['account'])).toEqual(['cash']);
    expect(run().vault.books.adjustments).toBeLessThan(0n);
    expect(run().vault.books.account.cash).toBeLessThan(cash);
  });

  it('in the wallet is named and taken in', async () => {
    const { lamports, ...account } = stage.cluster.account(stage.rig.drift.address) ?? {
      owner: '',
      data: new Uint8Array(),
      lamports: 0n,
    };
    stage.cluster.setAccount(stage.rig.drift.address, { ...account, lamports: lamports + 7n });
    await expectStopped();
    expect(differences()).toEqual([expect.objectContaining({ kind: 'wallet' })]);
    await expectAccepted();
  });

  it('is not accepted under a name that it no longer has', async () => {
    stage.cluster.airdrop(stage.rig.drift.address, 5n);
    await run().sync();
    const seen = name();
    stage.cluster.airdrop(stage.rig.drift.address, 1n);
    await expect(run().accept(seen)).rejects.toMatchObject({ code: 'DIFFERENCES_CHANGED' });
    await expectAccepted();
  });

  it('an order that somebody else has placed with the same key stops it, and is cancelled if accepted', async () => {
    await place({});
    await expectStopped();
    expect(words()).toEqual([
      expect.stringMatching(
        /^An order is open .*: buy 1 SOL-PERP at 120 \(drift-\d+\)\. If you accept, it is cancelled\.$/,
      ),
    ]);
    await expectAccepted();
    expect(stage.rig.venue.state.user.orders).toEqual([]);
  });

  it('a trade that somebody else has made in its market stops it, and is taken in', async () => {
    const before = perpOf(run().vault.books.account, PERP)?.size ?? 0n;
    await stranger.client.placeAndTakePerpOrder(
      getOrderParams({
        orderType: OrderType.LIMIT,
        marketType: MarketType.PERP,
        marketIndex: 0,
        direction: PositionDirection.LONG,
        baseAssetAmount: big(2n * SOL),
        price: big(151_000_000n),
        bitFlags: 1,
      }),
      await stage.maker.maker(PERP, 'ask'),
    );
    await expectStopped();
    const [size] = differences();
    expect(size).toMatchObject({ kind: 'position', market: PERP, books: before, chain: before + 2n * SOL });
    await expectAccepted();
    expect(perpOf(run().vault.books.account, PERP)?.size).toBe(before + 2n * SOL);
  });

  it('and it goes on from there', async () => {
    await run().tick();
    const { account } = run().vault.books;
    const off = account.spot + (perpOf(account, PERP)?.size ?? 0n);
    expect(off < SOL / 10n && off > -SOL / 10n).toBe(true);
    await expectVaultIsChain(stage);
  });

  it('a holding that the engine does not know can not be accepted, and stops it until it is gone', async () => {
    const spots = (user: Fields): readonly Fields[] => user['spotPositions'] as readonly Fields[];
    let empty: Fields = {};
    meddle((user) => {
      empty = spots(user)[7] ?? {};
      return {
        ...user,
        spotPositions: spots(user).map((held, i) =>
          i === 7 ? { ...held, marketIndex: 5, scaledBalance: big(3n * SOL) } : held,
        ),
      };
    });
    await expectStopped();
    expect(words()).toEqual([
      'The books know no token 5; on the chain there are 3. Take them out, or choose another sub-account.',
    ]);
    await expect(run().accept(name())).rejects.toMatchObject({ code: 'SUBACCOUNT_NOT_OWN' });
    meddle((user) => ({ ...user, spotPositions: spots(user).map((held, i) => (i === 7 ? empty : held)) }));
    await run().tick();
    await expectVaultIsChain(stage);
  });
});
