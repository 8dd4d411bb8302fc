import { BrowserWindow, app, nativeTheme, screen } from 'electron';
import type { Program } from '../app.ts';
import type { Clock } from '../platform/clock.ts';
import { Allowance } from './allowance.ts';
import { PAGE_URL } from './appAddress.ts';
import { PageChannel } from './pageChannel.ts';
import { backgroundFor, windowOptions } from './windowOptions.ts';
import { placeFor } from './windowState.ts';
import type { WindowStateFile } from './windowStateFile.ts';

/** A page that falls over again and again is left lying: something is wrong that a new load doesn't mend. */
const RELOADS = { count: 3, withinMs: 60_000 } as const;

export interface MainWindowParts {
  readonly program: Program;
  readonly clock: Clock;
  readonly state: WindowStateFile;
  readonly preload: string;
  readonly icon: string;
  /** The user closes the window: whether it really goes. */
  readonly closing: () => 'close' | 'keep';
  /** Windows logs off or shuts down. */
  readonly sessionEnds: () => void;
}

/** The app's one window, made when it is first shown. */
export class MainWindow {
  readonly #parts: MainWindowParts;
  readonly #reloads = new Allowance(RELOADS.count, RELOADS.withinMs);
  #window: BrowserWindow | undefined;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
    nativeTheme.on('updated', () => {
      this.#window?.setBackgroundColor(backgroundFor(nativeTheme.shouldUseDarkColors));
    });
  }

  /** The window, for one that stands above it; undefined while there is none, or while it is hidden. */
  get visible(): BrowserWindow | undefined {
    return this.#window?.isVisible() === true ? this.#window : undefined;
  }

  /** Brings the window to the front, whatever has become of it. */
  show(): void {
    if (this.#window === undefined) {
      this.#window = this.#make();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  #make(): BrowserWindow {
    const { state, preload, icon } = this.#parts;
    const place = placeFor(
      state.state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const isDark = nativeTheme.shouldUseDarkColors;
    const window = new BrowserWindow(
      windowOptions({ place, preload, icon, isDark, isPackaged: app.isPackaged }),
    );
    if (state.state.isMaximised) window.maximize();
    window.once('ready-to-show', () => {
      window.show();
    });
    window.on('close', (event) => {
      this.#remember(window);
      if (this.#parts.closing() === 'close') return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.#window = undefined;
    });
    window.on('session-end', this.#parts.sessionEnds);
    this.#connect(window);
    this.#load(window);
    return window;
  }

  #connect(window: BrowserWindow): void {
    const { program } = this.#parts;
    const channel = new PageChannel(window.webContents, program, (reason) => {
      if (reason === 'goingAway') return;
      program.log.warn('the page was disconnected', { reason });
      this.#reload(window);
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      channel.end();
      program.log.error('the page fell over', { reason, exitCode });
      if (reason !== 'clean-exit') this.#reload(window);
    });
  }

  #reload(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    if (this.#reloads.take(this.#parts.clock.now())) this.#load(window);
    else this.#parts.program.log.error('the page keeps falling over and is left', {});
  }

  #load(window: BrowserWindow): void {
    window.loadURL(PAGE_URL).catch((error: unknown) => {
      this.#parts.program.log.error('the page could not be loaded', { error });
    });
  }

  #remember(window: BrowserWindow): void {
    this.#parts.state.change({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
  }
}
