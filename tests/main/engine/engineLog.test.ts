import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';
import { EngineRig, GENEROUS, ONE_CLIP } from '../../support/engineRig.ts';
import { saying } from './fixtures/saying.ts';
import type { Overrides } from '../../../src/shared/settings/group.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const entering = (overrides: Overrides = {}): EngineRig =>
  new EngineRig({ pastHourly: GENEROUS, overrides: { ...ONE_CLIP, ...overrides } });

async function hedgedRig(overrides: Overrides = {}): Promise<EngineRig> {
  const rig = entering(overrides);
  await rig.tick(0);
  return rig;
}

describe('the log', () => {
  it('[R10.3] of a trade has timestamp, market, side, size, price and what to find it by', async () => {
    const rig = await hedgedRig();

    expect(rig.log.named('trade')).toEqual([
      {
        level: 'info',
        message: 'trade',
        context: {
          at: rig.feed.startMs,
          market: 'SOL',
          side: 'buy',
          size: '33.3',
          price: '150.15',
          signature: 't1-1',
        },
      },
      {
        level: 'info',
        message: 'trade',
        context: {
          at: rig.feed.startMs,
          market: 'SOL-PERP',
          side: 'sell',
          size: '33.3',
          price: '149.85',
          signature: 't1-2',
        },
      },
    ]);
  });

  it('[R10.3] of a trade that filled late has the moment of its fill', async () => {
    const rig = entering();
    rig.venue.faults.arm('lateFill', 1);
    await rig.tick(0);
    await rig.tick(25_000);

    expect(rig.log.named('trade')[0]?.context['at']).toBe(rig.feed.startMs + 25_000);
  });

  it('[R10.4] of an account update has health, leverage, total and free collateral', async () => {
    const rig = await hedgedRig();
    const updates = rig.log.named('account');

    expect(updates.length).toBeGreaterThan(0);
    /*
     * Cash 10000 − 4999.995 − 4.999995 − 4.990005 = 4990.015; quote 4990.005; 33.3 SOL at $150. Maintenance: 249.75 of
     * 4990.015 + 0.9 × 4995 − 4.995 = 9480.52. Initial: 499.5 of 8981.02. Exposure 4995 of an equity of 9980.02.
     */
    expect(updates.at(-1)).toMatchObject({
      level: 'info',
      context: { healthPct: 97.37, leverage: 0.5, totalCollateral: '9480.52', freeCollateral: '8481.52' },
    });
    expect(updates.at(-1)?.context['totalCollateral']).toBe(rig.broadcast().totalCollateral);
  });

  it('[R10.4] of an account follows a deposit', async () => {
    const rig = await hedgedRig();
    const before = rig.log.named('account').length;
    await rig.venue.deposit({ asset: 'USDC', amount: parseUsd('1000') });
    await rig.tick(MINUTE);

    expect(rig.log.named('account').length).toBe(before + 1);
    expect(rig.log.named('account').at(-1)?.context['freeCollateral']).toBe('9481.52');
  });

  it('[R10.4] of an account is rounded down where weights leave less than 1e-18 dollars', async () => {
    const rig = await hedgedRig();
    rig.feed.setOracle('SOL', '150.000000001');
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('0.000000001') });
    await rig.tick(MINUTE);

    // 9480.52, a billionth of a SOL at 90 %, and less than a millionth that the short has lost.
    expect(rig.log.named('account').at(-1)?.context['totalCollateral']).toBe('9480.52');
    expect(rig.broadcast().totalCollateral).toBe('9480.52');
  });

  it('of an account is not made where nobody reads it', async () => {
    const rig = entering();
    rig.log.off.add('info');
    await rig.tick(0);

    expect(rig.log.named('account')).toEqual([]);
  });

  it('of an account says nothing in an hour in which nothing happened', async () => {
    const rig = await hedgedRig({ 'paper.solDepositApr': '0', 'paper.usdcDepositApr': '0' });
    const before = rig.log.named('account').length;
    await rig.tick(HOUR);

    expect(rig.log.named('account')).toHaveLength(before);
  });

  it('[R10.4] of an account is not repeated for the interest and the funding of every hour', async () => {
    const rig = await hedgedRig();
    const before = rig.log.named('account').length;
    await rig.tick(HOUR);
    rig.feed.fund('SOL-PERP', '0.0001');
    await rig.tick(HOUR + MINUTE);
    rig.feed.fund('SOL-PERP', '0.0001');
    await rig.tick(2 * HOUR);

    expect(rig.heardOf('INTEREST').length).toBeGreaterThan(1);
    expect(rig.heardOf('FUNDING')).toHaveLength(2);
    expect(rig.log.named('account')).toHaveLength(before);

    // Settlement comes with interest, and is worth a line.
    await rig.tick(8 * HOUR);

    expect(rig.heardOf('SETTLEMENT')).toHaveLength(1);
    expect(rig.log.named('account')).toHaveLength(before + 1);
  });

  it('[R10.5] [R9.8] of an alert is an error with its exception', async () => {
    const rig = entering();
    rig.venue.faults.arm('timeout', 1);
    await rig.tick(0);
    const [entry] = rig.log.at('error');

    expect(rig.log.at('error')).toHaveLength(1);
    expect(entry?.context).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      orderId: 't1-1',
      at: rig.feed.startMs,
    });
    const error = entry?.context['error'];

    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: entry?.message });
    expect((error as AppError).stack).toContain('AppError');
  });

  it('[R10.6] of a blocked trade is a warning with its reason', async () => {
    const rig = entering();
    rig.venue.faults.arm('staleOracle', 1);
    await rig.tick(0);

    expect(rig.log.at('warn')).toMatchObject([
      { context: { code: 'STALE_PRICE', purpose: 'enter', market: 'SOL', ageMs: 30_001 } },
    ]);
    expect(rig.log.at('error')).toEqual([]);
  });

  it('[R10.7] of a profitability check has expected revenue, estimated cost and net', async () => {
    const rig = await hedgedRig();

    expect(rig.log.named('profitability')).toEqual([
      {
        level: 'info',
        message: 'profitability',
        context: { purpose: 'enter', expectedRevenue: '179.82', cost: '19.983', net: '159.837' },
      },
    ]);
  });

  it('[R10.7] of a check is written for a trade that is then blocked', async () => {
    const rig = entering({ 'paper.latencyMs': '501' });
    await rig.tick(0);

    expect(rig.log.named('profitability')).toHaveLength(1);
  });

  it('of a decision is information, with its numbers', async () => {
    const rig = await hedgedRig();
    await rig.venue.deposit({ asset: 'SOL', amount: parseBase('1') });
    await rig.tick(MINUTE);
    const actions = rig.log
      .at('info')
      .filter(({ context }) => 'action' in context)
      .map(({ context }) => [context['action'], context['at']]);

    expect(actions).toEqual([
      ['enter', rig.feed.startMs],
      ['trade', rig.feed.startMs],
      ['hedged', rig.feed.startMs],
      ['rebalance', rig.feed.startMs + MINUTE],
      ['trade', rig.feed.startMs + MINUTE],
      ['rebalanced', rig.feed.startMs + MINUTE],
    ]);
    expect(rig.log.entries.find(({ context }) => context['action'] === 'rebalance')?.context).toMatchObject({
      correction: '1',
      direction: 'up',
      netDelta: '1',
    });
  });

  it('[R10.10] at debug dumps the state that each decision rests on', async () => {
    const rig = await hedgedRig();
    await rig.tick(MINUTE);
    const dumps = rig.log.at('debug');

    expect(dumps).toHaveLength(2);
    expect(dumps[0]?.context).toMatchObject({
      at: rig.feed.startMs,
      halt: 'none',
      memory: { target: 'flat' },
    });
    expect(dumps[1]?.context).toMatchObject({
      at: rig.feed.startMs + MINUTE,
      memory: { target: 'hedged' },
      account: rig.venue.snapshot().account,
      wallet: rig.venue.snapshot().wallet,
      oracles: rig.feed.oracles(),
      terms: rig.venue.snapshot().maintenance,
    });
  });

  it('[R10.10] at any other level dumps nothing', async () => {
    const rig = entering();
    rig.log.off.add('debug');
    await rig.tick(0);

    expect(rig.log.at('debug')).toEqual([]);
  });
});

