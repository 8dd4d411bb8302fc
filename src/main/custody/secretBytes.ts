import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { zeroable } from './zeroable.ts';

/** What a secret is, so that a seed can't be passed where a key is wanted. */
export type SecretKind = 'entropy' | 'phrase' | 'seed' | 'key' | 'keypair' | 'text' | 'entry';

/**
 * Secret bytes that are zeroed when their owner is done: `using key = …`, or `dispose()`. Nothing makes text of them by
 * accident: string conversion and JSON throw; a console, or a structured clone (a message to another process), has only
 * what kind of secret it is.
 *
 * Nobody can zero the copies that others make of the bytes, so `use` lends them for as long as a call lasts, and no
 * longer.
 */
export class SecretBytes<Kind extends SecretKind> implements Disposable {
  readonly kind: Kind;
  readonly #bytes: Uint8Array;
  #isGone = false;

  /** @param write fills in the bytes, which are zero at first; when it throws, they are zeroed again */
  constructor(kind: Kind, length: number, write: (bytes: Uint8Array) => void) {
    this.kind = kind;
    this.#bytes = zeroable(length);
    try {
      write(this.#bytes);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Takes bytes over: they are copied here and zeroed where they were. */
  static taken<Kind extends SecretKind>(kind: Kind, from: Uint8Array): SecretBytes<Kind> {
    try {
      return new SecretBytes(kind, from.length, (bytes) => bytes.set(from));
    } finally {
      from.fill(0);
    }
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Lends the bytes to a call, which must not keep them. Throws once they are zeroed. */
  use<T>(read: (bytes: Uint8Array) => T): T {
    if (this.#isGone) throw new TypeError(`this ${this.kind} has been zeroed`);
    return read(this.#bytes);
  }

  /** Compared in a time that doesn't tell where they differ. */
  equals(other: SecretBytes<Kind>): boolean {
    return this.use((own) =>
      other.use((bytes) => own.length === bytes.length && timingSafeEqual(own, bytes)),
    );
  }

  /** Zeroes the bytes. Safe to do twice. */
  dispose(): void {
    this.#bytes.fill(0);
    this.#isGone = true;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @throws always: a secret was about to become text */
  toString(): never {
    return this.#refuse();
  }

  /** @throws always: a secret was about to become text */
  toJSON(): never {
    return this.#refuse();
  }

  /** @throws always: a secret was about to become text */
  [Symbol.toPrimitive](): never {
    return this.#refuse();
  }

  /** A console or a test's report must not fail on it, so it says what it is. */
  [inspect.custom](): string {
    return `[secret ${this.kind}]`;
  }

  #refuse(): never {
    throw new TypeError(`a secret ${this.kind} was about to become text`);
  }
}
