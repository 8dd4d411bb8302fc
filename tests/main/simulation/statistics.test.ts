import { describe, expect, it } from 'vitest';

import type { LogData } from '../../../src/main/engine/eventLog.ts';
import { EventCounts } from '../../../src/main/simulation/statistics.ts';

const NONE = {
  entries: 0,
  exits: 0,
  trades: 0,
  rebalancesUp: 0,
  rebalancesDown: 0,
  skippedCooldown: 0,
  skippedMinimum: 0,
  fundingPayments: 0,
  settlements: 0,
  liquidations: 0,
  blocked: {},
};

function heard(...entries: readonly (readonly [type: string, data?: LogData])[]): EventCounts {
  const counts = new EventCounts();
  for (const [type, data = {}] of entries) counts.hear({ seq: 1, t: 1, type, data });
  return counts;
}

describe('what a run did', () => {
  it('is nothing at first', () => {
    expect(heard().counts).toEqual(NONE);
  });

  it.each([
    ['FILL', {}, { trades: 1 }],
    ['FUNDING', {}, { fundingPayments: 1 }],
    ['SETTLEMENT', {}, { settlements: 1 }],
    ['COST', { kind: 'liquidation' }, { liquidations: 1 }],
    ['COST', { kind: 'gas' }, {}],
    ['BLOCKED', { code: 'UNPROFITABLE' }, { blocked: { UNPROFITABLE: 1 } }],
    ['DECISION', { action: 'enter' }, { entries: 1 }],
    ['DECISION', { action: 'exit' }, { exits: 1 }],
    ['DECISION', { action: 'rebalanced', direction: 'up' }, { rebalancesUp: 1 }],
    ['DECISION', { action: 'rebalanced', direction: 'down' }, { rebalancesDown: 1 }],
    ['DECISION', { action: 'rebalance', direction: 'up' }, {}],
    ['DECISION', { action: 'skip', reason: 'cooldown' }, { skippedCooldown: 1 }],
    ['DECISION', { action: 'skip', reason: 'minimum' }, { skippedMinimum: 1 }],
    ['DECISION', { action: 'trade' }, {}],
    ['ALERT', { code: 'HALTED' }, {}],
    ['VALUATION', { equity: '1' }, {}],
  ] as const)('is counted from its event log: %s %o', (type, data, counted) => {
    expect(heard([type, data]).counts).toEqual({ ...NONE, ...counted });
  });

  it('is a sum, blocked trades by their reason', () => {
    const counts = heard(
      ['BLOCKED', { code: 'UNPROFITABLE' }],
      ['FILL'],
      ['BLOCKED', { code: 'STALE_PRICE' }],
      ['FILL'],
      ['BLOCKED', { code: 'UNPROFITABLE' }],
    );

    expect(counts.counts).toEqual({ ...NONE, trades: 2, blocked: { UNPROFITABLE: 2, STALE_PRICE: 1 } });
  });

  it('is counted on after a restart', () => {
    const first = heard(['FILL'], ['BLOCKED', { code: 'STALE_PRICE' }]);
    const second = heard();
    second.restore(JSON.parse(JSON.stringify(first.save())));
    second.hear({ seq: 2, t: 2, type: 'FILL', data: {} });

    expect(second.counts).toEqual({ ...NONE, trades: 2, blocked: { STALE_PRICE: 1 } });
    expect(first.counts.trades).toBe(1);
  });
});
