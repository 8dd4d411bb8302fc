import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Glance } from '../../../src/main/app.ts';
import { Updates } from '../../../src/main/desktop/updates.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import { FLAT, HEDGED, LIVE, RUNNING } from './statuses.ts';

// Neither can run without Electron's runtime: what is tested is the order of things between them.
const done = vi.hoisted(() => [] as string[]);
const server = vi.hoisted(() => ({ version: '0.2.0' as string | undefined }));
const answers = vi.hoisted(() => [] as number[]);
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: ({ message }: { message: string }) => {
      done.push(message);
      return Promise.resolve({ response: answers.shift() ?? 1 });
    },
  },
}));
vi.mock('electron-updater', () => ({
  default: {
    autoUpdater: {
      checkForUpdates: () => {
        done.push('check');
        if (server.version === 'down') return Promise.reject(new Error('no answer'));
        return Promise.resolve({
          isUpdateAvailable: server.version !== undefined,
          updateInfo: { version: server.version },
        });
      },
      downloadUpdate: () => {
        done.push('download');
        return Promise.resolve([]);
      },
      quitAndInstall: () => done.push('install'),
    },
  },
}));

const schedule = new ManualSchedule();
function updates(glance: Glance): Updates {
  return new Updates({
    log: silentLogger,
    schedule,
    glance: () => glance,
    close: () => {
      done.push('close');
      return Promise.resolve();
    },
    tell: (title) => done.push(`tell ${title}`),
  });
}

const PAPER: Glance = { status: RUNNING, funding: FLAT };

beforeEach(() => {
  done.length = 0;
  answers.length = 0;
  server.version = '0.2.0';
});

describe('updates', () => {
  it('are looked for at the start and every six hours, told of, and left alone', async () => {
    const stop = updates(PAPER).start();
    await expect.poll(() => done).toEqual(['check', 'tell Version 0.2.0 is there']);
    schedule.pass(6 * 3_600_000);
    await expect.poll(() => done.filter((what) => what === 'check')).toHaveLength(2);
    stop();
    expect(schedule.waiting).toBe(0);
    expect(done).not.toContain('download');
  });

  it('are fetched and installed on two clicks, once everything is durable', async () => {
    answers.push(0, 0);
    await updates(PAPER).ask();
    expect(done.filter((what) => !what.includes('?'))).toEqual(['check', 'download', 'close', 'install']);
  });

  it('are not fetched, or not installed, without the click', async () => {
    await updates(PAPER).ask();
    answers.push(0);
    await updates(PAPER).ask();
    expect(done).not.toContain('install');
    expect(done.filter((what) => what === 'download')).toHaveLength(1);
  });

  it('are never installed while the engine is live and running', async () => {
    answers.push(0, 0);
    await updates({ status: LIVE, funding: HEDGED }).ask();
    expect(done.at(-1)).toMatch(/LIVE and running/);
    expect(done).not.toContain('close');
    expect(done).not.toContain('install');
  });

  it('say in words that there is none, or that the feed does not answer', async () => {
    server.version = undefined;
    await updates(PAPER).ask();
    expect(done.at(-1)).toBe('This is the newest version.');
    server.version = 'down';
    await updates(PAPER).ask();
    expect(done.at(-1)).toMatch(/does not answer/);
  });
});
