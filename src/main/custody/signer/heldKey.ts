import { Keypair } from '../keypair.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { SecretBytes } from '../secretBytes.ts';

/** An unlocked key: what it may do, and the means to sign. */
export class HeldKey implements Disposable {
  readonly header: KeyHeader;
  readonly #keypair: Keypair;

  /** @param secret stays the caller's, who may zero it at once */
  constructor(header: KeyHeader, secret: SecretBytes<'key'>) {
    this.header = header;
    this.#keypair = new Keypair(secret);
  }

  sign(message: Uint8Array): Uint8Array {
    return this.#keypair.sign(message);
  }

  dispose(): void {
    this.#keypair.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
