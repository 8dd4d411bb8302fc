import type { Schedule } from '../../../../../src/main/platform/schedule.ts';
import type { TransactionJournal } from '../../../../../src/main/storage/transactionJournal.ts';
import type { Chain } from '../../../../../src/main/venues/solana/chain.ts';
import type { TransactionDeskParts } from '../../../../../src/main/venues/solana/transactions/transactionDesk.ts';
import { silence } from '../../../market/access/failure.ts';
import type { TestSigner } from './testSigner.ts';

/** What a process works with. */
export interface World {
  readonly chain: Chain;
  readonly signer: TestSigner;
  readonly journal: TransactionJournal;
  readonly time: Schedule;
}

/**
 * What a desk is made of, in a process that dies at a chosen step: just before or just after something that leaves a mark
 * outside of it. Nothing that it does from then on arrives anywhere.
 */
export class MortalProcess {
  readonly #diesAt: number;
  #steps = 0;
  #isDead = false;
  readonly #death = Promise.withResolvers<'dead'>();

  readonly #die: () => void;

  /**
   * @param diesAt from 1 on; Infinity for a process that only counts
   * @param die what ends the process, where it is a real one
   */
  constructor(diesAt: number, die: () => void = () => undefined) {
    this.#diesAt = diesAt;
    this.#die = die;
  }

  get steps(): number {
    return this.#steps;
  }

  get death(): Promise<'dead'> {
    return this.#death.promise;
  }

  parts(world: World): Pick<TransactionDeskParts, 'chain' | 'sign' | 'journal' | 'schedule'> {
    return {
      chain: this.#chain(world.chain),
      sign: (message) => this.#async(() => world.signer.sign(message)),
      journal: this.#journal(world.journal),
      schedule: this.#schedule(world.time),
    };
  }

  /** Whether the process is over, one step later. */
  #dies(): boolean {
    if (this.#isDead) return true;
    this.#steps += 1;
    if (this.#steps < this.#diesAt) return false;
    this.#die();
    this.#isDead = true;
    this.#death.resolve('dead');
    return true;
  }

  async #async<Said>(act: () => Promise<Said>): Promise<Said> {
    if (this.#dies()) return await silence();
    const said = await act();
    return this.#dies() ? await silence() : said;
  }

  #sync(act: () => void): void {
    if (this.#dies()) throw new Error('The process is dead.');
    act();
    if (this.#dies()) throw new Error('The process is dead.');
  }

  #chain(chain: Chain): Chain {
    const die =
      <Arguments extends readonly unknown[], Said>(ask: (...args: Arguments) => Promise<Said>) =>
      (...args: Arguments): Promise<Said> =>
        this.#async(() => ask(...args));
    return {
      latestBlockhash: die(() => chain.latestBlockhash()),
      blockHeight: die((commitment) => chain.blockHeight(commitment)),
      slot: die(() => chain.slot()),
      accounts: die((addresses) => chain.accounts(addresses)),
      simulate: die((wire) => chain.simulate(wire)),
      send: die((wire) => chain.send(wire)),
      statuses: die((signatures) => chain.statuses(signatures)),
      statusEverywhere: die((signature) => chain.statusEverywhere(signature)),
      transaction: die((signature) => chain.transaction(signature)),
      signaturesFor: die((address, until, limit) => chain.signaturesFor(address, until, limit)),
      recentPriorityFees: die((addresses) => chain.recentPriorityFees(addresses)),
    };
  }

  #journal(journal: TransactionJournal): TransactionJournal {
    return {
      begin: (record) => {
        this.#sync(() => {
          journal.begin(record);
        });
      },
      update: (record) => {
        this.#sync(() => {
          journal.update(record);
        });
      },
      attempts: (id) => journal.attempts(id),
      signed: (signature) => journal.signed(signature),
      open: () => journal.open(),
      latest: (limit) => journal.latest(limit),
    };
  }

  #schedule(schedule: Schedule): Schedule {
    return {
      after: (ms, act) =>
        schedule.after(ms, () => {
          if (!this.#isDead) act();
        }),
      every: (ms, act) => schedule.every(ms, act),
    };
  }
}
