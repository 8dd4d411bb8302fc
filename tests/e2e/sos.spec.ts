import type { Page } from '@playwright/test';

import type { Host } from './support/host.ts';
import { engineState, notices, releaseButton, sosButton } from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

async function hedged(host: Host): Promise<void> {
  await host.ask('RELEASE_SOS', {});
  await begin(host);
  await host.ask('SET_CLOCK', { speed: 60 });
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await expect.poll(async () => (await held(host)) > 0).toBe(true);
}

async function held(host: Host): Promise<number> {
  const { engines } = await host.ask('GET_STATUS', {});
  return engines[0]?.funding?.positions.length ?? 0;
}

async function halts(app: Page): Promise<void> {
  await expect(engineState(app)).toHaveText('Engine: SOS');
  await expect(app.getByText('SOS: all trading is halted.')).toBeVisible();
}

async function release(app: Page): Promise<void> {
  await releaseButton(app).click();
  await expect(engineState(app)).toHaveText('Engine: Running');
}

test.beforeEach(({ host }) => hedged(host));

test('SOS halts all trading with one click on every screen, keeps positions, and lasts until it is released', async ({
  app,
  host,
}) => {
  await app.goto(`${host.origin}/?screen=events`);
  await sosButton(app).click();
  await halts(app);
  await expect(notices(app)).toContainText('Positions stay as they are until you release SOS');
  expect(await held(host)).toBe(1);
  await release(app);
});

test('SOS is a hotkey, also while one types', async ({ app, host }) => {
  await app.goto(`${host.origin}/?screen=vault`);
  await app.getByLabel('Amount').fill('12');
  await app.keyboard.press('Control+Shift+X');
  await halts(app);
  await expect(app.getByLabel('Amount')).toHaveValue('12');
  await release(app);
});

test('SOS closes both legs where that is asked for', async ({ app, host }) => {
  await app.getByRole('button', { name: 'More ways to stop' }).click();
  await app.getByRole('menuitem', { name: /SOS and close both legs/ }).click();
  await expect(notices(app)).toContainText('both legs are closed');
  await halts(app);
  await expect(app.getByText('No open positions')).toBeVisible();
  await expect(app.getByText('Flat', { exact: true })).toBeVisible();
  expect(await held(host)).toBe(0);
});

test('SOS in one tab shows in the other, and both go on', async ({ app, host, context }) => {
  const other = await context.newPage();
  await other.goto(host.address());
  await expect(engineState(other)).toHaveText('Engine: Running');
  await sosButton(app).click();
  await halts(other);
  await release(other);
  await expect(engineState(app)).toHaveText('Engine: Running');
  for (const page of [app, other]) {
    const clock = page.getByRole('banner').getByRole('time');
    await expect(clock).not.toHaveText((await clock.textContent()) ?? '');
  }
});
