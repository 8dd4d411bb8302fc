import type { User } from './accounts.ts';
import type { PerpMarket, SpotMarket } from './marketAccounts.ts';
import { addFee, addQuote } from './perpPosition.ts';
import type { Run } from './run.ts';
import { changeBalance } from './spotBalance.ts';
import { heldPerpPosition, quotePosition, roomForPerpPosition, wasActive } from './user.ts';

/** What a user pays somebody who takes an order away or triggers it, quote 1e6; nothing where nobody is. */

/** Source: controller/orders.rs, pay_keeper_flat_reward_for_perps. */
export function payFlatPerp(
  run: Run,
  user: User,
  filler: User | undefined,
  market: PerpMarket,
  reward: bigint,
): bigint {
  if (filler === undefined) return 0n;
  addFee(heldPerpPosition(user, market.marketIndex), market, -reward);
  wasActive(filler, run.slot);
  const position = roomForPerpPosition(filler, market.marketIndex);
  if (position === undefined) return 0n;
  addQuote(position, market, reward);
  return reward;
}

/** Source: controller/orders.rs, pay_keeper_flat_reward_for_spot. */
export function payFlatSpot(
  run: Run,
  user: User,
  filler: User | undefined,
  quoteMarket: SpotMarket,
  reward: bigint,
): bigint {
  if (filler === undefined) return 0n;
  changeBalance(reward, 'Deposit', quoteMarket, quotePosition(filler));
  wasActive(filler, run.slot);
  filler.cumulativeSpotFees += reward;
  changeBalance(reward, 'Borrow', quoteMarket, quotePosition(user));
  user.cumulativeSpotFees -= reward;
  return reward;
}
