import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { applicationMenu, type MenuRequest } from '../../../src/main/desktop/applicationMenu.ts';

const nothing = (): void => undefined;
const actions = {
  open: nothing,
  sos: nothing,
  releaseSos: nothing,
  checkForUpdates: nothing,
  openLink: nothing,
  openFolder: nothing,
  openLicences: nothing,
  quit: nothing,
};
const REQUEST: MenuRequest = {
  platform: 'linux',
  isPackaged: true,
  docsUrl: undefined,
  canUpdate: false,
  actions,
};

function names(items: readonly MenuItemConstructorOptions[]): readonly string[] {
  return items.flatMap(({ role, label, submenu }) => [
    role ?? label ?? '',
    ...(Array.isArray(submenu) ? names(submenu) : []),
  ]);
}

describe('the application menu', () => {
  it('has SOS with its key, the editing roles, zoom and full screen', () => {
    const menu = applicationMenu(REQUEST);
    expect(names(menu)).toEqual(
      expect.arrayContaining(['editMenu', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']),
    );
    expect(JSON.stringify(menu)).toContain(
      '{"label":"SOS: stop everything","accelerator":"CommandOrControl+Shift+X"}',
    );
  });

  it('reloads and opens developer tools only in development', () => {
    for (const role of ['reload', 'toggleDevTools']) {
      expect(names(applicationMenu(REQUEST))).not.toContain(role);
      expect(names(applicationMenu({ ...REQUEST, isPackaged: false }))).toContain(role);
    }
  });

  it('begins with the app on macOS, and with File elsewhere', () => {
    expect(names(applicationMenu({ ...REQUEST, platform: 'darwin' }))[0]).toBe('appMenu');
    expect(names(applicationMenu(REQUEST))[0]).toBe('&File');
  });

  it('offers documents and updates only where there are any', () => {
    const without = names(applicationMenu(REQUEST));
    expect(without).not.toContain('Documentation');
    expect(without).not.toContain('Check for updates…');
    const all = names(applicationMenu({ ...REQUEST, docsUrl: 'https://github.com/', canUpdate: true }));
    expect(all).toEqual(expect.arrayContaining(['Documentation', 'Check for updates…']));
  });

  it.each([true, false])('opens the licences, installed (%s) or not', (isPackaged) => {
    let opened = 0;
    const openLicences = (): void => {
      opened += 1;
    };
    const menu = applicationMenu({ ...REQUEST, isPackaged, actions: { ...actions, openLicences } });
    const help = menu.find(({ role }) => role === 'help')?.submenu;
    const item = Array.isArray(help) ? help.find(({ label }) => label === 'Licences') : undefined;
    expect(item?.click).toBe(openLicences);
    (item?.click as (() => void) | undefined)?.();
    expect(opened).toBe(1);
  });
});
