import type { Machine, StoredAccount } from './machine.ts';

/** Remembers accounts as they were before they were first touched, and puts them back. */
export class UndoLog {
  readonly #machine: Machine;
  readonly #before = new Map<string, StoredAccount | undefined>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** To be called before an account is written. */
  touch(address: string): void {
    if (!this.#before.has(address)) this.#before.set(address, this.#machine.read(address));
  }

  undo(): void {
    for (const [address, account] of this.#before)
      if (account) this.#machine.write(address, account);
      else this.#machine.remove(address);
    this.#before.clear();
  }
}
