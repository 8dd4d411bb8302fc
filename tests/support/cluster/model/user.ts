import type { Order, PerpPosition, SpotPosition, User, UserStats } from './accounts.ts';
import { greater } from './integers.ts';
import { DAY, QUOTE_MARKET } from './precision.ts';
import { refuse } from './refusal.ts';
import { zeroOf } from './layout.ts';
import { rollingSum } from './twap.ts';

/** A user's own books: positions, counts and totals. Source: state/user.rs. */

/** The key of no account: where nobody is named. */
export const NOBODY = '11111111111111111111111111111111';

const EMPTY = zeroOf('User') as unknown as User;

const BEING_LIQUIDATED = 1;
const BANKRUPT = 2;
const REDUCE_ONLY = 4;

export const isBankrupt = (user: User): boolean => (user.status & BANKRUPT) !== 0;
export const isReduceOnly = (user: User): boolean => (user.status & REDUCE_ONLY) !== 0;
/** Or bankrupt. */
export const isBeingLiquidated = (user: User): boolean => (user.status & (BEING_LIQUIDATED | BANKRUPT)) !== 0;

export function checkNotBankrupt(user: User): void {
  if (isBankrupt(user)) refuse('UserBankrupt', 'the account is bankrupt');
}

/** The id of the liquidation that begins, or of the one that goes on. */
export function enterLiquidation(user: User, slot: bigint): number {
  if (isBeingLiquidated(user)) return user.nextLiquidationId - 1;
  user.status |= BEING_LIQUIDATED;
  user.liquidationMarginFreed = 0n;
  user.lastActiveSlot = slot;
  user.nextLiquidationId += 1;
  return user.nextLiquidationId - 1;
}

export function exitLiquidation(user: User): void {
  user.status &= ~(BEING_LIQUIDATED | BANKRUPT);
  user.liquidationMarginFreed = 0n;
}

export function enterBankruptcy(user: User): void {
  user.status = (user.status & ~BEING_LIQUIDATED) | BANKRUPT;
}

export function wasActive(user: User, slot: bigint): void {
  if (!isBeingLiquidated(user)) user.lastActiveSlot = slot;
  user.idle = false;
}

export const isFreeSpot = (position: SpotPosition): boolean =>
  position.scaledBalance === 0n && position.openOrders === 0;

export const hasOpenOrder = (position: SpotPosition | PerpPosition): boolean =>
  position.openOrders !== 0 || position.openBids !== 0n || position.openAsks !== 0n;

export const isFreePerp = (position: PerpPosition): boolean =>
  position.baseAssetAmount === 0n && position.quoteAssetAmount === 0n && !hasOpenOrder(position);

/** The quote asset always stands first. A position that is empty is found too, while no other has taken its place. */
export function findSpotPosition(user: User, market: number): SpotPosition | undefined {
  return market === QUOTE_MARKET
    ? user.spotPositions[0]
    : user.spotPositions.find(({ marketIndex }) => marketIndex === market);
}

export function heldSpotPosition(user: User, market: number): SpotPosition {
  return findSpotPosition(user, market) ?? refuse('CouldNotFindSpotPosition', `spot market ${market}`);
}

/** The position in a market, made where there is none. */
export function madeSpotPosition(user: User, market: number): SpotPosition {
  const found = findSpotPosition(user, market);
  if (found !== undefined) return found;
  const free = user.spotPositions.find((position, at) => at !== 0 && isFreeSpot(position));
  if (free === undefined) return refuse('NoSpotPositionAvailable', `spot market ${market}`);
  return Object.assign(free, EMPTY.spotPositions[0], { marketIndex: market });
}

export const quotePosition = (user: User): SpotPosition => heldSpotPosition(user, QUOTE_MARKET);

export const findPerpPosition = (user: User, market: number): PerpPosition | undefined =>
  user.perpPositions.find((position) => position.marketIndex === market && !isFreePerp(position));

export function heldPerpPosition(user: User, market: number): PerpPosition {
  return findPerpPosition(user, market) ?? refuse('UserHasNoPositionInMarket', `perp market ${market}`);
}

/** The position in a market, made where there is none; undefined where there is no room for one. */
export function roomForPerpPosition(user: User, market: number): PerpPosition | undefined {
  const found = findPerpPosition(user, market);
  if (found !== undefined) return found;
  const free = user.perpPositions.find(isFreePerp);
  return free && Object.assign(free, EMPTY.perpPositions[0], { marketIndex: market });
}

export function madePerpPosition(user: User, market: number): PerpPosition {
  return roomForPerpPosition(user, market) ?? refuse('MaxNumberOfPositions', `perp market ${market}`);
}

/** An order's place when nothing is in it. Source: state/user.rs, Order::default. */
export function clearOrder(order: Order): void {
  Object.assign(order, EMPTY.orders[0], { orderType: 'Limit', marketType: 'Perp' });
}

export function countOrder(user: User, hasAuction: boolean): void {
  user.openOrders += 1;
  user.hasOpenOrder = true;
  if (hasAuction) countAuction(user);
}

export function countAuction(user: User): void {
  user.openAuctions += 1;
  user.hasOpenAuction = true;
}

export function uncountOrder(user: User, hadAuction: boolean): void {
  user.openOrders = Math.max(user.openOrders - 1, 0);
  user.hasOpenOrder = user.openOrders > 0;
  if (!hadAuction) return;
  user.openAuctions = Math.max(user.openAuctions - 1, 0);
  user.hasOpenAuction = user.openAuctions > 0;
}

/** The order that was placed last. */
export const lastOrderId = (user: User): number =>
  user.nextOrderId === 1 ? 2 ** 32 - 1 : user.nextOrderId - 1;

export function nextOrderId(user: User): number {
  user.nextOrderId += 1;
  return user.nextOrderId - 1;
}

const VOLUME_WINDOW = 30n * DAY;
const volumeAfter = (volume: bigint, added: bigint, last: bigint, now: bigint): bigint =>
  rollingSum(volume, added, greater(1n, now - last), VOLUME_WINDOW);

export function addMakerVolume(stats: UserStats, quote: bigint, now: bigint): void {
  stats.makerVolume30d = volumeAfter(stats.makerVolume30d, quote, stats.lastMakerVolume30dTs, now);
  stats.lastMakerVolume30dTs = now;
}

export function addTakerVolume(stats: UserStats, quote: bigint, now: bigint): void {
  stats.takerVolume30d = volumeAfter(stats.takerVolume30d, quote, stats.lastTakerVolume30dTs, now);
  stats.lastTakerVolume30dTs = now;
}

export function addFillerVolume(stats: UserStats, quote: bigint, now: bigint): void {
  stats.fillerVolume30d = volumeAfter(stats.fillerVolume30d, quote, stats.lastFillerVolume30dTs, now);
  stats.lastFillerVolume30dTs = now;
}

/** Seconds since the stats were made, at most. */
export function ageOf(stats: UserStats, now: bigint): bigint {
  const times = [stats.lastFillerVolume30dTs, stats.lastMakerVolume30dTs, stats.lastTakerVolume30dTs];
  return greater(now - times.reduce((least, time) => (time < least ? time : least)), 0n);
}
