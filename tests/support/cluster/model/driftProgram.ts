import type { ModelChain, ProgramCall, ProgramModel } from '../programModel.ts';
import * as collateral from './collateral.ts';
import { DRIFT_IDL, type IdlInstruction } from './idl.ts';
import * as insurance from './insurance.ts';
import * as keepers from './keepers.ts';
import { discriminator, DISCRIMINATOR_BYTES } from './layout.ts';
import * as orders from './orders.ts';
import { refuseAccounts } from './refusal.ts';
import { Run } from './run.ts';
import * as userAccount from './userAccount.ts';

/** What each instruction does, by its name in the IDL. */
const INSTRUCTIONS: Readonly<Record<string, (run: Run) => void>> = {
  initializeUserStats: userAccount.initializeUserStats,
  initializeUser: userAccount.initializeUser,
  updateUserName: userAccount.updateUserName,
  updateUserDelegate: userAccount.updateUserDelegate,
  updateUserCustomMarginRatio: userAccount.updateUserCustomMarginRatio,
  updateUserMarginTradingEnabled: userAccount.updateUserMarginTradingEnabled,
  deleteUser: userAccount.deleteUser,
  deposit: collateral.deposit,
  withdraw: collateral.withdraw,
  transferDeposit: collateral.transferDeposit,
  placePerpOrder: orders.placePerpOrder,
  placeSpotOrder: orders.placeSpotOrder,
  placeOrders: orders.placeOrders,
  placeAndTakePerpOrder: orders.placeAndTakePerpOrder,
  placeAndTakeSpotOrder: orders.placeAndTakeSpotOrder,
  cancelOrder: orders.cancelOrderById,
  cancelOrderByUserId: orders.cancelOrderByUserId,
  cancelOrders: orders.cancelOrders,
  cancelOrdersByIds: orders.cancelOrdersByIds,
  modifyOrder: orders.modifyOrder,
  modifyOrderByUserId: orders.modifyOrderByUserId,
  settlePnl: keepers.settlePnl,
  settleMultiplePnls: keepers.settleMultiplePnls,
  settleFundingPayment: keepers.settleFundingPayment,
  fillPerpOrder: keepers.fillPerpOrder,
  fillSpotOrder: keepers.fillSpotOrder,
  triggerOrder: keepers.triggerOrder,
  liquidatePerp: keepers.liquidatePerp,
  updateFundingRate: keepers.updateFundingRate,
  updateSpotMarketCumulativeInterest: keepers.updateSpotMarketCumulativeInterest,
  initializeInsuranceFundStake: insurance.initializeInsuranceFundStake,
  addInsuranceFundStake: insurance.addInsuranceFundStake,
  requestRemoveInsuranceFundStake: insurance.requestRemoveInsuranceFundStake,
  cancelRequestRemoveInsuranceFundStake: insurance.cancelRequestRemoveInsuranceFundStake,
  removeInsuranceFundStake: insurance.removeInsuranceFundStake,
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const BY_DISCRIMINATOR: ReadonlyMap<string, IdlInstruction> = new Map(
  DRIFT_IDL.instructions.map((instruction) => [
    hex(discriminator('global', snake(instruction.name))),
    instruction,
  ]),
);

/**
 * Drift v2 as it was in June 2024, as far as the app and the keepers around it use it: instructions and accounts by the
 * SDK's IDL, arithmetic and codes of refusal by the program's. It keeps nothing of its own.
 */
export function driftProgram(): ProgramModel {
  return {
    execute(call: ProgramCall, chain: ModelChain): void {
      const instruction = BY_DISCRIMINATOR.get(hex(call.data.subarray(0, DISCRIMINATOR_BYTES)));
      const handler = instruction && INSTRUCTIONS[instruction.name];
      if (instruction === undefined || handler === undefined)
        return refuseAccounts('InstructionFallbackNotFound', instruction?.name ?? 'no such instruction');
      chain.log(`Instruction: ${instruction.name.charAt(0).toUpperCase()}${instruction.name.slice(1)}`);
      const run = new Run(call, chain, instruction);
      handler(run);
      run.commit();
    },
  };
}
