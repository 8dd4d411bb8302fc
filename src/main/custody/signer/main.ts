/**
 * The signer: the one process that ever has a key. It has no network and no package of a venue; it reads the keychain
 * itself, and takes and shows secrets itself, so that they never pass through the program that it serves.
 */
import { SystemKeychain } from '../keychain/systemKeychain.ts';
import { KeychainKeys } from '../keys/keychainKeys.ts';
import { stopwatch, wallClock } from '../../platform/clock.ts';
import { collectGarbage } from '../../platform/garbage.ts';
import { watchInterruptions } from '../../platform/interruptionWatch.ts';
import { realSchedule } from '../../platform/schedule.ts';
import { fillSecret } from '../../platform/secretBytes.ts';
import { pause } from '../../platform/timers.ts';
import { TerminalDialogue } from '../terminal/terminalDialogue.ts';
import { TerminalPrompt } from '../terminal/terminalPrompt.ts';
import { openTerminal } from '../terminal/terminal.ts';
import { parentLink } from './parentLink.ts';
import { SignerDesk } from './signerDesk.ts';
import { SignerService } from './signerService.ts';

// Whatever is thrown may have something secret in it, and Node.js would print it.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, () => process.exit(70));

// Node.js would wait for a keychain that is asking its user for a password, and keep what is in memory meanwhile.
process.on('exit', () => process.kill(process.pid, 'SIGKILL'));

// Ctrl-C means the program, which ends this process when it is done.
process.on('SIGINT', () => undefined);
// The last would leave what is in memory in a file.
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => process.exit(0));

const link = parentLink();
const keychain = new SystemKeychain();
const desk = new SignerDesk({
  keychain,
  keys: new KeychainKeys({ keychain, fill: fillSecret, clock: wallClock }),
  fill: fillSecret,
  schedule: realSchedule,
  elapsed: stopwatch,
  clear: collectGarbage,
  changed: (state) => {
    link.post({ kind: 'state', state });
  },
  log: (level, text) => {
    link.post({ kind: 'log', level, text });
  },
});
const service = new SignerService({
  desk,
  post: (message) => {
    link.post(message);
  },
  async atTerminal(hold) {
    const terminal = openTerminal();
    try {
      return await hold(new TerminalDialogue(new TerminalPrompt(terminal), pause));
    } finally {
      terminal.close();
    }
  },
});
watchInterruptions(({ cause }) => {
  if (cause === 'sleep') desk.sleep();
});
link.listen((message, port) => {
  void service.receive(message, port);
});
