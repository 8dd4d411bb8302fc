/** What a node says of accounts. */
import { z } from 'zod';

import type { Chain } from '../chain/chain.ts';
import type { StoredAccount } from '../chain/machine.ts';
import { holdingOf, mintOf, TOKEN_PROGRAM } from '../chain/tokenAccount.ts';
import { accountJson, passes, tokenAmount } from './accountJson.ts';
import { INVALID_PARAMS, RpcError } from './rpcError.ts';
import { accountConfig, address, paramsOf, programConfig, readConfig, tokenFilter } from './rpcParams.ts';
import { inContext, type RpcMethod, type View } from './view.ts';

/** As many accounts as one request may ask for. */
const MOST_ACCOUNTS = 100;

/** An account as this node has it: another's, where it is told to lie. */
function read({ seen, faults }: View, at: string, method: string): StoredAccount | undefined {
  const account = seen.read(at);
  if (!account) return undefined;
  const lie = faults.take('wrongOwner', method, (fault) => fault.address === at);
  return lie ? { ...account, owner: lie.owner } : account;
}

const withContextOf = (
  chain: Chain,
  config: { readonly minContextSlot?: number | undefined; readonly withContext: boolean },
  value: unknown,
): unknown => (config.withContext ? inContext(chain, config, value) : value);

export const ACCOUNT_METHODS: Readonly<Record<string, RpcMethod>> = {
  getBalance(params, { seen }) {
    const [at, config] = paramsOf(params, address, readConfig);
    return inContext(seen, config, Number(seen.read(at)?.lamports ?? 0n));
  },
  getAccountInfo(params, view) {
    const [at, config] = paramsOf(params, address, accountConfig);
    return inContext(view.seen, config, accountJson(read(view, at, 'getAccountInfo'), view.seen, config));
  },
  getMultipleAccounts(params, view) {
    const [addresses, config] = paramsOf(params, z.array(address), accountConfig);
    if (addresses.length > MOST_ACCOUNTS)
      throw new RpcError(INVALID_PARAMS, `Too many inputs provided; max ${MOST_ACCOUNTS}`);
    const accounts = addresses.map((at) =>
      accountJson(read(view, at, 'getMultipleAccounts'), view.seen, config),
    );
    return inContext(view.seen, config, accounts);
  },
  getProgramAccounts(params, view) {
    const [program, config] = paramsOf(params, address, programConfig);
    const accounts = view.seen
      .ownedBy(program)
      .filter((account) => passes(account, config.filters))
      .map((account) => ({ pubkey: account.address, account: accountJson(account, view.seen, config) }));
    return withContextOf(view.seen, config, accounts);
  },

  getTokenAccountBalance(params, { seen }) {
    const [at, config] = paramsOf(params, address, readConfig);
    const holding = holdingOf(seen.read(at));
    if (!holding) throw new RpcError(INVALID_PARAMS, 'Invalid param: could not find account');
    const decimals = mintOf(seen.read(holding.mint))?.decimals ?? 0;
    return inContext(seen, config, tokenAmount(holding.amount, decimals));
  },
  getTokenSupply(params, { seen }) {
    const [at, config] = paramsOf(params, address, readConfig);
    const mint = mintOf(seen.read(at));
    if (!mint) throw new RpcError(INVALID_PARAMS, 'Invalid param: could not find mint');
    return inContext(seen, config, tokenAmount(mint.supply, mint.decimals));
  },
  getTokenAccountsByOwner(params, { seen }) {
    const [owner, filter, config] = paramsOf(params, address, tokenFilter, accountConfig);
    const program = 'programId' in filter ? filter.programId : TOKEN_PROGRAM;
    const accounts = seen
      .ownedBy(program)
      .filter((account) => {
        const holding = holdingOf(account);
        return holding?.owner === owner && (!('mint' in filter) || holding.mint === filter.mint);
      })
      .map((account) => ({ pubkey: account.address, account: accountJson(account, seen, config) }));
    return inContext(seen, config, accounts);
  },
};
