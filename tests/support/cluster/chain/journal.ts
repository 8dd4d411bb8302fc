import type { StoredAccount } from './machine.ts';

/** The accounts that have changed since it was opened, as they were before. */
export class Journal {
  readonly #before = new Map<string, StoredAccount | undefined>();

  has(address: string): boolean {
    return this.#before.has(address);
  }

  note(address: string, account: StoredAccount | undefined): void {
    this.#before.set(address, account);
  }

  get entries(): readonly (readonly [string, StoredAccount | undefined])[] {
    return [...this.#before];
  }
}
