import { describe, expect, it } from 'vitest';

import { RISK_SETTINGS } from '../../../src/main/risk/riskSettings.ts';

describe('the limits that every trade is held against', () => {
  it.each([
    ['[R6.3]', 'profitGate', 'risk.profitGate', 'openings', 'openings or all', ''],
    ['[R6.2]', 'horizonDays', 'risk.horizonDays', '30', '1 to 365', 'days'],
    ['[R6.4]', 'positiveShare', 'risk.positiveFundingSharePct', '50', '0 to 100', '%'],
    ['[R4.4]', 'slippageTolerance', 'risk.slippageTolerancePct', '0.5', '0.1 to 5', '%'],
    ['[R6.5]', 'maxLatencyMs', 'risk.maxLatencyMs', '500', '10 to 10000', 'ms'],
    ['[R6.6]', 'gasReserve', 'risk.gasReserveSol', '0.017', '0 to 10', 'SOL'],
    ['[R6.7]', 'maxLeverage', 'risk.maxLeverage', '5', '0.1 to 10', 'x'],
    ['[R6.8]', 'minHealth', 'risk.minHealthPct', '60', '1 to 99', '%'],
    ['[R11.2]', 'guardHealth', 'risk.guardHealthPct', '50', '1 to 99', '%'],
    ['[R2.4]', 'warningHealth', 'risk.warningHealthPct', '50', '1 to 95', '%'],
    ['[R2.5]', 'criticalHealth', 'risk.criticalHealthPct', '20', '1 to 95', '%'],
    ['[R3.8]', 'withdrawalHealth', 'risk.withdrawalHealthPct', '80', '1 to 99', '%'],
    ['[R3.7]', 'minimumCollateral', 'risk.minimumCollateralUsd', '10', '0 to 1000000', 'USD'],
    ['[R11.4]', 'oracleMaxAgeMs', 'risk.oracleMaxAgeMs', '30000', '1000 to 600000', 'ms'],
    ['[R11.4]', 'oracleMaxGap', 'risk.oracleMaxGapPct', '2', '0.1 to 50', '%'],
    ['[R6.10]', 'confirmAbove', 'risk.confirmAboveUsd', '100', '0 to 1000000', 'USD'],
    ['[R6.1]', 'tip', 'risk.tipSol', '0', '0 to 1', 'SOL'],
  ] as const)('%s %s is the setting %s: %s (%s %s)', (_requirement, key, name, fallback, range, unit) => {
    expect(RISK_SETTINGS[key]).toMatchObject({ name, fallback, range, unit });
  });

  it('each say what they mean in a sentence', () => {
    for (const { meaning } of Object.values(RISK_SETTINGS)) expect(meaning).toMatch(/^[A-Z].{15,}[.]$/);
    expect(new Set(Object.values(RISK_SETTINGS).map(({ meaning }) => meaning)).size).toBe(17);
  });

  it.each(['horizonDays', 'maxLatencyMs', 'oracleMaxAgeMs'] as const)('%s is a whole number', (key) => {
    expect(() => RISK_SETTINGS[key].parse('1500.5')).toThrow(/whole number/);
  });
});