describe('a venue that fails', () => {
  it('[R6.9] before an order gives no fresh prices, so the trade is blocked and nothing is sent', async () => {
    const rig = entering();
    const broken = new TypeError('the book is gone');
    rig.feed.depth = () => {
      throw broken;
    };
    await rig.tick(0);

    expect(rig.heardOf('BLOCKED').map(({ data }) => data)).toEqual([
      { code: 'VENUE_UNAVAILABLE', purpose: 'enter', because: saying('prices', 'nothing is traded') },
    ]);
    expect(rig.log.at('error')).toMatchObject([
      { message: saying('prices'), context: { error: broken, purpose: 'enter' } },
    ]);
    expect(rig.store.orders).toEqual([]);
  });

  it('[R9.4] while an order is out leaves its outcome unknown', async () => {
    const rig = entering();
    const depth = rig.feed.depth.bind(rig.feed);
    rig.store.beforeSending = () => {
      rig.feed.depth = () => {
        throw new TypeError('the book is gone');
      };
    };
    await rig.tick(0);

    expect(rig.engine.memory.pending?.order.clientOrderId).toBe('t1-1');
    expect(rig.heardOf('ALERT').map(({ data }) => data['code'])).toEqual(['OUTCOME_UNKNOWN']);

    rig.store.beforeSending = () => undefined;
    rig.feed.depth = depth;
    await rig.tick(MINUTE + 1);

    expect(rig.engine.memory.pending).toBeNull();
    expect(rig.store.orders.map(({ clientOrderId }) => clientOrderId)).toEqual(['t1-1', 't2-1', 't2-2']);
  });
});
