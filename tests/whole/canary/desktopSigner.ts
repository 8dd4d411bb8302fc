import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { signerEnvironment } from '../../../src/main/custody/signer/childSigner.ts';
import type { SignerProcess } from '../../../src/main/custody/signer/signerProcess.ts';
import type { MessageFromWindow, MessageToWindow } from '../../../src/shared/contract/ceremony.ts';
import { ScriptedDialogue, type Reply } from '../../main/custody/ceremony/scriptedDialogue.ts';
import type { Routed } from './portedSigner.ts';

/** The window's end of a port, before which somebody answers what they are asked. */
export class ScriptedWindow {
  /** Everything that went through the port, either way. */
  readonly frames: unknown[] = [];
  readonly #dialogue: ScriptedDialogue;
  #answer: (message: MessageFromWindow) => void = () => undefined;

  constructor(reply: Reply) {
    this.#dialogue = new ScriptedDialogue(reply);
  }

  /** @param answer takes what the window says */
  open(answer: (message: MessageFromWindow) => void): void {
    this.#answer = (message) => {
      this.frames.push(message);
      answer(message);
    };
  }

  hear(message: MessageToWindow): void {
    this.frames.push(message);
    if (message.kind !== 'step') return;
    const { name, step } = message;
    this.#dialogue.ask(name, step as never).then(
      (answer) => {
        this.#answer({ kind: 'answer', name, answer });
      },
      () => {
        this.#answer({ kind: 'cancel' });
      },
    );
  }
}

/** The signer as the desktop has it, and the way to its end. */
export class DesktopSigner {
  readonly process: SignerProcess;
  readonly #child: ChildProcess;
  #window: ScriptedWindow | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.#child = fork(path.join(import.meta.dirname, 'portedSigner.ts'), {
      env: signerEnvironment(env),
      execArgv: ['--no-warnings'],
      serialization: 'advanced',
    });
    this.#child.on('message', ({ line, data }: Routed) => {
      if (line === 'port') this.#window?.hear(data as MessageToWindow);
    });
    this.process = {
      post: (message) => {
        this.#send('program', message);
      },
      postPort: (message, port) => {
        this.#window = port as ScriptedWindow;
        this.#window.open((answer) => {
          this.#send('port', answer);
        });
        this.#send('programWithPort', message);
      },
      onMessage: (heard) => {
        this.#child.on('message', ({ line, data }: Routed) => {
          if (line === 'program') heard(data);
        });
      },
      onExit: (heard) => {
        this.#child.once('exit', (code) => {
          heard(code ?? -1);
        });
      },
      kill: () => {
        this.#child.kill();
      },
    };
  }

  /** The window is destroyed. */
  closeWindow(): void {
    this.#send('portClosed', null);
  }

  /** Something ends it that it can't see coming. */
  crash(): void {
    this.#child.kill('SIGKILL');
  }

  #send(line: Routed['line'], data: unknown): void {
    const routed: Routed = { line, data };
    if (this.#child.connected) this.#child.send(routed, () => undefined);
  }
}
