/** What a node says of the chain itself. */
import { VersionedMessage } from '@solana/web3.js';
import { z } from 'zod';

import { SLOTS_PER_EPOCH } from '../chain/chain.ts';
import { fromFaucet } from '../chain/faucet.ts';
import { feeOf } from '../chain/fees.ts';
import { accountKeys, instructionsOf } from '../chain/wireTransaction.ts';
import { INVALID_PARAMS, RpcError } from './rpcError.ts';
import { address, paramsOf, readConfig } from './rpcParams.ts';
import { inContext, requireSlot, VERSION, type RpcMethod } from './view.ts';

/** A genesis that is no network's. */
const ELSEWHERE = '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY';

const config = (params: readonly unknown[]): z.infer<typeof readConfig> => paramsOf(params, readConfig)[0];

export const CHAIN_METHODS: Readonly<Record<string, RpcMethod>> = {
  getVersion: () => ({ 'solana-core': VERSION, 'feature-set': 1 }),
  getHealth: () => 'ok',
  getGenesisHash: (_, { seen, faults }) =>
    faults.take('wrongGenesis', 'getGenesisHash') ? ELSEWHERE : seen.genesisHash,
  getFirstAvailableBlock: () => 0,
  getMinimumBalanceForRentExemption(params, { seen }) {
    const [bytes] = paramsOf(params, z.number().int().min(0));
    return Number(seen.rentFor(bytes));
  },

  getSlot(params, { seen }) {
    requireSlot(seen, config(params));
    return seen.slot;
  },
  getBlockHeight(params, { seen }) {
    requireSlot(seen, config(params));
    return seen.height;
  },
  getBlockTime(params, { seen }) {
    const [slot] = paramsOf(params, z.number().int());
    return slot > seen.slot ? null : seen.unixTimeAt(slot);
  },
  getEpochInfo: (_, { seen }) => ({
    absoluteSlot: seen.slot,
    blockHeight: seen.height,
    epoch: seen.epoch,
    slotIndex: seen.slot % SLOTS_PER_EPOCH,
    slotsInEpoch: SLOTS_PER_EPOCH,
    transactionCount: seen.ledger.all().length,
  }),

  getLatestBlockhash: (params, { seen }) => inContext(seen, config(params), seen.latestBlockhash()),
  isBlockhashValid(params, { seen }) {
    const [blockhash, readAt] = paramsOf(params, z.string(), readConfig);
    return inContext(seen, readAt, seen.isBlockhashValid(blockhash));
  },

  /** Null where the message's blockhash is no longer good, as any node says. */
  getFeeForMessage(params, { seen }) {
    const [text, readAt] = paramsOf(params, z.string(), readConfig);
    let fee: number | null = null;
    try {
      const message = VersionedMessage.deserialize(Buffer.from(text, 'base64'));
      const keys = accountKeys(message, (address) => seen.read(address));
      const signatures = message.header.numRequiredSignatures;
      if (seen.isBlockhashValid(message.recentBlockhash))
        fee = Number(feeOf(signatures, instructionsOf(message, keys)).lamports);
    } catch (error) {
      throw new RpcError(INVALID_PARAMS, `Invalid params: ${String(error)}`);
    }
    return inContext(seen, readAt, fee);
  },
  requestAirdrop(params, { chain }) {
    const [recipient, lamports] = paramsOf(params, address, z.number().int().positive());
    return fromFaucet(chain, recipient, lamports);
  },
  getRecentPrioritizationFees(_, { seen, priorityFee }) {
    const recent = seen.ledger
      .all()
      .slice(-150)
      .map(({ slot, unitPrice }) => ({
        slot,
        prioritizationFee: Math.max(Number(unitPrice), priorityFee()),
      }));
    return recent.length > 0 ? recent : [{ slot: seen.slot, prioritizationFee: priorityFee() }];
  },
};
