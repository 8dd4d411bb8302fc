import { describe, expect, it } from 'vitest';

import { parseRate, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { usd } from '../../../../src/shared/money/quantity.ts';
import { DAY_MS } from '../../../../src/main/domain/funding.ts';
import { FeeTiers } from '../../../../src/main/venues/paper/feeTiers.ts';
import { STEADY_START } from '../../../support/steadyFeed.ts';
import { PaperBench } from './paperBench.ts';

const LISTED = parseRate('0.001');
const CENT = 10_000n;

function feeAt(volume: string, less = 0n): string {
  const tiers = new FeeTiers();
  tiers.add(STEADY_START, usd(parseUsd(volume) - less));
  return String(tiers.takerFee(STEADY_START, LISTED));
}

describe('fee tiers of the paper venue', () => {
  // Drift's table: 10 bp < $2M, 9 < $10M, 8 < $20M, 7 < $80M, 6 < $200M, 5 above.
  it.each([
    ['2000000', '0.001', '0.0009'],
    ['10000000', '0.0009', '0.0008'],
    ['20000000', '0.0008', '0.0007'],
    ['80000000', '0.0007', '0.0006'],
    ['200000000', '0.0006', '0.0005'],
  ])('change at $%s of 30 days from %s to %s, and not a cent before', (volume, before, from) => {
    expect(feeAt(volume, CENT)).toBe(String(parseRate(before)));
    expect(feeAt(volume)).toBe(String(parseRate(from)));
  });

  it('count today and the 29 days before it', () => {
    const tiers = new FeeTiers();
    tiers.add(STEADY_START, parseUsd('1500000'));
    tiers.add(STEADY_START + 5, parseUsd('500000'));
    expect(tiers.volume(STEADY_START + 30 * DAY_MS - 1)).toBe(parseUsd('2000000'));
    expect(tiers.volume(STEADY_START + 30 * DAY_MS)).toBe(0n);
    expect(tiers.takerFee(STEADY_START + 30 * DAY_MS, LISTED)).toBe(LISTED);
  });

  it('take off what the table takes off, never more than there is', () => {
    const tiers = new FeeTiers();
    tiers.add(STEADY_START, parseUsd('300000000'));
    expect(tiers.takerFee(STEADY_START, parseRate('0.0003'))).toBe(0n);
    expect(tiers.takerFee(STEADY_START, parseRate('0'))).toBe(0n);
    expect(tiers.takerFee(STEADY_START, parseRate('0.002'))).toBe(parseRate('0.0015'));
  });

  it('are what a fill is charged, whoever has restarted in between; the maker’s rebate is the same for all', async () => {
    const made = new PaperBench({ cash: '10000000' });
    await made.buy('SOL-PERP', '20000');
    expect(made.venue.volume30d).toBe(parseUsd('2002000'));
    const saved = { feed: made.feed.save(), venue: made.venue.save() };
    const again = new PaperBench({ cash: '10000000' });
    again.restore(saved, made.now);

    for (const one of [made, again]) {
      // 0.09 % of 10 × 99.9.
      expect(await one.sell('SOL-PERP', '10', { id: 'x' })).toMatchObject({ fee: 899_100n });
      expect(one.venue.markets.get('SOL')?.takerFee).toBe(parseRate('0.0009'));
      await one.buy('SOL-PERP', '10', { id: 'y', limit: '99', gtc: true });
      one.solMovesTo('98');
      expect(await one.report('y')).toMatchObject({ fee: -198_000n });
    }
  });
});
