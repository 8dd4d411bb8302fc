import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from './support/axe.ts';
import type { Host } from './support/host.ts';
import { goTo, notices, paperBadge } from './support/screen.ts';
import { candlesCsv, fundingCsv, type ChosenFile } from './support/recording.ts';
import { begin, CAPITAL, expect, test } from './support/test.ts';

/** A new vault, with a market that has traded a while and then stands still. */
async function stillMarket(host: Host): Promise<void> {
  await begin(host);
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await host.ask('SET_CLOCK', { speed: 3_600 });
  await expect
    .poll(async () => (await host.ask('GET_MARKET_STATS', { market: 'SOL-PERP' })).trades)
    .toBeGreaterThan(20);
  await host.ask('SET_CLOCK', { speed: 'pause' });
}

/** A market that has SOL and SOL-PERP only. */
async function recordedMarket(host: Host) {
  const hours = 2;
  const take = async (kind: 'candles' | 'funding', { buffer }: ChosenFile): Promise<string> => {
    const text = buffer.toString('utf8');
    const { file } = await host.ask('IMPORT_MARKET_FILE', {
      upload: randomUUID(),
      kind,
      offset: 0,
      text,
      last: true,
    });
    return file?.sha256 ?? '';
  };
  return {
    kind: 'recorded',
    candles: await take('candles', candlesCsv(hours)),
    funding: await take('funding', fundingCsv(hours)),
  } as const;
}

test.beforeEach(async ({ host, app }) => {
  await stillMarket(host);
  await goTo(app, 'Trade');
  await expect(bids(app).getByRole('button').first()).toBeVisible();
});

const ticket = (page: Page): Locator => page.getByRole('region', { name: 'Order', exact: true });
const bids = (page: Page): Locator => page.getByRole('list', { name: 'Bids, to sell to' });
const openOrders = (page: Page): Locator => page.getByRole('region', { name: 'Open orders', exact: true });
const submit = (page: Page, words: RegExp): Locator => ticket(page).getByRole('button', { name: words });
const size = (page: Page): Locator => ticket(page).getByLabel('Size', { exact: true });

/** Of the book, so far away that it rests. */
async function deepBid(host: Host): Promise<string> {
  const { oracle } = await host.ask('GET_ORDERBOOK', { market: 'SOL-PERP', depth: 1 });
  return (Number(oracle) * 0.9).toFixed(1);
}

async function placeDeepBid(app: Page, host: Host): Promise<string> {
  const price = await deepBid(host);
  await ticket(app).getByLabel('Type', { exact: true }).selectOption('limit');
  await size(app).fill('1.5');
  await ticket(app).getByLabel('Limit price').fill(price);
  await submit(app, /^Buy 1\.5 SOL-PERP at \$/).click();
  await expect(notices(app)).toContainText('rests in the book');
  return price;
}

test('a market order is previewed, placed once, and stands in positions, fills and history', async ({
  app,
  host,
}) => {
  await expect(paperBadge(app).first()).toBeVisible();
  await size(app).fill('1.5');
  const preview = app.getByRole('region', { name: 'After the trade' });
  await expect(preview).toContainText(/Takes now\s*1\.5/);
  await expect(preview.getByRole('row', { name: /Leverage/ })).toContainText('0.00×');
  await submit(app, /^Buy 1\.5 SOL-PERP at market$/).click();
  await expect(notices(app)).toContainText(/Bought 1\.5 SOL-PERP at \$/);
  // A second click has nothing to place.
  await expect(size(app)).toHaveValue('');
  await expect(submit(app, /^Buy$/)).toBeDisabled();
  const { orders } = await host.ask('GET_ORDER_HISTORY', { limit: 10 });
  expect(orders).toHaveLength(1);

  await app.getByRole('tab', { name: 'Positions (1)' }).click();
  await expect(app.getByRole('region', { name: 'Positions, traded by hand' })).toContainText('Long');
  await app.getByRole('tab', { name: 'Fills' }).click();
  await expect(app.getByRole('region', { name: 'Fills', exact: true })).toContainText('Taker');
  await app.getByRole('tab', { name: 'Order history' }).click();
  await expect(app.getByRole('region', { name: 'Order history' })).toContainText('Filled');
  await app.getByRole('tab', { name: 'Statistics' }).click();
  await expect(app.getByText('Fill ratio')).toBeVisible();
});

