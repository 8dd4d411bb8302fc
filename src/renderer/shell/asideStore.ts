import { create } from 'zustand';

/** The questions that their user has put aside, by id: a banner asks on. */
const useAside = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }));

export const useAsideIds = (): ReadonlySet<string> => useAside(({ ids }) => ids);

export const putAside = (confirmationId: string): void =>
  useAside.setState(({ ids }) => ({ ids: new Set([...ids, confirmationId]) }));

/** Asks again. */
export const takeUp = (confirmationId: string): void =>
  useAside.setState(({ ids }) => ({ ids: new Set([...ids].filter((id) => id !== confirmationId)) }));
