import { ComputeBudgetProgram, Keypair, PublicKey, SystemProgram, TransactionMessage } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import { usd } from '../../../../src/shared/money/quantity.ts';
import { openForTrading } from '../../../../src/main/venues/drift/openForTrading.ts';
import { openMarkets } from '../../../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../../../support/cluster/localCluster.ts';
import { driftProgram } from '../../../support/cluster/model/driftProgram.ts';
import { ProgramError, type ProgramModel } from '../../../support/cluster/programModel.ts';
import { DriftRig } from '../../../support/driftRig.ts';

const web3 = { ComputeBudgetProgram, PublicKey, SystemProgram, TransactionMessage };
/** Anchor's `InstructionFallbackNotFound`. */
const UNKNOWN_INSTRUCTION = 101;

/** The program until everything that a user could ask for is taken out of it. */
class ClosingProgram implements ProgramModel {
  readonly #program = driftProgram();
  isClosed = false;

  execute(...args: Parameters<ProgramModel['execute']>): void {
    if (this.isClosed) throw new ProgramError(UNKNOWN_INSTRUCTION, 'no such instruction');
    this.#program.execute(...args);
  }
}

describe('a program without its instructions', () => {
  const program = new ClosingProgram();
  let cluster: LocalCluster;
  let rig: DriftRig;
  beforeAll(async () => {
    cluster = await LocalCluster.start({ program });
    await openMarkets(cluster, { ammFills: false });
    rig = await DriftRig.start(cluster, Keypair.generate());
    cluster.airdrop(rig.address, 10_000_000_000n);
    cluster.mintUsdc(rig.address, 1_000_000_000n);
    await rig.subAccounts.create(0, 'engine');
    program.isClosed = true;
  });
  afterAll(async () => {
    await rig.close();
    await cluster.close();
  });

  it.each([0, 5])('is a closed venue, whether there is a sub-account or not (%s)', async (subAccount) => {
    const open = () => Promise.resolve(rig.client);
    expect(await openForTrading({ chain: rig.chain, web3, open, subAccount })).toEqual({
      kind: 'closed',
      answer: "Drift's program no longer knows how to trade.",
    });
  });

  it('refuses an order and a deposit as VENUE_CLOSED, and signs nothing', async () => {
    const venue = rig.venue();
    await venue.connect();
    const { slot } = cluster;
    const before = venue.snapshot();
    await expect(venue.deposit({ asset: 'USDC', amount: usd(1_000_000n) })).rejects.toMatchObject({
      code: 'VENUE_CLOSED',
    });
    const order = {
      clientOrderId: 'closed',
      market: 'SOL-PERP',
      side: 'buy',
      size: parseBase('0.1'),
      limitPrice: parsePrice('150'),
      timeInForce: 'gtc',
      reduceOnly: false,
      validUntil: rig.clock.now() + 60_000,
    } as const;
    expect(await venue.place(order)).toMatchObject({
      report: { status: 'rejected', rejection: { code: 'VENUE_CLOSED' } },
    });
    expect(cluster.slot).toBe(slot);
    expect(venue.snapshot().account).toEqual(before.account);
  });
});