test('a position is closed after it was asked once more', async ({ app, host }) => {
  await host.ask('DRIFT_OPEN_POSITION', { market: 'SOL-PERP', direction: 'long', size: '2' });
  await app.getByRole('tab', { name: 'Positions (1)' }).click();
  await app.getByRole('button', { name: 'Close SOL-PERP' }).click();
  expect((await host.ask('GET_TRADING_ACCOUNT', {})).positions).toHaveLength(1);
  await app.getByRole('button', { name: 'Sell 2 at market' }).click();
  await expect(notices(app)).toContainText('SOL-PERP is closed');
  await expect(app.getByRole('tab', { name: 'Positions', exact: true })).toBeVisible();
  // What it lost is not in the collateral yet.
  const row = app.getByRole('row').filter({ hasText: 'Flat' });
  await row.getByRole('button', { name: 'Settle PnL of SOL-PERP' }).click();
  await expect(notices(app)).toContainText(/of SOL-PERP PnL is settled/);
});

test('an order that rests is changed where it stands, and cancelled', async ({ app, host }) => {
  const price = await placeDeepBid(app, host);
  const row = openOrders(app).getByRole('row').filter({ hasText: 'SOL-PERP' });
  await expect(row).toContainText('In the book');
  await openOrders(app)
    .getByRole('button', { name: /^Change: buy 1\.5/ })
    .click();
  const form = app.getByRole('form', { name: /^Change the buy order/ });
  const lower = (Number(price) - 1).toFixed(1);
  await form.getByLabel('Limit price').fill(lower);
  await form.getByRole('button', { name: 'Change it' }).click();
  await expect(form).toBeHidden();
  await expect(row).toContainText(lower);
  await openOrders(app)
    .getByRole('button', { name: /^Cancel: buy 1\.5/ })
    .click();
  await expect(app.getByText('No open orders')).toBeVisible();
  expect((await host.ask('GET_OPEN_ORDERS', {})).orders).toEqual([]);
});

test('all orders are cancelled at once', async ({ app, host }) => {
  await placeDeepBid(app, host);
  await placeDeepBid(app, host);
  await app.getByRole('button', { name: 'Cancel all', exact: true }).click();
  await expect(notices(app)).toContainText('2 orders are cancelled');
  await expect(app.getByText('No open orders')).toBeVisible();
});

test('an entry with a bracket leaves both exits behind it', async ({ app, host }) => {
  const { oracle } = await host.ask('GET_ORDERBOOK', { market: 'SOL-PERP', depth: 1 });
  await size(app).fill('1');
  await ticket(app).getByText('Bracket: exits that go with it').click();
  await ticket(app)
    .getByLabel('Take-profit at')
    .fill((Number(oracle) * 1.1).toFixed(1));
  await ticket(app)
    .getByLabel('Stop-loss at')
    .fill((Number(oracle) * 0.9).toFixed(1));
  await submit(app, /^Buy 1 SOL-PERP at market, with both exits$/).click();
  await expect(app.getByRole('tab', { name: 'Open orders (2)' })).toBeVisible();
  await expect(openOrders(app)).toContainText('take-profit');
  await expect(openOrders(app)).toContainText('stop-loss');
});

test('what is refused is said beside its field, with the nearest value as one click', async ({ app }) => {
  await size(app).fill('1.50001');
  await expect(size(app)).toHaveAttribute('aria-invalid', 'true');
  await ticket(app)
    .getByRole('button', { name: /^Use 1\.5/ })
    .click();
  await expect(size(app)).not.toHaveAttribute('aria-invalid', 'true');
  await size(app).fill('100000');
  await expect(app.getByText('It would be refused')).toBeVisible();
});

test('a price of the book goes into the ticket, and B and S choose the side', async ({ app }) => {
  await bids(app).getByRole('button').first().click();
  await expect(ticket(app).getByLabel('Limit price')).toHaveValue(/^\d+(\.\d+)?$/);
  await app.getByRole('tab', { name: /^Open orders/ }).focus();
  await app.keyboard.press('s');
  await expect(ticket(app).getByRole('radio', { name: 'Sell' })).toBeChecked();
  await app.keyboard.press('b');
  await expect(ticket(app).getByRole('radio', { name: 'Buy' })).toBeChecked();
  await size(app).focus();
  await app.keyboard.type('s');
  await expect(ticket(app).getByRole('radio', { name: 'Buy' })).toBeChecked();
});

test('the market lives on the screen: book, trades and candles', async ({ app, host }) => {
  await expect(app.getByRole('figure').locator('canvas').first()).toBeVisible();
  const before = await app.getByRole('list', { name: /^Latest trades/ }).textContent();
  await host.ask('SET_CLOCK', { speed: 3_600 });
  await expect.poll(() => app.getByRole('list', { name: /^Latest trades/ }).textContent()).not.toBe(before);
  await host.ask('SET_CLOCK', { speed: 'pause' });
});

