import { toUsd, valueOf } from '../../shared/money/arithmetic.ts';
import { NO_BASE, base, usd, type Base, type Usd } from '../../shared/money/quantity.ts';
import { ensureNever } from '../../shared/never.ts';
import { SPOT_ASSET, perpOf, type Account, type PerpPosition } from './account.ts';
import type { AccountEvent, AdjustmentEvent, AssetAmount, FillEvent } from './accountEvent.ts';
import { quoteMoved } from './fill.ts';
import { signed } from './market.ts';
import { afterTrade, flatPosition } from './position.ts';

/** A sub-account and the SOL that its wallet keeps for gas. */
export interface Holdings {
  readonly account: Account;
  readonly wallet: Base;
}

/** What is held after an event. Pure: the venue and the vault both follow it, each from its own copy. */
export function afterEvent(holdings: Holdings, event: AccountEvent): Holdings {
  const { account, wallet } = holdings;
  switch (event.type) {
    case 'FILL':
      return { account: afterFill(account, event), wallet };
    case 'FUNDING':
      return {
        account: withPerp(account, event.market, (held) => ({
          ...held,
          quote: usd(held.quote + event.amount),
          fundingEarned: usd(held.fundingEarned + event.amount),
        })),
        wallet,
      };
    case 'SETTLEMENT': {
      const settled = withPerp(account, event.market, (held) => ({
        ...held,
        quote: usd(held.quote - event.amount),
        settledPnl: usd(held.settledPnl + event.amount),
      }));
      return { account: { ...settled, cash: usd(settled.cash + event.amount) }, wallet };
    }
    case 'INTEREST':
      return { account: withAmount(account, event.paid), wallet };
    case 'TRANSFER':
      return event.of === 'wallet' && event.moved.asset === 'SOL'
        ? { account, wallet: base(wallet + event.moved.amount) }
        : { account: withAmount(account, event.moved), wallet };
    case 'COST':
      return event.paid.asset === 'SOL'
        ? { account, wallet: base(wallet - event.paid.amount) }
        : { account: withoutDollars(account, event.paid.amount, event.market), wallet };
    case 'ADJUSTMENT':
      return afterAdjustment(holdings, event);
    default:
      return ensureNever(event);
  }
}

/** Whether a market is the spot market of the deposit's asset. */
export const isSpot = (market: string): boolean => market === SPOT_ASSET;

function afterFill(account: Account, fill: FillEvent): Account {
  const change = signed(fill.side, fill.size);
  const quote = quoteMoved(fill);
  const quoteChange: Usd = usd(fill.side === 'buy' ? -quote : quote);
  if (isSpot(fill.market)) {
    return {
      ...account,
      spot: base(account.spot + change),
      cash: usd(account.cash + quoteChange - fill.fee),
    };
  }
  const traded = withPerp(account, fill.market, (held) => afterTrade(held, change, quoteChange));
  return withoutDollars(traded, fill.fee, fill.feeFrom === 'position' ? fill.market : undefined);
}

/** Takes dollars out of cash, or out of what the venue owes for a position. */
function withoutDollars(account: Account, amount: Usd, market: string | undefined): Account {
  if (market === undefined) return { ...account, cash: usd(account.cash - amount) };
  return withPerp(account, market, (held) => ({ ...held, quote: usd(held.quote - amount) }));
}

function afterAdjustment({ account, wallet }: Holdings, { adjusted, oracle }: AdjustmentEvent): Holdings {
  switch (adjusted.account) {
    case 'cash':
      return { account: withAmount(account, { asset: 'USDC', amount: adjusted.amount }), wallet };
    case 'spot':
      return { account: withAmount(account, { asset: 'SOL', amount: adjusted.amount }), wallet };
    case 'wallet':
      return { account, wallet: base(wallet + adjusted.amount) };
    case 'quote':
      return {
        account: withPerp(account, adjusted.market, (held) => ({
          ...held,
          quote: usd(held.quote + adjusted.amount),
        })),
        wallet,
      };
    case 'position': {
      // Nobody knows what it was entered at, so for display that is the oracle; its quote is adjusted by itself.
      const atOracle = usd(-toUsd(valueOf(adjusted.amount, oracle), 'nearest'));
      const resized = withPerp(account, adjusted.market, (held) => ({
        ...afterTrade(held, adjusted.amount, atOracle),
        quote: held.quote,
      }));
      return { account: resized, wallet };
    }
    default:
      return ensureNever(adjusted);
  }
}

function withAmount(account: Account, { asset, amount }: AssetAmount): Account {
  return asset === 'SOL'
    ? { ...account, spot: base(account.spot + amount) }
    : { ...account, cash: usd(account.cash + amount) };
}

function withPerp(account: Account, market: string, change: (held: PerpPosition) => PerpPosition): Account {
  const held = perpOf(account, market);
  if (held !== undefined) {
    return { ...account, perps: account.perps.map((one) => (one === held ? change(one) : one)) };
  }
  return { ...account, perps: [...account.perps, change(flatPosition(market, assetOf(market)))] };
}

/** The asset behind a perpetual: SOL-PERP is priced by SOL. */
export const assetOf = (market: string): string => market.replace(/-PERP$/, '');

/** Signed holding of an asset: spot, wallet and perpetuals together. */
export function holdingOf({ account, wallet }: Holdings, asset: string): Base {
  let held: bigint = asset === SPOT_ASSET ? account.spot + wallet : NO_BASE;
  for (const position of account.perps) if (position.asset === asset) held += position.size;
  return base(held);
}
