import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { formatDecimal, parseBase, parseDecimal, parseUsd } from '../../../src/shared/money/decimal.ts';
import { base, usd } from '../../../src/shared/money/quantity.ts';
import type { Overrides } from '../../../src/shared/settings/group.ts';
import type { AssetAmount } from '../../../src/main/domain/accountEvent.ts';
import { checkWithdrawal } from '../../../src/main/risk/withdrawal.ts';
import { WEIGHTS, accountOf, oraclesOf, type AccountText } from '../../support/accounts.ts';
import { marketsOf, riskSettings } from './gateCase.ts';

const usdc = (dollars: string): AssetAmount => ({ asset: 'USDC', amount: parseUsd(dollars) });
const sol = (size: string): AssetAmount => ({ asset: 'SOL', amount: parseBase(size) });

/** What a withdrawal is refused with; undefined where it is allowed. SOL stands at $100. */
function refusal(taken: AssetAmount, account: AccountText, changed: Overrides = {}): AppError | undefined {
  const context = {
    account: accountOf(account),
    oracles: oraclesOf({ SOL: '100', BTC: '60000' }),
    markets: marketsOf(),
    weights: WEIGHTS,
  };
  try {
    checkWithdrawal(taken, context, riskSettings(changed));
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** A short of 10 SOL at $100: $100 of initial margin, $50 of maintenance. */
const SHORT = { perps: [{ size: '-10', quote: '1000' }] };
/** The health limit out of the way. */
const MINIMUM_ONLY = { withdrawalHealthPct: '1' };

describe('a withdrawal', () => {
  it('[R3.7] [R3.8] that is refused says how much may be taken out: that much is allowed, and a unit more is not', () => {
    const cash = fc.bigInt({ min: 150_000_000n, max: 5_000_000_000n }).map((raw) => formatDecimal(raw, 6));
    const spot = fc.bigInt({ min: 0n, max: 20_000_000_000n }).map((raw) => formatDecimal(raw, 9));
    fc.assert(
      fc.property(cash, spot, fc.constantFrom('SOL', 'USDC'), (cash, spot, asset) => {
        const account = { cash, spot, ...SHORT };
        const take = (raw: bigint): AssetAmount =>
          asset === 'SOL' ? { asset, amount: base(raw) } : { asset: 'USDC', amount: usd(raw) };
        const refused = refusal(take(10n ** 18n), account);
        const most = parseDecimal(String(refused?.details['most']), asset === 'SOL' ? 9 : 6);
        if (most > 0n) expect(refusal(take(most), account)).toBeUndefined();
        expect(refusal(take(most + 1n), account)?.details['most']).toBe(refused?.details['most']);
      }),
    );
  });

  it.each([usdc('0'), usdc('-1'), sol('0'), sol('-0.5')])('of nothing is refused (%o)', (taken) => {
    expect(refusal(taken, { cash: '100', spot: '1' })).toMatchObject({
      code: 'INVALID_SIZE',
      message: expect.stringContaining('A withdrawal must be more than zero.') as string,
    });
  });

  it.each([
    [usdc('100'), usdc('100.000001')],
    [sol('1'), sol('1.000000001')],
  ])('[R3.7] of all that there is is allowed, of more is refused (%o)', (all, more) => {
    expect(refusal(all, { cash: '100', spot: '1' })).toBeUndefined();
    expect(refusal(more, { cash: '100', spot: '1' })).toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
      message: expect.stringContaining(`There is less ${more.asset} in the sub-account than that.`) as string,
      details: { asset: more.asset },
    });
  });

  it('[R3.7] leaves initial margin and $10, to the last millionth', () => {
    const account = { cash: '1000', ...SHORT };

    expect(refusal(usdc('890'), account, MINIMUM_ONLY)).toBeUndefined();
    expect(refusal(usdc('890.000001'), account, MINIMUM_ONLY)).toMatchObject({
      code: 'MINIMUM_COLLATERAL',
      message: expect.stringContaining('At least 10 USD beyond the initial margin must stay.') as string,
      details: { freeAfter: '9.999999', minimum: '10' },
    });
  });

  it('[R3.7] counts SOL at 80 %', () => {
    // 110 of margin and minimum are 1.375 SOL.
    const account = { spot: '5', ...SHORT };

    expect(refusal(sol('3.625'), account, MINIMUM_ONLY)).toBeUndefined();
    expect(refusal(sol('3.625000001'), account, MINIMUM_ONLY)).toMatchObject({
      code: 'MINIMUM_COLLATERAL',
      details: { freeAfter: '9.999999' },
    });
  });

  it('[R3.7] counts every position and its unsettled PnL', () => {
    const account = {
      cash: '1000',
      perps: [...SHORT.perps, { market: 'BTC-PERP', size: '0.01', quote: '-500' }],
    };

    // 1000 + 100 of gain − 100 − 60 of margin − 10.
    expect(refusal(usdc('930'), account, MINIMUM_ONLY)).toBeUndefined();
    expect(refusal(usdc('930.000001'), account, MINIMUM_ONLY)).toMatchObject({ code: 'MINIMUM_COLLATERAL' });
  });

  it('[R3.7] counts what is open, whatever is flat beside it', () => {
    const account = { cash: '1000', perps: [{ market: 'BTC-PERP', size: '0' }, ...SHORT.perps] };

    expect(refusal(usdc('1000'), account)).toMatchObject({ code: 'MINIMUM_COLLATERAL' });
  });

  it('[R3.7] covers a borrow before it takes SOL', () => {
    // 80 % of 2 SOL − 150 = 10.
    expect(refusal(sol('1'), { cash: '-150', spot: '3' }, MINIMUM_ONLY)).toBeUndefined();
    expect(refusal(sol('1.000000001'), { cash: '-150', spot: '3' }, MINIMUM_ONLY)).toMatchObject({
      code: 'MINIMUM_COLLATERAL',
    });
  });

  it('[R3.7] leaves as much as the setting says', () => {
    const settings = { ...MINIMUM_ONLY, minimumCollateralUsd: '250.5' };

    expect(refusal(usdc('649.5'), { cash: '1000', ...SHORT }, settings)).toBeUndefined();
    expect(refusal(usdc('649.500001'), { cash: '1000', ...SHORT }, settings)).toMatchObject({
      message: expect.stringContaining('At least 250.5 USD beyond the initial margin must stay.') as string,
      details: { freeAfter: '250.499999', minimum: '250.5' },
    });
  });

  it('[R3.8] leaves health at 80 %, and nothing under it', () => {
    // $50 of requirement are 20 % of $250.
    expect(refusal(usdc('750'), { cash: '1000', ...SHORT })).toBeUndefined();
    expect(refusal(usdc('750.000001'), { cash: '1000', ...SHORT })).toMatchObject({
      code: 'HEALTH_TOO_LOW',
      message: expect.stringContaining('Health would fall to 80.0 %.') as string,
      details: { healthAfterPct: 80, limitPct: 80, equityAfter: '249.999999' },
    });
    expect(refusal(usdc('800'), { cash: '1000', ...SHORT })).toMatchObject({
      details: { healthAfterPct: 75, equityAfter: '200' },
    });
  });

  it('[R3.8] counts SOL at 90 %', () => {
    // 250 / 90.
    expect(refusal(sol('2.222222222'), { spot: '5', ...SHORT })).toBeUndefined();
    expect(refusal(sol('2.222222223'), { spot: '5', ...SHORT })).toMatchObject({ code: 'HEALTH_TOO_LOW' });
  });

  it('[R3.8] follows its setting', () => {
    expect(refusal(usdc('500'), { cash: '1000', ...SHORT }, { withdrawalHealthPct: '90' })).toBeUndefined();
    expect(
      refusal(usdc('500.000001'), { cash: '1000', ...SHORT }, { withdrawalHealthPct: '90' }),
    ).toMatchObject({
      code: 'HEALTH_TOO_LOW',
      details: { limitPct: 90 },
    });
  });

  it('rounds the health that it names to two decimals', () => {
    // 1 − 50 / 123.456.
    expect(refusal(usdc('876.544'), { cash: '1000', ...SHORT })).toMatchObject({
      message: expect.stringContaining('Health would fall to 59.5 %.') as string,
      details: { healthAfterPct: 59.5 },
    });
    expect(refusal(usdc('866'), { cash: '1000', ...SHORT })).toMatchObject({
      details: { healthAfterPct: 62.69 },
    });
  });

  it('[R3.7] leaves what a closed position has lost and not yet settled', () => {
    const account = { cash: '150', perps: [{ size: '0', quote: '-100' }] };

    expect(refusal(usdc('150'), account)).toMatchObject({ code: 'MINIMUM_COLLATERAL' });
    expect(refusal(usdc('50.000001'), account)).toMatchObject({ code: 'MINIMUM_COLLATERAL' });
  });

  it('[R3.7] takes all where what is listed is flat', () => {
    expect(refusal(usdc('100'), { cash: '100', perps: [{ size: '0' }] })).toBeUndefined();
  });
});
