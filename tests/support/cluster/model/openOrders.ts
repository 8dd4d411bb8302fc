import type { Direction, PerpPosition, SpotPosition } from './accounts.ts';

/** What a position's orders would buy (`openBids`, positive) and sell (`openAsks`, negative), in base units. */
export function addOpen(position: PerpPosition | SpotPosition, direction: Direction, base: bigint): void {
  if (direction === 'Long') position.openBids += base;
  else position.openAsks -= base;
}

export function takeOpen(position: PerpPosition | SpotPosition, direction: Direction, base: bigint): void {
  addOpen(position, direction, -base);
}
