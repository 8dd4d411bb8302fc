import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { perpSize } from '../../../src/main/domain/account.ts';
import type { AssetAmount } from '../../../src/main/domain/accountEvent.ts';
import { hurtingExtreme } from '../../../src/main/simulation/hurtingExtreme.ts';
import {
  formatBase,
  formatUsd,
  formatValue,
  parseBase,
  parsePrice,
  parseUsd,
} from '../../../src/shared/money/decimal.ts';
import { EngineRig, GENEROUS, ONE_CLIP, type RigScript } from '../../support/engineRig.ts';

const HOUR = 3_600_000;

const usdc = (dollars: string): AssetAmount => ({ asset: 'USDC', amount: parseUsd(dollars) });
const sol = (amount: string): AssetAmount => ({ asset: 'SOL', amount: parseBase(amount) });

async function hedgedRig(script: RigScript = {}): Promise<EngineRig> {
  const rig = new EngineRig({
    pastHourly: GENEROUS,
    ...script,
    overrides: { ...ONE_CLIP, ...script.overrides },
  });
  await rig.tick(0);

  expect(rig.engine.memory.target).toBe('hedged');
  return rig;
}

/** Nearly everything stands behind the short, and health is nobody's concern. */
const STRICT = {
  'paper.maintenanceMarginPct': '90',
  'paper.initialMarginPct': '99',
  'risk.maxLeverage': '10',
  'risk.minHealthPct': '1',
  'risk.guardHealthPct': '1',
  'engine.deleverageHealthPct': '1',
};

describe('a transfer', () => {
  it('[R3.6] that is a deposit is done, and the vault knows at once', async () => {
    const rig = new EngineRig({ cash: '100' });

    expect(await rig.lane.transfer('deposit', usdc('50.5'))).toBeUndefined();
    expect(formatUsd(rig.vault.books.account.cash)).toBe('150.5');
    expect(await rig.lane.transfer('deposit', sol('2'))).toBeUndefined();
    expect(formatBase(rig.vault.books.account.spot)).toBe('2');
    expect(rig.engine.memory.transferredSol).toBe(parseBase('2'));
    expect(rig.heardOf('BLOCKED')).toEqual([]);
  });

  it('[R3.9] that is a withdrawal takes it out of the sub-account', async () => {
    const rig = new EngineRig({ cash: '100', spot: '3' });

    expect(await rig.lane.transfer('withdraw', usdc('100'))).toBeUndefined();
    expect(await rig.lane.transfer('withdraw', sol('0.5'))).toBeUndefined();
    expect(formatUsd(rig.vault.books.account.cash)).toBe('0');
    expect(formatBase(rig.vault.books.account.spot)).toBe('2.5');
    expect(rig.heardOf('TRANSFER').map(({ data }) => data['amount'])).toEqual(['-100', '-0.5']);
  });

  it('costs the wallet the gas of a transaction', async () => {
    const rig = new EngineRig({ wallet: '1' });
    await rig.lane.transfer('deposit', usdc('1'));

    expect(formatBase(rig.vault.books.wallet)).toBe('0.99999');
  });

  it.each([
    ['withdraw', usdc('100.000001'), 'INSUFFICIENT_BALANCE'],
    ['withdraw', sol('0.000000001'), 'INSUFFICIENT_BALANCE'],
    ['withdraw', usdc('0'), 'INVALID_SIZE'],
    ['deposit', usdc('-1'), 'INVALID_SIZE'],
  ] as const)('[R6.9] that the rules refuse is logged as blocked: %s %o', async (action, moved, code) => {
    const rig = new EngineRig({ cash: '100' });

    expect(await rig.lane.transfer(action, moved)).toBeInstanceOf(AppError);
    expect(rig.heardOf('BLOCKED').map(({ data }) => data)).toEqual([
      expect.objectContaining({
        code,
        action,
        asset: moved.asset,
        because: expect.stringMatching(/\w+/) as unknown,
      }),
    ]);
    expect(rig.log.at('warn')).toHaveLength(1);
    expect(rig.heardOf('TRANSFER')).toEqual([]);
    expect(formatUsd(rig.vault.books.account.cash)).toBe('100');
  });

  it('[R3.7] [R6.9] that would eat the minimum collateral is blocked with its numbers', async () => {
    // 4990.015 of cash, 10 % of 33.3 × $150 required, 80 % of the spot counted, $4.995 lost on the short.
    const poor = await hedgedRig({ overrides: STRICT });

    expect(await poor.lane.transfer('withdraw', usdc('4989'))).toBeInstanceOf(AppError);
    expect(poor.heardOf('BLOCKED').at(-1)?.data).toMatchObject({
      code: 'MINIMUM_COLLATERAL',
      action: 'withdraw',
      asset: 'USDC',
      minimum: '10',
      // 1.015 + 3996 − 4.995 − 4945.05
      freeAfter: '-953.03',
    });
  });

  it('[R3.8] [R3.10] [R6.9] that would take health too low is blocked, its numbers as they are', async () => {
    const rig = await hedgedRig({ overrides: { 'risk.withdrawalHealthPct': '99' } });

    expect(await rig.lane.transfer('withdraw', usdc('1'))).toBeInstanceOf(AppError);
    // 249.75 of 9480.52 − 1.
    expect(rig.heardOf('BLOCKED').map(({ data }) => data)).toMatchObject([
      {
        code: 'HEALTH_TOO_LOW',
        because: expect.stringContaining('97.4 %') as unknown,
        action: 'withdraw',
        asset: 'USDC',
        amount: '1',
        balanceUsdc: '4990.015',
        balanceSol: '33.3',
        healthAfterPct: 97.37,
        limitPct: 99,
        equityAfter: '9979.02',
      },
    ]);
  });

  it('that fails for no reason of the rules is an error, not a refusal', async () => {
    const rig = new EngineRig();
    rig.venue.deposit = () => Promise.reject(new TypeError('a fault'));

    await expect(rig.lane.transfer('deposit', usdc('1'))).rejects.toThrow('a fault');
    expect(rig.heardOf('BLOCKED')).toEqual([]);
  });

  it('of what gas cannot pay for is blocked', async () => {
    const rig = new EngineRig({ cash: '100', wallet: '0.000009999' });

    expect(await rig.lane.transfer('deposit', usdc('1'))).toBeInstanceOf(AppError);
    expect(rig.heardOf('BLOCKED').map(({ data }) => data['code'])).toEqual(['INSUFFICIENT_GAS']);
  });
});

