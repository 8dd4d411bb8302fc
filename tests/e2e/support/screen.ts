import type { Locator, Page } from '@playwright/test';

import { expect } from './test.ts';

export type ScreenName = 'Dashboard' | 'Trade' | 'Vault' | 'Wallet' | 'Events' | 'Settings';

/** Goes to a screen as a user does. */
export async function goTo(page: Page, name: ScreenName): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click();
  const screen = page.getByRole('main', { name });
  await expect(screen).toBeVisible();
  return screen;
}

/** PAPER, as it stands on every screen. */
export const paperBadge = (page: Page): Locator => page.getByText('Paper, simulated money');

/** The state of the engine as the header says it. */
export const engineState = (page: Page): Locator => page.getByRole('banner').getByText(/^Engine: /);

/** What time it is in the market, as the header says it: `2025-01-01 00:12:00`. */
export const marketTime = (page: Page): Locator => page.getByRole('banner').getByRole('time');

/** One number with its name, as tiles show it. */
export const tile = (page: Page, name: string): Locator =>
  page.locator('dl').filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${name}`) }) });

/** The figure of a tile, as it is written. */
export const figure = (page: Page, name: string): Locator => tile(page, name).getByRole('definition').first();

/** The speeds of the paper market. */
export const speeds = (page: Page): Locator =>
  page.getByRole('radiogroup', { name: 'Speed of the paper market' });

export async function setSpeed(page: Page, label: 'Pause' | '1×' | '60×' | '3,600×'): Promise<void> {
  await speeds(page).getByText(label, { exact: true }).click();
  await expect(speeds(page).getByRole('radio', { name: label, exact: true })).toBeChecked();
}

/** What came of what the user did. */
export const notices = (page: Page): Locator => page.getByRole('log', { name: 'What came of what you did' });

export const sosButton = (page: Page): Locator => page.getByRole('button', { name: 'SOS', exact: true });
export const releaseButton = (page: Page): Locator => page.getByRole('button', { name: 'Release SOS' });
