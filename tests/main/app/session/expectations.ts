import { expect } from 'vitest';

import { heldIn, type After, type Scene } from './scene.ts';

/** Positions change by what has filled, and by nothing else. */
export const grewBy =
  (market: string, size: bigint) =>
  ({ account }: After, before: Scene): void => {
    expect(heldIn(account, market) - heldIn(before.account, market)).toBe(size);
  };

export const nothingFilled = ({ order, fills, account }: After, before: Scene): void => {
  expect(fills).toEqual([]);
  expect(order?.filled).toBe('0');
  expect(account.positions).toEqual(before.account.positions);
};

export const notTraded = ({ account }: After, before: Scene): void => {
  expect(account.positions).toEqual(before.account.positions);
};

/** What waits for its trigger reserves nothing yet and trades nothing. */
export const heldStill = ({ account, fills }: After, before: Scene): void => {
  expect(fills).toEqual([]);
  expect(account.positions).toEqual(before.account.positions);
  expect(account.reserved).toBe(before.account.reserved);
};
