import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { lineOf } from '../../../../src/main/engine/eventLog.ts';
import {
  openPaperRun,
  type ManualSide,
  type OpenRun,
  type RunRequest,
} from '../../../../src/main/simulation/openRun.ts';
import { priceOf } from '../../../../src/main/venues/paper/exchange/exchange.ts';
import type { OrderTicket } from '../../../../src/shared/contract/orders.ts';
import { formatPrice } from '../../../../src/shared/money/decimal.ts';
import { price } from '../../../../src/shared/money/quantity.ts';
import type { TraderOrder } from '../../../../src/main/execution/orders/traderOrder.ts';

/** Ten minutes before funding is paid. */
export const START = Date.UTC(2026, 0, 5, 0, 50);
/** Minutes of a run until then. */
export const FUNDED = 10;

/** A folder of the running test, gone when it ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'by-hand-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A run with the account beside it that is traded by hand, closed when the running test ends. */
export function handRun(request: Partial<RunRequest> = {}): OpenRun {
  const open = openPaperRun(
    {
      seed: 7,
      steps: undefined,
      startMs: START,
      capital: '10000',
      overrides: {},
      files: undefined,
      scriptFile: undefined,
      dataDir: ':memory:',
      batch: 1,
      compare: false,
      manual: true,
      logLevel: 'error',
      stderrLevel: 'none',
      ...request,
    },
    { now: () => START, kill: () => undefined },
  );
  onTestFinished(() => {
    open.close();
  });
  return open;
}

/** What another process finds that starts on the folder of one that was killed just now. */
export function killedAndReopened(dataDir: string, request: Partial<RunRequest> = {}): OpenRun {
  const image = scratchFolder();
  cpSync(dataDir, image, { recursive: true, filter: (file) => !file.endsWith('.lock') });
  return handRun({ ...request, dataDir: image });
}

export function handOf({ manual }: OpenRun): ManualSide {
  if (manual === undefined) throw new Error('Nothing is traded by hand.');
  return manual;
}

/** On to the end of a minute of the run, counted from its start. */
export async function runTo({ run }: OpenRun, step: number): Promise<void> {
  while (run.step < step) await run.advance();
}

/** On to a moment of the minute that the run stands in, and kept there. */
export async function liveTo(open: OpenRun, t: number): Promise<void> {
  await handOf(open).lane.advanceTo(t);
  open.run.commit();
}

/** Places an order and keeps it, as the desk does. */
export async function place(open: OpenRun, ticket: OrderTicket): Promise<TraderOrder> {
  const { order } = await handOf(open).desk.place(ticket);
  open.run.commit();
  return order;
}

/** A share of the mark on the tick of the market. */
export function priceAt(open: OpenRun, market: string, percent: number): string {
  const { venue } = handOf(open).lane;
  const tick = venue.markets.get(market)?.tick ?? 1n;
  const at = (venue.quote(market).mark * BigInt(Math.round(percent * 100))) / 10_000n;
  return formatPrice(price(at - (at % tick)));
}

/** The best price on the buyers' side of a book. */
export function bestBid(open: OpenRun, market: string): string {
  const { venue } = handOf(open).lane;
  const [symbol, best] = [venue.markets.get(market), venue.books.get(market)?.best('buy')];
  if (symbol === undefined || best === undefined) throw new Error(`Nobody buys ${market}.`);
  return formatPrice(priceOf(best, symbol));
}

/** The lines of both event logs, without their ends. */
export const logsOf = (open: OpenRun): Readonly<Record<'engine' | 'hand', readonly string[]>> => ({
  engine: [...open.storage.eventLines()],
  hand: [...handOf(open).storage.eventLines()],
});

/** The log of what was traded by hand as a whole: with the line that would end it now. */
export function handLog(open: OpenRun): string {
  const { lane, storage } = handOf(open);
  const end = lineOf(lane.vault.closing(lane.now, lane.venue.snapshot().oracles));
  return [...storage.eventLines(), end].map((line) => `${line}\n`).join('');
}
