import { expect, it } from 'vitest';

import { CallCounts } from '../../../../../src/main/venues/solana/rpc/callCounts.ts';

it('counts calls by method since the beginning, and those of the last hour', () => {
  let now = 0;
  const counts = new CallCounts(() => now);
  counts.count('getSlot', false);
  counts.count('getSlot', true);
  now = 30 * 60_000;
  counts.count('sendTransaction', false);
  counts.countShared();
  expect(counts.view()).toEqual({
    calls: 3,
    errors: 1,
    callsLastHour: 3,
    errorsLastHour: 1,
    shared: 1,
    byMethod: { getSlot: { calls: 2, errors: 1 }, sendTransaction: { calls: 1, errors: 0 } },
  });
  now = 60 * 60_000;
  expect(counts.view()).toMatchObject({ calls: 3, callsLastHour: 1, errorsLastHour: 0 });
  counts.count('getSlot', true);
  now = 119 * 60_000;
  expect(counts.view()).toMatchObject({ calls: 4, callsLastHour: 1, errorsLastHour: 1 });
  now = 120 * 60_000;
  expect(counts.view()).toMatchObject({ calls: 4, callsLastHour: 0, errorsLastHour: 0 });
});
