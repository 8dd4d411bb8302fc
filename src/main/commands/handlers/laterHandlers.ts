import type { Handlers } from '../handlers.ts';
import { notSupported } from '../notSupported.ts';

const live = notSupported('Live trading');
const confirming = notSupported('Confirming a trade');
const portfolio = notSupported('Portfolio and risk analysis');
const account = notSupported('Managing sub-accounts');

/** Commands of the contract that wait for what they need. */
export const LATER_HANDLERS = {
  CHECK_LIVE: live,
  CONFIRM_TRADE: confirming,
  DECLINE_TRADE: confirming,
  GET_CONFIRMATIONS: confirming,
  GRANT_STANDING_CONFIRMATION: confirming,
  REVOKE_STANDING_CONFIRMATION: confirming,
  GET_DIFFERENCES: live,
  ACCEPT_DIFFERENCES: live,
  GET_PORTFOLIO: portfolio,
  GET_RISK_METRICS: portfolio,
  GET_PNL_BREAKDOWN: portfolio,
  SET_RISK_LIMITS: portfolio,
  CHECK_RISK_LIMITS: portfolio,
  AUTO_HEDGE: portfolio,
  GET_LIQUIDATION_RISK: portfolio,
  SIMULATE_LIQUIDATION: portfolio,
  SUGGEST_POSITION_SIZE: portfolio,
  CREATE_SUBACCOUNT: account,
  LIST_SUBACCOUNTS: account,
  TRANSFER: account,
  SET_MARGIN_MODE: account,
  GET_MARGIN_REQUIREMENTS: account,
  GET_INSURANCE_FUND: account,
  EXECUTE_STRATEGY: notSupported('Executing a strategy'),
} as const satisfies Partial<Handlers>;
