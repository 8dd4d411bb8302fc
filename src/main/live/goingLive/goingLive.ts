import { CHECK_NAMES, type CheckName } from '../../../shared/contract/liveCheck.ts';
import { capitalCheck, subAccountCheck, watchedSubAccountCheck } from './accountChecks.ts';
import type { CheckResult, LiveCheck } from './check.ts';
import type { LiveFacts } from './facts.ts';
import { limitsCheck, standingCheck } from './limitChecks.ts';
import { clockCheck, latencyCheck, rpcCheck, venueCheck, watchedVenueCheck } from './networkChecks.ts';
import { gasCheck, keychainCheck, walletCheck } from './walletChecks.ts';

type Check = (facts: LiveFacts) => CheckResult;

const TRADING: Readonly<Record<CheckName, Check>> = {
  keychain: keychainCheck,
  wallet: walletCheck,
  gas: gasCheck,
  subAccount: subAccountCheck,
  capital: capitalCheck,
  venue: venueCheck,
  latency: latencyCheck,
  rpc: rpcCheck,
  clock: clockCheck,
  limits: limitsCheck,
  standing: standingCheck,
};

/** Who only watches signs nothing and pays nothing (R2.1). */
const MONITORING: Readonly<Partial<Record<CheckName, Check>>> = {
  subAccount: watchedSubAccountCheck,
  venue: watchedVenueCheck,
  rpc: rpcCheck,
  clock: clockCheck,
};

/** What is read out before an engine goes live, in order: all of it to trade, and what matters to only watch. */
export function goingLiveChecks(facts: LiveFacts, purpose: 'trading' | 'monitoring'): readonly LiveCheck[] {
  const checks: Readonly<Partial<Record<CheckName, Check>>> = purpose === 'trading' ? TRADING : MONITORING;
  return CHECK_NAMES.flatMap((name) => {
    const check = checks[name];
    return check === undefined ? [] : [{ name, ...check(facts) }];
  });
}

/** Only with nothing failed and nothing unknown, and never without having looked. */
export const mayGoLive = (checks: readonly LiveCheck[]): boolean =>
  checks.length > 0 && checks.every(({ state }) => state === 'ok' || state === 'warning');
