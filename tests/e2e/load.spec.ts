import { figure, goTo } from './support/screen.ts';
import { StandIn } from './support/standIn.ts';
import { longest, tasksDuring } from './support/tasks.ts';
import { expect, test } from './support/test.ts';

const A_SECOND = 100;
const TOO_LONG_MS = 50;

test('a hundred broadcasts a second neither hold up the page nor lose what is typed', async ({
  browser,
  page,
  host,
}, testInfo) => {
  await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await expect
    .poll(async () => (await host.ask('GET_STATUS', {})).engines[0]?.funding?.positions.length)
    .toBe(1);
  const standIn = new StandIn(await host.ask('GET_STATUS', {}));
  await standIn.open();
  try {
    await page.goto(standIn.address());
    await expect(figure(page, 'Equity')).toHaveText(/^\$/);
    const stop = standIn.broadcast(A_SECOND);
    const before = standIn.sent;
    const onDashboard = await tasksDuring(browser, page, () =>
      expect.poll(() => standIn.sent).toBeGreaterThan(before + 2 * A_SECOND),
    );
    await goTo(page, 'Settings');
    const search = page.getByLabel('Search the settings');
    await expect(search).toBeVisible();
    const whileTyping = await tasksDuring(browser, page, async () => {
      await search.pressSequentially('every letter stands there', { delay: 15 });
      await expect(search).toHaveValue('every letter stands there');
    });
    stop();
    const words = (ms: number): string => `${ms.toFixed(1)} ms`;
    testInfo.annotations.push({
      type: 'longest task',
      description: [onDashboard, whileTyping]
        .map(
          (tasks) =>
            `${words(longest(tasks, 'cpuMs'))} of the processor, ${words(longest(tasks, 'wallMs'))} on the wall`,
        )
        .join('; '),
    });
    expect(onDashboard.length).toBeGreaterThan(100);
    // Of the processor's time: on the wall a task also takes what a busy machine does in between.
    expect(longest(onDashboard, 'cpuMs')).toBeLessThan(TOO_LONG_MS);
    expect(longest(whileTyping, 'cpuMs')).toBeLessThan(TOO_LONG_MS);
  } finally {
    standIn.close();
  }
});
