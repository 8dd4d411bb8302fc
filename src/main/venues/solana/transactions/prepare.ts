import type { Logger } from '../../../platform/logger.ts';
import { TIP_ACCOUNTS } from '../../../custody/policy/tips.ts';
import type { Chain } from '../chain.ts';
import { MOST_UNITS, unitLimitFor, unitPriceFor } from './computeBid.ts';
import { messageOf, NO_BLOCKHASH, wireOf, type Draft, type Web3 } from './draft.ts';
import { whyOf, type Explain } from './explain.ts';
import type { Intent } from './intent.ts';
import { Refused } from './refused.ts';
import type { SendingSettings } from './sendingSettings.ts';

export interface PrepareParts {
  readonly chain: Pick<Chain, 'simulate' | 'recentPriorityFees'>;
  readonly web3: Web3;
  readonly payer: string;
  readonly settings: () => SendingSettings;
  readonly explain: Explain;
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly log: Logger;
}

/**
 * A transaction that has been tried and would go through, with no more compute than it needs. Throws Refused where it would
 * not, and what the chain throws.
 * @param tips whether it goes out as a bundle, where a setting allows a tip
 */
export async function prepare(intent: Intent, tips: boolean, parts: PrepareParts): Promise<Draft> {
  const { chain, web3, payer, explain } = parts;
  const settings = parts.settings();
  const recent = await recentFees(intent, parts);
  const bid = (unitLimit: bigint): Draft => ({
    payer,
    instructions: intent.instructions,
    unitLimit,
    unitPrice: unitPriceFor(recent, unitLimit, settings),
    tip: tips && settings.tip > 0n ? { to: tipAccount(parts.uniform()), lamports: settings.tip } : null,
  });
  const tried = bid(MOST_UNITS);
  const { error, logs, unitsConsumed } = await chain.simulate(wireOf(messageOf(web3, tried, NO_BLOCKHASH)));
  if (error !== null) throw new Refused(whyOf(error, logs, explain), logs);
  const unitLimit = unitLimitFor(unitsConsumed, settings, intent.leastUnits);
  return { ...bid(unitLimit), tip: tried.tip };
}

/** None where they can't be had: then it is sent without a bid, which is better than not at all. */
async function recentFees(intent: Intent, { chain, log }: PrepareParts): Promise<readonly number[]> {
  const keys = intent.instructions.flatMap((instruction) => instruction.keys);
  const writable = keys.filter(({ isWritable }) => isWritable).map(({ pubkey }) => pubkey.toBase58());
  try {
    return await chain.recentPriorityFees([...new Set(writable)]);
  } catch (error) {
    log.warn('Recent priority fees could not be read; nothing is bid.', { intent: intent.id, error });
    return [];
  }
}

/** Any of them, so that transactions of one moment don't wait for each other. */
const tipAccount = (chance: number): string =>
  TIP_ACCOUNTS[Math.floor(chance * TIP_ACCOUNTS.length)] ?? TIP_ACCOUNTS[0];
