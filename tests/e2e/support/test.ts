import { test as base, expect, type Page } from '@playwright/test';

import { Host } from './host.ts';
import { PageProblems } from './pageProblems.ts';

export { expect };

/** What a file's host begins with. */
export interface Beginning {
  /** False: nobody has chosen anything yet. */
  readonly begun: boolean;
  /** By name, as the settings screen changes them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A vault that was begun and stands still, with a hedge soon to come. */
export const BEGUN: Beginning = { begun: true, settings: {} };
export const FIRST_RUN: Beginning = { begun: false, settings: {} };

/** The demo of every test: 10,000 dollars on the same market. */
export const SEED = 7;
export const CAPITAL = '10000';

interface TestFixtures {
  beginning: Beginning;
  /** The program: the same for all tests of a file, unless they begin otherwise. */
  host: Host;
  /** A page of the program, at the dashboard or the first run. */
  app: Page;
  /** Nothing may go wrong in any page: this is asserted after each test. */
  problems: PageProblems;
}

interface WorkerFixtures {
  hosts: Hosts;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  beginning: [BEGUN, { option: true }],

  hosts: [
    // Playwright reads the names of what a fixture needs from its first parameter.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const hosts = new Hosts();
      await use(hosts);
      await hosts.closeAll();
    },
    { scope: 'worker' },
  ],

  host: async ({ hosts, beginning }, use, { file }) => {
    await use(await hosts.of(file, beginning));
  },

  problems: [
    async ({ context }, use) => {
      const problems = new PageProblems();
      await problems.watch(context);
      await use(problems);
      expect(problems.all, 'what went wrong in the page').toEqual([]);
    },
    { auto: true },
  ],

  app: async ({ page, host }, use) => {
    await page.goto(host.address());
    // It is let in, and listens to the keyboard. This also holds every screen to saying which money it is about.
    await expect(page.getByText('Paper, simulated money')).toBeVisible();
    await use(page);
  },
});

/** The hosts of one worker: the last file's goes when the next file begins. */
class Hosts {
  readonly #hosts = new Map<string, Host>();
  #file = '';

  async of(file: string, beginning: Beginning): Promise<Host> {
    if (file !== this.#file) await this.closeAll();
    this.#file = file;
    const name = JSON.stringify(beginning);
    const running = this.#hosts.get(name);
    if (running !== undefined) return running;
    const host = new Host();
    this.#hosts.set(name, host);
    await host.start();
    if (beginning.begun) await begin(host, beginning.settings);
    return host;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.remove()));
    this.#hosts.clear();
  }
}

/** A new vault, standing still at its first minute. */
export async function begin(host: Host, settings: Beginning['settings'] = {}): Promise<void> {
  if (Object.keys(settings).length > 0)
    await host.ask('UPDATE_CONFIG', { engine: 'funding', config: settings });
  await host.ask('VAULT_RESET', {
    engine: 'funding',
    capital: CAPITAL,
    market: { kind: 'simulated', seed: SEED },
  });
}
