import { fork } from 'node:child_process';
import { realSchedule } from '../../platform/schedule.ts';
import { OUT } from '../terminal/terminal.ts';
import type { SignerProcess } from './signerProcess.ts';

/**
 * What a signer needs of the environment: the way to the keychain, the way to the user's folders, the terminal. Nothing
 * else comes with it, least of all options for Node.js.
 */
const KEPT = [
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'HOME',
  'LANG',
  'LC_ALL',
  'LOGNAME',
  'PATH',
  'TERM',
  'USER',
  'WAYLAND_DISPLAY',
  'XDG_CURRENT_DESKTOP',
  'XDG_DATA_HOME',
  'XDG_RUNTIME_DIR',
  // Windows
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'USERPROFILE',
  'WINDIR',
] as const;

/**
 * Only what it needs: it writes nothing but the terminal, starts no process and no worker. It reads its own code, the
 * keychain's module, and a keypair file.
 */
const CONFINED = [
  '--permission',
  '--allow-addons',
  '--allow-fs-read=*',
  `--allow-fs-write=${OUT}`,
  '--disable-proto=delete',
  '--disable-sigusr1',
  '--no-warnings',
];

/** So long a signer has for giving the terminal back. */
const GRACE_MS = 1_000;

export const signerEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));

/** Starts the signer as a child process of Node.js, which shares the terminal. */
export function startChildSigner(env: NodeJS.ProcessEnv): SignerProcess {
  const child = fork(new URL('main.ts', import.meta.url), [], {
    env: signerEnvironment(env),
    execArgv: CONFINED,
    // Bytes stay bytes.
    serialization: 'advanced',
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  return {
    post: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    postPort: () => {
      throw new TypeError('a child process takes no port');
    },
    onMessage: (heard) => {
      child.on('message', heard);
    },
    onExit: (heard) => {
      let isTold = false;
      const tell = (code: number | null): void => {
        if (isTold) return;
        isTold = true;
        heard(code ?? -1);
      };
      child.on('exit', tell);
      // One that could not be started never exits.
      child.on('error', () => {
        tell(-1);
      });
    },
    kill: () => {
      child.kill();
      // One that is stopped or stuck hears nothing else.
      const end = realSchedule.after(GRACE_MS, () => child.kill('SIGKILL'));
      child.once('exit', end);
    },
  };
}
