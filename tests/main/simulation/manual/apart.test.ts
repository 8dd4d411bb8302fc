import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { RunRequest } from '../../../../src/main/simulation/openRun.ts';
import { RECORDED_FROM, candlesCsv, fundingCsv } from '../../../support/marketFiles.ts';
import { FUNDED, handOf, handRun, liveTo, logsOf, place, priceAt, runTo, scratchFolder } from './handRun.ts';

const DAY_MS = 86_400_000;

function recordedFiles(): NonNullable<RunRequest['files']> {
  const folder = scratchFolder();
  const files = { candles: path.join(folder, 'candles.csv'), funding: path.join(folder, 'funding.csv') };
  writeFileSync(files.candles, candlesCsv(2));
  // A day of it lies before the market begins, so that the engine enters at once.
  writeFileSync(files.funding, fundingCsv(26, RECORDED_FROM - DAY_MS));
  return files;
}

/** Minutes in which somebody trades now and then on all markets that there are. */
async function tradedBusily(request: Partial<RunRequest>, minutes: number) {
  const open = handRun(request);
  const perps = [...handOf(open).lane.venue.markets.values()].filter(({ kind }) => kind === 'perp');
  for (let step = 1; step <= minutes; step += 1) {
    await runTo(open, step);
    if (step % 5 !== 3) continue;
    await liveTo(open, open.run.now + step * 500);
    for (const { symbol, minimum } of perps) {
      const size = String((Number(minimum) / 1e9) * 20);
      const side = step % 2 === 1 ? 'sell' : 'buy';
      await place(open, { market: symbol, side, size, type: 'market' });
      await place(open, {
        market: symbol,
        side: 'buy',
        size,
        type: 'limit',
        price: priceAt(open, symbol, 99.95),
      });
    }
  }
  return open;
}

describe('the engine', () => {
  it.each([
    ['simulated', FUNDED + 10],
    ['recorded', 15],
  ])(
    'does the same, line by line, whoever trades by hand on its %s market, or nobody',
    async (kind, minutes) => {
      const market = kind === 'recorded' ? { files: recordedFiles(), startMs: undefined } : {};
      const beside = await tradedBusily(market, minutes);
      const untouched = handRun(market);
      await runTo(untouched, minutes);
      const alone = handRun({ ...market, manual: false });
      await runTo(alone, minutes);

      expect(logsOf(beside).hand.filter((line) => line.includes('"FILL"')).length).toBeGreaterThan(5);
      expect(logsOf(untouched).hand.filter((line) => line.includes('"FILL"'))).toEqual([]);
      const lines = [...alone.lines()];
      expect(lines.length).toBeGreaterThan(5);
      expect([...untouched.lines()]).toEqual(lines);
      expect([...beside.lines()]).toEqual(lines);
      expect(beside.report(0)).toEqual(alone.report(0));
      expect(beside.storage.balances()).toEqual(alone.storage.balances());
    },
  );
});

describe('the market', () => {
  it('is the same whether somebody watches it by seconds or nobody before the minute is over', async () => {
    const [watched, unwatched] = [handRun(), handRun()];
    for (let step = 1; step <= 10; step += 1) {
      await runTo(watched, step);
      for (const into of [1, 1_999, 2_000, 31_234, 59_999]) await liveTo(watched, watched.run.now + into);
    }
    await runTo(watched, 11);
    await runTo(unwatched, 11);
    for (const market of ['SOL', 'SOL-PERP', 'BTC-PERP', 'ETH-PERP']) {
      const [seen, unseen] = [handOf(watched).lane.data, handOf(unwatched).lane.data];
      expect(await seen.trades(market, 500), `of ${market}`).toEqual(await unseen.trades(market, 500));
      expect(await seen.book(market, 50), `of ${market}`).toEqual(await unseen.book(market, 50));
    }
  });
});
