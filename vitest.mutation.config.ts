import { defineConfig, mergeConfig } from 'vitest/config';

import base from './vitest.config.ts';

/**
 * The suite as the mutation run sees it. A mutant costs one run of the tests that reach it, so what starts
 * other programs or drives the whole engine stays out: the quick tests beside the mutated code have to catch it.
 */
export default mergeConfig(
  base,
  defineConfig({
    test: { exclude: ['tests/build/**', 'tests/e2e/**', 'tests/whole/**', 'tests/main/storage/**'] },
  }),
);
