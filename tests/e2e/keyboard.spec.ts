import type { Locator, Page } from '@playwright/test';

import { engineState, marketTime, sosButton } from './support/screen.ts';
import { FIRST_RUN, expect, test } from './support/test.ts';

const MOST_STOPS = 60;

/** Goes on with Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab never came to it');
}

/** What has the focus, and whether one sees that it has. */
interface FocusStop {
  readonly what: string;
  readonly seen: boolean;
}

/** The focus is seen where something looks different without it: a radio is drawn by what stands beside its input. */
const focusStop = (page: Page): Promise<FocusStop | null> =>
  page.evaluate(() => {
    const { activeElement: focused } = document;
    if (!(focused instanceof HTMLElement) || focused === document.body) return null;
    const looks = (): string =>
      [focused, focused.nextElementSibling, focused.parentElement]
        .map((element) => {
          if (element === null) return '';
          const { outline, borderColor, boxShadow } = getComputedStyle(element);
          return [outline, borderColor, boxShadow].join();
        })
        .join();
    const box = focused.getBoundingClientRect();
    const inWindow = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    const withFocus = looks();
    focused.blur();
    const without = looks();
    focused.focus();
    return { what: focused.outerHTML.slice(0, 120), seen: inWindow && withFocus !== without };
  });

/** Every stop of Tab, until it begins anew. */
async function expectFocusSeen(page: Page): Promise<void> {
  const stops: FocusStop[] = [];
  for (let at = 0; at < MOST_STOPS; at += 1) {
    await page.keyboard.press('Tab');
    const stop = await focusStop(page);
    // Between the end of the page and its beginning is the browser itself.
    if (stop !== null) stops.push(stop);
    else if (stops.length > 0) break;
  }
  expect(stops.length).toBeGreaterThan(5);
  expect(stops.filter(({ seen }) => !seen)).toEqual([]);
}

test.describe('from the first run on', () => {
  test.use({ beginning: FIRST_RUN });

  test('the keyboard alone begins, looks at every screen, stops the clock and calls SOS', async ({ app }) => {
    await expect(app.getByLabel('Capital')).toBeVisible();
    await tabTo(app, app.getByLabel('Capital'));
    await app.keyboard.press('Control+A');
    await app.keyboard.type('5000');
    await tabTo(app, app.getByRole('button', { name: 'Start', exact: true }));
    await app.keyboard.press('Enter');
    await expect(app.getByRole('main', { name: 'Dashboard' })).toBeVisible();

    for (const [keys, screen] of [
      [['2'], 'Trade'],
      [['g', 'v'], 'Vault'],
      [['4'], 'Wallet'],
      [['g', 'e'], 'Events'],
      [['g', 'w'], 'Wallet'],
      [['6'], 'Settings'],
      [['g', 'd'], 'Dashboard'],
    ] as const) {
      for (const key of keys) await app.keyboard.press(key);
      await expect(app.getByRole('main', { name: screen })).toBeVisible();
    }

    await app.keyboard.press('Space');
    await expect(app.getByRole('banner')).toContainText('paused');
    await app.keyboard.press('Space');
    await expect(app.getByRole('banner')).toContainText('60×');

    await app.keyboard.press('?');
    const sheet = app.getByRole('dialog', { name: 'Keys' });
    await expect(sheet).toContainText('SOS: stop all trading at once');
    await app.keyboard.press('Escape');
    await expect(sheet).toBeHidden();

    await app.keyboard.press('Control+Shift+X');
    await expect(engineState(app)).toHaveText('Engine: SOS');
  });
});

test('the palette does everything there is to do, by name', async ({ app, host }) => {
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  const search = app.getByLabel('Search commands');
  const palette = async (words: string): Promise<void> => {
    await app.keyboard.press('Control+K');
    await expect(search).toBeFocused();
    await app.keyboard.type(words);
    await app.keyboard.press('Enter');
    await expect(search).toBeHidden();
  };
  await palette('events');
  await expect(app.getByRole('main', { name: 'Events' })).toBeVisible();
  await palette('3600');
  await expect(app.getByRole('banner')).toContainText(/3,?600×/);
  await palette('light theme');
  await expect(app.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  await palette('sos: stop');
  await expect(engineState(app)).toHaveText('Engine: SOS');
  await palette('release');
  await expect(engineState(app)).toHaveText(/Running|Waiting/);
  await palette('pause');
  await expect(app.getByRole('banner')).toContainText('paused');
  await app.keyboard.press('Control+K');
  await app.keyboard.type('there is no such thing');
  await expect(app.getByText('Nothing has that name')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(search).toBeHidden();
});

test('the first stop of Tab skips the navigation', async ({ app }) => {
  await expect(marketTime(app)).toBeVisible();
  await app.keyboard.press('Tab');
  const skip = app.getByRole('link', { name: 'Skip to the screen' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('main')).toBeFocused();
});

for (const screen of ['dashboard', 'trade', 'vault', 'wallet', 'events', 'settings'])
  test(`the focus is always seen on the ${screen} screen`, async ({ app, host }) => {
    // A list that grows would push away what has the focus.
    await host.ask('SET_CLOCK', { speed: 'pause' });
    await app.goto(`${host.origin}/?screen=${screen}&still`);
    await expect(app.getByRole('main').getByRole('heading').first()).toBeVisible();
    await expectFocusSeen(app);
  });

test('a dialog keeps the focus, and gives it back', async ({ app, host }) => {
  await app.goto(`${host.origin}/?screen=vault`);
  const reset = app.getByRole('button', { name: 'Reset', exact: true });
  await reset.focus();
  await app.keyboard.press('Enter');
  const dialog = app.getByRole('dialog');
  await expect(dialog.getByLabel(/^Type RESET/)).toBeFocused();
  for (let stop = 0; stop < 8; stop += 1) {
    await app.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await app.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(reset).toBeFocused();
  await expect(sosButton(app)).toBeVisible();
});
