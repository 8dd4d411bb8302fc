import type { Page } from '@playwright/test';

import type { EngineStatusData } from '../../src/shared/contract/engineStatus.ts';
import { expectAccessible } from './support/axe.ts';
import { LIVE, show, test } from './support/liveTest.ts';
import { figure, goTo, notices, speeds, type ScreenName } from './support/screen.ts';
import { FOUND, liveSnapshot, standing } from './support/standInLive.ts';
import { expect } from './support/test.ts';

const SCREENS: readonly ScreenName[] = ['Dashboard', 'Trade', 'Vault', 'Wallet', 'Events', 'Settings'];
const told = (page: Page) => page.getByRole('region', { name: 'What to know now' });
const grant = (page: Page) => page.getByRole('region', { name: 'Standing confirmation' });
const differing: Partial<EngineStatusData> = { state: 'readOnly', readOnly: 'differences' };

test('LIVE is said on every screen and in the title, and nothing of paper is left', async ({
  page,
  standIn,
}) => {
  await show(page, standIn, 'dashboard');
  await expect(figure(page, 'Equity')).toHaveText(/^\$/);
  await expect(speeds(page)).toHaveCount(0);
  await expect(page.getByText('versus just holding SOL')).toHaveCount(0);
  for (const name of SCREENS) {
    const screen = await goTo(page, name);
    await expect(page.getByRole('banner').getByText('Live, real money')).toBeVisible();
    await expect(page).toHaveTitle(/^LIVE · /);
    await expect(screen.getByText(/paper market|on paper/i)).toHaveCount(0);
  }
  await goTo(page, 'Trade');
  await expect(page.getByText('Live, only the engine trades')).toBeVisible();
  await goTo(page, 'Vault');
  await expect(page.getByRole('button', { name: 'Reset', exact: true })).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await page.getByLabel('Search commands').fill('next funding');
  await expect(page.getByText('Nothing has that name')).toBeVisible();
});

test('live is stopped, and paper is a second step of its own', async ({ page, standIn, live }) => {
  await show(page, standIn, 'live');
  await page.getByRole('button', { name: 'Stop live trading' }).click();
  await expect(notices(page)).toContainText('Positions stay as they are.');
  expect(live.sent('STOP_ENGINE')).toHaveLength(1);
  standIn.become({ state: 'stopped', startedAt: null });
  await expect(page.getByText('is neither watched nor corrected')).toBeVisible();
  await page.getByRole('button', { name: 'Back to paper' }).click();
  await expect.poll(() => live.sent('START_ENGINE')).toEqual([{ engine: 'funding', mode: 'paper' }]);
});

test('real money is never started by the button that starts paper', async ({ page, standIn, live }) => {
  await show(page, standIn, 'dashboard');
  standIn.become({ state: 'stopped', startedAt: null });
  await page.getByRole('button', { name: 'Live trading…' }).click();
  await page.getByRole('button', { name: 'Go live again…' }).click();
  await expect(page.getByRole('heading', { name: 'Go live' })).toBeVisible();
  expect(live.sent('START_ENGINE')).toEqual([]);
});

test.describe('what keeps it from trading says why, and what happens next', () => {
  test('[R9.5] a venue that can’t be reached', async ({ page, standIn }) => {
    await show(page, standIn, 'events');
    await expect(page.getByText('Live, real money')).toBeVisible();
    standIn.become({ state: 'recovering' }, { kind: 'connectionLost', at: Date.now() - 5_000 });
    await expect(told(page)).toContainText('The venue can’t be reached');
    await expect(told(page)).toContainText('tried again every 10 s');
    const recovered = { kind: 'syncRecovered', cause: 'connection', from: 1, to: 2 } as const;
    standIn.become({ state: 'running' }, recovered);
    await expect(told(page)).not.toContainText('The venue');
  });

  test('[R7.8] a sync that failed', async ({ page, standIn, live }) => {
    await show(page, standIn, 'dashboard');
    await expect(page.getByText('Live, real money')).toBeVisible();
    const error = { code: 'VENUE_UNAVAILABLE', message: 'None of the nodes answers.', details: {} } as const;
    standIn.become({ state: 'readOnly', readOnly: 'syncFailed' }, { kind: 'syncFailed', error });
    await expect(told(page)).toContainText('Trading is off: the account could not be synced.');
    await expect(told(page)).toContainText('None of the nodes answers.');
    await told(page).getByRole('button', { name: 'Sync now' }).click();
    await expect.poll(() => live.sent('REQUEST_SYNC').length).toBe(1);
  });

  test('an error of the engine', async ({ page, standIn }) => {
    await show(page, standIn, 'events');
    await expect(page.getByText('Live, real money')).toBeVisible();
    const error = { code: 'WALLET_LOCKED', message: 'The wallet was locked.', details: {} } as const;
    standIn.become({ state: 'error', error });
    await expect(told(page)).toContainText('The engine has stopped by itself. The wallet was locked.');
  });
});

