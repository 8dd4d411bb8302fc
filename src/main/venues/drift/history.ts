import { AppError } from '../../../shared/contract/appError.ts';
import type { Chain, LandedTransaction, SignatureLine } from '../solana/chain.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import type { TransactionEvents } from './programEvent.ts';
import { dataOf } from './programLogs.ts';
import { recordFrom, type EventCoder } from './records.ts';

/** Lines of an address's history that are asked for at once. */
const PAGE = 1_000;
/** So long a history is not read: it would take minutes, and its owner is asked instead. */
const MOST_TRANSACTIONS = 5_000;

/** Up to which transaction of each address the history is known. */
export interface HistoryCursor {
  /** By address; an address that is not in it has no history that counts. */
  readonly last: Readonly<Record<string, string>>;
}

/** What the transactions of some addresses did, in the order of the chain, each once. */
export class History {
  readonly #chain: Chain;
  readonly #coder: EventCoder;
  readonly #wallet: string;

  /** @param wallet whose lamports are followed */
  constructor(chain: Chain, coder: EventCoder, wallet: string) {
    this.#chain = chain;
    this.#coder = coder;
    this.#wallet = wallet;
  }

  /** From here on: what happened before counts as known. */
  async begin(addresses: readonly string[], slot: number): Promise<HistoryCursor> {
    const newest = await Promise.all(
      addresses.map(async (address) => {
        const lines = await this.#chain.signaturesFor(address, undefined, PAGE);
        return [address, lines.find((line) => line.slot <= slot)?.signature] as const;
      }),
    );
    return { last: Object.fromEntries(newest.filter(isKnown)) };
  }

  /**
   * What has landed since, up to a slot. Throws VENUE_UNAVAILABLE where a transaction that is listed can't be read, or its
   * log was cut off: then nothing is taken in, and it is asked again.
   */
  async since(
    cursor: HistoryCursor,
    addresses: readonly string[],
    slot: number,
  ): Promise<{ readonly transactions: readonly TransactionEvents[]; readonly cursor: HistoryCursor }> {
    const lists = await Promise.all(
      addresses.map(async (address) => ({ address, lines: await this.#linesOf(address, cursor, slot) })),
    );
    const lines = new Map<string, SignatureLine>();
    for (const { lines: found } of lists) for (const line of found) lines.set(line.signature, line);
    const transactions = await Promise.all([...lines.values()].map((line) => this.#read(line)));
    const last = Object.fromEntries(
      lists.flatMap(({ address, lines: found }) => {
        const newest = found[0]?.signature ?? cursor.last[address];
        return newest === undefined ? [] : [[address, newest]];
      }),
    );
    return { transactions: inOrder(transactions, [...lines.keys()]), cursor: { last } };
  }

  /** Newest first, those after the cursor's up to a slot. */
  async #linesOf(address: string, cursor: HistoryCursor, slot: number): Promise<readonly SignatureLine[]> {
    const lines: SignatureLine[] = [];
    for (;;) {
      const page = await this.#chain.signaturesFor(
        address,
        cursor.last[address],
        PAGE,
        lines.at(-1)?.signature,
      );
      lines.push(...page);
      if (page.length < PAGE) break;
      if (lines.length >= MOST_TRANSACTIONS) throw tooLong(address, lines.length);
    }
    return lines.filter((line) => line.slot <= slot);
  }

  async #read(line: SignatureLine): Promise<TransactionEvents> {
    const transaction = await this.#chain.transaction(line.signature);
    if (transaction === null) throw incomplete(line.signature);
    const { data, isTruncated } = dataOf(DRIFT_PROGRAM, transaction.logs);
    if (isTruncated) throw incomplete(line.signature);
    const isFailed = transaction.error !== null;
    return {
      signature: transaction.signature,
      slot: transaction.slot,
      ts: transaction.blockTime ?? 0,
      events: isFailed ? [] : data.flatMap((text) => recordFrom(this.#coder, text) ?? []),
      walletChange: this.#changeOf(transaction),
      fee: transaction.payer.address === this.#wallet ? transaction.fee : 0n,
    };
  }

  #changeOf({ balances }: LandedTransaction): bigint {
    const own = balances.find(({ address }) => address === this.#wallet);
    return own === undefined ? 0n : own.after - own.before;
  }
}

/** By slot; within one, as the lists had it: later ones stand first there. */
function inOrder(
  transactions: readonly TransactionEvents[],
  listed: readonly string[],
): readonly TransactionEvents[] {
  const place = new Map(listed.map((signature, i) => [signature, i]));
  return transactions.toSorted(
    (a, b) => a.slot - b.slot || (place.get(b.signature) ?? 0) - (place.get(a.signature) ?? 0),
  );
}

const isKnown = (entry: readonly [string, string | undefined]): entry is readonly [string, string] =>
  entry[1] !== undefined;

const tooLong = (address: string, length: number): AppError =>
  new AppError(
    'TRADING_DISABLED',
    `More than ${length} transactions have touched the account since it was last read. Look at it, and accept what is there.`,
    { address },
  );

const incomplete = (signature: string): AppError =>
  new AppError(
    'VENUE_UNAVAILABLE',
    'A transaction of the account could not be read whole. It is asked for again.',
    { signature },
    { retryable: true },
  );
