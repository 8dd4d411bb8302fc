import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from './support/axe.ts';
import { notices } from './support/screen.ts';
import type { StandIn } from './support/standIn.ts';
import { question, type StandInLive } from './support/standInLive.ts';
import { show, test } from './support/liveTest.ts';
import { expect } from './support/test.ts';

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Confirm this trade?' });
const confirm = (page: Page): Locator => dialog(page).getByRole('button', { name: /^Confirm, / });
const decline = (page: Page): Locator => dialog(page).getByRole('button', { name: 'Decline' });

/** A trade is asked about, now. */
function ask(standIn: StandIn, live: StandInLive, id = 'q1', lastsMs = 60_000): void {
  const confirmation = question(id, lastsMs);
  live.open = [...live.open, confirmation];
  standIn.event({ kind: 'confirmationAsked', confirmation });
}

test('[R6.10] a trade is asked about wherever the user is, and made only by their yes', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'events');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live);
  await expect(dialog(page)).toContainText('12.512345678');
  await expect(dialog(page)).toContainText('at most $150.9641');
  await expect(dialog(page)).toContainText('$3,751.20');
  await expect(decline(page)).toBeFocused();
  await confirm(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(notices(page)).toContainText('Confirmed and sent');
  expect(live.sent('CONFIRM_TRADE')).toEqual([{ confirmationId: 'q1' }]);
});

test('it is asked about again on the next load, and declined by the keyboard', async ({
  page,
  standIn,
  live,
}) => {
  live.open = [question()];
  await show(page, standIn, 'dashboard');
  await expect(decline(page)).toBeFocused();
  await expect(confirm(page)).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(notices(page)).toContainText('Declined');
  expect(live.sent('DECLINE_TRADE')).toEqual([{ confirmationId: 'q1' }]);
  expect(live.sent('CONFIRM_TRADE')).toEqual([]);
});

test('nothing that was meant for what stood there before answers it', async ({ page, standIn, live }) => {
  await show(page, standIn, 'dashboard');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live);
  await expect(dialog(page)).toBeVisible();
  // Enter that is still held down, and clicks where a button of the page has been.
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(confirm(page)).toBeDisabled();
  await page.mouse.click(5, 5);
  await expect(dialog(page)).toBeVisible();
  await expect(confirm(page)).toBeEnabled();
  expect(live.sent('DECLINE_TRADE')).toEqual([]);
  await decline(page).press('Enter');
  await expect(dialog(page)).toBeHidden();
  expect(live.sent('CONFIRM_TRADE')).toEqual([]);
});

test('a double click confirms one trade, and not the next one that comes up in its place', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'dashboard');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live, 'q1');
  ask(standIn, live, 'q2');
  await expect(confirm(page)).toBeEnabled();
  await confirm(page).dblclick({ delay: 20 });
  await expect(notices(page)).toContainText('Confirmed and sent');
  await expect(dialog(page)).toBeVisible();
  await expect(confirm(page)).toBeDisabled();
  expect(live.sent('CONFIRM_TRADE')).toEqual([{ confirmationId: 'q1' }]);
});

test('put aside it stays open, and says so on every screen', async ({ page, standIn, live }) => {
  await show(page, standIn, 'dashboard');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live);
  await expect(confirm(page)).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  const banner = page.getByRole('region', { name: 'What to know now' });
  await expect(banner).toContainText('A trade waits for your confirmation');
  expect(live.sent('DECLINE_TRADE')).toEqual([]);
  await banner.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog(page)).toBeVisible();
});

test('it closes by itself when its time is over, and says that nothing was traded', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'dashboard');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live, 'q1', 2_500);
  await expect(dialog(page)).toContainText('s left');
  await expect(dialog(page)).toBeHidden();
  await expect(notices(page)).toContainText('Time is over');
});

test('it closes when another window has answered', async ({ page, standIn, live }) => {
  await show(page, standIn, 'dashboard');
  await expect(page.getByText('Live, real money')).toBeVisible();
  ask(standIn, live);
  await expect(dialog(page)).toBeVisible();
  standIn.event({ kind: 'confirmationSettled', confirmationId: 'q1', answer: 'declined' });
  await expect(dialog(page)).toBeHidden();
  await expect(notices(page)).toContainText('Declined');
});

test('a refusal stands in it, with what it means for the money', async ({ page, standIn, live }) => {
  const message = 'Prices have moved: the trade would go beyond its limit.';
  live.refusals.set('CONFIRM_TRADE', { code: 'CONFIRMATION_MISMATCH', message, details: {} });
  live.open = [question()];
  await show(page, standIn, 'dashboard');
  await confirm(page).click();
  await expect(dialog(page).getByRole('alert')).toContainText(message);
  await expect(dialog(page).getByRole('alert')).toContainText('Nothing was traded or moved.');
});

test('a question that the program no longer has is closed, and why is said', async ({
  page,
  standIn,
  live,
}) => {
  const message = 'Nothing is asked under that confirmation.';
  live.refusals.set('CONFIRM_TRADE', { code: 'CONFIRMATION_UNKNOWN', message, details: {} });
  live.open = [question()];
  await show(page, standIn, 'dashboard');
  await confirm(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect(notices(page).getByRole('alert')).toContainText(message);
});

test('without the program no answer is given', async ({ page, standIn, live }) => {
  live.open = [question()];
  await show(page, standIn, 'dashboard');
  await expect(confirm(page)).toBeEnabled();
  standIn.close();
  await expect(dialog(page)).toContainText('an answer cannot be sent');
  await expect(confirm(page)).toBeDisabled();
});

for (const scheme of ['dark', 'light'] as const)
  test(`axe finds nothing on it in the ${scheme} theme`, async ({ page, standIn, live }) => {
    live.open = [question()];
    await show(page, standIn, 'dashboard', scheme);
    await expect(confirm(page)).toBeEnabled();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Look at it' })).toBeVisible();
    await expectAccessible(page);
  });
