import { describe, expect, it } from 'vitest';

import type { OpenRun } from '../../../../src/main/simulation/openRun.ts';
import {
  amountOf,
  decimal,
  linesOf,
  recompute,
  standings,
  textOf,
  times,
  written,
} from '../../../support/recompute.ts';
import type { Line, Standing } from '../../../support/recompute.ts';
import { formatBase, formatUsd } from '../../../../src/shared/money/decimal.ts';
import {
  FUNDED,
  START,
  bestBid,
  handLog,
  handOf,
  handRun,
  place,
  priceAt,
  runTo,
  scratchFolder,
} from './handRun.ts';

const HOUR_MS = 3_600_000;
const AT = START + FUNDED * 60_000;

const fundingIn = (open: OpenRun): readonly Line[] =>
  linesOf(handLog(open)).filter(({ type }) => type === 'FUNDING');

const of = ({ data }: Line, key: string): bigint => amountOf(data, key);

/** Adds up the postings of the ledger by account and asset. */
function sumsOf(open: OpenRun): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { postings } of handOf(open).storage.ledgerPage(undefined, 10_000)) {
    const byAsset = new Map<string, bigint>();
    for (const { account, asset, amount } of postings) {
      sums.set(`${account} ${asset}`, (sums.get(`${account} ${asset}`) ?? 0n) + amount);
      byAsset.set(asset, (byAsset.get(asset) ?? 0n) + amount);
    }
    for (const [asset, sum] of byAsset) expect(sum, `of ${asset}`).toBe(0n);
  }
  return sums;
}

/** Something of everything that a vault can go through in a quarter of an hour. */
async function busyQuarter(dataDir?: string): Promise<OpenRun> {
  const open = handRun(dataDir === undefined ? {} : { dataDir });
  const { desk, lane } = handOf(open);
  await runTo(open, 2);
  await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
  await place(open, { market: 'SOL', side: 'buy', size: '2', type: 'market' });
  await place(open, { market: 'BTC-PERP', side: 'sell', size: '0.02', type: 'market' });
  const limit = { side: 'buy', type: 'limit' } as const;
  const price = bestBid(open, 'ETH-PERP');
  await place(open, { ...limit, market: 'ETH-PERP', size: '0.2', price });
  const resting = await place(open, {
    ...limit,
    market: 'SOL-PERP',
    size: '1',
    price: priceAt(open, 'SOL-PERP', 99),
  });
  await runTo(open, 5);
  await desk.modify(resting.id, { size: '2' });
  await desk.cancel(resting.id);
  const tooMuch = { market: 'SOL-PERP', side: 'buy', size: '100000', type: 'market' } as const;
  await expect(desk.place(tooMuch)).rejects.toThrow(/./);
  await runTo(open, FUNDED + 3);
  await place(open, { market: 'SOL-PERP', side: 'sell', size: '5', type: 'market', reduceOnly: true });
  await lane.venue.settlePnl('SOL-PERP');
  lane.sync();
  open.run.commit();
  return open;
}

describe('funding of a position that was opened by hand', () => {
  it('[R1.1] is rate × size × oracle of the hour, paid once, and long pays what short earns', async () => {
    const open = handRun();
    await runTo(open, 2);
    await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
    await place(open, { market: 'BTC-PERP', side: 'sell', size: '0.02', type: 'market' });
    await runTo(open, FUNDED + 3);
    const paid = fundingIn(open);
    expect(paid.map(({ t, data }) => `${t} ${textOf(data, 'market')}`).toSorted()).toEqual([
      `${AT} BTC-PERP`,
      `${AT} SOL-PERP`,
    ]);
    for (const line of paid) {
      const exact = -times(times(of(line, 'size'), of(line, 'rate')), of(line, 'price'));
      const off = of(line, 'amount') - exact;
      expect(off > -decimal('0.000001') && off < decimal('0.000001'), `of ${written(exact)}`).toBe(true);
    }
    const signs = paid.map((line) => of(line, 'amount') > 0n);
    expect(new Set(signs).size).toBe(2);
    const [engine] = open.storage.latestFunding('SOL-PERP', AT, AT, 1);
    const [hand] = handOf(open).storage.latestFunding('SOL-PERP', AT, AT, 1);
    expect(hand).toEqual(engine);
  });

  it('is paid once however often the program is started meanwhile', async () => {
    const dataDir = scratchFolder();
    let open = handRun({ dataDir });
    await runTo(open, 2);
    await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
    for (let step = FUNDED - 1; step <= FUNDED + 3; step += 1) {
      await runTo(open, step);
      open.close();
      open = handRun({ dataDir });
    }
    expect(fundingIn(open)).toHaveLength(1);
    expect(handOf(open).storage.latestFunding('SOL-PERP', 0, AT + HOUR_MS, 10)).toHaveLength(1);
    expect(handOf(open).lane.fundingHourly('SOL-PERP')).toBeDefined();
  });
});

describe('the vault of what is traded by hand', () => {
  it('[R7.2] has a log from which its figures follow, and nothing in it contradicts them', async () => {
    const open = await busyQuarter();
    const { lane } = handOf(open);
    const log = handLog(open);
    const found = recompute(log);
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({ trades: expect.any(Number) as number, fundingPayments: 3 });
    expect(found.trades).toBeGreaterThan(4);
    const last = [...standings(linesOf(log))].at(-1) as Standing;
    const { account, wallet } = lane.venue.snapshot();
    expect(written(last.cash)).toBe(formatUsd(account.cash));
    expect(written((last.spot.get('SOL') ?? 0n) - last.wallet)).toBe(formatBase(account.spot));
    expect(written(last.wallet)).toBe(formatBase(wallet));
    for (const { market, size } of account.perps)
      expect(written(last.perp.get(market) ?? 0n), `of ${market}`).toBe(formatBase(size));
  });

  it('has a ledger that balances, asset by asset, and whose balances are what the venue holds', async () => {
    const open = await busyQuarter();
    const { lane, storage } = handOf(open);
    const sums = sumsOf(open);
    for (const { account, asset, amount } of storage.balances())
      expect(sums.get(`${account} ${asset}`), `${account} ${asset}`).toBe(amount);
    const { account, wallet } = lane.venue.snapshot();
    expect(sums.get('cash USDC')).toBe(account.cash);
    expect(sums.get('spot SOL')).toBe(account.spot);
    expect(sums.get('wallet SOL')).toBe(wallet);
    for (const { market, size } of account.perps)
      expect([...sums].find(([key]) => key.startsWith(`perp:${market} `))?.[1], `of ${market}`).toBe(size);
  });

  it('is numbered without a gap, and goes on so after a restart', async () => {
    const dataDir = scratchFolder();
    const open = await busyQuarter(dataDir);
    open.close();
    const again = handRun({ dataDir });
    await runTo(again, FUNDED + 5);
    await place(again, { market: 'SOL-PERP', side: 'buy', size: '1', type: 'market' });
    expect(recompute(handLog(again)).problems).toEqual([]);
    expect(linesOf(handLog(again)).map(({ seq }) => seq)).toEqual(
      linesOf(handLog(again)).map((_, at) => at + 1),
    );
  });
});
