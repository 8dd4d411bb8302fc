import type { MenuItemConstructorOptions } from 'electron';
import type { TrayView } from './trayView.ts';

/** What a menu can set going. */
export interface MenuActions {
  readonly open: () => void;
  readonly sos: () => void;
  readonly releaseSos: () => void;
  readonly checkForUpdates: () => void;
  readonly openLink: (address: string) => void;
  readonly openFolder: (folder: 'data' | 'logs') => void;
  readonly openLicences: () => void;
  readonly quit: () => void;
}

/** SOS acts at once: whoever needs it has no time for a question. It stops and cancels, and closes no position. */
export const SOS_LABEL = 'SOS: stop everything';

export function trayMenu(
  { stateLine, canRelease }: TrayView,
  { open, sos, releaseSos, quit }: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    { label: 'Open Phantom Arbiter', click: open },
    { label: stateLine, enabled: false },
    { type: 'separator' },
    { label: SOS_LABEL, enabled: !canRelease, click: sos },
    { label: 'Release SOS…', enabled: canRelease, click: releaseSos },
    { type: 'separator' },
    { label: 'Quit', click: quit },
  ];
}
