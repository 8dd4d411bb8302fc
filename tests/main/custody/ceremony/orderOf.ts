import type { CeremonyOrder } from '../../../../src/main/custody/ceremony/order.ts';

/** A task without anything known or given beforehand, but what a test says. */
export const orderOf = (task: CeremonyOrder['task'], order: Partial<CeremonyOrder> = {}): CeremonyOrder => ({
  task,
  known: [],
  given: {},
  ...order,
});

/** A wallet that the program has. */
export const ownerAt = (address: string, name: string): CeremonyOrder['known'][number] => ({
  address,
  name,
  kind: 'owner',
  owner: address,
});
