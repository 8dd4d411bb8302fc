import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { base, usd } from '../../../src/shared/money/quantity.ts';
import { perpOf } from '../../../src/main/domain/account.ts';
import type { Question } from '../../../src/main/risk/confirmation/question.ts';
import { LiveStage, SOL, USDC } from '../../support/live/liveStage.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';
import { expectVaultIsChain } from '../../support/live/vaultCheck.ts';

const OFF = { 'engine.policy': 'off' };
const MINUTE_S = 60;
const DAY_MS = 86_400_000;

describe('[R6.10] a live trade over $100', () => {
  let stage: LiveStage;
  beforeAll(async () => {
    stage = await LiveStage.open(await modelCluster(), OFF);
    const { run } = stage.rig;
    await run.transfer('deposit', { asset: 'USDC', amount: usd(5_000n * USDC) });
    await run.transfer('deposit', { asset: 'SOL', amount: base(2n * SOL) });
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.cluster.warp(2 * MINUTE_S);
  });

  const short = (): bigint => -(perpOf(stage.rig.run.vault.books.account, 'SOL-PERP')?.size ?? 0n);
  const place = () => ({ venue: 'drift', owner: stage.rig.drift.address, subAccount: 0 });
  const now = () => stage.rig.drift.clock.now();
  const lastBlocked = () => stage.rig.lines.filter(({ type }) => type === 'BLOCKED').at(-1)?.data;
  const orders = () => stage.rig.drift.desk.latest(100).filter(({ kind }) => kind === 'order').length;
  /** One tick, in which nothing may be sent. */
  const tickInVain = async (): Promise<void> => {
    const [sent, held] = [orders(), short()];
    await stage.rig.run.tick();
    expect([orders(), short()]).toEqual([sent, held]);
    await expectVaultIsChain(stage);
  };
  const asked = (): Question => {
    const { question } = stage.rig.run;
    if (question === undefined) throw new Error('nothing was asked');
    return question;
  };

  it('without a confirmation is not sent, and its owner is asked, once', async () => {
    await tickInVain();
    expect(lastBlocked()).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    expect(lastBlocked()?.['because']).toMatch(/^Sell 1.99 SOL-PERP at .* needs your confirmation\.$/);
    await tickInVain();
    expect(stage.rig.questions).toHaveLength(1);
  });

  it('is not sent on a confirmation that nobody was asked for, or that was for another trade', async () => {
    await tickInVain();
    await expect(stage.rig.run.confirm('made up')).rejects.toMatchObject({ code: 'CONFIRMATION_UNKNOWN' });
    const { confirmations, run } = stage.rig;
    const other = confirmations.request(
      {
        purpose: 'correct',
        effect: 'hedges',
        legs: [{ ...legOf(asked()), size: base(SOL) }],
        because: 'another',
      },
      {
        place: place(),
        marks: new Map([['SOL-PERP', run.venue.quote('SOL-PERP').mark]]),
        now: now(),
        limit: usd(0n),
      },
    );
    const sent = orders();
    expect(await run.confirm(other.confirmationId)).toBe(false);
    expect(orders()).toBe(sent);
    await tickInVain();
  });

  it('is not sent on one that has expired', async () => {
    await tickInVain();
    const { confirmationId } = asked();
    stage.cluster.warp(MINUTE_S + 1);
    const sent = orders();
    await expect(stage.rig.run.confirm(confirmationId)).rejects.toMatchObject({
      code: 'CONFIRMATION_EXPIRED',
    });
    expect(orders()).toBe(sent);
  });

  it('is not sent on one that was declined', async () => {
    await tickInVain();
    const { confirmationId } = asked();
    const sent = orders();
    stage.rig.run.decline(confirmationId);
    await expect(stage.rig.run.confirm(confirmationId)).rejects.toMatchObject({
      code: 'CONFIRMATION_DECLINED',
    });
    expect(orders()).toBe(sent);
  });

  it('is not asked for again within ten minutes of a no, and then it is', async () => {
    const { length } = stage.rig.questions;
    stage.cluster.warp(5 * MINUTE_S);
    await tickInVain();
    expect(stage.rig.questions).toHaveLength(length);
    stage.cluster.warp(5 * MINUTE_S);
    await tickInVain();
    expect(stage.rig.questions).toHaveLength(length + 1);
  });

  it('is not made on a yes to what has changed since: after a deposit the question is over', async () => {
    await tickInVain();
    const { confirmationId } = asked();
    await stage.rig.run.transfer('deposit', { asset: 'SOL', amount: base(SOL) });
    await expect(stage.rig.run.confirm(confirmationId)).rejects.toMatchObject({
      code: 'CONFIRMATION_EXPIRED',
    });
    await tickInVain();
    expect(asked().terms.legs[0]?.size).toBeGreaterThan(2n * SOL);
  });

  it('is not made on a yes to what was asked before an SOS, nor on a yes that an SOS overtakes', async () => {
    const { run } = stage.rig;
    await tickInVain();
    const before = asked().confirmationId;
    run.haltAtOnce('halted');
    await expect(run.confirm(before)).rejects.toMatchObject({ code: 'CONFIRMATION_EXPIRED' });
    run.setHalt('none');
    await tickInVain();
    const sent = orders();
    const confirming = run.confirm(asked().confirmationId);
    run.haltAtOnce('halted');
    await expect(confirming).rejects.toMatchObject({ code: 'HALTED' });
    expect(orders()).toBe(sent);
    run.setHalt('none');
  });

  it('is made once on the right one', async () => {
    await tickInVain();
    const { confirmationId } = asked();
    const sent = orders();
    expect(await stage.rig.run.confirm(confirmationId)).toBe(true);
    expect(orders()).toBe(sent + 1);
    expect(short()).toBeGreaterThan(2n * SOL);
    await expectVaultIsChain(stage);
    await expect(stage.rig.run.confirm(confirmationId)).rejects.toMatchObject({ code: 'CONFIRMATION_USED' });
    expect(orders()).toBe(sent + 1);
  });

  it('is forgotten over a restart where nobody has answered', async () => {
    await stage.rig.run.transfer('deposit', { asset: 'SOL', amount: base(2n * SOL) });
    await tickInVain();
    const { confirmationId } = asked();
    await stage.restart();
    await expect(stage.rig.run.confirm(confirmationId)).rejects.toMatchObject({
      code: 'CONFIRMATION_UNKNOWN',
    });
    await tickInVain();
  });

  const grant = (perTrade: bigint, perDay: bigint, forMs = 30 * DAY_MS): void => {
    stage.rig.confirmations.grant(
      place(),
      { perTrade: usd(perTrade * USDC), perDay: usd(perDay * USDC), until: now() + forMs },
      now(),
    );
  };

  it('is not made on a standing confirmation for less a trade', async () => {
    grant(250n, 1_000n);
    await tickInVain();
    expect(lastBlocked()).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
  });

  it('is made on a standing one, that of before a restart too, up to its amount a day', async () => {
    grant(400n, 600n);
    await stage.restart();
    const before = short();
    await stage.rig.run.tick();
    expect(short()).toBeGreaterThan(before);
    await expectVaultIsChain(stage);
    await stage.restart();
    await stage.rig.run.transfer('deposit', { asset: 'SOL', amount: base((25n * SOL) / 10n) });
    await tickInVain();
    expect(lastBlocked()).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
  });

  it('is made on it again once a day has passed', async () => {
    stage.cluster.warp(DAY_MS / 1_000);
    await stage.restart();
    const before = short();
    await stage.rig.run.tick();
    expect(short()).toBeGreaterThan(before);
    await expectVaultIsChain(stage);
  });

  it('is not made on one that was revoked, after a restart neither', async () => {
    grant(10_000n, 100_000n);
    stage.rig.confirmations.revoke(place(), now());
    await stage.rig.run.transfer('deposit', { asset: 'SOL', amount: base(2n * SOL) });
    await tickInVain();
    await stage.restart();
    await tickInVain();
    expect(lastBlocked()).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
  });

  it('is not made on one that has run out', async () => {
    grant(10_000n, 100_000n, DAY_MS);
    stage.cluster.warp(DAY_MS / 1_000);
    await tickInVain();
    expect(lastBlocked()).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
  });
});

function legOf({ terms }: Question): Question['terms']['legs'][number] {
  const [leg] = terms.legs;
  if (leg === undefined) throw new Error('a trade without a leg');
  return leg;
}