test.describe('differences', () => {
  test.use({ snapshot: liveSnapshot(differing) });

  test('are accepted by their name, once they were read, and exactly those', async ({
    page,
    standIn,
    live,
  }) => {
    live.found = FOUND;
    await show(page, standIn, 'dashboard');
    await told(page).getByRole('button', { name: 'Look at them' }).click();
    const table = page.getByRole('region', { name: 'Differences' });
    await expect(table).toContainText('5,012.330001 USDC');
    await expect(table).toContainText('4,512.330001 USDC');
    await expect(table).toContainText('−500 USDC');
    const accept = page.getByRole('button', { name: 'Accept what the chain says' });
    await expect(accept).toBeDisabled();
    const read = page.getByLabel('I have read all 2, and the chain is right');
    await read.check();
    // Others by now: what was checked off is not these.
    standIn.become(differing, { kind: 'differencesFound', found: { ...FOUND, name: 'd-other' } });
    await expect(page.getByText('d-other')).toBeVisible();
    await expect(accept).toBeDisabled();
    live.found = { ...FOUND, name: 'd-other' };
    await read.check();
    await accept.click();
    await expect(notices(page)).toContainText('the books say what the chain says');
    expect(live.sent('ACCEPT_DIFFERENCES')).toEqual([{ engine: 'funding', name: 'd-other' }]);
  });

  test('that changed meanwhile are not accepted: what differs now is shown', async ({
    page,
    standIn,
    live,
  }) => {
    live.found = FOUND;
    const message = 'What differs is not what you have read.';
    live.refusals.set('ACCEPT_DIFFERENCES', { code: 'DIFFERENCES_CHANGED', message, details: {} });
    await show(page, standIn, 'live');
    await page.getByLabel(/^I have read/).check();
    live.found = { ...FOUND, name: 'd-now', differences: FOUND.differences.slice(0, 1) };
    await page.getByRole('button', { name: 'Accept what the chain says' }).click();
    await expect(notices(page)).toContainText(message);
    await expect(page.getByText('d-now')).toBeVisible();
    await expect(page.getByLabel('I have read it, and the chain is right')).not.toBeChecked();
  });

  test('of what is not the engine’s can’t be accepted', async ({ page, standIn, live }) => {
    const words = 'The sub-account holds 0.5 BTC-PERP, which the engine does not trade.';
    live.found = {
      name: 'd-foreign',
      differences: [
        { kind: 'foreignMarket', subject: 'BTC-PERP', books: null, chain: '0.5', words, acceptable: false },
      ],
    };
    await show(page, standIn, 'live');
    await expect(page.getByText('Has to leave the sub-account')).toBeVisible();
    await expect(page.getByLabel(/^I have read/)).toBeDisabled();
  });
});

test('[R2.5] health that is critical names where each position is liquidated', async ({ page, standIn }) => {
  await show(page, standIn, 'events');
  await expect(page.getByText('Live, real money')).toBeVisible();
  const positions = [
    { market: 'SOL-PERP', size: '-33.2', liquidationPrice: '183.2204', side: 'above' as const },
  ];
  const alert = { level: 'critical' as const, healthPct: 17.4, because: 'Health is 17.4 %.', positions };
  standIn.event({ kind: 'health', alert });
  await expect(told(page).getByRole('alert')).toHaveText('Health is critical');
  await expect(told(page)).toContainText('−33.2 SOL-PERP is liquidated above $183.22.');
  standIn.event({ kind: 'health', alert: { ...alert, level: 'over', positions: [] } });
  await expect(told(page)).not.toContainText('Health is');
});

