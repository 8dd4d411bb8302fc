import type { OraclePrices } from '../../../src/main/domain/account.ts';
import type { Holdings } from '../../../src/main/domain/accountChange.ts';
import type {
  AccountEvent,
  AdjustmentEvent,
  AssetAmount,
  FillEvent,
} from '../../../src/main/domain/accountEvent.ts';
import type { Price } from '../../../src/shared/money/quantity.ts';
import { ASSETS } from '../../support/arbitraries.ts';
import { Fraction, ZERO, baseOf, priceOf, sum, usdOf } from '../../support/fraction.ts';

/** A moment in the life of a vault: something happened, or only oracles moved. */
export type Step = AccountEvent | { readonly type: 'ORACLES'; readonly oracles: OraclePrices };

/** What one event does, told in plain dollars and coins. */
interface Told {
  /** Dollars that came in, of any kind. */
  readonly dollars?: Fraction;
  /** Coins that came in, and what one was worth by the oracle of the moment. */
  readonly coins?: { readonly asset: string; readonly change: Fraction; readonly oracle: Fraction };
  readonly part?: 'fees' | 'funding' | 'interest' | 'transfers' | 'adjustments';
  readonly amount?: Fraction;
}

function tellAmount(
  moved: AssetAmount,
  oracle: Price,
  part: NonNullable<Told['part']>,
  sign: 1n | -1n,
): Told {
  const way = new Fraction(sign);
  if (moved.asset === 'USDC') {
    const dollars = usdOf(moved.amount).times(way);
    return { dollars, part, amount: dollars };
  }
  const change = baseOf(moved.amount).times(way);
  return {
    coins: { asset: 'SOL', change, oracle: priceOf(oracle) },
    part,
    amount: change.times(priceOf(oracle)),
  };
}

function tellAdjustment({ adjusted, oracle }: AdjustmentEvent): Told {
  if (adjusted.account === 'cash' || adjusted.account === 'quote') {
    const dollars = usdOf(adjusted.amount);
    return { dollars, part: 'adjustments', amount: dollars };
  }
  const asset = adjusted.account === 'position' ? (adjusted.market.split('-')[0] ?? '') : 'SOL';
  const change = baseOf(adjusted.amount);
  return {
    coins: { asset, change, oracle: priceOf(oracle) },
    part: 'adjustments',
    amount: change.times(priceOf(oracle)),
  };
}

/** Dollars of a fill: what the venue said, or size at price. */
const paidOf = ({ size, price, quote }: FillEvent): Fraction =>
  quote === undefined ? baseOf(size).times(priceOf(price)) : usdOf(quote);

function tell(event: AccountEvent): readonly Told[] {
  switch (event.type) {
    case 'FILL': {
      const way = new Fraction(event.side === 'buy' ? 1n : -1n);
      const change = baseOf(event.size).times(way);
      const paid = paidOf(event).times(way).negated();
      const fee = usdOf(event.fee).negated();
      const asset = event.market.split('-')[0] ?? '';
      return [
        { dollars: paid, coins: { asset, change, oracle: priceOf(event.oracle) } },
        { dollars: fee, part: 'fees', amount: fee },
      ];
    }
    case 'FUNDING':
      return [{ dollars: usdOf(event.amount), part: 'funding', amount: usdOf(event.amount) }];
    case 'INTEREST':
      return [tellAmount(event.paid, event.oracle, 'interest', 1n)];
    case 'COST':
      return [tellAmount(event.paid, event.oracle, 'fees', -1n)];
    case 'TRANSFER':
      return [tellAmount(event.moved, event.oracle, 'transfers', 1n)];
    case 'SETTLEMENT':
      return [];
    case 'ADJUSTMENT':
      return [tellAdjustment(event)];
  }
}

const isEvent = (step: Step): step is AccountEvent => step.type !== 'ORACLES';

/**
 * The five parts from the list of what happened, without any running account. Price is taken by summation by parts:
 * Σ holding × Δoracle = what is held at the end at its last oracle, less what was held at the start at its first,
 * less every coin that came in at the oracle of its moment.
 */
export function recount(start: Holdings, opened: OraclePrices, steps: readonly Step[]) {
  const told = steps.filter(isEvent).flatMap(tell);
  const part = (name: Told['part']): Fraction =>
    sum(told.filter((one) => one.part === name).map(({ amount = ZERO }) => amount));
  const slippage = sum(
    steps
      .filter((step) => step.type === 'FILL')
      .map((fill) => {
        const better = baseOf(fill.size).times(priceOf(fill.oracle)).minus(paidOf(fill));
        return fill.side === 'buy' ? better : better.negated();
      }),
  );
  const coins = ASSETS.map((asset) => {
    const came = told.flatMap((one) => (one.coins?.asset === asset ? [one.coins] : []));
    const held = sum([
      ...(asset === 'SOL' ? [baseOf(start.account.spot), baseOf(start.wallet)] : []),
      ...start.account.perps.filter((perp) => perp.asset === asset).map(({ size }) => baseOf(size)),
    ]);
    const marks = steps.flatMap((step) => {
      if (step.type === 'ORACLES')
        return step.oracles[asset] === undefined ? [] : [priceOf(step.oracles[asset])];
      return tell(step).flatMap((one) => (one.coins?.asset === asset ? [one.coins.oracle] : []));
    });
    const first = priceOf(opened[asset] ?? 0n);
    return {
      before: held.times(first),
      after: sum([held, ...came.map(({ change }) => change)]).times(marks.at(-1) ?? first),
      cameWorth: sum(came.map(({ change, oracle }) => change.times(oracle))),
    };
  });
  const dollars = sum([usdOf(start.account.cash), ...start.account.perps.map(({ quote }) => usdOf(quote))]);
  const dollarsAfter = sum([dollars, ...told.map((one) => one.dollars ?? ZERO)]);
  return {
    price: sum(coins.map(({ before, after, cameWorth }) => after.minus(before).minus(cameWorth))),
    slippage,
    fees: part('fees'),
    funding: part('funding'),
    interest: part('interest'),
    transfers: part('transfers'),
    adjustments: part('adjustments'),
    equityBefore: sum([dollars, ...coins.map(({ before }) => before)]),
    equityAfter: sum([dollarsAfter, ...coins.map(({ after }) => after)]),
  };
}
