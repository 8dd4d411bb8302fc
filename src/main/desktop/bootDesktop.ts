import { join } from 'node:path';
import { app, dialog } from 'electron';
import { LOG_LEVEL_VARIABLE } from '../platform/logLevel.ts';
import { levelFrom, type LogLevel } from '../platform/logger.ts';
import type { Program, ProgramOptions } from '../app.ts';
import { openDesktop, type Desktop, type DesktopParts } from './desktop.ts';
import { appFolders } from './desktopFolders.ts';
import { LastResort } from './lastResort.ts';
import { declareScheme } from './pageProtocol.ts';
import { givenDataDir, whyNotStart } from './startOptions.ts';
import { startUtilitySigner } from './utilitySigner.ts';

/** As in build/electron-builder.ts. */
const APP_ID = 'app.phantom-arbiter';

export interface BootParts extends Pick<
  DesktopParts,
  'clock' | 'docsUrl' | 'schedule' | 'watchInterruptions'
> {
  /** The folder of the built entry. */
  readonly main: string;
  /** Where everything is kept unless the command line names another folder: the same as every other host's. */
  readonly dataDir: string;
  openProgram(options: ProgramOptions): Program;
}

/**
 * Starts the desktop host. What Electron wants before it is ready is done before this returns: it isn't ready while the
 * entry is being read, so nobody may wait for it there.
 */
export function bootDesktop(parts: BootParts): void {
  const why = whyNotStart(process.argv.slice(1), app.isPackaged);
  if (why !== undefined) {
    dialog.showErrorBox('Phantom Arbiter', why);
    app.exit(1);
    return;
  }
  const lastResort = new LastResort();
  placeData(parts.dataDir);
  // One instance a data folder: the folder is where Electron keeps the lock.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // Windows shows notifications only of an app that it knows by its installer's name.
  app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  declareScheme();
  let desktop: Desktop | undefined;
  app.on('second-instance', () => {
    desktop?.show();
  });
  app
    .whenReady()
    .then(() => {
      desktop = open(parts, lastResort);
    })
    .catch((error: unknown) => lastResort.fail(error));
}

/** Chromium's own files get a folder beside ours, out of the way of a person who looks for the database. */
function placeData(fallback: string): void {
  app.setPath('userData', givenDataDir(process.argv.slice(1), process.cwd()) ?? fallback);
  app.setPath('sessionData', join(app.getPath('userData'), 'browser'));
}

function open(parts: BootParts, lastResort: LastResort): Desktop {
  const { main, clock, schedule, docsUrl } = parts;
  const folders = appFolders({ main, isPackaged: app.isPackaged, resourcesPath: process.resourcesPath });
  const program = parts.openProgram({
    allowsLive: true,
    dataDir: app.getPath('userData'),
    appVersion: app.getVersion(),
    logLevel: logLevelFrom(process.env),
    stderrLevel: 'error',
    startSigner: () => startUtilitySigner(folders.signer, process.env),
  });
  lastResort.guard({ log: program.log, close: () => program.close() });
  const desktop = openDesktop({
    program,
    folders,
    clock,
    schedule,
    docsUrl,
    watchInterruptions: parts.watchInterruptions,
  });
  lastResort.guard({ log: program.log, close: () => desktop.shutdown.close() });
  return desktop;
}

/** Undefined leaves it to the setting. */
const logLevelFrom = (env: NodeJS.ProcessEnv): LogLevel | undefined =>
  (env[LOG_LEVEL_VARIABLE.name] ?? '') === '' ? undefined : levelFrom(env);
