/** Accounts as JSON-RPC tells them. */
import { base58Bytes, base58Text } from '../chain/base58Text.ts';
import type { Chain } from '../chain/chain.ts';
import type { StoredAccount } from '../chain/machine.ts';
import { holdingOf, mintOf } from '../chain/tokenAccount.ts';
import type { DataSlice, Encoding, Filter } from './rpcParams.ts';

/** As a node says it of every account that pays no rent: the largest u64, in the nearest double. */
const RENT_EPOCH = Number(2n ** 64n - 1n);

interface TokenAmount {
  readonly amount: string;
  readonly decimals: number;
  readonly uiAmount: number;
  readonly uiAmountString: string;
}

export function tokenAmount(amount: bigint, decimals: number): TokenAmount {
  const digits = amount.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const text = part === '' ? whole : `${whole}.${part}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text };
}

function parsed(account: StoredAccount, chain: Chain): object | undefined {
  const space = account.data.length;
  const mint = mintOf(account);
  if (mint) {
    const info = { decimals: mint.decimals, supply: mint.supply.toString(), isInitialized: true };
    return { program: 'spl-token', parsed: { type: 'mint', info }, space };
  }
  const holding = holdingOf(account);
  if (!holding) return undefined;
  const decimals = mintOf(chain.read(holding.mint))?.decimals ?? 0;
  const info = {
    mint: holding.mint,
    owner: holding.owner,
    isNative: holding.isNative,
    state: 'initialized',
    tokenAmount: tokenAmount(holding.amount, decimals),
  };
  return { program: 'spl-token', parsed: { type: 'account', info }, space };
}

/** What can't be parsed is told in base64, as any node does. */
export function accountJson(
  account: StoredAccount | undefined,
  chain: Chain,
  { encoding, dataSlice }: { readonly encoding: Encoding; readonly dataSlice?: DataSlice | undefined },
): object | null {
  if (!account) return null;
  const data = dataSlice
    ? account.data.subarray(dataSlice.offset, dataSlice.offset + dataSlice.length)
    : account.data;
  const plain =
    encoding === 'base58' ? [base58Text(data), 'base58'] : [Buffer.from(data).toString('base64'), 'base64'];
  return {
    data: (encoding === 'jsonParsed' ? parsed(account, chain) : undefined) ?? plain,
    executable: account.executable,
    lamports: Number(account.lamports),
    owner: account.owner,
    rentEpoch: RENT_EPOCH,
    space: account.data.length,
  };
}

/** Whether an account passes every filter of a getProgramAccounts or a programSubscribe. */
export function passes(account: StoredAccount, filters: readonly Filter[]): boolean {
  return filters.every((filter) => {
    if ('dataSize' in filter) return account.data.length === filter.dataSize;
    const { offset, bytes, encoding } = filter.memcmp;
    const wanted = encoding === 'base64' ? Buffer.from(bytes, 'base64') : base58Bytes(bytes);
    if (!wanted) return false;
    return Buffer.from(account.data.subarray(offset, offset + wanted.length)).equals(wanted);
  });
}
