import { z } from 'zod';

import type { ChainListener } from '../chain/chain.ts';
import type { Landed } from '../chain/ledger.ts';
import { accountJson, passes } from './accountJson.ts';
import type { Faults } from './faults.ts';
import { methodNotFound, type Request } from './request.ts';
import { INVALID_PARAMS, RpcError } from './rpcError.ts';
import { accountConfig, address, paramsOf, programConfig, signature } from './rpcParams.ts';
import { inContext, type View } from './view.ts';

const logsFilter = z.union([
  z.enum(['all', 'allWithVotes']),
  z.object({ mentions: z.array(address).length(1) }),
]);

/** Numbers of subscriptions are one sequence for all sockets: nobody can mistake another's for its own. */
let lastId = 0;

/** What one socket has subscribed to. */
export class Subscriptions implements ChainListener {
  /** What a notification of a kind is told from. */
  readonly #view: (method: string) => View;
  readonly #faults: Faults;
  readonly #send: (frame: object) => void;
  readonly #listening = new Map<number, ChainListener>();

  constructor(faults: Faults, view: (method: string) => View, send: (frame: object) => void) {
    this.#faults = faults;
    this.#view = view;
    this.#send = send;
  }

  onSlot(slot: number): void {
    for (const each of this.#listening.values()) each.onSlot?.(slot);
  }

  onAccount(at: string): void {
    for (const each of this.#listening.values()) each.onAccount?.(at);
  }

  onLanded(landed: Landed): void {
    for (const each of this.#listening.values()) each.onLanded?.(landed);
  }

  /** Answers a request that came over the socket. */
  handle({ method, params }: Request): unknown {
    switch (method) {
      case 'accountSubscribe':
        return this.#account(params);
      case 'programSubscribe':
        return this.#program(params);
      case 'logsSubscribe':
        return this.#logs(params);
      case 'signatureSubscribe':
        return this.#signature(params);
      case 'slotSubscribe':
        return this.#add((tell) => ({
          onSlot: (slot) => tell('slotNotification', { slot, parent: slot - 1, root: slot - 32 }),
        }));
      default:
        if (method.endsWith('Unsubscribe')) return this.#remove(params);
        throw methodNotFound();
    }
  }

  #add(listener: (tell: (method: string, result: unknown) => void, id: number) => ChainListener): number {
    lastId += 1;
    const id = lastId;
    const tell = (method: string, result: unknown): void => {
      if (this.#faults.take('muted', method)) return;
      this.#send({ jsonrpc: '2.0', method, params: { subscription: id, result } });
    };
    this.#listening.set(id, listener(tell, id));
    return id;
  }

  #remove(params: readonly unknown[]): boolean {
    const [id] = paramsOf(params, z.number());
    if (this.#listening.delete(id)) return true;
    throw new RpcError(INVALID_PARAMS, 'Invalid subscription id.');
  }

  #account(params: readonly unknown[]): number {
    const [wanted, config] = paramsOf(params, address, accountConfig);
    return this.#add((tell) => ({
      onAccount: (at) => {
        if (at !== wanted) return;
        const { seen } = this.#view('accountNotification');
        tell('accountNotification', inContext(seen, {}, accountJson(seen.read(at), seen, config) ?? GONE));
      },
    }));
  }

  #program(params: readonly unknown[]): number {
    const [program, config] = paramsOf(params, address, programConfig);
    return this.#add((tell) => ({
      onAccount: (at) => {
        const { seen } = this.#view('programNotification');
        const account = seen.read(at);
        if (account?.owner !== program || !passes(account, config.filters)) return;
        const value = { pubkey: at, account: accountJson(account, seen, config) };
        tell('programNotification', inContext(seen, {}, value));
      },
    }));
  }

  #logs(params: readonly unknown[]): number {
    const [filter] = paramsOf(params, logsFilter);
    const mentioned = typeof filter === 'string' ? undefined : filter.mentions[0];
    return this.#add((tell) => ({
      onLanded: ({ transaction, err, logs, addresses }) => {
        if (mentioned !== undefined && !addresses.includes(mentioned)) return;
        const value = { signature: transaction.signature, err, logs };
        tell('logsNotification', inContext(this.#view('logsNotification').seen, {}, value));
      },
    }));
  }

  /** Told once; at once, after the answer, where it has happened before. */
  #signature(params: readonly unknown[]): number {
    const [wanted] = paramsOf(params, signature);
    const faults = this.#faults;
    const { seen } = this.#view('signatureSubscribe');
    const concerns = (fault: { readonly signature?: string }): boolean =>
      (fault.signature ?? wanted) === wanted;
    const isHidden = (): boolean => faults.take('saysAbsent', 'signatureSubscribe', concerns) !== undefined;
    return this.#add((tell, id) => {
      const once = (err: Landed['err']): void => {
        if (!this.#listening.delete(id)) return;
        tell('signatureNotification', inContext(this.#view('signatureNotification').seen, {}, { err }));
      };
      const landed = seen.ledger.get(wanted);
      if (landed && !isHidden()) afterAnswer(() => once(landed.err));
      else if (!landed && faults.take('saysConfirmed', 'signatureSubscribe', concerns))
        afterAnswer(() => once(null));
      return {
        onLanded: ({ transaction, err }) => {
          if (transaction.signature === wanted && !isHidden()) once(err);
        },
      };
    });
  }
}

/**
 * Once a client in this process has read the answer: one that gets answer and notification in one piece doesn't know yet
 * whose notification that is, and web3.js drops it.
 */
function afterAnswer(tell: () => void): void {
  setImmediate(() => setImmediate(() => setImmediate(tell)));
}

/** How a node tells of an account that is no more. */
const GONE = {
  data: ['', 'base64'],
  executable: false,
  lamports: 0,
  owner: '11111111111111111111111111111111',
  rentEpoch: 0,
  space: 0,
};
