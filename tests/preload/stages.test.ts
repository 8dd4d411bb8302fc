import { expect, it } from 'vitest';
import { progressOf } from '../../src/preload/keys/stages.ts';
import type { StepName } from '../../src/shared/contract/ceremony.ts';

/** In the order in which the signer asks. */
const CREATE: readonly StepName[] = ['words', 'showPhrase', 'confirmWord', 'name', 'newPassphrase'];
const IMPORT: readonly StepName[] = ['source', 'enterPhrase', 'choosePlace', 'name', 'newPassphrase'];

it.each([
  ['create', CREATE],
  ['import', IMPORT],
] as const)('progress of %s only ever goes on, through every stage', (task, steps) => {
  const at = steps.map((step) => progressOf(task, step)?.at ?? -1);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  const stages = progressOf(task, 'name')?.labels ?? [];
  expect(new Set(at)).toEqual(new Set(stages.keys()));
});

it('there is nothing to count where there is one step or two', () => {
  expect(progressOf('unlock', 'passphrase')).toBeUndefined();
  expect(progressOf('passphrase', 'newPassphrase')).toBeUndefined();
});
