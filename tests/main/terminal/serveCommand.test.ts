import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { breathe, pause } from '../../../src/main/platform/timers.ts';
import { launchApp } from '../../../src/main/terminal/launchApp.ts';
import { serveCommand, type AppOnDisk, type HostRequest } from '../../../src/main/terminal/serveCommand.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';

const ADDRESS = 'http://127.0.0.1:27316/#key=abcd';

/** An installed copy of the app: built pages, no tools. */
class Installed {
  readonly root = mkdtempSync(path.join(tmpdir(), 'installed-'));
  readonly dataDir = path.join(this.root, 'data');
  readonly requests: HostRequest[] = [];
  readonly said: string[] = [];
  closed = 0;
  #stop: () => void = () => undefined;

  constructor() {
    mkdirSync(path.join(this.root, 'out', 'renderer'), { recursive: true });
    mkdirSync(this.dataDir);
    writeFileSync(path.join(this.root, 'out', 'renderer', 'index.html'), '');
  }

  readonly app: AppOnDisk = {
    root: this.root,
    serve: (request) => {
      this.requests.push(request);
      return Promise.resolve({
        address: ADDRESS,
        port: 27316,
        close: () => {
          this.closed += 1;
          return Promise.resolve();
        },
      });
    },
  };

  readonly output = {
    out: (text: string): void => {
      this.said.push(text);
    },
    err: (text: string): void => {
      this.said.push(text);
    },
    isScreen: false,
    interactive: false,
  };

  readonly keys = {
    onKey: () => () => undefined,
    onStop: (heard: () => void) => {
      this.#stop = heard;
      return () => {
        this.#stop = () => undefined;
      };
    },
  };

  run(command: typeof serveCommand, ...args: readonly string[]): Promise<void> {
    return command(['--data-dir', this.dataDir, ...args], this.app, this.output, this.keys);
  }

  async heard(text: string): Promise<void> {
    while (!this.said.join('').includes(text)) await pause(2);
  }

  stop(): void {
    this.#stop();
  }
}

let installed: Installed;

beforeEach(() => {
  installed = new Installed();
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'SSH_CONNECTION', 'SSH_CLIENT', 'SSH_TTY'])
    vi.stubEnv(name, '');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(installed.root, { recursive: true, force: true });
});

describe('serve', () => {
  it('prints the address on a line of its own, and closes gracefully when it is stopped', async () => {
    const running = installed.run(serveCommand, '--port', '0', '--no-open');
    await installed.heard('Ctrl-C');
    expect(installed.said.join('').split('\n')).toContain(ADDRESS);
    expect(installed.closed).toBe(0);
    installed.stop();
    await running;
    expect(installed.closed).toBe(1);
    expect(installed.said.at(-1)).toBe('Stopped. What was done is kept.\n');
    expect(installed.requests).toMatchObject([
      { port: 0, dataDir: installed.dataDir, pages: path.join(installed.root, 'out', 'renderer') },
    ]);
  });

  it('leaves the port to the host where none is given', async () => {
    const running = installed.run(serveCommand, '--no-open');
    await installed.heard('Ctrl-C');
    installed.stop();
    await running;
    expect(installed.requests[0]?.port).toBeUndefined();
  });

  it('leaves no redirect file behind, nor writes one for --no-open', async () => {
    const running = installed.run(serveCommand);
    await installed.heard('Ctrl-C');
    expect(existsSync(path.join(installed.dataDir, 'open.html'))).toBe(true);
    installed.stop();
    await running;
    installed.said.length = 0;
    const unopened = installed.run(serveCommand, '--no-open');
    await installed.heard('Ctrl-C');
    await breathe();
    expect(readdirSync(installed.dataDir)).toEqual([]);
    installed.stop();
    await unopened;
  });

  it('tells a user at another computer how to get there', async () => {
    vi.stubEnv('SSH_CONNECTION', '10.0.0.1 1 10.0.0.2 22');
    const running = installed.run(serveCommand, '--no-open');
    await installed.heard('Ctrl-C');
    expect(installed.said.join('')).toContain('ssh -L 27316:127.0.0.1:27316');
    installed.stop();
    await running;
  });

  it.each([
    ['--port', '65536'],
    ['--port', '-1'],
    ['--port', 'web'],
    ['--port', ''],
    ['--host', '0.0.0.0'],
  ])('refuses %s %s before anything is opened', async (...args) => {
    await expect(installed.run(serveCommand, ...args)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
    expect(installed.requests).toEqual([]);
  });

  it('says what is missing where the pages are, and there is nothing to build them from', async () => {
    rmSync(path.join(installed.root, 'out'), { recursive: true });
    const refused = await installed.run(serveCommand).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: 'BUILD_FAILED' });
  });
});

describe('start', () => {
  it('says in one line why there is no window, then serves', async () => {
    const running = installed.run(launchApp, '--browser', '--no-open');
    await installed.heard('Ctrl-C');
    installed.stop();
    await running;
    expect(installed.said[0]).toBe(
      'No desktop window: --browser asks for the browser. The same app is served to your browser instead.\n',
    );
    expect(installed.said.join('')).toContain(ADDRESS);
  });

  it('goes without a window where Electron is not installed', async () => {
    vi.stubEnv('DISPLAY', ':0');
    const running = installed.run(launchApp, '--no-open');
    await installed.heard('Ctrl-C');
    installed.stop();
    await running;
    expect(installed.said[0]).toMatch(/^No desktop window: [^\n]+\n$/);
  });
});
