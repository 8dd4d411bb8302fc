import type { MenuItemConstructorOptions } from 'electron';
import { record } from './record.ts';
import { app } from './standInApp.ts';
import { system, powerMonitor } from './standInSystem.ts';
import { processes } from './standInPorts.ts';
import { windows, type BrowserWindow } from './standInWindow.ts';

/** Where a message seems to come from. */
export type From = 'page' | 'otherOrigin' | 'childFrame' | 'nowhere';

function window(): BrowserWindow {
  const last = windows.at(-1);
  if (last === undefined) throw new Error('there is no window');
  return last;
}

function frameOf(from: From): object | null {
  const { mainFrame } = window().webContents;
  if (from === 'nowhere') return null;
  if (from === 'childFrame') return { detached: false, url: mainFrame.url };
  if (from === 'otherOrigin')
    window().webContents.mainFrame = { detached: false, url: 'https://evil.example/' };
  return window().webContents.mainFrame;
}

function click(menu: readonly MenuItemConstructorOptions[], label: string): void {
  for (const item of menu) {
    if (Array.isArray(item.submenu)) click(item.submenu, label);
    if (item.label !== label || item.enabled === false) continue;
    Reflect.apply(item.click ?? (() => undefined), item, []);
  }
}

/** All that a test can do to a running host, and see of it. Called over the process's own channel, so all is JSON. */
export const desk = {
  record: () => record,
  windowCount: () => windows.length,
  windowOptions: () => window().options,
  isShown: () => window().isShown,
  sentToPage: () => window().webContents.sent,
  closeWindow: () => {
    window().close();
  },
  fromPage: (channel: string, message: unknown, from: From = 'page') => {
    window().webContents.ipc.emit(channel, { senderFrame: frameOf(from) }, message);
  },
  navigates: (url: string) => {
    let isHeld = false;
    window().webContents.emit('will-navigate', { url, preventDefault: () => (isHeld = true) });
    return !isHeld;
  },
  attachesWebview: () => {
    let isHeld = false;
    window().webContents.emit('will-attach-webview', { preventDefault: () => (isHeld = true) });
    return !isHeld;
  },
  opens: (url: string) => window().webContents.opens(url),
  asksPermission: (permission: string, requestingUrl: string) => {
    let isGiven: boolean | undefined;
    const decide = (given: boolean): void => {
      isGiven = given;
    };
    Reflect.apply(system.permissionRequest ?? (() => undefined), undefined, [
      null,
      permission,
      decide,
      { requestingUrl },
    ]);
    const isThere: unknown = Reflect.apply(system.permissionCheck ?? (() => true), undefined, [
      null,
      permission,
      requestingUrl,
      {},
    ]);
    return { isGiven, isThere };
  },
  loads: (url: string) => {
    let isCancelled: boolean | undefined;
    system.beforeRequest?.({ url }, ({ cancel }) => {
      isCancelled = cancel;
    });
    return isCancelled === false;
  },
  fetches: async (url: string, method = 'GET') => {
    const response = await system.handlers.get('app')?.(new Request(url, { method }));
    if (response === undefined) throw new Error('nobody serves app:');
    const headers = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.text() };
  },
  tray: () => ({
    image: system.tray?.image,
    tooltip: system.tray?.tooltip,
    labels: system.tray?.menu.map(({ label, enabled }) => (enabled === false ? `(${label})` : label)),
  }),
  clickTray: (label: string) => {
    click(system.tray?.menu ?? [], label);
  },
  clickMenu: (label: string) => {
    click(system.applicationMenu, label);
  },
  throws: (message: string) => {
    setImmediate(() => {
      throw new Error(message);
    });
  },
  /** The process that was asked for to have the keys, and what it was asked. */
  signer: () => {
    const [made] = processes;
    return {
      file: made?.file,
      args: made?.args,
      asked: made?.heard.map(({ message, transfer }) => {
        const { name, ask } = message as { name: string; ask: { order?: { task: { kind: string } } } };
        return { name, task: ask.order?.task.kind, ports: transfer.length };
      }),
    };
  },
  answers: (button: number) => {
    system.answer = button;
  },
  emits: (from: 'app' | 'powerMonitor' | 'webContents', event: string, ...args: readonly unknown[]) => {
    const source = { app, powerMonitor, webContents: windows.at(-1)?.webContents }[from];
    source?.emit(event, {}, ...args);
  },
};

export type Desk = typeof desk;
