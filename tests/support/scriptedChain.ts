import { AppError } from '../../src/shared/contract/appError.ts';
import type {
  AccountsAt,
  BlockhashLife,
  Chain,
  ChainAccount,
  LandedTransaction,
  SignatureLine,
  SignatureStatus,
  Simulation,
} from '../../src/main/venues/solana/chain.ts';

/** What may be wrong with an answer of accounts. */
export interface ChainFaults {
  /** No node answers. */
  isDown?: boolean;
  /** Answers are held back until they are let go. */
  isHeld?: boolean;
  /** What a node says instead of what there is, by address: of another owner, or none. */
  readonly lies: Map<string, ChainAccount | null>;
}

/** A cluster of whatever accounts a test puts there, with its faults on switches. */
export class ScriptedChain implements Chain {
  readonly accountsThere = new Map<string, ChainAccount>();
  readonly faults: ChainFaults = { lies: new Map() };
  /** The addresses of every request for accounts. */
  readonly requests: (readonly string[])[] = [];
  readonly #held: (() => void)[] = [];
  now = 100;

  put(address: string, owner: string, data: string, lamports = 1n): void {
    this.accountsThere.set(address, { owner, lamports, data: Buffer.from(data) });
  }

  /** Lets the answer go that has been held back the longest. */
  letGo(): void {
    this.#held.shift()?.();
  }

  async accounts(addresses: readonly string[]): Promise<AccountsAt> {
    this.requests.push(addresses);
    const { faults } = this;
    if (faults.isDown === true)
      throw new AppError('VENUE_UNAVAILABLE', 'No node of the network answers.', {}, { retryable: true });
    const answer: AccountsAt = {
      slot: this.now,
      accounts: addresses.map((address) => {
        const lie = faults.lies.get(address);
        return lie === undefined ? (this.accountsThere.get(address) ?? null) : lie;
      }),
    };
    if (faults.isHeld === true)
      await new Promise<void>((resolve) => {
        this.#held.push(resolve);
      });
    return answer;
  }

  latestBlockhash(): Promise<BlockhashLife> {
    return Promise.resolve({ blockhash: '1'.repeat(32), lastValidBlockHeight: this.now + 150 });
  }

  blockHeight(): Promise<number> {
    return Promise.resolve(this.now);
  }

  slot(): Promise<number> {
    return Promise.resolve(this.now);
  }

  simulate(): Promise<Simulation> {
    return Promise.resolve({ error: null, logs: [], unitsConsumed: 0 });
  }

  send(): Promise<void> {
    return Promise.resolve();
  }

  statuses(signatures: readonly string[]): Promise<readonly (SignatureStatus | null)[]> {
    return Promise.resolve(signatures.map(() => null));
  }

  statusEverywhere(): Promise<SignatureStatus | null> {
    return Promise.resolve(null);
  }

  transaction(): Promise<LandedTransaction | null> {
    return Promise.resolve(null);
  }

  signaturesFor(): Promise<readonly SignatureLine[]> {
    return Promise.resolve([]);
  }

  recentPriorityFees(): Promise<readonly number[]> {
    return Promise.resolve([]);
  }
}
