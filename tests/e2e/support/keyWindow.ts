import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CDPSession, Page, Route } from '@playwright/test';

import { KEY_WINDOW_URL } from '../../../src/main/desktop/keyWindowAddress.ts';
import { keyWindowAnswer } from '../../../src/main/desktop/keyWindowAnswer.ts';
import { readKeyWindowFiles } from '../../../src/main/desktop/keyWindowFiles.ts';
import {
  messageFromWindow,
  type CeremonyTask,
  type MessageFromWindow,
  type MessageToWindow,
  type StepName,
  type StepOf,
} from '../../../src/shared/contract/ceremony.ts';
import { expect } from './test.ts';
import { ROOT } from './host.ts';

const ORIGIN = 'https://keys.test';
/** The world of the preload: in Electron too, a script there shares the page's DOM and nothing else of it. */
const WORLD = 'keys';
/** Bytes cross to the browser and back as text. */
const BYTES = '$bytes';

type Answer = Extract<MessageFromWindow, { kind: 'answer' }>;

/**
 * The key window in a browser: its own files under its own policy, its built preload in an isolated world, and a real
 * port, on whose other end the test is the signer.
 */
export class KeyWindow {
  readonly page: Page;
  /** Every address that was asked for. */
  readonly requested: string[] = [];
  /** What the window has sent to the program beside the port. */
  readonly toProgram: string[] = [];
  /** Hears everything that the window sends over its port. */
  onSent: (message: unknown) => void = (message) => {
    this.#sent.push(message);
  };
  readonly #session: CDPSession;
  readonly #sent: unknown[] = [];
  #world = 0;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  /** @param preload the folder of the built preload */
  static async open(page: Page, preload: string, task: CeremonyTask): Promise<KeyWindow> {
    const session = await page.context().newCDPSession(page);
    const window = new KeyWindow(page, session);
    await window.#listen();
    const source = inWorld(readFileSync(join(preload, 'keys.cjs'), 'utf8'), task);
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD });
    const files = readKeyWindowFiles({ page: join(ROOT, 'resources', 'keys'), preload });
    await page.route('**/*', (route) => window.#serve(route, files));
    await page.goto(`${ORIGIN}/`);
    return window;
  }

  /** As the signer asks. */
  async step<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<void> {
    await this.says({ kind: 'step', name, step });
  }

  async says(message: MessageToWindow): Promise<void> {
    await this.saysAnything(message);
  }

  async saysAnything(message: unknown): Promise<void> {
    await this.inWorld(`fromSigner(${JSON.stringify(message, encoded)})`);
  }

  /** The signer's process ends. */
  async signerDies(): Promise<void> {
    await this.inWorld('signerDies()');
  }

  /** The next thing that the window has sent, as it fits the contract. */
  async sent(): Promise<MessageFromWindow> {
    await expect.poll(() => this.#sent.length, { intervals: [20] }).toBeGreaterThan(0);
    return messageFromWindow.parse(this.#sent.shift());
  }

  /** The answer to a step; bytes as text. */
  async answer(name: StepName): Promise<unknown> {
    const sent = (await this.sent()) as Answer;
    expect(sent).toMatchObject({ kind: 'answer', name });
    return textIn(sent.answer);
  }

  get unread(): number {
    return this.#sent.length;
  }

  /** Evaluates text where the preload runs. */
  async inWorld(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#session.send('Runtime.evaluate', {
      contextId: this.#world,
      expression,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }

  /** Everything that a field of the page has in it, and all that the page shows. */
  async contents(): Promise<string> {
    const seen = await this.inWorld(`JSON.stringify([
      ...[...document.querySelectorAll('input')].map((field) => field.value),
      document.documentElement.outerHTML,
      document.title,
    ])`);
    return String(seen);
  }

  async #listen(): Promise<void> {
    this.#session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD) this.#world = context.id;
    });
    this.#session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'toSigner') this.onSent(JSON.parse(payload, decoded));
      if (name === 'toProgram') this.toProgram.push(payload);
    });
    await this.#session.send('Page.enable');
    await this.#session.send('Runtime.enable');
    for (const name of ['toSigner', 'toProgram'])
      await this.#session.send('Runtime.addBinding', { name, executionContextName: WORLD });
  }

  async #serve(route: Route, files: ReturnType<typeof readKeyWindowFiles>): Promise<void> {
    const request = route.request();
    this.requested.push(request.url());
    const url = request.url().replace(`${ORIGIN}/`, KEY_WINDOW_URL);
    const { status, headers, body } = keyWindowAnswer({ method: request.method(), url }, files);
    await route.fulfill({ status, headers, body: body ?? '' });
  }
}

/** The built preload, with what Electron gives it and no more. */
function inWorld(preload: string, task: CeremonyTask): string {
  return `(() => {
    const channel = new MessageChannel();
    const encoded = (_key, value) => value instanceof Uint8Array ? { ${BYTES}: [...value] } : value;
    const decoded = (_key, value) => Array.isArray(value?.${BYTES}) ? new Uint8Array(value.${BYTES}) : value;
    channel.port2.onmessage = ({ data }) => toSigner(JSON.stringify(data, encoded));
    globalThis.fromSigner = (message) => channel.port2.postMessage(JSON.parse(JSON.stringify(message), decoded));
    globalThis.signerDies = () => channel.port2.close();
    const ipcRenderer = {
      once: (name, listener) => addEventListener('DOMContentLoaded', () => {
        if (name === 'ceremony') listener({ ports: [channel.port1] }, ${JSON.stringify(task)});
      }),
      send: (...message) => toProgram(message.join(' ')),
    };
    const require = (name) => {
      if (name !== 'electron') throw new Error('a sandboxed preload has no ' + name);
      return { ipcRenderer };
    };
    ((require, module, exports) => {${preload}
    })(require, { exports: {} }, {});
  })();`;
}

/** Looks at what is there itself: a buffer of Node.js has a form of its own for JSON. */
function encoded(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Uint8Array ? { [BYTES]: Array.from(held) } : value;
}

function decoded(_key: string, value: unknown): unknown {
  const bytes: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, BYTES) : undefined;
  return Array.isArray(bytes) ? new Uint8Array(bytes as number[]) : value;
}

function textIn(answer: unknown): unknown {
  if (answer instanceof Uint8Array) return new TextDecoder().decode(answer);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, textIn(value)]));
}
