import type { Keychain } from '../../../../src/main/custody/keychain/keychain.ts';
import { keychainTrouble } from '../../../../src/main/custody/keychain/keychainTrouble.ts';
import type { SecretBytes } from '../../../../src/main/custody/secretBytes.ts';
import { secretFrom } from '../secretsAtHand.ts';

/** What goes wrong with a write: it is refused, it is done and refused, or something else is written. */
export type WriteFault = 'refused' | 'doneAndRefused' | 'garbled' | 'cutShort';

/** A keychain in memory, with faults on switches. */
export class MemoryKeychain implements Keychain {
  readonly store = 'memory';
  readonly held = new Map<string, Uint8Array>();
  /** What is called, in order: `write key:…`. */
  readonly calls: string[] = [];
  /** For so many of the next writes under accounts that begin like this. */
  fault: { readonly kind: WriteFault; readonly account: string; times: number } | undefined;
  /** Calls with these answer that the keychain is locked. */
  locked: readonly ('read' | 'write' | 'remove' | 'check')[] = [];
  /** Runs before a call. */
  before: (call: string) => void = () => undefined;

  async read(account: string): Promise<SecretBytes<'entry'> | undefined> {
    await this.#begin('read', account);
    const bytes = this.held.get(account);
    return bytes === undefined ? undefined : secretFrom('entry', bytes);
  }

  async write(account: string, entry: SecretBytes<'entry'>): Promise<void> {
    await this.#begin('write', account);
    const bytes = entry.use((held) => Uint8Array.from(held));
    const fault = this.#faultAt(account);
    if (fault !== 'refused') this.held.set(account, garbled(bytes, fault));
    if (fault === 'refused' || fault === 'doneAndRefused') throw keychainTrouble('refused', 'linux');
  }

  async remove(account: string): Promise<boolean> {
    await this.#begin('remove', account);
    return this.held.delete(account);
  }

  async check(): Promise<void> {
    await this.#begin('check', '');
  }

  async #begin(operation: 'read' | 'write' | 'remove' | 'check', account: string): Promise<void> {
    const call = `${operation} ${account}`.trim();
    this.before(call);
    this.calls.push(call);
    await Promise.resolve();
    if (this.locked.includes(operation)) throw keychainTrouble('locked', 'linux');
  }

  #faultAt(account: string): WriteFault | undefined {
    const { fault } = this;
    if (fault === undefined || fault.times === 0 || !account.startsWith(fault.account)) return undefined;
    fault.times -= 1;
    return fault.kind;
  }
}

function garbled(bytes: Uint8Array, fault: WriteFault | undefined): Uint8Array {
  if (fault === 'garbled') return bytes.map((byte) => byte ^ 0x55);
  return fault === 'cutShort' ? bytes.subarray(0, 20) : bytes;
}
