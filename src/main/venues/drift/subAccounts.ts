import type { TransactionInstruction } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import type { TransactionDesk } from '../solana/transactions/transactionDesk.ts';
import type { Chain } from '../solana/chain.ts';
import { DRIFT_PROGRAM } from './addresses.ts';
import type { DriftUser } from './driftState.ts';
import type { SharedClient } from './sharedClient.ts';
import { userFrom } from './stateFrom.ts';

/** Numbers that are looked through: nobody has been seen with more, and the signer knows no others. */
export const MOST_SUB_ACCOUNTS = 64;
/** A name is so many bytes at the venue. */
export const NAME_BYTES = 32;

export interface SubAccountsParts {
  readonly client: SharedClient;
  readonly chain: Chain;
  readonly desk: Pick<TransactionDesk, 'carry'>;
  readonly nextId: () => string;
}

/** The sub-accounts of one owner. */
export class SubAccounts {
  readonly #parts: SubAccountsParts;

  constructor(parts: SubAccountsParts) {
    this.#parts = parts;
  }

  /** All that there are, by number, as the chain has them now: one request. */
  async list(): Promise<readonly DriftUser[]> {
    const { client, chain } = this.#parts;
    const addresses = Array.from({ length: MOST_SUB_ACCOUNTS }, (_, number) => client.addressOf(number));
    const { accounts } = await chain.accounts(addresses);
    return accounts.flatMap((account, i) => {
      const address = addresses[i];
      if (account === null || address === undefined || account.owner !== DRIFT_PROGRAM) return [];
      return [userFrom(address, client.sdk.decodeUser(Buffer.from(account.data)))];
    });
  }

  /** The number that the program gives the next one: numbers of closed ones don't come back. */
  async next(): Promise<number> {
    const { client, chain } = this.#parts;
    const { drift } = client;
    const { accounts } = await chain.accounts([drift.getUserStatsAccountPublicKey().toString()]);
    const [stats = null] = accounts;
    if (stats?.owner !== DRIFT_PROGRAM) return 0;
    const decoded = drift.program.coder.accounts.decodeUnchecked('UserStats', Buffer.from(stats.data)) as {
      readonly numberOfSubAccountsCreated: number;
    };
    return decoded.numberOfSubAccountsCreated;
  }

  /** Opens a sub-account. Throws INVALID_PAYLOAD for its name, and what the venue says against it. */
  async create(number: number, name: string, id?: string): Promise<void> {
    refuseName(name);
    const { drift } = this.#parts.client;
    const [instructions] = await drift.getInitializeUserAccountIxs(number, name);
    await this.#act(`Open sub-account ${number}, "${name}".`, instructions, id);
  }

  async rename(number: number, name: string, id?: string): Promise<void> {
    refuseName(name);
    const { client } = this.#parts;
    const { drift, sdk } = client;
    const instruction = await drift.program.methods['updateUserName']?.(number, sdk.encodeName(name))
      .accounts({
        user: new sdk.PublicKey(client.addressOf(number)),
        authority: new sdk.PublicKey(client.signer),
      })
      .instruction();
    if (instruction === undefined) throw new AppError('NOT_SUPPORTED', 'This venue names no sub-accounts.');
    await this.#act(`Name sub-account ${number} "${name}".`, [instruction], id);
  }

  /** @param delegate null for nobody */
  async setDelegate(number: number, delegate: string | null, id?: string): Promise<void> {
    const { drift, sdk } = this.#parts.client;
    const key = delegate === null ? sdk.PublicKey.default : new sdk.PublicKey(delegate);
    const instruction = await drift.getUpdateUserDelegateIx(key, { subAccountId: number });
    await this.#act(`Let ${delegate ?? 'nobody'} trade for sub-account ${number}.`, [instruction], id);
  }

  /** Closes an empty sub-account, whose rent comes back. Throws what the venue says against it: it is not empty. */
  async remove(number: number, id?: string): Promise<void> {
    const { client } = this.#parts;
    const address = new client.sdk.PublicKey(client.addressOf(number));
    const instruction = await client.drift.getUserDeletionIx(address);
    await this.#act(`Close sub-account ${number}.`, [instruction], id);
    await client.forget(number);
  }

  async #act(
    words: string,
    instructions: readonly TransactionInstruction[],
    id = this.#parts.nextId(),
  ): Promise<void> {
    const outcome = await this.#parts.desk.carry({ id, kind: 'account', words, instructions });
    if (outcome.kind === 'landed') return;
    if (outcome.kind === 'refused' || outcome.kind === 'failed')
      throw new AppError(outcome.why.code, outcome.why.message, { operationId: id });
    if (outcome.kind === 'expired')
      throw new AppError(
        'CONFIRMATION_TIMEOUT',
        'It was not taken into a block in time. Nothing has happened.',
        {
          operationId: id,
        },
      );
    throw new AppError('OUTCOME_UNKNOWN', 'It is not known yet whether that went through. It is followed.', {
      operationId: id,
    });
  }
}

function refuseName(name: string): void {
  if (name.trim() !== '' && Buffer.byteLength(name) <= NAME_BYTES) return;
  throw new AppError('INVALID_PAYLOAD', `A sub-account's name has 1 to ${NAME_BYTES} bytes.`, { name });
}
