import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Menu, app } from 'electron';
import { AppError } from '../../shared/contract/appError.ts';
import type { Interruption } from '../../shared/contract/engineStatus.ts';
import type { Program } from '../app.ts';
import type { Clock } from '../platform/clock.ts';
import type { Cancel, Schedule } from '../platform/schedule.ts';
import { applicationMenu } from './applicationMenu.ts';
import { feedFile, type AppFolders } from './desktopFolders.ts';
import { followEngine } from './engineNews.ts';
import { EngineTray } from './engineTray.ts';
import { InterruptionReport } from './interruptionReport.ts';
import { TRAY_NOTICE, removalQuestion, whenClosed } from './leaving.ts';
import { KeyWindows } from './keyWindows.ts';
import { lockDown } from './lockdown.ts';
import { MainWindow } from './mainWindow.ts';
import { menuActions } from './menuActions.ts';
import { NoticeBoard } from './noticeBoard.ts';
import { readPageFiles } from '../platform/pageFiles.ts';
import { servePage } from './pageProtocol.ts';
import { isAgreed } from './questions.ts';
import type { Shutdown } from './shutdown.ts';
import { watchSleep } from './sleepWatch.ts';
import { looksForUpdates } from './updatePolicy.ts';
import { Updates } from './updates.ts';
import { wayOut } from './wayOut.ts';
import { isWorking } from './watching.ts';
import { WindowStateFile } from './windowStateFile.ts';

export interface DesktopParts {
  readonly program: Program;
  readonly folders: AppFolders;
  readonly clock: Clock;
  readonly schedule: Schedule;
  /** Where the documents are published; undefined where they aren't. */
  readonly docsUrl: string | undefined;
  readonly watchInterruptions: (heard: (interruption: Interruption) => void) => Cancel;
}

/** What the entry keeps of an open desktop. */
export interface Desktop {
  readonly shutdown: Shutdown;
  /** Brings the window to the front. */
  show(): void;
}

/** Puts the desktop around an open program: way out, page, window, tray, menu, notices, sleep, updates. */
export function openDesktop(parts: DesktopParts): Desktop {
  const { program, folders, clock, schedule } = parts;
  const cancels: Cancel[] = [];
  const shutdown = wayOut(program, cancels);
  lockDown(program.log);
  servePage(readPageFiles(folders.renderer));
  const show = (): void => {
    if (!shutdown.isLeaving) window.show();
  };
  const notices = new NoticeBoard(clock, show);
  const window = composeWindow(parts, shutdown, notices);
  composeKeyWindows(parts, window, cancels);
  const updates = composeUpdates(parts, shutdown, notices, cancels);
  const actions = menuActions(program, show, updates, folders.licences);
  const tray = new EngineTray(folders.tray, program.glance(), actions);
  const menu = applicationMenu({
    platform: process.platform,
    isPackaged: app.isPackaged,
    docsUrl: parts.docsUrl,
    canUpdate: updates !== undefined,
    actions,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  cancels.push(
    followEngine(program, schedule, {
      show: (glance) => {
        tray.show(glance);
      },
      notice: (notice) => {
        notices.show(notice);
      },
    }),
    watchComputer(parts, shutdown),
  );
  app.on('activate', show);
  // Without a listener Electron quits with the last window; here a running engine has the tray.
  app.on('window-all-closed', () => undefined);
  window.show();
  return { shutdown, show };
}

function composeWindow(parts: DesktopParts, shutdown: Shutdown, notices: NoticeBoard): MainWindow {
  const { program, folders, clock } = parts;
  const state = new WindowStateFile(join(app.getPath('userData'), 'window.json'), program.log);
  const closing = (): 'close' | 'keep' => {
    if (shutdown.isLeaving) return 'close';
    const glance = program.glance();
    if (whenClosed(glance, process.platform) === 'quit') {
      app.quit();
      // It goes when the program is closed, or stays if the user answers so.
      return 'keep';
    }
    if (isWorking(glance) && !state.state.knowsOfTray) {
      notices.say(TRAY_NOTICE.title, TRAY_NOTICE.body);
      state.change({ knowsOfTray: true });
    }
    return 'keep';
  };
  return new MainWindow({
    program,
    clock,
    state,
    preload: folders.preload,
    icon: folders.icon,
    closing,
    sessionEnds: () => {
      void shutdown.now();
    },
  });
}

/** Secrets have windows of their own; the program only hears how a ceremony ended. */
function composeKeyWindows(
  { program, folders, schedule }: DesktopParts,
  main: MainWindow,
  cancels: Cancel[],
): void {
  const windows = new KeyWindows({
    folders: { page: folders.keyPage, preload: dirname(folders.keyPreload) },
    preload: folders.keyPreload,
    icon: folders.icon,
    parent: () => main.visible,
    log: program.log,
    schedule,
    link: async (port, task) => {
      try {
        return await program.wallets.ceremony(task, port);
      } catch (error) {
        // The signer never got its end: the window is not to wait for it.
        if (error instanceof AppError && error.code === 'SIGNER_UNAVAILABLE') port.close();
        throw error;
      }
    },
  });
  program.wallets.useWindows({
    open: (task) => windows.open(task),
    agreesToRemoval: (record) => isAgreed(removalQuestion(record)),
  });
  cancels.push(() => {
    windows.close();
  });
}

function composeUpdates(
  { program, schedule }: DesktopParts,
  shutdown: Shutdown,
  notices: NoticeBoard,
  cancels: Cancel[],
): Updates | undefined {
  const hasFeed = existsSync(feedFile(process.resourcesPath));
  if (!looksForUpdates({ isPackaged: app.isPackaged, hasFeed })) return undefined;
  const updates = new Updates({
    log: program.log,
    schedule,
    glance: () => program.glance(),
    close: () => shutdown.close(),
    tell: (title, body) => {
      notices.say(title, body);
    },
  });
  cancels.push(updates.start());
  return updates;
}

function watchComputer({ program, clock, watchInterruptions }: DesktopParts, shutdown: Shutdown): Cancel {
  const report = new InterruptionReport((interruption) => {
    program.interrupted(interruption).catch((error: unknown) => {
      program.log.error('recovering from an interruption failed', { ...interruption, error });
    });
  });
  watchSleep(
    clock,
    () => {
      program.wallets.sleep().catch((error: unknown) => {
        program.log.error('the wallet could not be locked before the computer slept', { error });
      });
    },
    (interruption) => {
      report.heard('system', interruption);
    },
    () => {
      void shutdown.now();
    },
  );
  return watchInterruptions((interruption) => {
    report.heard('watch', interruption);
  });
}
