import { closeSync, constants, openSync, read, readSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { AppError } from '../../../shared/contract/appError.ts';
import { zeroable } from '../zeroable.ts';

/** The terminal that a person sits at, whatever the process's own input and output are. */
export interface Terminal {
  write(text: string): void;
  /** Bytes that are no text of the program's. */
  writeBytes(bytes: Uint8Array): void;
  /** Waits for something to be typed. Empty where the terminal is gone. The caller zeroes it. */
  read(): Promise<Uint8Array>;
  /** Turns to a screen of its own, which leaves nothing in the scrollback, or back. */
  turn(to: 'own' | 'usual'): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

const CHUNK = 1024;
/** Where a terminal is read and written, by their names of the operating system. */
export const [IN, OUT] =
  process.platform === 'win32' ? ['\\\\.\\CONIN$', '\\\\.\\CONOUT$'] : ['/dev/tty', '/dev/tty'];
/** Asks the terminal to mark what is pasted, and no longer to. */
const [MARK_PASTES, UNMARK_PASTES] = ['\u001b[?2004h', '\u001b[?2004l'];
/** Cleared where it is left as well: some terminals keep what stood there. */
const TURN = { own: '\u001b[?1049h\u001b[2J\u001b[H', usual: '\u001b[2J\u001b[H\u001b[?1049l' } as const;
/**
 * The same for whoever doesn't know which screen is up: the place on the usual one is remembered first, so that nothing
 * moves where it was up already, and 1047 clears the own one and does nothing on the usual one.
 */
const TURN_BACK = '\u001b7\u001b[?1047l\u001b[?1049l';

/** Opens the terminal in raw mode: nothing is echoed, every key arrives. Throws TERMINAL_REQUIRED. */
export function openTerminal(): Terminal {
  let input: number | undefined;
  try {
    input = openSync(IN, 'r');
    const output = openSync(OUT, 'w');
    // Switches the mode. Node makes a terminal that it reads itself non-blocking, so that this is another opening.
    const mode = new ReadStream(openSync(IN, 'r'));
    mode.setRawMode(true);
    writeSync(output, MARK_PASTES);
    return opened(input, output, mode);
  } catch (cause) {
    if (input !== undefined) closeSync(input);
    const message = 'Secrets are shown and entered on a terminal only, and there is none here.';
    throw new AppError('TERMINAL_REQUIRED', message, {}, { cause });
  }
}

/** Throws away what was typed and not asked for: the rest of a pasted phrase is nothing for the shell, and its history. */
function dropTyped(): void {
  // Windows has no such flag.
  if (process.platform === 'win32') return;
  const room = zeroable(CHUNK);
  let input: number | undefined;
  try {
    input = openSync(IN, constants.O_RDONLY | constants.O_NONBLOCK);
    while (readSync(input, room) > 0);
  } catch {
    // There is no more, or the terminal is gone.
  } finally {
    room.fill(0);
    if (input !== undefined) closeSync(input);
  }
}

/** Leaves nothing of what another process showed, which has died and could not do so itself. */
export function clearAfter(): void {
  try {
    const output = openSync(OUT, 'w');
    writeSync(output, `${TURN_BACK}${UNMARK_PASTES}`);
    closeSync(output);
  } catch {
    // The terminal has gone as well.
  }
}

function opened(input: number, output: number, mode: ReadStream): Terminal {
  let isOpen = true;
  let isReading = false;
  let screen: keyof typeof TURN = 'usual';
  const turn = (to: keyof typeof TURN): void => {
    if (to !== screen) writeSync(output, TURN[to]);
    screen = to;
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    turn('usual');
    writeSync(output, UNMARK_PASTES);
    dropTyped();
    mode.setRawMode(false);
    mode.destroy();
    closeSync(output);
    closeSync(input);
    process.off('exit', end);
  };
  // Whatever ends the process: a phrase doesn't stay on the screen, and nothing of it in memory. Node.js would wait for
  // the thread that reads, which ends with the next key only, and takes it from whoever reads the terminal by then.
  const end = (): void => {
    close();
    if (isReading) process.kill(process.pid, 'SIGKILL');
  };
  process.prependListener('exit', end);
  return {
    write: (text) => {
      writeSync(output, text);
    },
    writeBytes: (bytes) => {
      for (let written = 0; written < bytes.length;)
        written += writeSync(output, bytes, written, bytes.length - written);
    },
    read: () => {
      const room = zeroable(CHUNK);
      isReading = true;
      return new Promise((resolve) => {
        read(input, room, 0, CHUNK, null, (error, count) => {
          isReading = false;
          resolve(room.subarray(0, error === null ? count : 0));
        });
      });
    },
    turn,
    close,
  };
}
