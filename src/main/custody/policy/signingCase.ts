import { DriftAccounts } from './driftAccounts.ts';
import { OwnTokens } from './ownTokens.ts';
import { Spending } from './spending.ts';
import type { SigningRules } from './verdict.ts';

/** What is known while the instructions of one transaction are looked at in order. */
export interface SigningCase {
  readonly rules: SigningRules;
  readonly tokens: OwnTokens;
  readonly drift: DriftAccounts;
  readonly tips: Spending;
  /** What delegates get. */
  readonly gas: Spending;
}

export const openCase = (rules: SigningRules): SigningCase => ({
  rules,
  tokens: new OwnTokens(new Set([rules.signer, rules.owner])),
  drift: new DriftAccounts(rules.owner),
  tips: new Spending('tip', 'Tips', rules.mostTip),
  gas: new Spending('gas', 'Payments to delegates', rules.mostGas),
});
