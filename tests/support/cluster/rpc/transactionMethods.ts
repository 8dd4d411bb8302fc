/** What a node does with transactions, and says of them. */
import { z } from 'zod';

import { base58Bytes, base58Text } from '../chain/base58Text.ts';
import { BLOCKHASH_LIFE } from '../chain/blockhashes.ts';
import type { Simulation } from '../chain/chain.ts';
import type { Landed } from '../chain/ledger.ts';
import { customError } from '../chain/transactionError.ts';
import { isSigned, readTransaction, withBlockhash, type WireTransaction } from '../chain/wireTransaction.ts';
import { accountJson } from './accountJson.ts';
import { deliver, outliveBlockhash } from './delivery.ts';
import { INVALID_PARAMS, PREFLIGHT_FAILURE, RpcError, SIGNATURE_FAILURE } from './rpcError.ts';
import {
  address,
  paramsOf,
  sendConfig,
  signature,
  signaturesConfig,
  simulateConfig,
  statusConfig,
  transactionConfig,
} from './rpcParams.ts';
import { transactionJson } from './transactionJson.ts';
import { inContext, requireSlot, type RpcMethod, type View } from './view.ts';

/** Blocks after which nothing is undone any more. */
const FINAL_AFTER = 32;
const UNSUPPORTED_VERSION = -32_015;

function decoded(text: string, encoding: 'base58' | 'base64'): WireTransaction {
  try {
    const bytes = encoding === 'base64' ? Buffer.from(text, 'base64') : base58Bytes(text);
    if (!bytes) throw new Error('no base58');
    return readTransaction(bytes);
  } catch (error) {
    throw new RpcError(INVALID_PARAMS, `failed to deserialize transaction: ${String(error)}`);
  }
}

function simulated(transaction: WireTransaction, view: View, method: string): Simulation {
  const fault = view.faults.take('simulationFails', method);
  if (!fault) return view.seen.simulate(transaction);
  const { err = customError(0, 1), logs = [] } = fault;
  return { run: { err, logs, unitsConsumed: 0n, returnData: null }, accounts: [] };
}

const returned = (data: Simulation['run']['returnData']): object | null =>
  data && {
    programId: base58Text(data.programId),
    data: [Buffer.from(data.data).toString('base64'), 'base64'],
  };

/** Undefined where it hasn't landed, or the node says so. */
function landedAs(view: View, of: string, method: string): Landed | undefined {
  const landed = view.seen.ledger.get(of);
  if (!landed) return undefined;
  const lie = view.faults.take('saysAbsent', method, (fault) => (fault.signature ?? of) === of);
  return lie ? undefined : landed;
}

function statusOf(view: View, of: string, searchAll: boolean): object | null {
  const { seen, faults } = view;
  const landed = landedAs(view, of, 'getSignatureStatuses');
  if (!landed) {
    const lie = faults.take(
      'saysConfirmed',
      'getSignatureStatuses',
      (fault) => (fault.signature ?? of) === of,
    );
    if (!lie) return null;
    const status = { Ok: null };
    return { slot: seen.slot, confirmations: 1, err: null, status, confirmationStatus: 'confirmed' };
  }
  const { slot, err } = landed;
  const age = seen.slot - slot;
  if (!searchAll && age > BLOCKHASH_LIFE) return null;
  const isFinal = age >= FINAL_AFTER;
  return {
    slot,
    confirmations: isFinal ? null : age,
    err,
    status: err === null ? { Ok: null } : { Err: err },
    confirmationStatus: isFinal ? 'finalized' : 'confirmed',
  };
}

