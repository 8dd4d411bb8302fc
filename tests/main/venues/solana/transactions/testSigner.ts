import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

import { addressOf } from '../../../../../src/main/custody/address.ts';

/** A real key, and what was signed with it. */
export class TestSigner {
  readonly address: string;
  readonly #key: KeyObject;
  readonly signed: Uint8Array[] = [];
  /** What comes before a signature: a refusal is thrown here. */
  before: (message: Uint8Array) => Promise<void> = () => Promise.resolve();

  constructor(key: KeyObject = generateKeyPairSync('ed25519').privateKey) {
    this.#key = key;
    const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
    this.address = addressOf(publicKey.subarray(-32));
  }

  /** The same key in another process. */
  static from(text: string): TestSigner {
    return new TestSigner(createPrivateKey({ key: Buffer.from(text, 'hex'), format: 'der', type: 'pkcs8' }));
  }

  get text(): string {
    return this.#key.export({ format: 'der', type: 'pkcs8' }).toString('hex');
  }

  readonly sign = async (message: Uint8Array) => {
    await this.before(message);
    this.signed.push(message);
    return { signature: new Uint8Array(sign(null, message, this.#key)), words: ['a transfer'] };
  };
}
