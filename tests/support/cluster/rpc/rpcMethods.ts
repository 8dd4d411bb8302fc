import { ACCOUNT_METHODS } from './accountMethods.ts';
import { CHAIN_METHODS } from './chainMethods.ts';
import { TRANSACTION_METHODS } from './transactionMethods.ts';
import type { RpcMethod } from './view.ts';

/** Every method that the node answers. */
export const RPC_METHODS: ReadonlyMap<string, RpcMethod> = new Map(
  Object.entries({ ...CHAIN_METHODS, ...ACCOUNT_METHODS, ...TRANSACTION_METHODS }),
);
