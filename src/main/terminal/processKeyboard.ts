import type { Keyboard } from './keyboard.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The real keyboard, where there is one, and the signals that ask a process to stop. */
export const processKeyboard: Keyboard = {
  onKey(heard) {
    const { stdin } = process;
    if (!stdin.isTTY) return () => undefined;
    const listen = (bytes: Buffer): void => {
      for (const key of bytes.toString('utf8')) heard(key);
    };
    stdin.setRawMode(true);
    stdin.on('data', listen);
    stdin.resume();
    return () => {
      stdin.off('data', listen);
      stdin.setRawMode(false);
      stdin.pause();
    };
  },
  onStop(heard) {
    for (const signal of SIGNALS) process.on(signal, heard);
    return () => {
      for (const signal of SIGNALS) process.off(signal, heard);
    };
  },
};
