import type { Machine, NamedAccount, Run } from './machine.ts';
import { signersOf, type Runnable, type Runner } from './runner.ts';

/** Every program is a binary that the virtual machine runs. */
export class SvmRunner implements Runner {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  run({ message, writable }: Runnable): Run {
    return this.#machine.run(message.serialize(), signersOf(message), writable);
  }

  simulate({ message }: Runnable): { readonly run: Run; readonly accounts: readonly NamedAccount[] } {
    return this.#machine.simulate(message.serialize(), signersOf(message));
  }
}
