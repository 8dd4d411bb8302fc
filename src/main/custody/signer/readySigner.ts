import { SignerClient, type SignerClientParts } from './signerClient.ts';
import type { AskName, AskOf, SignerAnswerOf } from './signerMessages.ts';
import type { SignerState } from './signerState.ts';

export interface ReadySignerParts extends Omit<SignerClientParts, 'changed' | 'died'> {
  /** How long without a signature until the lock falls; 0 for never. */
  readonly idleMs: () => number;
  /** Told of every change of its lock. */
  readonly changed: () => void;
}

/** The signer, and with whose key it stands ready: told again where it was told otherwise, or has died. */
export class ReadySigner {
  readonly #parts: ReadySignerParts;
  readonly #client: SignerClient;
  #state: SignerState = { address: null, lock: 'none' };
  /** Whose key the running signer was told to stand ready with; undefined: it was told nothing yet. */
  #standing: string | null | undefined;
  /** Whether a key without a passphrase is unlocked at once. Not after the signer has died: who knows of what. */
  #opens = true;

  constructor(parts: ReadySignerParts) {
    this.#parts = parts;
    const { changed } = parts;
    this.#client = new SignerClient({
      ...parts,
      changed: (state) => {
        this.#heard(state);
        changed();
      },
      died: () => {
        this.#standing = undefined;
        this.#opens = false;
        const { address } = this.#state;
        this.#state = { address, lock: address === null ? 'none' : 'locked' };
        changed();
      },
    });
  }

  get state(): SignerState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#client.isRunning;
  }

  /** As SignerClient asks. */
  ask<Name extends AskName>(name: Name, ask: AskOf<Name>, port?: unknown): Promise<SignerAnswerOf<Name>> {
    return this.#client.ask(name, ask, port);
  }

  /** Tells it which key to stand ready with, unless it was told already. Throws what the signer throws. */
  async stand(address: string | null): Promise<void> {
    if (this.#standing === address && this.isRunning) return;
    try {
      const idleMs = this.#parts.idleMs();
      const state = await this.ask('select', { address, opens: this.#opens, idleMs });
      this.#standing = address;
      this.#heard(state);
    } catch (error) {
      this.#standing = undefined;
      throw error;
    }
  }

  /** The user has chosen: a key without a passphrase may be unlocked at once again. */
  open(): void {
    this.#opens = true;
  }

  /** Takes a key out of the keychain. Whether there was one. */
  async remove(address: string): Promise<boolean> {
    const { removed } = await this.ask('remove', { address });
    if (this.#standing === address) this.#standing = undefined;
    return removed;
  }

  async lock(): Promise<void> {
    if (this.isRunning) this.#heard(await this.ask('lock', {}));
  }

  /** The computer sleeps or has slept. */
  async sleep(): Promise<void> {
    if (this.isRunning) this.#heard(await this.ask('sleep', {}));
  }

  /** Another idle time holds from now on. */
  async idleChanged(): Promise<void> {
    if (this.isRunning) await this.ask('idle', { idleMs: this.#parts.idleMs() });
  }

  close(): void {
    this.#client.close();
  }

  /** One that stands ready with another key than it was told to is told again before it is used. */
  #heard(state: SignerState): void {
    this.#state = state;
    if (this.#standing !== undefined && state.address !== this.#standing) this.#standing = undefined;
  }
}
