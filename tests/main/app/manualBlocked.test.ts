import { expect, it } from 'vitest';

import { hedgedRig } from '../../support/programRig.ts';

it('[R6.9] tells everybody of a trade by hand that was blocked, at once or when its conditions held', async () => {
  const { rig, client } = await hedgedRig();
  const other = rig.connect();
  const blocked = () => other.events.flatMap((event) => (event.kind === 'byHand' ? [event.entry.data] : []));
  const { figures, timestamp } = await client.ask('GET_TRADING_ACCOUNT', {});
  const { mark } = await client.ask('GET_ORDERBOOK', { market: 'SOL-PERP', depth: 1 });
  const sized = (times: number): string => ((Number(figures.equity) * times) / Number(mark)).toFixed(3);
  const buy = { market: 'SOL-PERP', side: 'buy', type: 'market' } as const;

  await client.refusal('PLACE_ORDER', { ...buy, size: sized(6) });
  expect(blocked()).toMatchObject([{ code: 'LEVERAGE_EXCEEDED', market: 'SOL-PERP', side: 'buy' }]);

  const soon = { kind: 'time', at: timestamp + 60_000 } as const;
  const { order } = await client.ask('PLACE_ORDER', {
    ...buy,
    size: sized(3),
    conditions: { match: 'all', of: [soon] },
  });
  await client.ask('PLACE_ORDER', { ...buy, size: sized(3) });
  await client.nextFunding();
  const { order: after } = await client.ask('GET_ORDER', { orderId: order.orderId });
  expect(after).toMatchObject({ state: 'rejected', code: 'LEVERAGE_EXCEEDED', filled: '0' });
  expect(blocked()).toHaveLength(2);
  expect(blocked()[1]).toMatchObject({ code: 'LEVERAGE_EXCEEDED', purpose: 'manual', size: sized(3) });
  expect(rig.problems).toEqual([]);
});