export const TRANSACTION_METHODS: Readonly<Record<string, RpcMethod>> = {
  sendTransaction(params, view) {
    const [text, config] = paramsOf(params, z.string(), sendConfig);
    const transaction = decoded(text, config.encoding);
    const { chain, faults } = view;
    requireSlot(chain, config);
    if (!isSigned(transaction))
      throw new RpcError(SIGNATURE_FAILURE, 'Transaction signature verification failure');
    outliveBlockhash(chain, faults);
    if (!config.skipPreflight) {
      const { run } = simulated(transaction, view, 'sendTransaction');
      if (run.err !== null)
        throw new RpcError(PREFLIGHT_FAILURE, `Transaction simulation failed: ${inWords(run.err)}`, {
          err: run.err,
          logs: run.logs,
          unitsConsumed: Number(run.unitsConsumed),
          accounts: null,
          returnData: null,
        });
    }
    deliver(transaction, chain, faults);
    return transaction.signature;
  },

  simulateTransaction(params, view) {
    const [text, config] = paramsOf(params, z.string(), simulateConfig);
    const { seen } = view;
    const asked = decoded(text, config.encoding);
    if (config.sigVerify && config.replaceRecentBlockhash)
      throw new RpcError(INVALID_PARAMS, 'sigVerify may not be used with replaceRecentBlockhash');
    if (config.sigVerify && !isSigned(asked))
      throw new RpcError(SIGNATURE_FAILURE, 'Transaction signature verification failure');
    const latest = seen.latestBlockhash();
    const transaction = config.replaceRecentBlockhash ? withBlockhash(asked, latest.blockhash) : asked;
    const { run, accounts } = simulated(transaction, view, 'simulateTransaction');
    const wanted = config.accounts;
    return inContext(seen, config, {
      err: run.err,
      logs: run.logs,
      unitsConsumed: Number(run.unitsConsumed),
      returnData: returned(run.returnData),
      accounts:
        wanted && run.err === null
          ? wanted.addresses.map((at) =>
              accountJson(accounts.find((each) => each.address === at) ?? seen.read(at), seen, wanted),
            )
          : null,
      ...(config.replaceRecentBlockhash ? { replacementBlockhash: latest } : {}),
    });
  },

  getSignatureStatuses(params, view) {
    const [signatures, config] = paramsOf(params, z.array(signature).max(256), statusConfig);
    const statuses = signatures.map((of) => statusOf(view, of, config.searchTransactionHistory));
    return inContext(view.seen, {}, statuses);
  },

  getSignaturesForAddress(params, view) {
    const [at, config] = paramsOf(params, address, signaturesConfig);
    requireSlot(view.seen, config);
    const all = view.seen.ledger.of(at);
    const place = (of: string | undefined): number =>
      all.findIndex(({ transaction }) => transaction.signature === of);
    const from = place(config.before) + 1;
    const until = place(config.until);
    return all
      .slice(from, until === -1 ? undefined : until)
      .filter(({ transaction }) => landedAs(view, transaction.signature, 'getSignaturesForAddress'))
      .slice(0, config.limit)
      .map(({ transaction, slot, blockTime, err }) => ({
        signature: transaction.signature,
        slot,
        blockTime,
        err,
        memo: null,
        confirmationStatus: view.seen.slot - slot >= FINAL_AFTER ? 'finalized' : 'confirmed',
      }));
  },

  getTransaction(params, view) {
    const [of, config] = paramsOf(params, signature, transactionConfig);
    const landed = landedAs(view, of, 'getTransaction');
    if (!landed) return null;
    if (
      landed.transaction.message.version !== 'legacy' &&
      config.maxSupportedTransactionVersion === undefined
    )
      throw new RpcError(
        UNSUPPORTED_VERSION,
        'Transaction version (0) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0',
      );
    return transactionJson(landed, config.encoding);
  },
};

/** The head of the sentence with which a node refuses to send. */
function inWords(err: NonNullable<Simulation['run']['err']>): string {
  if (err === 'BlockhashNotFound') return 'Blockhash not found';
  if (err === 'AlreadyProcessed') return 'This transaction has already been processed';
  if (typeof err === 'string') return err;
  if (!('InstructionError' in err)) return JSON.stringify(err);
  const [index, why] = err.InstructionError;
  const reason = typeof why === 'string' ? why : `custom program error: 0x${why.Custom.toString(16)}`;
  return `Error processing Instruction ${index}: ${reason}`;
}
