/**
 * Figures of the Trade screen in a browser, on the real program, one JSON line each: {name, value, unit}. Run by
 * `npm run -s bench`. `--seconds S` is how long frames are looked at for each speed of the market, `--minutes M` how long
 * the page is left open for the heap (0: not at all), `--speeds 1,60` the speeds that are looked at.
 */
import { parseArgs } from 'node:util';

import { chromium, type Browser, type Page } from '@playwright/test';

import { CHROMIUM_ARGS, findChromium } from '../../build/browser.mjs';
import { figure, quantile } from '../bench/figures.ts';
import { watchBook, type BookWatch } from './support/bookWatch.ts';
import { Host } from './support/host.ts';
import { longest, tasksDuring } from './support/tasks.ts';

const FASTEST = 3_600;
const TRACE_MS = 10_000;
const TOO_LONG_MS = 50;
const WARM_UP_MS = 15_000;
const LADDERS = 'ul[data-side="asks"] data, ul[data-side="bids"] data';

const { values } = parseArgs({
  options: {
    speeds: { type: 'string', default: '1,60,3600' },
    seconds: { type: 'string', default: '60' },
    minutes: { type: 'string', default: '5' },
  },
});
const FRAMES_MS = Number(values.seconds) * 1_000;
const HEAP_MS = Number(values.minutes) * 60_000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const executablePath = findChromium();
if (executablePath !== undefined) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const host = new Host();
  try {
    await host.start();
    await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    await host.ask('SET_CLOCK', { speed: FASTEST });
    while ((await host.ask('GET_MARKET_STATS', { market: 'SOL-PERP' })).trades < 20) await pause(100);
    for (const speed of values.speeds.split(',').map(Number)) {
      await host.ask('SET_CLOCK', { speed });
      await sentToPainted(browser, host, speed);
      await longTasks(browser, host, speed);
    }
    if (HEAP_MS > 0) await heap(browser, host);
  } finally {
    await host.remove();
    await browser.close();
  }
}

async function opened(browser: Browser, host: Host, watched: boolean): Promise<Page> {
  const page = await browser.newPage();
  if (watched) await page.addInitScript(watchBook);
  await page.goto(host.address('?screen=trade'));
  await page.waitForSelector(LADDERS);
  await page.waitForSelector('canvas');
  return page;
}

function watchOf(page: Page): Promise<BookWatch> {
  return page.evaluate(() => Reflect.get(window, 'bookWatch') as BookWatch);
}

/** From the moment a frame of the book leaves the host until the page has painted what it says. */
async function sentToPainted(browser: Browser, host: Host, speed: number): Promise<void> {
  const page = await opened(browser, host, true);
  // The screen is being built until then: that is another figure.
  await pause(2_000);
  const from = await page.evaluate(() => performance.timeOrigin + performance.now());
  const before = (await watchOf(page)).frames;
  await pause(FRAMES_MS);
  const watch = await watchOf(page);
  // The last one may still be on its way.
  const paints = watch.paints.filter(({ sentAt }) => sentAt >= from).slice(0, -1);
  const painted = paints.filter(({ paintedAt }) => paintedAt > 0);
  const sentAgo = Float64Array.from(painted, ({ sentAt, paintedAt }) => paintedAt - sentAt).sort();
  const readAgo = Float64Array.from(painted, ({ receivedAt, paintedAt }) => paintedAt - receivedAt).sort();
  const name = `book update, market at ${speed}x`;
  figure(`${name}: updates`, ((watch.frames - before) * 1_000) / FRAMES_MS, 'a second');
  figure(`${name}: painted`, (100 * painted.length) / paints.length, '%');
  figure(`${name}: sent to painted p50`, quantile(sentAgo, 0.5), 'ms');
  figure(`${name}: sent to painted p95`, quantile(sentAgo, 0.95), 'ms');
  figure(`${name}: sent to painted, slowest of ${painted.length}`, sentAgo.at(-1) ?? Number.NaN, 'ms');
  figure(`${name}: received to painted p95`, quantile(readAgo, 0.95), 'ms');
  await page.close();
}

async function longTasks(browser: Browser, host: Host, speed: number): Promise<void> {
  const page = await opened(browser, host, false);
  await pause(2_000);
  const tasks = await tasksDuring(browser, page, () => pause(TRACE_MS));
  const name = `Trade screen, market at ${speed}x`;
  const busy = tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  figure(
    `${name}: tasks over ${TOO_LONG_MS} ms`,
    tasks.filter(({ wallMs }) => wallMs > TOO_LONG_MS).length,
    'tasks',
  );
  figure(`${name}: longest task`, longest(tasks, 'wallMs'), 'ms');
  figure(`${name}: longest task, of the processor`, longest(tasks, 'cpuMs'), 'ms');
  figure(`${name}: main thread busy`, (100 * busy) / TRACE_MS, '%');
  await page.close();
}

/** Bytes that the page holds after its garbage was collected, at the start, half-way and at the end. */
async function heap(browser: Browser, host: Host): Promise<void> {
  await host.ask('SET_CLOCK', { speed: FASTEST });
  const page = await opened(browser, host, false);
  const devTools = await page.context().newCDPSession(page);
  const tell = async (when: string): Promise<void> => {
    await devTools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devTools.send('Runtime.getHeapUsage');
    figure(`Trade screen, market at ${FASTEST}x: heap ${when}`, usedSize / 2 ** 20, 'MiB');
  };
  // What is kept on purpose, the latest trades and candles, is full by then.
  await pause(WARM_UP_MS);
  await tell('at the start');
  await pause(HEAP_MS / 2);
  await tell(`after ${HEAP_MS / 120_000} minutes`);
  await pause(HEAP_MS / 2);
  await tell(`after ${HEAP_MS / 60_000} minutes`);
  await page.close();
}
