import { SecretBytes } from '../secretBytes.ts';
import { zeroable } from '../zeroable.ts';

/** Longer than anything that is asked for. */
const ROOM = 4096;

export const CONTROL_C = 0x03;
const [CONTROL_D, BACKSPACE, LINE_FEED, RETURN, CONTROL_U, ESCAPE, SPACE, DELETE] = [
  0x04, 0x08, 0x0a, 0x0d, 0x15, 0x1b, 0x20, 0x7f,
];
/** What a terminal puts around something that was pasted, behind its ESC. */
const [PASTE_BEGINS, PASTE_ENDS] = ['[200~', '[201~'];
/** A byte that ends a control sequence: ECMA-48, 5.4. */
const isFinal = (byte: number): boolean => byte >= 0x40 && byte <= 0x7e;
/** A byte within a character of UTF-8. */
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** What a line is for now: being typed, ended by Enter, or left by Ctrl-C or Ctrl-D. */
export type LineState = 'open' | 'ended' | 'left';

/**
 * One line from a terminal in raw mode, in a buffer that can be zeroed: a terminal's own line would be handed on as a
 * string. Line breaks in something that is pasted are spaces, and what comes behind Enter is dropped, so that the rest
 * of a pasted phrase never answers the next question.
 */
export class LineEditor implements Disposable {
  readonly #room = new SecretBytes('text', ROOM, () => undefined);
  #length = 0;
  #isPasted = false;
  /** A control sequence that hasn't ended yet, without its ESC. */
  #sequence: string | undefined;

  /** Takes what was typed; the caller zeroes it. */
  feed(typed: Uint8Array): LineState {
    for (const byte of typed) {
      const state = this.#take(byte);
      if (state !== 'open') return state;
    }
    return 'open';
  }

  /** A copy of the line as it stands, which the caller zeroes. */
  line(): SecretBytes<'text'> {
    return this.#room.use((room) => {
      const copy = zeroable(this.#length);
      copy.set(room.subarray(0, this.#length));
      return SecretBytes.taken('text', copy);
    });
  }

  /** Lends the line as it stands to a call, which must not keep it. */
  peek<T>(read: (line: Uint8Array) => T): T {
    return this.#room.use((room) => read(room.subarray(0, this.#length)));
  }

  dispose(): void {
    this.#room.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #take(byte: number): LineState {
    if (this.#sequence !== undefined) this.#control(this.#sequence, byte);
    else if (byte === ESCAPE) this.#sequence = '';
    else if (byte === CONTROL_C) return 'left';
    else if (this.#isPasted && (byte === RETURN || byte === LINE_FEED)) this.#append(SPACE);
    else if (byte === RETURN || byte === LINE_FEED) return 'ended';
    else if (byte === CONTROL_D && this.#length === 0) return 'left';
    else if (byte === BACKSPACE || byte === DELETE) this.#erase();
    else if (byte === CONTROL_U) this.#shorten(0);
    else if (byte >= SPACE || byte === 0x09) this.#append(byte);
    return 'open';
  }

  /** Arrow keys and the like do nothing: a secret that can't be seen can't be edited in the middle. */
  #control(before: string, byte: number): void {
    const sequence = before + String.fromCodePoint(byte);
    const isOpen = sequence === '[' || sequence === 'O' || (sequence.startsWith('[') && !isFinal(byte));
    this.#sequence = isOpen ? sequence : undefined;
    if (sequence === PASTE_BEGINS) this.#isPasted = true;
    if (sequence === PASTE_ENDS) this.#isPasted = false;
  }

  #append(byte: number): void {
    // What is over is no answer to anything; it is cut, and then refused for what it is.
    if (this.#length === ROOM) return;
    this.#room.use((room) => {
      room[this.#length] = byte;
    });
    this.#length += 1;
  }

  /** The last character, however many bytes it has. */
  #erase(): void {
    this.#room.use((room) => {
      let at = this.#length - 1;
      while (at > 0 && isContinuation(room[at] ?? 0)) at -= 1;
      this.#shorten(Math.max(0, at));
    });
  }

  #shorten(length: number): void {
    this.#room.use((room) => room.fill(0, length, this.#length));
    this.#length = length;
  }
}
