import { EventEmitter } from 'node:events';
import type {
  BrowserWindow as RealWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';
import { app } from './standInApp.ts';
import { note } from './record.ts';

type Frame = Pick<WebFrameMain, 'detached' | 'url'>;
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

interface Posted {
  readonly channel: string;
  readonly message: unknown;
  readonly transfer: readonly unknown[];
}

export class StandInContents
  extends EventEmitter
  implements Pick<WebContents, 'isDestroyed' | 'postMessage' | 'send' | 'setWindowOpenHandler'>
{
  readonly ipc = new EventEmitter();
  /** What reached the page. */
  readonly sent: string[] = [];
  /** What was posted to the page, with the ports that went along. */
  readonly posted: Posted[] = [];
  mainFrame: Frame = { detached: false, url: 'about:blank' };
  #open: OpenHandler = () => ({ action: 'allow' });

  isDestroyed(): boolean {
    return false;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    if (channel !== 'frame:to-page') throw new Error(`nobody listens on ${channel}`);
    this.sent.push(String(args[0]));
  }

  postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
    this.posted.push({ channel, message, transfer });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  opens(url: string): WindowOpenHandlerResponse {
    return this.#open({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'no-referrer' },
    });
  }
}

type UsedOfWindow =
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'removeMenu'
  | 'restore'
  | 'setBackgroundColor'
  | 'setContentProtection'
  | 'show';

export const windows: BrowserWindow[] = [];

export class BrowserWindow extends EventEmitter implements Pick<RealWindow, UsedOfWindow> {
  readonly webContents = new StandInContents();
  readonly options: BrowserWindowConstructorOptions;
  isShown = false;
  /** Whether it stays out of pictures and recordings of the screen. */
  isProtected = false;
  #isDestroyed = false;
  #isMaximised = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    windows.push(this);
    note('BrowserWindow');
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    note('loadURL', url);
    if (this.#isDestroyed) return Promise.reject(new Error('ERR_FAILED'));
    this.webContents.mainFrame = { detached: false, url };
    this.emit('ready-to-show');
    return Promise.resolve();
  }

  show(): void {
    this.isShown = true;
  }
  hide(): void {
    this.isShown = false;
  }
  focus(): void {
    note('window.focus');
  }
  restore(): void {
    note('window.restore');
  }
  maximize(): void {
    this.#isMaximised = true;
  }
  isMaximized(): boolean {
    return this.#isMaximised;
  }
  isVisible(): boolean {
    return this.isShown && !this.#isDestroyed;
  }
  removeMenu(): void {
    note('window.removeMenu');
  }
  setContentProtection(isOn: boolean): void {
    this.isProtected = isOn;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  setBackgroundColor(colour: string): void {
    note('window.setBackgroundColor', colour);
  }
  getNormalBounds(): Rectangle {
    return { x: 40, y: 30, width: 1300, height: 900 };
  }

  /** The user clicks the cross, or Electron closes it on its way out. */
  close(): void {
    let isHeld = false;
    this.emit('close', {
      preventDefault: () => {
        isHeld = true;
      },
    });
    if (!isHeld) this.destroy();
  }

  /** Goes without asking. */
  destroy(): void {
    this.#isDestroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

app.closeWindows = () => {
  for (const window of windows) if (!window.isDestroyed()) window.close();
};