describe('a lane', () => {
  it('is worth what is in the sub-account and in the wallet, at the oracle', () => {
    const rig = new EngineRig({ cash: '100', spot: '2', wallet: '0.5' });

    expect(formatValue(rig.lane.equity())).toBe('475');

    rig.feed.setOracle('SOL', '100');

    expect(formatValue(rig.lane.equity())).toBe('350');
  });

  it('[R7.2] takes in what the venue does by itself as it moves', async () => {
    const rig = await hedgedRig();
    rig.feed.fund('SOL-PERP', '0.0001');
    rig.move(HOUR);

    expect(rig.vault.books.account).toEqual(rig.venue.snapshot().account);
    expect(rig.heardOf('FUNDING')).toHaveLength(1);
    expect(rig.heardOf('INTEREST').length).toBeGreaterThan(0);
  });

  it('averages funding over as long as the user has set', () => {
    const rig = new EngineRig({
      pastHourly: '0.0001',
      pastHours: 30,
      overrides: { 'engine.averageHours': '24' },
    });

    expect(rig.engine.view.fundingAverage).toEqual({ hourly: 100_000_000n, coveredMs: 24 * HOUR });
  });

  it('two of one market trade apart, and what one does is not seen by the other', async () => {
    const [one, other] = [await hedgedRig(), new EngineRig()];

    expect(perpSize(one.venue.snapshot().account, 'SOL-PERP')).not.toBe(0n);
    expect(other.venue.snapshot().account.perps).toEqual([]);
  });
});

describe('the extreme of a candle that comes first', () => {
  const first = (rig: EngineRig, high: string, low: string) =>
    hurtingExtreme(rig.lane, parsePrice(high), parsePrice(low));

  it('is the high for a short, whose health it eats', async () => {
    const rig = await hedgedRig();
    await rig.lane.transfer('withdraw', sol('33.3'));

    expect(first(rig, '160', '140')).toBe('high');
  });

  it('is the high for a hedge: spot counts for less than what the short loses', async () => {
    expect(first(await hedgedRig(), '160', '140')).toBe('high');
  });

  it('is the low for SOL alone, whose health is whole at any price and whose equity is not', () => {
    expect(first(new EngineRig({ spot: '10' }), '160', '140')).toBe('low');
  });

  it('is the one with the lower equity where health is gone at both', async () => {
    const hedge = await hedgedRig();

    // A hedge is worth the same at any price, and then it is the low.
    expect(first(hedge, '5000', '4000')).toBe('low');

    await hedge.lane.transfer('withdraw', sol('33.3'));

    expect(first(hedge, '5000', '4000')).toBe('high');
  });

  it('is the low where nothing can hurt', () => {
    expect(first(new EngineRig(), '160', '140')).toBe('low');
  });

  it('is the low for SOL against a borrow, which it has to cover', async () => {
    const rig = await hedgedRig({ overrides: { 'engine.spotSharePct': '95' } });
    rig.feed.setOracle('SOL', '200');
    // The short's loss becomes a borrow, and then the short is closed.
    rig.move(8 * HOUR);
    const { account } = rig.venue.snapshot();

    expect(account.cash).toBeLessThan(0n);
    await rig.venue.place({
      clientOrderId: 'close',
      market: 'SOL-PERP',
      side: 'buy',
      size: parseBase('100'),
      limitPrice: parsePrice('210'),
      timeInForce: 'ioc',
      reduceOnly: true,
      validUntil: rig.feed.startMs + 9 * HOUR,
    });

    expect(perpSize(rig.venue.snapshot().account, 'SOL-PERP')).toBe(0n);
    expect(first(rig, '210', '190')).toBe('low');
  });

  it('does not move the market by asking', async () => {
    const rig = await hedgedRig();
    const before = rig.venue.snapshot();
    first(rig, '300', '50');

    expect(rig.venue.snapshot()).toEqual(before);
  });
});
