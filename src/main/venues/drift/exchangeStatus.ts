import type { DriftState } from './driftState.ts';

/** Bits of the exchange's status. Source: the program's `ExchangeStatus`. */
const PAUSED: readonly (readonly [bit: number, what: string])[] = [
  [0b0000_0001, 'deposits'],
  [0b0000_0010, 'withdrawals'],
  [0b0000_0100, 'its market maker'],
  [0b0000_1000, 'fills'],
  [0b0001_0000, 'liquidations'],
  [0b0010_0000, 'funding'],
  [0b0100_0000, 'settlement'],
];
/** Bit of a market's paused operations. Source: the program's `PerpOperation`. */
const PERP_FILL = 0b0000_0100;
/** Those in which positions may be opened. */
const TRADES: ReadonlySet<string> = new Set(['active', 'fundingPaused', 'ammPaused', 'withdrawPaused']);

/** What the exchange has paused of itself, in words; empty while it runs. */
export const pausedOperations = ({ pausedOperations: bits }: Pick<DriftState, 'pausedOperations'>) =>
  PAUSED.filter(([bit]) => (bits & bit) !== 0).map(([, what]) => what);

/** Why nothing can be traded in the perpetuals, by what the accounts of the exchange say; undefined where something can. */
export function whyNoTrading(state: Pick<DriftState, 'pausedOperations' | 'perps'>): string | undefined {
  const paused = pausedOperations(state);
  if (paused.includes('fills')) return `Drift has paused ${paused.join(', ')}.`;
  const open = state.perps.filter(
    ({ status, paused: operations }) => TRADES.has(status) && (operations & PERP_FILL) === 0,
  );
  return open.length > 0 ? undefined : 'Drift has no market in which anything is traded.';
}
