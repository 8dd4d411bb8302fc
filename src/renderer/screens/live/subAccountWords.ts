import type { SubAccountView } from '../../../shared/contract/subAccount.ts';

/** Whether it holds what the engine has not traded itself: that has to be handed over, or to go. */
export const needsHandOver = ({ positions, openOrders, hasVault }: SubAccountView): boolean =>
  !hasVault && (positions > 0 || openOrders > 0);

/** "2 positions, 1 open order", or that there is nothing but capital. */
export function holdingWords({ positions, openOrders }: SubAccountView): string {
  const parts = [
    ...(positions === 0 ? [] : [`${positions} ${positions === 1 ? 'position' : 'positions'}`]),
    ...(openOrders === 0 ? [] : [`${openOrders} open ${openOrders === 1 ? 'order' : 'orders'}`]),
  ];
  return parts.length === 0 ? 'no position and no open order' : parts.join(', ');
}
