import type { BrowserContext, Page } from '@playwright/test';

/** Browsers log each connection that fails; while the program is down that is as it should be. */
const LOST = /WebSocket connection to 'ws:[^']*' failed|net::ERR_CONNECTION_REFUSED/;

/** Hears everything that goes wrong in the pages of a context: errors, policy violations, what they log as such. */
export class PageProblems {
  readonly #heard: string[] = [];

  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        console.error(`policy violation: ${violatedDirective} by ${blockedURI} ${sample}`);
      });
    });
    for (const page of context.pages()) this.#watchPage(page);
    context.on('page', (page) => {
      this.#watchPage(page);
    });
  }

  /** What went wrong, but for failed connections. */
  get all(): readonly string[] {
    return this.#heard.filter((text) => !LOST.test(text));
  }

  /** Forgets what was provoked, so that only what nobody expected is left. */
  forget(fits: RegExp): void {
    const left = this.#heard.filter((text) => !fits.test(text));
    this.#heard.splice(0, this.#heard.length, ...left);
  }

  #watchPage(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.#heard.push(`${message.type()}: ${message.text()} (${page.url()})`);
    });
    page.on('pageerror', (error) => {
      this.#heard.push(`thrown: ${error.name} ${error.message} ${error.stack ?? ''} (${page.url()})`);
    });
  }
}
