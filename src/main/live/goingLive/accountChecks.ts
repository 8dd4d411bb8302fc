import { formatUsd } from '../../../shared/money/decimal.ts';
import { usd, type Usd } from '../../../shared/money/quantity.ts';
import { checkOf, failed, ok, warning, type CheckResult } from './check.ts';
import type { LiveFacts, SubAccountFacts, WalletFacts } from './facts.ts';

/** The sub-account exists, and nothing is in it that is not the engine's: the venue nets everything that is. */
export const subAccountCheck = (facts: LiveFacts): CheckResult =>
  checkOf(facts.subAccount, 'The sub-account', (found) => {
    if (found === null) return missing(facts.subAccountNumber);
    const foreign = foreignWords(found, facts.engineMarkets);
    if (foreign.length > 0)
      return failed(
        'SUBACCOUNT_NOT_OWN',
        `Sub-account ${facts.subAccountNumber} holds what is not the engine's: ${foreign.join(', ')}.`,
        'Close and move out what is named, or give the engine a sub-account of its own.',
      );
    return facts.wallet.known && facts.wallet.value !== null
      ? ownedCheck(facts.subAccountNumber, found, facts.wallet.value)
      : {
          state: 'unknown',
          says: `Whether the wallet may trade sub-account ${facts.subAccountNumber} is not known without a wallet.`,
          todo: 'Select a wallet.',
          code: 'WALLET_MISSING',
        };
  });

/** For monitoring, that there is one is enough. */
export const watchedSubAccountCheck = ({ subAccount, subAccountNumber }: LiveFacts): CheckResult =>
  checkOf(subAccount, 'The sub-account', (found) =>
    found === null ? missing(subAccountNumber) : ok(`Sub-account ${subAccountNumber} is there.`),
  );

/** Capital is brought in once the engine is live, so that its books have it from the start: too little is no obstacle. */
export const capitalCheck = ({ capital, settings: { minimumCollateral } }: LiveFacts): CheckResult =>
  checkOf(capital, 'The capital', ({ equity, freeCollateral, hasPositions }) => {
    const holds = `The sub-account is worth ${dollars(equity)}, and ${dollars(freeCollateral)} of it are free`;
    if (equity < 0n)
      return failed(
        'INSUFFICIENT_BALANCE',
        `${holds}.`,
        'What it owes has to be paid before it can be traded.',
      );
    if (freeCollateral >= minimumCollateral) return ok(`${holds}.`);
    const needs = `${holds}; ${dollars(minimumCollateral)} are kept`;
    return hasPositions
      ? warning(`${needs}, so nothing can be increased.`, 'Deposit USDC, or make positions smaller.')
      : warning(`${needs}, so nothing can be traded yet.`, 'Deposit USDC or SOL once you are live.');
  });

const dollars = (amount: Usd): string =>
  amount < 0n ? `-$${formatUsd(usd(-amount))}` : `$${formatUsd(amount)}`;

const missing = (number: number): CheckResult =>
  failed(
    'UNKNOWN_SUBACCOUNT',
    `There is no sub-account ${number}.`,
    'Create it, or choose one that is there.',
  );

function ownedCheck(number: number, { delegate, origin }: SubAccountFacts, wallet: WalletFacts): CheckResult {
  const own = {
    new: 'holds nothing but capital',
    vault: 'is the one that this engine has traded before',
    handedOver: 'is handed over to the engine with what it holds',
  }[origin];
  if (wallet.kind === 'delegate' && delegate !== wallet.address)
    return failed(
      'UNAUTHORIZED',
      `${wallet.name} is not the delegate of sub-account ${number}.`,
      "Name it as the delegate with its owner's wallet, or choose another sub-account.",
    );
  if (wallet.kind === 'owner' && delegate !== null)
    return warning(
      `Sub-account ${number} ${own}, and ${delegate} may trade it too.`,
      'Take the delegate away unless you know it: what it trades, the engine can only find afterwards.',
    );
  return ok(`Sub-account ${number} ${own}.`);
}

/** What can't be the engine's. Of a sub-account that is new, that is every position. */
function foreignWords(
  { positions, foreignAssets, foreignOrders, origin }: SubAccountFacts,
  engineMarkets: readonly string[],
): readonly string[] {
  return [
    ...positions
      .filter(({ market }) => origin === 'new' || !engineMarkets.includes(market))
      .map(({ market, size }) => `${size} ${market}`),
    ...foreignAssets.map(({ asset, amount }) => `${amount} ${asset}`),
    ...(foreignOrders === 0 ? [] : [`${foreignOrders} open ${foreignOrders === 1 ? 'order' : 'orders'}`]),
  ];
}