test('a standing confirmation shows what is left of the day, is revoked at once and granted anew', async ({
  page,
  standIn,
  live,
}) => {
  await show(page, standIn, 'dashboard');
  await expect(grant(page)).toContainText('$6,248.80');
  live.standing = standing({ spent: '4000', left: '6000' });
  standIn.event({ kind: 'standingConfirmation', standing: live.standing });
  await expect(grant(page)).toContainText('$6,000.00left of $10,000.00 in 24 hours; $4,000.00 used');
  await grant(page).getByRole('button', { name: 'Revoke now' }).click();
  await expect(grant(page)).toContainText('None');
  expect(live.sent('REVOKE_STANDING_CONFIRMATION')).toHaveLength(1);
  await grant(page).getByRole('button', { name: 'Grant…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let it trade without asking' });
  await dialog.getByRole('button', { name: 'Grant', exact: true }).click();
  await expect(dialog.getByText('Enter an amount.').first()).toBeVisible();
  await dialog.getByLabel('A trade', { exact: true }).fill('500');
  await dialog.getByLabel('In any 24 hours').fill('2000');
  await dialog.getByRole('button', { name: 'Grant', exact: true }).click();
  await expect(grant(page)).toContainText('up to $500.00');
  expect(live.sent('GRANT_STANDING_CONFIRMATION')[0]).toMatchObject({
    engine: 'funding',
    standing: { perTrade: '500', perDay: '2000' },
  });
});

test('what the program can’t say of the standing confirmation is asked again', async ({
  page,
  standIn,
  live,
}) => {
  const error = { code: 'INTERNAL', message: 'It could not be read.', details: {} } as const;
  live.refusals.set('GET_CONFIRMATIONS', error);
  await show(page, standIn, 'dashboard');
  await expect(grant(page).getByRole('alert')).toContainText('It could not be read.');
  live.refusals.clear();
  await grant(page).getByRole('button', { name: 'Try again' }).click();
  await expect(grant(page)).toContainText('$6,248.80');
});

test.describe('a deposit', () => {
  const form = (page: Page) => page.getByRole('region', { name: 'Deposit or withdraw' });
  const review = (page: Page) => page.getByRole('dialog', { name: 'Deposit real money?' });

  test('[R3.1] is looked at once more, with where it goes, and told when the chain has it', async ({
    page,
    standIn,
    live,
  }) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    live.after.set('DRIFT_DEPOSIT', promise);
    await show(page, standIn, 'vault');
    await expect(form(page)).toContainText('Drift, sub-account 2');
    await form(page).getByText('SOL', { exact: true }).click();
    await expect(form(page)).toContainText('The wallet has 0.412000001 SOL; what fees need stays');
    await page.getByLabel('Amount').fill('0.2');
    await page.getByRole('button', { name: 'Deposit 0.2 SOL…' }).click();
    await expect(review(page)).toContainText('Drift, sub-account 2');
    expect(live.sent('DRIFT_DEPOSIT')).toEqual([]);
    await review(page).getByRole('button', { name: 'Deposit 0.2 SOL' }).click();
    await expect(review(page)).toContainText('Being simulated and sent');
    resolve(undefined);
    await expect(review(page)).toBeHidden();
    await expect(notices(page)).toContainText('The chain has confirmed it.');
    expect(live.sent('DRIFT_DEPOSIT')).toEqual([{ asset: 'SOL', amount: '0.2', subAccount: 2 }]);
  });

  test('[R9.4] whose outcome is unknown is followed, and can’t be sent again from there', async ({
    page,
    standIn,
    live,
  }) => {
    const message = 'It was sent, and the chain has not said what became of it.';
    live.refusals.set('DRIFT_DEPOSIT', { code: 'OUTCOME_UNKNOWN', message, details: {} });
    await show(page, standIn, 'vault');
    await page.getByLabel('Amount').fill('1500');
    await page.getByRole('button', { name: /^Deposit 1,500/ }).click();
    await review(page)
      .getByRole('button', { name: /^Deposit 1,500/ })
      .click();
    await expect(review(page)).toContainText('It is not known yet whether this was done');
    await expect(review(page)).toContainText('nothing is sent twice');
    await expect(review(page).getByRole('button', { name: /^Deposit/ })).toHaveCount(0);
    expect(live.sent('DRIFT_DEPOSIT')).toHaveLength(1);
  });

  test('that is refused after its dialog was closed is told in the corner', async ({
    page,
    standIn,
    live,
  }) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    live.after.set('DRIFT_DEPOSIT', promise);
    const message = 'The simulation failed.';
    live.refusals.set('DRIFT_DEPOSIT', { code: 'SIMULATION_FAILED', message, details: {} });
    await show(page, standIn, 'vault');
    await page.getByLabel('Amount').fill('1500');
    await page.getByRole('button', { name: /^Deposit 1,500/ }).click();
    await review(page)
      .getByRole('button', { name: /^Deposit 1,500/ })
      .click();
    await review(page).getByRole('button', { name: 'Close' }).last().click();
    await expect(review(page)).toBeHidden();
    resolve(undefined);
    await expect(notices(page)).toContainText(message);
  });
});

