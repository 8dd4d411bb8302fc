import type { ConfirmationUse } from '../../domain/confirmation.ts';
import type { Side } from '../../domain/market.ts';
import type { ProposedTrade } from '../trade.ts';

/**
 * The confirmed trade of two legs whose gap a trade closes, or undefined where there is none. Confirming two legs is
 * confirming that neither stays without the other (R11.3): finishing the second or undoing the first needs no other
 * confirmation, whatever the price has become. It is bounded: only what the newest trade of two legs can have left open,
 * in its own markets, and all of its repairs together no larger than the leg that they repair.
 * @param uses of the last day, in the order in which they were made
 * @param repairsOf all of them, whenever they were: a clock that was set back must not make one forgotten
 */
export function repairedBy(
  trade: ProposedTrade,
  uses: readonly ConfirmationUse[],
  repairsOf: (useId: string) => readonly ConfirmationUse[],
): ConfirmationUse | undefined {
  const [leg, other] = trade.legs;
  if (!isRepair(trade) || other !== undefined) return undefined;
  const newest = uses.findLast(({ basis, legs }) => basis !== 'repair' && legs.length === 2);
  if (newest === undefined) return undefined;
  const side = trade.purpose === 'finishLeg' ? leg.side : opposite(leg.side);
  const repaired = newest.legs.find((one) => one.market === leg.market && one.side === side);
  if (repaired === undefined) return undefined;
  const before = repairsOf(newest.id).reduce(
    (sum, { legs }) => legs.reduce((size, one) => size + one.size, sum),
    0n,
  );
  return before + leg.size <= repaired.size ? newest : undefined;
}

const isRepair = ({ purpose }: ProposedTrade): boolean => purpose === 'finishLeg' || purpose === 'undoLeg';

const opposite = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy');
