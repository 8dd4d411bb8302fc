import type { Locator, Page } from '@playwright/test';

import { allowedWords } from '../../src/renderer/screens/settings/settingWords.ts';
import type { SettingView } from '../../src/shared/contract/commands/appCommands.ts';
import type { Host } from './support/host.ts';
import { engineState, goTo, notices } from './support/screen.ts';
import { begin, expect, test } from './support/test.ts';

const TOLERANCE = 'engine.deltaTolerancePct';

/** The field of a setting, found by its name as a user may. */
async function fieldOf(page: Page, name: string): Promise<Locator> {
  await page.getByLabel('Search the settings').fill(name);
  await expect(page.getByText(name, { exact: true })).toBeVisible();
  const entries = page.getByRole('main').locator('input[inputmode="decimal"], select');
  await expect(entries).toHaveCount(1);
  return entries;
}

const saveBar = (page: Page): Locator => page.getByRole('region', { name: 'Changes that are not saved' });
const save = (page: Page): Locator => saveBar(page).getByRole('button', { name: 'Save', exact: true });

async function settingsOf(host: Host): Promise<readonly SettingView[]> {
  const { groups } = await host.ask('GET_SETTINGS', {});
  return groups.flatMap(({ settings }) => settings);
}

async function valueOf(host: Host, name: string): Promise<string | undefined> {
  return (await settingsOf(host)).find((setting) => setting.name === name)?.value;
}

async function toleranceInForce(host: Host): Promise<number | undefined> {
  const { engines } = await host.ask('GET_STATUS', {});
  return engines[0]?.funding?.driftTolerancePct;
}

test.beforeEach(async ({ host }) => {
  const config: Record<string, null> = {};
  for (const { name } of await settingsOf(host)) config[name] = null;
  await host.ask('UPDATE_CONFIG', { engine: 'funding', config });
  await begin(host);
});

// Whatever the page was fetching when its host went fails, and the browser says so.
test.afterEach(({ problems }) => {
  problems.forget(/Failed to load resource/);
});

test('[R5.2] a changed drift tolerance is what the engine goes by, and is still there after a restart', async ({
  app,
  host,
}) => {
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await goTo(app, 'Settings');
  await (await fieldOf(app, TOLERANCE)).fill('2.5');
  await save(app).click();
  await expect(notices(app)).toContainText('The settings are saved');
  await expect(saveBar(app)).toBeHidden();
  await expect.poll(() => toleranceInForce(host)).toBe(2.5);

  await goTo(app, 'Dashboard');
  await expect(app.getByRole('meter', { name: 'Delta drift' })).toHaveAttribute('aria-valuemax', '5');
  await expect(app.getByText(/You changed settings: engine\.deltaTolerancePct is now 2\.5/)).toBeVisible();

  await host.kill();
  await host.start();
  await expect(engineState(app)).toHaveText('Engine: Running');
  expect(await toleranceInForce(host)).toBe(2.5);
  await app.reload();
  await goTo(app, 'Settings');
  await expect(await fieldOf(app, TOLERANCE)).toHaveValue('2.5');
});

/** Texts that no setting can be, or only one that has such a number in its range. */
const NONSENSE: readonly ((setting: NumberSetting) => string)[] = [
  () => '',
  () => 'nonsense',
  () => '1e3',
  ({ input }) => String(Number(input.min) - 1),
  ({ input }) => String(Number(input.max) + 1),
  ({ input }) => `${input.max}.${'1'.repeat(input.decimals + 1)}`,
];

type NumberSetting = SettingView & { readonly input: { readonly kind: 'number' } };
const isNumber = (setting: SettingView): setting is NumberSetting => setting.input.kind === 'number';

/** Types into all fields at once, as React hears it. */
function typeInto(fields: readonly (HTMLElement | SVGElement)[], texts: readonly string[]): void {
  for (const [at, field] of fields.entries()) {
    // Past React's own setter, which would take it for a change of the page.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, texts[at]);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

test('every field refuses nonsense beside it, in words, with its range', async ({ app, host }) => {
  await goTo(app, 'Settings');
  const settings = await settingsOf(host);
  const numbers = settings.filter(isNumber);
  const fields = app.getByRole('main').locator('input[inputmode="decimal"]');
  await expect(fields).toHaveCount(numbers.length);
  for (const nonsenseFor of NONSENSE) {
    await fields.evaluateAll(typeInto, numbers.map(nonsenseFor));
    // One of them beside each field, in their order.
    await expect(app.getByText(/^It takes /)).toHaveText(
      numbers.map((setting) => `It takes ${allowedWords(setting)}.`),
    );
    await expect(saveBar(app)).toContainText(`${numbers.length} of them have to be corrected`);
    await expect(save(app)).toBeDisabled();
  }
  await saveBar(app).getByRole('button', { name: 'Discard' }).click();
  await expect(app.getByText(/^It takes /)).toHaveCount(0);
  const values = await fields.evaluateAll((inputs) =>
    inputs.map((input) => (input as HTMLInputElement).value),
  );
  expect(values).toEqual(numbers.map(({ value }) => value));

  const choices = settings.flatMap(({ input }) => (input.kind === 'choice' ? [input.choices] : []));
  const lists = app.getByRole('main').locator('select');
  await expect(lists).toHaveCount(choices.length);
  for (const [at, allowed] of choices.entries())
    expect(await lists.nth(at).locator('option').allTextContents()).toEqual(allowed);
});

test('what is wrong with a field is read out with it', async ({ app }) => {
  await goTo(app, 'Settings');
  const field = await fieldOf(app, TOLERANCE);
  await field.fill('51');
  await expect(field).toHaveAccessibleName(/Delta tolerance/);
  await expect(field).toHaveAccessibleDescription(/It takes 0\.01 to 50 %/);
});

test('two settings that contradict each other are refused beside the one that was changed', async ({
  app,
  host,
}) => {
  await goTo(app, 'Settings');
  const field = await fieldOf(app, 'engine.urgentDriftPct');
  await field.fill('0.5');
  await expect(app.getByText('It cannot be lower than “Delta tolerance”, which is 1.')).toBeVisible();
  await expect(save(app)).toBeDisabled();
  await field.fill('6');
  await save(app).click();
  await expect.poll(() => valueOf(host, 'engine.urgentDriftPct')).toBe('6');
});

test('two windows never overwrite each other: the second sees what the first has changed before it saves', async ({
  app,
  host,
  context,
}) => {
  await goTo(app, 'Settings');
  await (await fieldOf(app, TOLERANCE)).fill('3');

  const other = await context.newPage();
  await other.goto(`${host.origin}/?screen=settings`);
  await (await fieldOf(other, TOLERANCE)).fill('4');
  await save(other).click();
  await expect.poll(() => valueOf(host, TOLERANCE)).toBe('4');

  const conflict = app.getByRole('region', { name: 'Changed in another window' });
  await expect(conflict).toContainText('it was 1, the other window made it 4; you want 3');
  await expect(save(app)).toBeDisabled();
  expect(await valueOf(host, TOLERANCE)).toBe('4');

  await conflict.getByRole('button', { name: /keep my changes/ }).click();
  await expect(conflict).toBeHidden();
  await save(app).click();
  await expect.poll(() => valueOf(host, TOLERANCE)).toBe('3');
  // Who changes nothing simply sees the newest.
  await expect(await fieldOf(other, TOLERANCE)).toHaveValue('3');
});
