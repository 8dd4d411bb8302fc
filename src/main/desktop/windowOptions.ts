import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { LEAST_SIZE, type WindowPlace } from './windowState.ts';

/** The page's own background in either scheme (src/renderer/theme/palette.ts), so that opening doesn't flash. */
const BACKGROUND = { dark: '#0a0c10', light: '#f5f6f8' } as const;

export const backgroundFor = (isDark: boolean): string => (isDark ? BACKGROUND.dark : BACKGROUND.light);

export interface WindowRequest {
  readonly place: WindowPlace;
  readonly preload: string;
  readonly icon: string;
  readonly isDark: boolean;
  readonly isPackaged: boolean;
}

/** A page without Node.js, in a sandbox, that can't look for anything outside. */
export const WALLED_PAGE = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  plugins: false,
  safeDialogs: true,
  spellcheck: false,
} as const satisfies WebPreferences;

/** The app's window. */
export function windowOptions(request: WindowRequest) {
  return {
    ...request.place,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Phantom Arbiter',
    icon: request.icon,
    backgroundColor: backgroundFor(request.isDark),
    // Shown once it has something to show.
    show: false,
    webPreferences: {
      preload: request.preload,
      ...WALLED_PAGE,
      devTools: !request.isPackaged,
    },
  } as const satisfies BrowserWindowConstructorOptions;
}
