import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron';
import type { CeremonyTask } from '../../shared/contract/ceremony.ts';
import { backgroundFor, WALLED_PAGE } from './windowOptions.ts';

/** What a task shows at most, so that nothing is scrolled and little is empty. */
const HEIGHTS: Readonly<Record<CeremonyTask['kind'], number>> = {
  create: 740,
  import: 740,
  passphrase: 680,
  unlock: 520,
};

export interface KeyWindowRequest {
  readonly task: CeremonyTask['kind'];
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  readonly isDark: boolean;
  /** The window that it stands above; undefined while there is none. */
  readonly parent: BrowserWindow | undefined;
}

/** The window in which secrets are entered and shown: small, above the app's, and with nothing that looks into it. */
export function keyWindowOptions({ task, session, preload, icon, isDark, parent }: KeyWindowRequest) {
  return {
    width: 600,
    height: HEIGHTS[task],
    useContentSize: true,
    minWidth: 460,
    minHeight: 480,
    title: 'Phantom Arbiter',
    icon,
    backgroundColor: backgroundFor(isDark),
    ...(parent === undefined ? {} : { parent }),
    // It would take the main window away for as long as a phrase is being written down, and with it SOS.
    modal: false,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      ...WALLED_PAGE,
      preload,
      session,
      // A developer looks at it in a browser (tests/e2e/keyWindow.spec.ts), never with a real secret in it.
      devTools: false,
    },
  } as const satisfies BrowserWindowConstructorOptions;
}
