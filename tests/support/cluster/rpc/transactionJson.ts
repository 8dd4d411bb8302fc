/** Transactions as JSON-RPC tells them. */
import type { VersionedMessage } from '@solana/web3.js';

import { base58Text } from '../chain/base58Text.ts';
import type { TokenBalance } from '../chain/balances.ts';
import type { Landed } from '../chain/ledger.ts';
import { TOKEN_PROGRAM } from '../chain/tokenAccount.ts';
import { tokenAmount } from './accountJson.ts';

type TransactionEncoding = 'json' | 'jsonParsed' | 'base58' | 'base64';

const tokenBalance = ({ accountIndex, mint, owner, amount, decimals }: TokenBalance): object => ({
  accountIndex,
  mint,
  owner,
  programId: TOKEN_PROGRAM,
  uiTokenAmount: tokenAmount(amount, decimals),
});

function meta(landed: Landed): object {
  const { err, transaction, addresses, before, after } = landed;
  const loaded = addresses.slice(transaction.message.staticAccountKeys.length);
  const writableLoaded = transaction.message.addressTableLookups.reduce(
    (count, { writableIndexes }) => count + writableIndexes.length,
    0,
  );
  return {
    err,
    status: err === null ? { Ok: null } : { Err: err },
    fee: Number(landed.fee),
    preBalances: before.lamports.map(Number),
    postBalances: after.lamports.map(Number),
    preTokenBalances: before.tokens.map(tokenBalance),
    postTokenBalances: after.tokens.map(tokenBalance),
    // Not recorded.
    innerInstructions: null,
    logMessages: landed.logs,
    loadedAddresses: { writable: loaded.slice(0, writableLoaded), readonly: loaded.slice(writableLoaded) },
    computeUnitsConsumed: Number(landed.unitsConsumed),
    rewards: [],
  };
}

function message(of: VersionedMessage, landed: Landed, parsed: boolean): object {
  const { addresses } = landed;
  const writable = new Set(landed.writable);
  const lookups = of.addressTableLookups.map(({ accountKey, readonlyIndexes, writableIndexes }) => ({
    accountKey: accountKey.toBase58(),
    readonlyIndexes,
    writableIndexes,
  }));
  const versioned = of.version === 'legacy' ? {} : { addressTableLookups: lookups };
  const statics = of.staticAccountKeys.length;
  if (!parsed)
    return {
      header: of.header,
      accountKeys: addresses.slice(0, statics),
      recentBlockhash: of.recentBlockhash,
      instructions: of.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
        programIdIndex,
        accounts: accountKeyIndexes,
        data: base58Text(data),
        stackHeight: null,
      })),
      ...versioned,
    };
  return {
    accountKeys: addresses.map((pubkey, index) => ({
      pubkey,
      signer: of.isAccountSigner(index),
      writable: writable.has(pubkey),
      source: index < statics ? 'transaction' : 'lookupTable',
    })),
    recentBlockhash: of.recentBlockhash,
    // No program is known to this node: none is decoded further.
    instructions: of.compiledInstructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      programId: addresses[programIdIndex],
      accounts: accountKeyIndexes.map((index) => addresses[index]),
      data: base58Text(data),
      stackHeight: null,
    })),
    ...versioned,
  };
}

export function transactionJson(landed: Landed, encoding: TransactionEncoding): object {
  const { transaction, slot, blockTime } = landed;
  const { bytes, signatures, message: of } = transaction;
  const told = {
    json: () => ({ signatures: signatures.map(base58Text), message: message(of, landed, false) }),
    jsonParsed: () => ({ signatures: signatures.map(base58Text), message: message(of, landed, true) }),
    base58: () => [base58Text(bytes), 'base58'],
    base64: () => [Buffer.from(bytes).toString('base64'), 'base64'],
  };
  return { slot, blockTime, version: of.version, transaction: told[encoding](), meta: meta(landed) };
}