test('an order that cannot fill yet is placed with a word on why', async ({ app, host }) => {
  await expect(ticket(app)).toContainText('The market stands still: it is paused.');
  await host.ask('STOP_ENGINE', { engine: 'funding' });
  await expect(ticket(app)).toContainText('The market stands still: the engine is stopped.');
});

test('a trade by hand that was blocked elsewhere is said, and one that was blocked here is said once', async ({
  app,
  host,
}) => {
  const tooMuch = { market: 'SOL-PERP', side: 'buy', type: 'market', size: '100000' } as const;
  await size(app).fill(tooMuch.size);
  await submit(app, /^Buy 100,000 SOL-PERP at market$/).click();
  await expect(ticket(app).getByRole('alert')).toContainText('LEVERAGE_EXCEEDED');
  await expect(host.ask('PLACE_ORDER', { ...tooMuch, side: 'sell' })).rejects.toThrow(/Leverage/);
  await expect(notices(app).getByText('Blocked, by hand:')).toHaveCount(1);
});

test('a market that is gone with its vault is left for one that is there', async ({ app, host }) => {
  const shown = app.getByRole('region', { name: 'Market', exact: true }).getByRole('combobox');
  await shown.selectOption('BTC-PERP');
  await expect(app.getByText('size in BTC')).toBeVisible();
  await size(app).fill('1');
  await host.ask('VAULT_RESET', {
    engine: 'funding',
    capital: CAPITAL,
    market: await recordedMarket(host),
  });
  await expect(shown).toHaveValue('SOL-PERP');
  await expect(app.getByText('size in SOL')).toBeVisible();
  await expect(size(app)).toHaveValue('');
  await expect(app.getByText('could not be read')).toHaveCount(0);
});

test('what is lost with the connection comes back with it', async ({ app, host }) => {
  await host.stop();
  await expect(app.getByText('Connection lost', { exact: true })).toBeVisible();
  await expect(submit(app, /^Buy$/)).toBeDisabled();
  await host.start();
  await expect(app.getByText('Connection lost', { exact: true })).toBeHidden();
  await host.ask('DRIFT_OPEN_POSITION', { market: 'SOL-PERP', direction: 'short', size: '1' });
  await expect(app.getByRole('tab', { name: 'Positions (1)' })).toBeVisible();
});

test('the rows that are shown are saved as a CSV file', async ({ app, host }) => {
  const price = await placeDeepBid(app, host);
  const [download] = await Promise.all([
    app.waitForEvent('download'),
    app.getByRole('button', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('open-orders.csv');
  const [names = '', row = ''] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(names).toMatch(/^Placed,Market,Side/);
  expect(row.split(',')).toContain(String(Number(price)));
});

for (const scheme of ['dark', 'light'] as const)
  for (const { width, height } of [
    { width: 1280, height: 800 },
    { width: 1024, height: 700 },
  ])
    test(`in the ${scheme} theme at ${width} × ${height}, axe finds nothing and nothing overflows`, async ({
      app,
      host,
    }) => {
      await host.ask('DRIFT_OPEN_POSITION', { market: 'SOL-PERP', direction: 'long', size: '2' });
      await host.ask('PLACE_ORDER', {
        market: 'SOL-PERP',
        side: 'buy',
        type: 'limit',
        size: '1',
        price: await deepBid(host),
      });
      await app.setViewportSize({ width, height });
      await app.goto(host.address(`?screen=trade&scheme=${scheme}&still`));
      await expect(app.getByRole('figure').locator('canvas').first()).toBeVisible();
      await expect(openOrders(app)).toBeVisible();
      await size(app).fill('100000');
      await expect(app.getByText('It would be refused')).toBeVisible();
      await ticket(app).getByText('Conditions and more').click();
      await ticket(app)
        .getByRole('button', { name: /^Send it only once/ })
        .click();
      await openOrders(app)
        .getByRole('button', { name: /^Change:/ })
        .click();
      await expectAccessible(app);
      const beyond = await app.evaluate(() => {
        const main = document.querySelector('main');
        return main === null ? Number.NaN : main.scrollWidth - main.clientWidth;
      });
      expect(beyond).toBe(0);
      for (const tab of ['Positions', 'Fills', 'Order history', 'Statistics']) {
        await app.getByRole('tab', { name: tab }).click();
        await expect(app.getByRole('tabpanel')).toBeVisible();
        await expectAccessible(app);
      }
    });
