import { AppError } from '../../../../shared/contract/appError.ts';
import type {
  AccountsAt,
  BlockhashLife,
  Chain,
  LandedTransaction,
  SignatureLine,
  SignatureStatus,
  Simulation,
} from '../chain.ts';
import {
  accountsAnswer,
  blockhashAnswer,
  feesAnswer,
  heightAnswer,
  historyAnswer,
  signatureAnswer,
  simulationAnswer,
  statusesAnswer,
  transactionAnswer,
} from './chainAnswers.ts';
import type { Question } from './question.ts';
import type { RpcPool } from './rpcPool.ts';
import { TOLERATED_SLOTS } from './slotMemory.ts';

const CONFIRMED = { commitment: 'confirmed' } as const;
/** Accounts in one request, by the nodes' own limit. */
export const MOST_ACCOUNTS = 100;
const MOST_STATUSES = 256;
/** Newer answers that overtake this one: more of them in a row than concurrent readers make. */
const MOST_OVERTAKEN = 5;

/** The cluster, as a pool of nodes sees it. */
export class NodeChain implements Chain {
  readonly #pool: RpcPool;

  constructor(pool: RpcPool) {
    this.#pool = pool;
  }

  latestBlockhash(): Promise<BlockhashLife> {
    return this.#pool.ask({
      method: 'getLatestBlockhash',
      params: [CONFIRMED],
      read: (result) => blockhashAnswer.parse(result),
      urgent: true,
    });
  }

  /** The lowest that any node says: one that runs ahead must not make a transaction look expired while it may land. */
  async blockHeight(commitment: 'confirmed' | 'finalized'): Promise<number> {
    const { answers } = await this.#pool.everyone({
      method: 'getBlockHeight',
      params: [{ commitment, ...minContextSlot(this.#pool.slots.seen(commitment) - TOLERATED_SLOTS) }],
      read: (result) => heightAnswer.parse(result),
      urgent: true,
    });
    return Math.min(...answers);
  }

  slot(): Promise<number> {
    return this.#pool.ask({
      method: 'getSlot',
      params: [CONFIRMED],
      read: (result) => heightAnswer.parse(result),
    });
  }

  async accounts(addresses: readonly string[], atLeast = 0): Promise<AccountsAt> {
    within(addresses.length, MOST_ACCOUNTS, 'accounts');
    const { slots } = this.#pool;
    for (let overtaken = 0; overtaken < MOST_OVERTAKEN; overtaken += 1) {
      const answer = await this.#pool.ask(accountsAt(addresses, Math.max(slots.told, atLeast)));
      // Another reader may have been told of a newer slot meanwhile.
      if (answer.slot >= slots.told) {
        slots.tell(answer.slot);
        return answer;
      }
    }
    throw new AppError(
      'VENUE_UNAVAILABLE',
      'The Solana nodes only answer with accounts that are older than what was seen before.',
      { slot: slots.told },
      { retryable: true },
    );
  }

  simulate(wire: Uint8Array): Promise<Simulation> {
    // Tried on accounts that are older than those it was built on, it would fail for no reason.
    const minSlot = this.#pool.slots.told;
    const config = { ...CONFIRMED, encoding: 'base64', sigVerify: false, replaceRecentBlockhash: true };
    return this.#pool.ask({
      method: 'simulateTransaction',
      params: [base64(wire), { ...config, ...minContextSlot(minSlot) }],
      read: (result) => simulationAnswer.parse(result),
      minSlot,
      urgent: true,
    });
  }

  async send(wire: Uint8Array): Promise<void> {
    await this.#pool.hand({
      method: 'sendTransaction',
      // It was simulated before, and a node that lags would refuse a blockhash that it hasn't seen yet.
      params: [base64(wire), { encoding: 'base64', skipPreflight: true, preflightCommitment: 'confirmed' }],
      read: (result) => signatureAnswer.parse(result),
      urgent: true,
    });
  }

  async statuses(signatures: readonly string[]): Promise<readonly (SignatureStatus | null)[]> {
    within(signatures.length, MOST_STATUSES, 'signatures');
    return signatures.length === 0 ? [] : this.#pool.ask(statusesOf(signatures));
  }

  async statusEverywhere(signature: string): Promise<SignatureStatus | null> {
    const { answers, nodes } = await this.#pool.everyone(statusesOf([signature]));
    const words = answers.map(([word = null]) => word);
    const [newest] = words.filter((word) => word !== null).sort(newestFirst);
    if (newest !== undefined) return newest;
    if (words.length * 2 >= nodes) return null;
    throw new AppError(
      'VENUE_UNAVAILABLE',
      'Too few Solana nodes answer to tell that a transaction does not exist.',
      { answering: words.length, nodes },
      { retryable: true },
    );
  }

  async transaction(signature: string): Promise<LandedTransaction | null> {
    const question: Question<LandedTransaction | null> = {
      method: 'getTransaction',
      params: [signature, { ...CONFIRMED, encoding: 'json', maxSupportedTransactionVersion: 0 }],
      read: (result) => transactionAnswer(signature).parse(result),
    };
    const first = await this.#pool.ask(question);
    if (first !== null) return first;
    // A node may keep a shorter history than another.
    const { answers } = await this.#pool.everyone(question);
    return answers.find((answer) => answer !== null) ?? null;
  }

  signaturesFor(
    address: string,
    until: string | undefined,
    limit: number,
    before?: string,
  ): Promise<readonly SignatureLine[]> {
    const { slots } = this.#pool;
    const config = {
      ...CONFIRMED,
      limit,
      ...(until === undefined ? {} : { until }),
      ...(before === undefined ? {} : { before }),
      ...minContextSlot(slots.seen('confirmed') - TOLERATED_SLOTS),
    };
    return this.#pool.ask({
      method: 'getSignaturesForAddress',
      params: [address, config],
      read: (result) => historyAnswer.parse(result),
    });
  }

  recentPriorityFees(addresses: readonly string[]): Promise<readonly number[]> {
    return this.#pool.ask({
      method: 'getRecentPrioritizationFees',
      params: [addresses],
      read: (result) => feesAnswer.parse(result),
      urgent: true,
    });
  }
}

const accountsAt = (addresses: readonly string[], slot: number): Question<AccountsAt> => ({
  method: 'getMultipleAccounts',
  params: [addresses, { ...CONFIRMED, encoding: 'base64', ...minContextSlot(slot) }],
  read: (result) => accountsAnswer(addresses.length).parse(result),
  minSlot: slot,
});

const statusesOf = (signatures: readonly string[]): Question<readonly (SignatureStatus | null)[]> => ({
  method: 'getSignatureStatuses',
  params: [signatures, { searchTransactionHistory: true }],
  read: (result) => statusesAnswer(signatures.length).parse(result),
  urgent: true,
});

const minContextSlot = (slot: number): { readonly minContextSlot?: number } =>
  slot > 0 ? { minContextSlot: slot } : {};

const CERTAINTY = { processed: 0, confirmed: 1, finalized: 2 } as const;

const newestFirst = (a: SignatureStatus, b: SignatureStatus): number =>
  CERTAINTY[b.commitment] - CERTAINTY[a.commitment] || b.slot - a.slot;

const base64 = (wire: Uint8Array): string => Buffer.from(wire).toString('base64');

function within(asked: number, most: number, what: string): void {
  if (asked > most) throw new RangeError(`${asked} ${what} at once are more than ${most}.`);
}
