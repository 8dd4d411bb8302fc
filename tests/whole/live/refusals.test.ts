import { createHash } from 'node:crypto';

import { Keypair } from '@solana/web3.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { base, price, usd } from '../../../src/shared/money/quantity.ts';
import type { OrderRequest } from '../../../src/main/domain/order.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { stopwatch } from '../../../src/main/platform/clock.ts';
import { RpcPool } from '../../../src/main/venues/solana/rpc/rpcPool.ts';
import { NodeChain } from '../../../src/main/venues/solana/rpc/nodeChain.ts';
import { DriftRig } from '../../support/driftRig.ts';
import { LiveRig } from '../../support/liveRig.ts';
import { LiveStage, SOL, USDC } from '../../support/live/liveStage.ts';
import { impatient } from '../../support/live/mortality.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';
import { expectVaultIsChain } from '../../support/live/vaultCheck.ts';

const OFF = { 'engine.policy': 'off' };
const TABLES = ['orders', 'transactions', 'ledger_transactions', 'ledger_entries', 'confirmation_uses'];

describe('what a live engine is asked and can not do is refused in words, and changes nothing', () => {
  let stage: LiveStage;
  let before: readonly string[];
  beforeAll(async () => {
    stage = await LiveStage.open(await modelCluster(), OFF);
    stage.rig.grant();
    const { run } = stage.rig;
    await run.transfer('deposit', { asset: 'USDC', amount: usd(100n * USDC) });
    await run.transfer('deposit', { asset: 'SOL', amount: base(10n * SOL) });
    await run.tick();
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    before = world();
  });
  afterEach(async () => {
    expect(world()).toEqual(before);
    await expectVaultIsChain(stage);
  });

  /** All that may not change: what was sent, signed and booked, and the account on the chain. */
  const world = (): readonly string[] => {
    const { user } = stage.rig.venue.state;
    const rows = TABLES.map((table) =>
      JSON.stringify(
        stage.folder.db.prepare(`SELECT * FROM ${table} WHERE ${LANDED[table] ?? '1'}`).all(),
        (_, one) => (typeof one === 'bigint' ? String(one) : (one as unknown)),
      ),
    );
    const accounts = [user.address, stage.rig.drift.address].map((address) => {
      const account = stage.cluster.account(address);
      return `${account?.lamports} ${createHash('sha256')
        .update(account?.data ?? '')
        .digest('hex')}`;
    });
    return [...rows, ...accounts];
  };
  /** A refusal is written down; what was signed is not touched. */
  const LANDED: Readonly<Record<string, string>> = { transactions: 'signature IS NOT NULL' };

  const refusalOf = async (asked: Promise<unknown>): Promise<AppError> => {
    const error: unknown = await asked.then(
      () => undefined,
      (why: unknown) => why,
    );
    if (!(error instanceof AppError)) throw new Error('it was not refused', { cause: error });
    return error;
  };
  const move = (action: 'deposit' | 'withdraw', asset: 'SOL' | 'USDC', amount: bigint): Promise<void> =>
    stage.rig.run.transfer(
      action,
      asset === 'SOL' ? { asset, amount: base(amount) } : { asset, amount: usd(amount) },
    );

  it.each([
    ['nothing', 'deposit', 'USDC', 0n, 'INVALID_SIZE', /more than zero/],
    ['less than nothing', 'deposit', 'SOL', -SOL, 'INVALID_SIZE', /more than zero/],
    [
      'more USDC than the wallet has',
      'deposit',
      'USDC',
      19_900n * USDC + 1n,
      'INSUFFICIENT_BALANCE',
      /^The wallet has 19900 USDC\.$/,
    ],
    [
      'the SOL that gas needs',
      'deposit',
      'SOL',
      89_960n * (SOL / 1_000n),
      'INSUFFICIENT_BALANCE',
      /SOL beyond what gas needs\.$/,
    ],
    ['no USDC out', 'withdraw', 'USDC', 0n, 'INVALID_SIZE', /more than zero/],
    [
      'more SOL than is there',
      'withdraw',
      'SOL',
      11n * SOL,
      'INSUFFICIENT_BALANCE',
      /There is less SOL .* Up to/,
    ],
    [
      'what keeps health over 80 %',
      'withdraw',
      'SOL',
      9n * SOL,
      'HEALTH_TOO_LOW',
      /^Health would fall to [\d.]+ %\. Up to [\d.]+ SOL can be taken out\.$/,
    ],
    [
      'what the initial margin and $10 need',
      'withdraw',
      'SOL',
      (97n * SOL) / 10n,
      'MINIMUM_COLLATERAL',
      /At least 10 USD beyond the initial margin must stay/,
    ],
  ] as const)('[R3.1] [R3.7] [R3.8] moving %s', async (_, action, asset, amount, code, words) => {
    const error = await refusalOf(move(action, asset, amount));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(words)]);
    const blocked = stage.rig.lines.filter(({ type }) => type === 'BLOCKED').at(-1);
    expect(blocked?.data).toMatchObject({ code, action, asset });
  });

  it('settling a market that is not there, or that is no perpetual', async () => {
    const { run } = stage.rig;
    expect(await refusalOf(run.settle('DOGE-PERP'))).toMatchObject({
      code: 'UNKNOWN_MARKET',
      message: 'Drift has no market DOGE-PERP.',
    });
    expect(await refusalOf(run.settle('SOL'))).toMatchObject({ code: 'UNKNOWN_MARKET' });
  });

  const order = (change: Partial<OrderRequest>): OrderRequest => ({
    clientOrderId: `bad-${JSON.stringify(Object.keys(change))}`,
    market: 'SOL-PERP',
    side: 'sell',
    size: base(SOL),
    limitPrice: price(149_000_000_000n),
    timeInForce: 'ioc',
    reduceOnly: false,
    validUntil: stage.rig.drift.clock.now() + 60_000,
    ...change,
  });

  it.each([
    ['a market that is not there', { market: 'DOGE-PERP' }, 'UNKNOWN_MARKET'],
    ['a size off the lot', { size: base(SOL + 1n) }, 'INVALID_SIZE'],
    ['a size under the least', { size: base(1_000_000n) }, 'INVALID_SIZE'],
    ['a price off the tick', { limitPrice: price(149_000_000_001n) }, 'INVALID_PRICE'],
    ['a price of nothing', { limitPrice: price(0n) }, 'INVALID_PRICE'],
    ['a kind that is not offered', { timeInForce: 'fok' }, 'NOT_SUPPORTED'],
  ] as const)('an order with %s', async (_, change, code) => {
    const reply = await stage.rig.venue.place(order(change));
    expect(reply).toMatchObject({ kind: 'report', report: { status: 'rejected', rejection: { code } } });
  });

  it('a sub-account that does not exist', async () => {
    const venue = stage.rig.drift.venue(7);
    expect(await refusalOf(venue.connect())).toMatchObject({
      code: 'UNKNOWN_SUBACCOUNT',
      message: 'The wallet has no sub-account 7 at Drift.',
    });
  });

  it('a wallet that was never at Drift', async () => {
    const stranger = Keypair.generate();
    stage.cluster.airdrop(stranger.publicKey.toBase58(), SOL);
    expect(await refusalOf(LiveRig.open(stage.cluster, stranger))).toMatchObject({
      code: 'UNKNOWN_SUBACCOUNT',
    });
  });

  it('[R9.1] a node that is not there, and one of another network', async () => {
    const nowhere = {
      rpcUrl: 'http://127.0.0.1:9',
      wsUrl: 'ws://127.0.0.1:9',
      now: () => stage.cluster.now(),
    };
    const lost = await refusalOf(DriftRig.start(nowhere, stage.wallet, { schedule: impatient }));
    expect(lost.code).toBe('VENUE_UNAVAILABLE');
    expect(lost.message).toMatch(/[a-z]/);
    const pool = new RpcPool({
      endpoints: [{ http: stage.cluster.rpcUrl }],
      genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
      clock: stage.rig.drift.clock,
      elapsed: stopwatch,
      schedule: impatient,
      uniform: () => 0.5,
      logger: silentLogger,
    });
    expect(await refusalOf(new NodeChain(pool).latestBlockhash())).toMatchObject({ code: 'WRONG_NETWORK' });
    pool.close();
  });

  it('anything, while no node answers: it is as it was, and goes on when one does', async () => {
    await stage.cluster.faults.refuseConnections();
    const { run } = stage.rig;
    expect(await refusalOf(run.tick())).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
    await stage.cluster.faults.acceptConnections();
    await run.tick();
  });
});
