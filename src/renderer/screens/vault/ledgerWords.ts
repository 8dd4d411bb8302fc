const ACCOUNTS: Readonly<Record<string, string>> = {
  cash: 'Cash',
  spot: 'Spot',
  wallet: 'Wallet',
  market: 'Market',
  fees: 'Fees',
  funding: 'Funding',
  interest: 'Interest',
  transfers: 'Transfers',
  adjustments: 'Accepted differences',
  opening: 'Opening',
  gas: 'Gas',
  tip: 'Tips',
  liquidation: 'Liquidation penalties',
};

/** An account of the ledger as a trader calls it: "quote:SOL-PERP" is "Unsettled SOL-PERP". A position counts in its market, which its unit says. */
export function accountWords(account: string): string {
  const [kind = '', market] = account.split(':');
  if (market !== undefined) return kind === 'perp' ? 'Position' : `Unsettled ${market}`;
  return ACCOUNTS[account] ?? account;
}

const KINDS: Readonly<Record<string, string>> = {
  OPENING: 'Opening',
  FILL: 'Fill',
  FUNDING: 'Funding',
  INTEREST: 'Interest',
  COST: 'Cost',
  TRANSFER: 'Transfer',
  SETTLEMENT: 'Settlement',
  ADJUSTMENT: 'Accepted difference',
};

export const kindWords = (kind: string): string => KINDS[kind] ?? kind;

/** Digits that show the smallest amount of an asset that the ledger moves. */
export const assetDecimals = (asset: string): number => (asset === 'USDC' ? 6 : 9);
