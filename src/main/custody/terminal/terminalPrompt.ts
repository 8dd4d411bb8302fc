import { AppError } from '../../../shared/contract/appError.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { CONTROL_C, LineEditor } from './lineEditor.ts';
import type { Terminal } from './terminal.ts';

const CLEAR_LINE = '\r\u001b[K';

/** Questions on a terminal. All of them throw CANCELLED where the user leaves with Ctrl-C. */
export class TerminalPrompt {
  readonly #terminal: Terminal;
  /** Begun already, for whatever is asked next. */
  #reading: Promise<Uint8Array> | undefined;
  /** Typed before it was asked for. */
  readonly #ahead: Uint8Array[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  say(text: string): void {
    this.#terminal.write(`${text}\r\n`);
  }

  /** A line that may be seen. @param fallback what Enter alone stands for */
  async plain(question: string, fallback?: string): Promise<string> {
    const shown = (line: Uint8Array): string => Buffer.from(line).toString('utf8');
    const prompt = fallback === undefined ? `${question}: ` : `${question} [${fallback}]: `;
    using line = await this.#line(prompt, shown);
    const typed = line.use(shown).trim();
    return typed === '' && fallback !== undefined ? fallback : typed;
  }

  /** A line that is not shown. @param progress what stands there instead, so that typing is seen to do something */
  hidden(question: string, progress: (line: Uint8Array) => string): Promise<SecretBytes<'text'>> {
    return this.#line(`${question}: `, progress);
  }

  /** Shows something until Enter is pressed, and then nowhere any more. */
  async once(show: (terminal: Terminal) => void, question: string): Promise<void> {
    this.#terminal.turn('own');
    try {
      show(this.#terminal);
      (await this.#line(question, () => '')).dispose();
    } finally {
      this.#terminal.turn('usual');
    }
  }

  /** Waits for something else than the user, who may still leave. What is typed meanwhile is for the next question. */
  async rest(over: Promise<void>): Promise<void> {
    for (;;) {
      const typed = await Promise.race([over.then(() => undefined), this.#begun()]);
      if (typed === undefined) return;
      this.#reading = undefined;
      this.#ahead.push(typed);
      if (typed.length > 0 && !typed.includes(CONTROL_C)) continue;
      for (const ahead of this.#ahead) ahead.fill(0);
      throw left();
    }
  }

  #begun(): Promise<Uint8Array> {
    this.#reading ??= this.#terminal.read();
    return this.#reading;
  }

  async #typed(): Promise<Uint8Array> {
    const ahead = this.#ahead.shift();
    if (ahead !== undefined) return ahead;
    const typed = await this.#begun();
    this.#reading = undefined;
    return typed;
  }

  async #line(prompt: string, shown: (line: Uint8Array) => string): Promise<SecretBytes<'text'>> {
    using editor = new LineEditor();
    for (;;) {
      this.#terminal.write(`${CLEAR_LINE}${prompt}${editor.peek(shown)}`);
      const typed = await this.#typed();
      const state = typed.length === 0 ? 'left' : editor.feed(typed);
      typed.fill(0);
      if (state === 'open') continue;
      this.#terminal.write(`${CLEAR_LINE}${prompt}${editor.peek(shown)}\r\n`);
      if (state === 'ended') return editor.line();
      throw left();
    }
  }
}

const left = (): AppError =>
  new AppError('CANCELLED', 'You left before the end, and nothing was stored or changed.');
