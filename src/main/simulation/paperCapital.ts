import { AppError } from '../../shared/contract/appError.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { NotADecimal, formatUsd, parseBase, parseUsd } from '../../shared/money/decimal.ts';
import { usd, type Usd } from '../../shared/money/quantity.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import type { OraclePrices } from '../domain/account.ts';
import { USDC_PRICE, equityWithWallet, worth } from '../domain/books.ts';
import { oracleOf } from '../domain/margin.ts';
import type { Vault } from '../engine/vault.ts';

export const LEAST_CAPITAL = parseUsd('100');
/** More would not find its depth in the simulated book. */
export const MOST_CAPITAL = parseUsd('1000000');

/** What a paper vault may begin with. Throws INVALID_SIZE. */
export function capitalFrom(text: string): string {
  const capital = parsed('capital', text, parseUsd, 'USDC has at most 6 decimals');
  if (capital < LEAST_CAPITAL || capital > MOST_CAPITAL) {
    const [least, most] = [formatUsd(LEAST_CAPITAL), formatUsd(MOST_CAPITAL)];
    const message = `A paper vault begins with $${least} to $${most}.`;
    throw new AppError('INVALID_SIZE', message, { field: 'capital', least, most });
  }
  return formatUsd(capital);
}

/** An amount of an asset. Throws INVALID_SIZE where it has more decimals than the asset. */
export function assetAmountFrom(asset: 'SOL' | 'USDC', text: string): AssetAmount {
  return asset === 'SOL'
    ? { asset, amount: parsed('amount', text, parseBase, 'SOL has at most 9 decimals') }
    : { asset, amount: parsed('amount', text, parseUsd, 'USDC has at most 6 decimals') };
}

/** On paper a deposit comes from nowhere, so only the depth of the book limits it. Throws INVALID_SIZE. */
export function refuseTooDeep(
  { vault, oracles }: { readonly vault: Vault; readonly oracles: OraclePrices },
  moved: AssetAmount,
): void {
  const price = moved.asset === 'SOL' ? oracleOf(oracles, 'SOL') : USDC_PRICE;
  const before: Usd = toUsd(equityWithWallet(vault.books, oracles), 'floor');
  const after = before + toUsd(worth(moved, price), 'ceil');
  if (after <= MOST_CAPITAL) return;
  const room = formatUsd(usd(before < MOST_CAPITAL ? MOST_CAPITAL - before : 0n));
  const most = formatUsd(MOST_CAPITAL);
  const message = `A paper vault holds at most $${most}: there is room for $${room} more.`;
  throw new AppError('INVALID_SIZE', message, { field: 'amount', most, room });
}

function parsed<T>(field: string, text: string, parse: (text: string) => T, otherwise: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof NotADecimal)) throw error;
    throw new AppError('INVALID_SIZE', `"${text}" is no amount: ${otherwise}.`, { field });
  }
}
