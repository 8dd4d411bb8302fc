import { setTimeout } from 'node:timers/promises';

import type { Locator, Page } from '@playwright/test';

import type { Host } from './support/host.ts';
import { engineState, figure, goTo, marketTime, notices, sosButton, tile } from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

async function running(host: Host): Promise<void> {
  await host.ask('RELEASE_SOS', {});
  await begin(host);
  await host.ask('SET_CLOCK', { speed: 60 });
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
}

const lost = (page: Page) => page.getByText('Connection lost', { exact: true });

async function mends(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByText('Connected')).toBeVisible();
  await expect(lost(page)).toBeHidden();
}

/** How often an amount was moved, as the ledger has it. */
async function movesOf(host: Host, amount: string): Promise<number> {
  const { transactions } = await host.ask('GET_LEDGER', { engine: 'funding', limit: 500 });
  return transactions.filter(
    ({ kind, postings }) => kind === 'TRANSFER' && postings.some((posting) => posting.amount === amount),
  ).length;
}

async function fillDeposit(page: Page, amount: string): Promise<Locator> {
  const vault = await goTo(page, 'Vault');
  await vault.getByLabel('Amount').fill(amount);
  return vault.getByRole('button', { name: /^Deposit( |$)/ });
}

test.beforeEach(({ host }) => running(host));

// Whatever the page was fetching when its host was killed fails, and the browser says so.
test.afterEach(({ problems }) => {
  problems.forget(/Failed to load resource/);
});

test('a killed host is said at once, its numbers are marked as old, and the page mends itself when it is back', async ({
  app,
  host,
}) => {
  await expect(figure(app, 'Equity')).toHaveText(/^\$/);
  await host.kill();
  await expect(lost(app)).toBeVisible({ timeout: 2_000 });
  await expect(app).toHaveTitle(/Connection lost/);
  await expect(tile(app, 'Equity')).toContainText('old');
  await expect(app.getByText(/^Old numbers of/)).toBeVisible();
  await expect(app.getByRole('button', { name: 'Stop the engine' })).toBeDisabled();

  await host.start();
  await mends(app);
  await expect(tile(app, 'Equity')).not.toContainText('old');
  await expect(engineState(app)).toHaveText('Engine: Running');
  await expect(marketTime(app)).not.toHaveText((await marketTime(app).textContent()) ?? '');
});

test('an SOS outlives a host that is killed', async ({ app, host }) => {
  await sosButton(app).click();
  await expect(engineState(app)).toHaveText('Engine: SOS');
  await host.kill();
  await host.start();
  await mends(app);
  await expect(engineState(app)).toHaveText('Engine: SOS');
  await app.reload();
  await expect(app.getByText('SOS: all trading is halted.')).toBeVisible();
});

test('a deposit that is clicked while the host dies is made once or not at all, and the page says which', async ({
  app,
  host,
}) => {
  // Before, within and after the command's own time: nobody knows which, and nobody has to.
  for (const [amount, diesAfterMs] of [
    ['111.11', null],
    ['222.22', 0],
    ['333.33', 4],
  ] as const) {
    const button = await fillDeposit(app, amount);
    const clicked = button.evaluate((element: HTMLElement) => {
      element.click();
    });
    if (diesAfterMs !== null) {
      await clicked;
      await setTimeout(diesAfterMs);
    }
    await host.kill();
    await clicked;
    await host.start();
    await mends(app);
    const made = notices(app).getByText(`${amount} USDC deposited.`);
    const unknown = app.getByText(/OUTCOME_UNKNOWN/);
    // The connection was gone before the click: the button was off, and the amount still stands there.
    const notAsked = app.locator('button:not([data-loading])').and(button).filter({ hasText: 'Deposit' });
    await expect(made.or(unknown).or(notAsked).first()).toBeVisible();
    const moves = await movesOf(host, amount);
    expect(moves).toBeLessThanOrEqual(1);
    if (await made.isVisible()) expect(moves).toBe(1);
    await app.reload();
  }
});

test('a command whose answer is lost is sent again under its id, and acts once', async ({ page, host }) => {
  let losesAnswers = true;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => {
      const isAnswer = typeof text === 'string' && text.includes('"command":"DRIFT_DEPOSIT"');
      if (isAnswer && losesAnswers) {
        losesAnswers = false;
        void server.close();
        void socket.close({ code: 4000 });
      } else socket.send(text);
    });
  });
  await page.goto(host.address());
  await (await fillDeposit(page, '444.44')).click();
  await expect(notices(page)).toContainText('444.44 USDC deposited.');
  expect(losesAnswers).toBe(false);
  expect(await movesOf(host, '444.44')).toBe(1);
});

test('a network that stalls without a word is noticed, and mended', async ({ page, host }) => {
  let stalls = false;
  await page.clock.install();
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    const stalled = stalls;
    server.onMessage((text) => {
      if (stalled || !stalls) socket.send(text);
    });
  });
  await page.goto(host.address());
  await expect(figure(page, 'Equity')).toHaveText(/^\$/);
  stalls = true;
  // It asks after five seconds of silence, and gives up after five more.
  await expect(async () => {
    await page.clock.fastForward(5_000);
    await expect(lost(page)).toBeVisible({ timeout: 500 });
  }).toPass();
  await mends(page);
});

test('what is looked at for the first time while the host is gone takes nothing else with it, and mends by itself', async ({
  app,
  host,
}) => {
  await expect(app.getByRole('figure').locator('canvas').first()).toBeVisible();
  await host.kill();
  await expect(lost(app)).toBeVisible();
  const screens = app.getByRole('navigation', { name: 'Screens' });
  for (const name of ['Vault', 'Events', 'Settings']) {
    await screens.getByRole('link', { name }).click();
    await expect(app.getByRole('main', { name })).toBeVisible();
    await expect(sosButton(app)).toBeVisible();
  }
  await app.keyboard.press('Control+K');
  // It is there, or it says why not; either way SOS stays.
  const search = app.getByLabel('Search commands');
  await expect(search.or(app.getByText('Not fetched yet')).first()).toBeVisible();
  await expect(sosButton(app)).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(search).toBeHidden();

  await host.start();
  await mends(app);
  for (const name of ['Vault', 'Events', 'Settings']) {
    await screens.getByRole('link', { name }).click();
    await expect(app.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(app.getByRole('alert')).toHaveCount(0);
  }
  await app.keyboard.press('Control+K');
  await expect(app.getByLabel('Search commands')).toBeFocused();
});
