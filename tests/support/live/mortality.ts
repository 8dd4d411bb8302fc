import type { Database } from 'better-sqlite3';

import { realSchedule, type Schedule } from '../../../src/main/platform/schedule.ts';
import type { RpcPool } from '../../../src/main/venues/solana/rpc/rpcPool.ts';

/** What a process does that outlives it, or that it hears of the world: it can die right before, and right after. */
export type Step = `${'before' | 'after'} ${string}`;

/** A process that has died, as what is left of it sees that. */
class Dead extends Error {
  override name = 'Dead';
}

/**
 * Counts what a process writes durably and what it asks of its nodes, and lets it die at one of these steps: from then on
 * nothing of it reaches the disk or the network.
 */
export class Mortality {
  readonly #die: () => void;
  #steps: Step[] = [];
  #at: number | undefined;
  #isDead = false;

  constructor(die: () => void) {
    this.#die = die;
  }

  /** Counts from here on. @param at number of the step that is its last; undefined for a process that lives */
  dieAt(at: number | undefined): void {
    this.#steps = [];
    this.#at = at;
  }

  /** Since it was last told when to die. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** From now on every durable write is a step. Before anything has prepared its own. */
  watchDatabase(db: Database): void {
    const transaction = db.transaction.bind(db);
    const mortal = (work: (...args: never[]) => unknown): unknown => {
      const whole = transaction(work);
      const immediate = (...args: never[]): unknown => {
        this.#step('before a write');
        const result = whole.immediate(...args);
        this.#step('after a write');
        return result;
      };
      return Object.assign((...args: never[]) => whole(...args), { immediate });
    };
    Object.assign(db, { transaction: mortal });
  }

  /** From now on every request is a step; of one that hands something over, the answer too. */
  watchPool(pool: RpcPool): void {
    const ask = pool.ask.bind(pool);
    const hand = pool.hand.bind(pool);
    const everyone = pool.everyone.bind(pool);
    pool.ask = (question) => this.#asked(question.method, () => ask(question));
    pool.everyone = (question) => this.#asked(question.method, () => everyone(question));
    pool.hand = async (question) => {
      const answer = await this.#asked(question.method, () => hand(question));
      await this.#passed(`after ${question.method}`);
      return answer;
    };
  }

  async #asked<T>(method: string, ask: () => Promise<T>): Promise<T> {
    await this.#passed(`before ${method}`);
    const answer = await ask();
    if (this.#isDead) await never();
    return answer;
  }

  /** A dead process waits for ever. */
  async #passed(step: Step): Promise<void> {
    try {
      this.#step(step);
    } catch (error) {
      if (!(error instanceof Dead)) throw error;
      await never();
    }
  }

  #step(step: Step): void {
    if (!this.#isDead) {
      this.#steps.push(step);
      if (this.#steps.length - 1 !== this.#at) return;
      this.#isDead = true;
      this.#die();
    }
    throw new Dead('this process is dead');
  }
}

const never = (): Promise<never> => Promise.withResolvers<never>().promise;

/** Looks again soon; what is given up after a longer time is still given that time, for the machine may be busy. */
export const impatient: Schedule = {
  after: (ms, act) => realSchedule.after(ms < 5_000 ? ms / 20 : ms, act),
  every: (ms, act) => realSchedule.every(ms, act),
};
