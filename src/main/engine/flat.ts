import type { Engine } from './engine.ts';

/** Whether both legs are closed, as far as they can be: what is smaller than a lot stays. */
export function isFlat({ memory }: Pick<Engine, 'memory'>): boolean {
  const { plan, pending, gap, target } = memory;
  return target === 'flat' && plan.kind === 'idle' && pending === null && gap === null;
}
