import { app } from 'electron';
import type { Program } from '../app.ts';
import type { Cancel } from '../platform/schedule.ts';
import { leavingQuestion } from './leaving.ts';
import { isAgreed } from './questions.ts';
import { Shutdown } from './shutdown.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Every way out leads through one `Shutdown`: the menu, a closed window, a signal. `cancels` end first. */
export function wayOut(program: Program, cancels: readonly Cancel[]): Shutdown {
  const shutdown = new Shutdown({
    log: program.log,
    close: async () => {
      for (const cancel of cancels) cancel();
      await program.close();
    },
    mayLeave: async () => {
      const question = leavingQuestion(program.glance());
      return question === undefined || (await isAgreed(question));
    },
    quit: () => {
      app.quit();
    },
  });
  app.on('before-quit', (event) => {
    shutdown.beforeQuit(event);
  });
  for (const signal of SIGNALS)
    process.on(signal, () => {
      void shutdown.now();
    });
  return shutdown;
}
