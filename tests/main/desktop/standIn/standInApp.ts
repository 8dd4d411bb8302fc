import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { note } from './record.ts';

type Used =
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setPath'
  | 'whenReady';

const ready = Promise.withResolvers<undefined>();
const paths = new Map<string, string>([['userData', process.env['STAND_IN_USER_DATA'] ?? '']]);

export class StandInApp extends EventEmitter implements Pick<App, Used> {
  readonly isPackaged = process.env['STAND_IN_PACKAGED'] === 'yes';

  setAppUserModelId(id: string): void {
    note('app.setAppUserModelId', id);
  }

  enableSandbox(): void {
    note('app.enableSandbox');
  }

  requestSingleInstanceLock(): boolean {
    const isFirst = process.env['STAND_IN_SECOND'] !== 'yes';
    note('app.requestSingleInstanceLock', isFirst);
    return isFirst;
  }

  getPath(name: string): string {
    return paths.get(name) ?? '';
  }

  setPath(name: string, path: string): void {
    note('app.setPath', name, path);
    paths.set(name, path);
  }

  getVersion(): string {
    return '0.1.0';
  }

  async whenReady(): Promise<void> {
    await ready.promise;
  }

  /** As Electron does it: asks everybody, then closes the windows, then goes. */
  quit(): void {
    note('app.quit');
    setImmediate(() => {
      let isHeld = false;
      this.emit('before-quit', {
        preventDefault: () => {
          isHeld = true;
        },
      });
      if (isHeld) return;
      this.closeWindows();
      this.exit(0);
    });
  }

  exit(code = 0): void {
    note('app.exit', code);
    process.exitCode = code;
    this.ended(code);
  }

  /** Set by the windows and by the test's end of the line. */
  closeWindows: () => void = () => undefined;
  ended: (code: number) => void = () => undefined;

  becomeReady(): void {
    note('ready');
    ready.resolve(undefined);
  }
}

export const app = new StandInApp();
