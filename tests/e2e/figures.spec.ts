import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import type { RunReport } from '../../src/shared/contract/runReport.ts';
import { Host } from './support/host.ts';
import { program } from './support/program.ts';
import { engineState, figure, marketTime, setSpeed, speeds } from './support/screen.ts';
import { expect, SEED, test as base } from './support/test.ts';

const DAYS = 2;

/** A host on the folder of a run that `paper` has made, from a moment that is the same every day. */
const test = base.extend<{ host: Host }>({
  // eslint-disable-next-line no-empty-pattern
  host: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'phantom-e2e-'));
    await report(dataDir);
    const host = new Host(dataDir);
    await host.start();
    await use(host);
    await host.remove();
  },
});

/** What `paper` says of the run in a folder; it makes the run where there is none. */
async function report(dataDir: string): Promise<RunReport> {
  const args = ['paper', '--days', String(DAYS), '--seed', String(SEED), '--data-dir', dataDir, '--json'];
  return JSON.parse(await program(args)) as RunReport;
}

const cents = (exact: string): string =>
  Math.abs(Number(exact)).toLocaleString('en-US', { style: 'currency', currency: 'USD' });

/** A number as it is meant, of whatever the screen writes around it: "▲ +$3.65 made" is 3.65. */
const amountIn = (text: string): number => Number(text.replace('−', '-').replaceAll(/[^\d.-]/g, ''));

async function partOnScreen(page: Page, name: string): Promise<number> {
  const row = page
    .getByRole('region', { name: 'Profit and loss' })
    .getByRole('row', { name: new RegExp(`^${name}`) });
  return amountIn(await row.locator('data').innerText());
}

/** A status line of the terminal, by its parts. */
function terminalLine(said: string): { readonly at: number; readonly equity: string; readonly pnl: number } {
  const found = /^PAPER (\S+ \S+) UTC .*\| equity (\$\S+) \| PnL (\S+)$/m.exec(said);
  const [, at = '', equity = '', pnl = ''] = found ?? [];
  return { at: Date.parse(`${at.replace(' ', 'T')}Z`), equity, pnl: amountIn(pnl) };
}

// Whatever the page was fetching when its host went fails, and the browser says so.
test.afterEach(({ problems }) => {
  problems.forget(/Failed to load resource/);
});

test('the same engine run gives the same figures in the terminal, over the socket, in a report and on the screen', async ({
  app,
  host,
}) => {
  await expect(engineState(app)).toHaveText('Engine: Stopped');
  const first = await report(host.dataDir).catch(() => undefined);
  expect(first, 'a folder that is in use is not read').toBeUndefined();

  await speeds(app).getByText('3,600×', { exact: true }).click();
  await app.getByRole('button', { name: 'Start the engine' }).click();
  const before = await marketTime(app).textContent();
  await expect(marketTime(app)).not.toHaveText(before ?? '');
  await setSpeed(app, 'Pause');
  await app.getByRole('button', { name: 'Stop the engine' }).click();
  await expect(engineState(app)).toHaveText('Engine: Stopped');

  const { engines } = await host.ask('GET_STATUS', {});
  const funding = engines[0]?.funding;
  if (funding === null || funding === undefined) throw new Error('There are no figures');
  await expect(marketTime(app)).toHaveAttribute('datetime', new Date(funding.timestamp).toISOString());
  await expect(figure(app, 'Equity')).toHaveText(cents(funding.equity));
  await expect(figure(app, 'Total collateral')).toHaveText(cents(funding.totalCollateral));
  await expect(figure(app, 'Leverage')).toHaveText(`${(funding.leverage ?? 0).toFixed(2)}×`);
  await expect(app.getByRole('meter', { name: 'Account health' })).toHaveAttribute(
    'aria-valuenow',
    String(funding.health),
  );
  const onScreen = {
    funding: await partOnScreen(app, 'Funding'),
    price: await partOnScreen(app, 'Price'),
    fees: await partOnScreen(app, 'Fees'),
    slippage: await partOnScreen(app, 'Slippage'),
    interest: await partOnScreen(app, 'Interest'),
    total: await partOnScreen(app, 'Total'),
  };
  for (const [part, shown] of Object.entries(onScreen))
    expect(shown, part).toBeCloseTo(Number(funding.pnl[part as keyof typeof onScreen]), 2);

  await host.stop();
  const reported = await report(host.dataDir);
  expect(reported.to).toBe(funding.timestamp);
  // The socket has micro-dollars, the report every digit.
  for (const [part, exact] of Object.entries(reported.pnl))
    expect(Number(funding.pnl[part as keyof typeof onScreen]), part).toBeCloseTo(Number(exact), 5);

  const terminal = terminalLine(
    await program(['terminal', '--speed', '1', '--data-dir', host.dataDir], /\| PnL \S+\n/),
  );
  const later = await report(host.dataDir);
  // Its line is of the moment at which it began, or of the minute after.
  const same = [reported, later].find(({ to }) => to === terminal.at);
  expect(terminal.pnl).toBeCloseTo(Number(same?.pnl.total), 2);
  if (same === reported) expect(terminal.equity).toBe(cents(funding.equity));
});
