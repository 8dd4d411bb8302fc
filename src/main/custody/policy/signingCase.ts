import { DriftAccounts } from './driftAccounts.ts';
import { OwnTokens } from './ownTokens.ts';
import { Tips } from './tips.ts';
import type { SigningRules } from './verdict.ts';

/** What is known while the instructions of one transaction are looked at in order. */
export interface SigningCase {
  readonly rules: SigningRules;
  readonly tokens: OwnTokens;
  readonly drift: DriftAccounts;
  readonly tips: Tips;
}

export const openCase = (rules: SigningRules): SigningCase => ({
  rules,
  tokens: new OwnTokens(new Set([rules.signer, rules.owner])),
  drift: new DriftAccounts(rules.owner),
  tips: new Tips(rules.mostTip),
});
