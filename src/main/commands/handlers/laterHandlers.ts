import type { Handlers } from '../handlers.ts';
import { notSupported } from '../notSupported.ts';

const portfolio = notSupported('Portfolio and risk analysis');
const account = notSupported('Managing sub-accounts');

/** Commands of the contract that wait for what they need. */
export const LATER_HANDLERS = {
  GET_PORTFOLIO: portfolio,
  GET_RISK_METRICS: portfolio,
  GET_PNL_BREAKDOWN: portfolio,
  SET_RISK_LIMITS: portfolio,
  CHECK_RISK_LIMITS: portfolio,
  AUTO_HEDGE: portfolio,
  GET_LIQUIDATION_RISK: portfolio,
  SIMULATE_LIQUIDATION: portfolio,
  SUGGEST_POSITION_SIZE: portfolio,
  TRANSFER: account,
  SET_MARGIN_MODE: account,
  GET_MARGIN_REQUIREMENTS: account,
  GET_INSURANCE_FUND: account,
  EXECUTE_STRATEGY: notSupported('Executing a strategy'),
} as const satisfies Partial<Handlers>;
