import { z } from 'zod';
import { command } from '../command.ts';
import { decimal, positiveDecimal, unixMs } from '../decimal.ts';
import { engineName, tradingMode, vaultName } from '../engineName.ts';

/** Where a paper market's prices come from. */
export const marketSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('simulated'),
    seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  }),
  /** Files that IMPORT_MARKET_FILE has taken, by the SHA-256 of their bytes. */
  z.strictObject({
    kind: z.literal('recorded'),
    candles: z.string().regex(/^[0-9a-f]{64}$/),
    funding: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);
export type MarketSource = z.infer<typeof marketSource>;

export const vaultView = z.strictObject({
  engine: vaultName,
  venue: z.string(),
  subAccount: z.number().int(),
  mode: tradingMode,
  market: z.string(),
  /** The engine's clock, Unix ms: the vault's first and latest moment. */
  from: z.number(),
  timestamp: z.number(),
  /** Dollars that it began with. */
  capital: decimal,
  /** Equity of the sub-account, what stands behind positions, and what may still be used (R7.5). */
  balance: decimal,
  allocated: decimal,
  available: decimal,
  /** Put in minus taken out since, in dollars at the time. */
  netTransfers: decimal,
  /** What was found at the venue, never explained, and accepted: neither PnL nor a transfer. */
  adjustments: decimal,
  /** SOL of the wallet, for gas; not part of the balance. */
  walletSol: decimal,
  pnl: z.strictObject({
    funding: decimal,
    price: decimal,
    fees: decimal,
    slippage: decimal,
    interest: decimal,
    total: decimal,
  }),
});
export type VaultView = z.infer<typeof vaultView>;

/** One ledger transaction: postings that add up to zero for every asset. */
export const ledgerTransaction = z.strictObject({
  seq: z.number().int(),
  t: z.number(),
  kind: z.string(),
  postings: z.array(z.strictObject({ account: z.string(), asset: z.string(), amount: decimal })),
});
export type LedgerTransactionView = z.infer<typeof ledgerTransaction>;

export const equityPoint = z.strictObject({
  t: z.number(),
  equity: decimal,
  justHolding: decimal,
  neverLeaving: decimal.nullable(),
});
export type EquityPointView = z.infer<typeof equityPoint>;

export const VAULT_COMMANDS = {
  GET_ALL_VAULTS: command({
    about: 'Every vault, with its balance and its PnL in five parts.',
    payload: z.strictObject({}),
    reply: z.strictObject({ vaults: z.array(vaultView) }),
    kind: 'read',
  }),
  GET_ENGINE_VAULT: command({
    about: 'The vault of one engine.',
    payload: z.strictObject({ engine: vaultName }),
    reply: vaultView,
    kind: 'read',
  }),
  GET_LEDGER: command({
    about:
      "A page of a vault's double-entry ledger, newest first; the balances of all its accounts come with the first page.",
    payload: z.strictObject({
      engine: vaultName,
      before: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(500),
    }),
    reply: z.strictObject({
      transactions: z.array(ledgerTransaction),
      balances: z.array(z.strictObject({ account: z.string(), asset: z.string(), amount: decimal })),
      more: z.boolean(),
    }),
    kind: 'read',
  }),
  GET_EQUITY_CURVE: command({
    about:
      'Equity over time, beside just holding and never leaving; at most `points`, the newest and oldest among them.',
    payload: z.strictObject({
      engine: engineName,
      from: unixMs,
      to: unixMs,
      points: z.number().int().min(2).max(2_000),
    }),
    reply: z.strictObject({ points: z.array(equityPoint) }),
    kind: 'read',
  }),
  VAULT_SYNC: command({
    about: 'Takes in what the venue says of one vault, and compares. Fails where the two disagree.',
    payload: z.strictObject({ engine: vaultName }),
    reply: vaultView,
    kind: 'read',
  }),
  VAULT_RESET: command({
    about:
      'Paper only: ends the vault and begins a new one, with other capital or another market where given. A backup is made first.',
    payload: z.strictObject({
      engine: engineName,
      capital: positiveDecimal.optional(),
      market: marketSource.optional(),
      /** Refused where somebody has begun meanwhile: a second window must not end what a first has started. */
      onlyIfFirstRun: z.boolean().optional(),
    }),
    reply: z.strictObject({ vault: vaultView, backup: z.string() }),
    kind: 'act',
  }),
} as const;
