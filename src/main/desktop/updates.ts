import { dialog } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Glance } from '../app.ts';
import type { Logger } from '../platform/logger.ts';
import type { Cancel, Schedule } from '../platform/schedule.ts';
import { whyNotInstall } from './updatePolicy.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;

export interface UpdateParts {
  readonly log: Logger;
  readonly schedule: Schedule;
  glance(): Glance;
  /** Makes everything durable; the installer ends the process after it. */
  close(): Promise<void>;
  /** Says that there is something new, without getting in the way. */
  tell(title: string, body: string): void;
}

/** Looks for a newer version now and then. It is fetched and installed only on the user's click. */
export class Updates {
  readonly #parts: UpdateParts;
  #updater: AppUpdater | undefined;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  start(): Cancel {
    void this.#look('quietly');
    return this.#parts.schedule.every(LOOK_EVERY_MS, () => {
      void this.#look('quietly');
    });
  }

  /** The user asks. */
  async ask(): Promise<void> {
    const version = await this.#look('aloud');
    if (version === undefined) return;
    if (!(await agrees(`Version ${version} is there. Download it?`, 'Download'))) return;
    await this.#install(version);
  }

  /** The newer version, if there is one. A feed that can't be reached is a line in the log, and words if asked for. */
  async #look(how: 'quietly' | 'aloud'): Promise<string | undefined> {
    try {
      const result = await (await this.#loaded()).checkForUpdates();
      if (result?.isUpdateAvailable === true) {
        const { version } = result.updateInfo;
        if (how === 'quietly')
          this.#parts.tell(`Version ${version} is there`, 'Help, Check for updates fetches it.');
        return version;
      }
      if (how === 'aloud') await say('This is the newest version.');
    } catch (error) {
      this.#parts.log.warn('updates could not be looked for', { error });
      if (how === 'aloud') await say('The place of the updates does not answer. Try again later.');
    }
    return undefined;
  }

  async #install(version: string): Promise<void> {
    try {
      const updater = await this.#loaded();
      await updater.downloadUpdate();
      if (!(await agrees(`Version ${version} is ready. Restart and install it?`, 'Restart'))) return;
      // Looked at last: the engine may have been started while the question stood.
      const why = whyNotInstall(this.#parts.glance());
      if (why !== undefined) {
        await say(why);
        return;
      }
      await this.#parts.close();
      updater.quitAndInstall();
    } catch (error) {
      this.#parts.log.error('an update could not be installed', { error });
      await say('The update could not be fetched. This version goes on.');
    }
  }

  /** Loaded when first needed: most starts never do. */
  async #loaded(): Promise<AppUpdater> {
    if (this.#updater === undefined) {
      const { default: library } = await import('electron-updater');
      this.#updater = library.autoUpdater;
      this.#updater.autoDownload = false;
      this.#updater.autoInstallOnAppQuit = false;
      this.#updater.allowDowngrade = false;
    }
    return this.#updater;
  }
}

async function agrees(message: string, yes: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    message,
    buttons: [yes, 'Later'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

async function say(message: string): Promise<void> {
  await dialog.showMessageBox({ message, buttons: ['OK'] });
}
