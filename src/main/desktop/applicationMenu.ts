import type { MenuItemConstructorOptions } from 'electron';
import { SOS_LABEL, type MenuActions } from './trayMenu.ts';

export interface MenuRequest {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Where the documents are published; undefined leaves the item out. */
  readonly docsUrl: string | undefined;
  readonly canUpdate: boolean;
  readonly actions: MenuActions;
}

/** The same keys as in the page, where a browser leaves them to it. */
export const SOS_ACCELERATOR = 'CommandOrControl+Shift+X';

export function applicationMenu(request: MenuRequest): MenuItemConstructorOptions[] {
  const isMac = request.platform === 'darwin';
  return [
    ...(isMac ? [macMenu(request)] : [fileMenu(request)]),
    { role: 'editMenu' },
    viewMenu(request),
    engineMenu(request),
    { role: 'windowMenu' },
    helpMenu(request),
  ];
}

/** Quit goes through Electron's own way out, where the program is closed durably. */
const macMenu = ({ actions }: MenuRequest): MenuItemConstructorOptions => ({
  role: 'appMenu',
  submenu: [
    { role: 'about' },
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { label: 'Quit Phantom Arbiter', accelerator: 'Command+Q', click: actions.quit },
  ],
});

const fileMenu = ({ actions }: MenuRequest): MenuItemConstructorOptions => ({
  label: '&File',
  submenu: [
    { role: 'close', label: 'Close window' },
    { type: 'separator' },
    { label: 'Quit', accelerator: 'Control+Q', click: actions.quit },
  ],
});

const viewMenu = ({ isPackaged }: MenuRequest): MenuItemConstructorOptions => ({
  label: '&View',
  submenu: [
    ...(isPackaged
      ? []
      : ([
          { role: 'reload' },
          { role: 'toggleDevTools' },
          { type: 'separator' },
        ] satisfies MenuItemConstructorOptions[])),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ],
});

const engineMenu = ({ actions }: MenuRequest): MenuItemConstructorOptions => ({
  label: '&Engine',
  submenu: [
    { label: SOS_LABEL, accelerator: SOS_ACCELERATOR, click: actions.sos },
    { label: 'Release SOS…', click: actions.releaseSos },
  ],
});

const helpMenu = ({ docsUrl, canUpdate, actions }: MenuRequest): MenuItemConstructorOptions => ({
  role: 'help',
  submenu: [
    ...(docsUrl === undefined
      ? []
      : [
          {
            label: 'Documentation',
            click: () => {
              actions.openLink(docsUrl);
            },
          },
        ]),
    ...(canUpdate ? [{ label: 'Check for updates…', click: actions.checkForUpdates }] : []),
    {
      label: 'Open data folder',
      click: () => {
        actions.openFolder('data');
      },
    },
    {
      label: 'Open log folder',
      click: () => {
        actions.openFolder('logs');
      },
    },
    { type: 'separator' },
    { label: 'Licences', click: actions.openLicences },
  ],
});