for (const scheme of ['dark', 'light'] as const)
  test.describe(`axe finds nothing in the ${scheme} theme`, () => {
    test('on live trading as it runs, stopped, read-only and with all that can be said', async ({
      page,
      standIn,
    }) => {
      await show(page, standIn, 'live', scheme);
      await expect(grant(page)).toContainText('$6,248.80');
      await expectAccessible(page);
      const error = {
        code: 'VENUE_UNAVAILABLE',
        message: 'None of the nodes answers.',
        details: {},
      } as const;
      standIn.become(differing, { kind: 'differencesFound', found: FOUND });
      standIn.event({ kind: 'syncFailed', error });
      const positions = [
        { market: 'SOL-PERP', size: '-33.2', liquidationPrice: '183.2', side: 'above' as const },
      ];
      standIn.event({
        kind: 'health',
        alert: { level: 'warning', healthPct: 42, because: 'Low.', positions },
      });
      await expect(told(page)).toContainText('Health is low');
      await expect(page.getByRole('region', { name: 'Differences' })).toBeVisible();
      await expectAccessible(page);
      standIn.become({ state: 'readOnly', readOnly: 'syncFailed' }, { kind: 'syncFailed', error });
      await expect(told(page)).toContainText('could not be synced');
      await expectAccessible(page);
      standIn.become({ state: 'readOnly', readOnly: 'monitoring' });
      await expect(told(page)).toContainText('Only watching.');
      await expectAccessible(page);
      standIn.become({ state: 'stopped' });
      await expect(page.getByRole('button', { name: 'Back to paper' })).toBeVisible();
      await expectAccessible(page);
    });

    test('on the dashboard, in the grant, and in a deposit', async ({ page, standIn }) => {
      await show(page, standIn, 'dashboard', scheme);
      await expect(grant(page)).toContainText('$6,248.80');
      await expectAccessible(page);
      await grant(page).getByRole('button', { name: 'Grant anew…' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await goTo(page, 'Vault');
      await page.getByLabel('Amount').fill('1500');
      await page.getByRole('button', { name: /^Deposit 1,500/ }).click();
      await expect(page.getByRole('dialog').getByRole('button', { name: /^Deposit/ })).toBeEnabled();
      await expectAccessible(page);
    });
  });

test('the figures of a live engine are no market time', async ({ page, standIn }) => {
  expect(LIVE.engines[0]?.funding?.mode).toBe('live');
  await show(page, standIn, 'dashboard');
  await expect(page.getByRole('banner')).toContainText('as of the last sync');
  await expect(page.getByRole('banner')).not.toContainText('market time');
});
