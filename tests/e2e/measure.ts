/**
 * Figures of the app in a browser, one JSON line each: {name, value, unit}. Run by `npm run -s bench`.
 * `--minutes M` is how long the page is driven for the heap: 5 at 120 updates a second are as many as an hour at 10.
 */
import { parseArgs } from 'node:util';

import { chromium, type Browser, type Page } from '@playwright/test';

import { CHROMIUM_ARGS, findChromium } from '../../build/browser.mjs';
import { Host } from './support/host.ts';
import { StandIn } from './support/standIn.ts';
import { longest, tasksDuring } from './support/tasks.ts';

const COLD_STARTS = 9;
const UPDATES = 300;
/** As often as a host sends them. */
const UPDATE_EVERY_MS = 100;
const LOAD_A_SECOND = 100;
const LOAD_MS = 10_000;
const TOO_LONG_MS = 50;
const HOUR_A_SECOND = 120;
const WARM_UP_MS = 15_000;
/** The first figure of the dashboard. */
const FIGURE = 'main dl dd data';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });

const figure = (name: string, value: number, unit: string): void => {
  process.stdout.write(`${JSON.stringify({ name, value: Number(value.toPrecision(4)), unit })}\n`);
};

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const executablePath = findChromium();
if (executablePath !== undefined) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const host = new Host();
  try {
    await host.start();
    await host.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
    while ((await host.ask('GET_STATUS', {})).engines[0]?.funding?.positions.length !== 1) await pause(100);
    await coldStarts(browser, host);
    const standIn = new StandIn(await host.ask('GET_STATUS', {}));
    await host.remove();
    await standIn.open();
    await updateToPaint(browser, standIn);
    await underLoad(browser, standIn);
    await heap(browser, standIn, Number(values.minutes) * 60_000);
    standIn.close();
  } finally {
    await host.remove();
    await browser.close();
  }
}

/** From the beginning of the navigation until the frame after the first figure, in a browser that has cached nothing. */
async function coldStarts(browser: Browser, host: Host): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < COLD_STARTS; n += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript((selector) => {
      const look = (): void => {
        if (document.querySelector(selector) === null) requestAnimationFrame(look);
        else
          requestAnimationFrame(() =>
            setTimeout(() => Object.assign(window, { shownAfter: performance.now() })),
          );
      };
      look();
    }, FIGURE);
    await page.goto(host.address());
    const shown = await page.waitForFunction(() => Reflect.get(window, 'shownAfter') as number | undefined);
    took.push((await shown.jsonValue()) ?? Number.NaN);
    await context.close();
  }
  figure('first meaningful screen, median', quantile(took, 0.5), 'ms');
  figure('first meaningful screen, slowest', Math.max(...took), 'ms');
}

async function opened(browser: Browser, standIn: StandIn): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(standIn.address());
  await page.waitForSelector(FIGURE);
  await page.waitForSelector('figure canvas');
  return page;
}

/** From the moment an update leaves the host until the frame that shows it. */
async function updateToPaint(browser: Browser, standIn: StandIn): Promise<void> {
  const page = await opened(browser, standIn);
  await page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(window, { painted });
    new MutationObserver(() => {
      const { textContent } = document.querySelector('main') ?? {};
      const price = /\$(9\d\d\.\d{3})/.exec(textContent ?? '')?.[1];
      if (price === undefined || price in painted) return;
      painted[price] = 0;
      // The task after the frame's callbacks runs once the frame is handed over.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          painted[price] = performance.timeOrigin + performance.now();
        });
        port1.start();
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const sent = new Map<string, number>();
  for (let n = 0; n < UPDATES; n += 1) {
    const price = (900 + n / 1_000).toFixed(3);
    sent.set(price, performance.timeOrigin + performance.now());
    standIn.update(price);
    await pause(UPDATE_EVERY_MS);
  }
  const painted = await page.evaluate(() => Reflect.get(window, 'painted') as Record<string, number>);
  const took = [...sent].flatMap(([price, at]) => {
    const shown = painted[price] ?? 0;
    return shown === 0 ? [] : [shown - at];
  });
  figure('update to paint p50', quantile(took, 0.5), 'ms');
  figure('update to paint p99', quantile(took, 0.99), 'ms');
  figure('updates painted', (100 * took.length) / UPDATES, '%');
  await page.close();
}

async function underLoad(browser: Browser, standIn: StandIn): Promise<void> {
  const page = await opened(browser, standIn);
  const before = standIn.sent;
  const stop = standIn.broadcast(LOAD_A_SECOND);
  const tasks = await tasksDuring(browser, page, () => pause(LOAD_MS));
  stop();
  const tooLong = tasks.filter(({ wallMs }) => wallMs > TOO_LONG_MS).length;
  const busy = tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  figure('updates a second, sent', ((standIn.sent - before) * 1_000) / LOAD_MS, 'a second');
  figure(`tasks over ${TOO_LONG_MS} ms at 100 updates a second`, tooLong, 'tasks');
  figure('longest task at 100 updates a second', longest(tasks, 'wallMs'), 'ms');
  figure('longest task at 100 updates a second, of the processor', longest(tasks, 'cpuMs'), 'ms');
  figure('main thread busy at 100 updates a second', (100 * busy) / LOAD_MS, '%');
  await page.close();
}

/** Bytes that the page holds after its garbage was collected, at the start and at the end of a long time-lapse. */
async function heap(browser: Browser, standIn: StandIn, forMs: number): Promise<void> {
  const page = await opened(browser, standIn);
  const devTools = await page.context().newCDPSession(page);
  const heldMiB = async (): Promise<number> => {
    await devTools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devTools.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  const stop = standIn.broadcast(HOUR_A_SECOND);
  // What is kept on purpose, the latest lines and the curve, is full by then.
  await pause(WARM_UP_MS);
  const [before, sent] = [await heldMiB(), standIn.sent];
  await pause(forMs);
  const after = await heldMiB();
  stop();
  figure('heap at the start of a time-lapse', before, 'MiB');
  figure(`heap after ${standIn.sent - sent} updates`, after, 'MiB');
  await page.close();
}
