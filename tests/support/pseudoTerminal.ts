import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** util-linux's: it gives a command a terminal of its own, and hands on what goes in and out of it. */
const SCRIPT = '/usr/bin/script';
/** Far above what anything here takes, so that a busy machine doesn't turn a slow test into a failing one. */
const PATIENCE_MS = 90_000;
/** The screen that leaves nothing in the scrollback: entered and left. */
const [TO_OWN, TO_USUAL] = ['\u001b[?1049h', '\u001b[?1049l'];
export const [CONTROL_C, ENTER] = ['\u0003', '\r'];

/** Where there is no such program, nothing here can run. */
export const hasPseudoTerminal = process.platform === 'linux' && isThere(SCRIPT);
if (!hasPseudoTerminal && process.platform === 'linux' && process.env['CI'])
  throw new Error(`The terminal has to be tested in CI, but ${SCRIPT} is missing.`);

/** How a command on a terminal ended, and all that was shown. */
export interface TerminalEnd {
  readonly code: number | null;
  /** As a person reads it, in the order in which it came, whichever screen it was on. */
  readonly shown: string;
  /** The bytes that came while the usual screen was up, and on its own one. */
  readonly usual: string;
  readonly own: string;
  /** Whether the usual screen was up at the end, and the terminal in the mode that it was in before. */
  readonly isGivenBack: boolean;
}

/** A command on a terminal of its own, with somebody who reads and types. */
export class PseudoTerminal implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<TerminalEnd>;
  /** All that came, as it came. */
  #raw = '';
  /** Where the last answer was typed; what a person waits for comes behind it. */
  #typedAt: number | undefined;
  #isOver = false;
  #changed = Promise.withResolvers<undefined>();

  constructor(command: readonly string[], env: NodeJS.ProcessEnv) {
    // Before and after: the mode of the terminal, for whoever uses it next.
    const watched = `stty -g; ${command.map(quoted).join(' ')}; code=$?; stty -g; exit $code`;
    this.#child = spawn(SCRIPT, ['-qefc', watched, '/dev/null'], { env: { ...env, SHELL: '/bin/sh' } });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#raw += text;
      this.#tell();
    });
    // Somebody who types at a program that has just ended.
    this.#child.stdin.on('error', () => undefined);
    this.#ended = once(this.#child, 'close').then(([code]) => {
      this.#isOver = true;
      this.#tell();
      return endOf(this.#raw, code as number | null);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All that was shown so far, as a person reads it. */
  get shown(): string {
    return readable(this.#raw);
  }

  /** Waits until the last thing that stands there is this question, below what was typed before. */
  asks(question: RegExp): Promise<RegExpExecArray> {
    const atEnd = new RegExp(`(?:^|\\n)[^\\n]*(?:${question.source})$`, question.flags);
    return this.#until(question, () => {
      const since = readable(this.#raw.slice(this.#typedAt ?? 0));
      const from = this.#typedAt === undefined ? 0 : since.indexOf('\n');
      return from === -1 ? null : atEnd.exec(since.slice(from));
    });
  }

  /** Waits until this stands anywhere behind what was typed before. */
  shows(text: RegExp): Promise<RegExpExecArray> {
    return this.#until(text, () => text.exec(readable(this.#raw.slice(this.#typedAt ?? 0))));
  }

  type(keys: string): void {
    this.#typedAt = this.#raw.length;
    this.#child.stdin.write(keys);
  }

  /** Waits for a question and answers it. */
  async answers(question: RegExp, answer: string): Promise<RegExpExecArray> {
    const asked = await this.asks(question);
    this.type(`${answer}${ENTER}`);
    return asked;
  }

  async ended(): Promise<TerminalEnd> {
    return await Promise.race([this.#ended, this.#late('its end')]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Its terminal goes with it, and everything on the terminal with that.
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #until(wanted: RegExp, look: () => RegExpExecArray | null): Promise<RegExpExecArray> {
    const late = this.#late(String(wanted));
    for (;;) {
      const found = look();
      if (found !== null) return found;
      if (this.#isOver) throw new Error(`it ended without ${String(wanted)}: ${this.shown}`);
      await Promise.race([this.#changed.promise, late]);
    }
  }

  /** Rejects when nobody would wait any longer. */
  #late(wanted: string): Promise<never> {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new Error(`waited too long for ${wanted}: ${this.shown}`));
      }, PATIENCE_MS).unref();
    });
    // Whoever was answered in time no longer listens.
    late.catch(() => undefined);
    return late;
  }

  #tell(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }
}

function endOf(raw: string, code: number | null): TerminalEnd {
  const lines = raw.split('\r\n');
  const [before, after] = [lines[0], lines.at(-2)];
  const between = lines.slice(1, -2).join('\r\n');
  const [first = '', ...turns] = between.split(TO_OWN);
  const pieces = turns.map((turn) => turn.split(TO_USUAL));
  return {
    code,
    shown: readable(between),
    usual: [first, ...pieces.map(([, ...usual]) => usual.join(''))].join(''),
    own: pieces.map(([own]) => own).join(''),
    isGivenBack: before === after && pieces.every((piece) => piece.length > 1),
  };
}

/** What stands on the lines in the end: a line that is written again begins with a return. */
const readable = (raw: string): string =>
  stripVTControlCharacters(raw)
    .split('\n')
    .map((line) => line.replace(/\r+$/, ''))
    .map((line) => line.slice(line.lastIndexOf('\r') + 1))
    .join('\n');

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
