import { join } from 'node:path';
import { app, dialog, shell } from 'electron';
import type { Program } from '../app.ts';
import { RELEASE_QUESTION } from './leaving.ts';
import { openOutside } from './lockdown.ts';
import { isAgreed } from './questions.ts';
import type { MenuActions } from './trayMenu.ts';
import type { Updates } from './updates.ts';

/** What the menus do. An action that fails says so in words; the program goes on. */
export function menuActions(
  program: Program,
  show: () => void,
  updates: Updates | undefined,
  licences: string,
): MenuActions {
  const attempt = (what: string, act: () => Promise<void>): void => {
    act().catch((error: unknown) => {
      program.log.error(`${what} failed`, { error });
      dialog.showErrorBox(`${what} failed`, error instanceof Error ? error.message : String(error));
    });
  };
  return {
    open: show,
    sos: () => {
      attempt('SOS', () => program.sos(false));
    },
    releaseSos: () => {
      attempt('Releasing SOS', async () => {
        if (await isAgreed(RELEASE_QUESTION)) await program.releaseSos();
      });
    },
    checkForUpdates: () => {
      attempt('Looking for updates', async () => updates?.ask());
    },
    openLink: (address) => {
      openOutside(address, program.log);
    },
    openFolder: (folder) => {
      attempt('Opening the folder', async () => {
        await openWithSystem(folder === 'data' ? program.dataDir : join(program.dataDir, 'logs'));
      });
    },
    openLicences: () => {
      attempt('Opening the licences', () => openWithSystem(licences));
    },
    quit: () => {
      app.quit();
    },
  };
}

async function openWithSystem(path: string): Promise<void> {
  const trouble = await shell.openPath(path);
  if (trouble !== '') throw new Error(trouble);
}
