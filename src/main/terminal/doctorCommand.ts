import { AppError } from '../../shared/contract/appError.ts';
import { defaultDataDir } from '../platform/dataFolder.ts';
import { inspectDataFolder, type Finding } from '../simulation/dataFolder.ts';
import { readOptions, textOf } from './options.ts';
import type { Output } from './output.ts';

const OPTIONS = { 'data-dir': { type: 'string' } } as const;

/** `doctor`: looks at everything that the program rests on, changes nothing, and says what to do. */
export async function doctorCommand(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const folder = textOf(options, 'data-dir') ?? defaultDataDir();
  const findings: readonly Finding[] = [
    { what: 'Node.js', found: `${process.versions.node}, new enough` },
    { what: 'data folder', found: folder },
    ...inspectDataFolder(folder),
  ];
  for (const { what, found } of findings) {
    const text = found instanceof AppError ? `PROBLEM ${found.code}: ${found.message}` : found;
    output.out(`${found instanceof AppError ? '✗' : '✓'} ${what.padEnd(14)}${text}\n`);
  }
  const problems = findings.filter(({ found }) => found instanceof AppError).length;
  output.out(problems === 0 ? 'All is well.\n' : `${problems} to mend.\n`);
  if (problems > 0) process.exitCode = 1;
  return Promise.resolve();
}
