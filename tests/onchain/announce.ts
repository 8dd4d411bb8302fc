import type { TestProject } from 'vitest/node';

import { whySkipped } from './driftBinary.ts';

/** Names of files that this run was told to keep to: what stands on the command line and is no option. */
const filters = (): string[] =>
  process.argv.slice(2).filter((word) => !word.startsWith('-') && !['run', 'watch', 'vitest'].includes(word));

/** Says once, in a run that would have them, that the tests on the real program are skipped, and why. */
export default async function announce(project: TestProject): Promise<void> {
  const reason = whySkipped();
  if (reason === undefined) return;
  const { testFiles } = await project.globTestFiles(filters());
  if (testFiles.some((file) => file.includes('/tests/onchain/'))) console.warn(reason);
}
