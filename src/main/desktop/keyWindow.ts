import {
  BrowserWindow,
  MessageChannelMain,
  nativeTheme,
  type MessagePortMain,
  type WebContents,
} from 'electron';
import type { CeremonyTask } from '../../shared/contract/ceremony.ts';
import { CLOSE_KEY_WINDOW, KEY_WINDOW_CHANNEL } from '../../shared/contract/keyWindow.ts';
import type { Logger } from '../platform/logger.ts';
import type { Schedule } from '../platform/schedule.ts';
import { KEY_WINDOW_URL } from './keyWindowAddress.ts';
import type { KeyWindowFiles } from './keyWindowFiles.ts';
import { keyWindowOptions } from './keyWindowOptions.ts';
import { keyWindowSession } from './keyWindowSession.ts';

/** So long the window says how it ended. What was typed is in its process until then, as text that nobody can zero. */
const SAYS_END_FOR_MS = 120_000;

export interface KeyWindowParts {
  readonly preload: string;
  readonly icon: string;
  /** The window that it stands above; undefined while there is none. */
  readonly parent: () => BrowserWindow | undefined;
  readonly log: Logger;
  readonly schedule: Schedule;
  /** Hands the port to the signer. Settles when the ceremony is over, however it ended. */
  readonly link: (port: MessagePortMain, task: CeremonyTask) => Promise<unknown>;
}

/**
 * One window for one ceremony. It is destroyed when that is over: JavaScript can't zero the strings that were typed and
 * shown there, so its process has to go. A closed window closes the port, which the signer takes for a cancel.
 */
export class KeyWindow {
  readonly #parts: KeyWindowParts;
  readonly #task: CeremonyTask;
  readonly #window: BrowserWindow;
  #isOver = false;

  /** @param name of its session: new for every window */
  constructor(parts: KeyWindowParts, files: KeyWindowFiles, task: CeremonyTask, name: string) {
    this.#parts = parts;
    this.#task = task;
    this.#window = new BrowserWindow(
      keyWindowOptions({
        task: task.kind,
        session: keyWindowSession(name, files),
        preload: parts.preload,
        icon: parts.icon,
        isDark: nativeTheme.shouldUseDarkColors,
        parent: parts.parent(),
      }),
    );
    this.#window.setContentProtection(true);
    this.#window.removeMenu();
    this.#window.once('ready-to-show', () => {
      this.#window.show();
    });
    this.#window.once('closed', () => {
      this.#isOver = true;
    });
    this.#confine(this.#window.webContents);
  }

  /** Whether its ceremony has ended, although the window may still say how. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Brings it to the front. */
  show(): void {
    this.#window.show();
    this.#window.focus();
  }

  /** Loads the page, and lets it and the signer talk: this program has neither end of their line. */
  async begin(): Promise<void> {
    const { webContents } = this.#window;
    await this.#window.loadURL(KEY_WINDOW_URL);
    // From here on a new load would be a page without a port.
    webContents.on('did-start-navigation', () => {
      this.destroy();
    });
    const { port1, port2 } = new MessageChannelMain();
    webContents.postMessage(KEY_WINDOW_CHANNEL, this.#task, [port2]);
    this.#parts.link(port1, this.#task).then(
      () => {
        this.#ended();
      },
      (error: unknown) => {
        this.#parts.log.info('a ceremony with a key ended early', { task: this.#task.kind, error });
        this.#ended();
      },
    );
  }

  destroy(): void {
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  #ended(): void {
    this.#isOver = true;
    this.#parts.schedule.after(SAYS_END_FOR_MS, () => {
      this.destroy();
    });
  }

  #confine(contents: WebContents): void {
    const hold = (event: { preventDefault(): void }): void => {
      event.preventDefault();
    };
    contents.on('will-navigate', hold);
    contents.on('will-frame-navigate', hold);
    contents.on('will-redirect', hold);
    contents.on('will-attach-webview', hold);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('render-process-gone', (_event, { reason }) => {
      this.#parts.log.warn('the key window fell over', { reason });
      this.destroy();
    });
    contents.ipc.on(KEY_WINDOW_CHANNEL, (event, message: unknown) => {
      if (event.senderFrame === contents.mainFrame && message === CLOSE_KEY_WINDOW) this.destroy();
    });
  }
}
