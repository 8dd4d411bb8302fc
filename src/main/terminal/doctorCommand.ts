import { AppError } from '../../shared/contract/appError.ts';
import { defaultDataDir } from '../platform/dataFolder.ts';
import { inspectDataFolder, type Finding } from '../simulation/dataFolder.ts';
import { keyedWallets } from '../storage/keyedWallets.ts';
import { keychainFinding } from './keychainFinding.ts';
import { readOptions, textOf } from './options.ts';
import type { Output } from './output.ts';

const OPTIONS = { 'data-dir': { type: 'string' }, keychain: { type: 'boolean' } } as const;

/**
 * `doctor`: looks at everything that the program rests on, changes nothing, and says what to do. The keychain is read
 * where the folder has wallets with a key, and written to only where that is asked for.
 */
export async function doctorCommand(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const folder = textOf(options, 'data-dir') ?? defaultDataDir();
  const findings: readonly Finding[] = [
    { what: 'Node.js', found: `${process.versions.node}, new enough` },
    { what: 'data folder', found: folder },
    ...inspectDataFolder(folder),
  ];
  // Told before the keychain is looked at: it may have a password to ask for.
  for (const finding of findings) tell(finding, output);
  const wallets = findings.some(isProblem) ? [] : keyedWallets(folder);
  const isTried = options['keychain'] === true;
  const keychain = wallets.length > 0 || isTried ? [await keychainFinding(wallets, isTried)] : [];
  for (const finding of keychain) tell(finding, output);
  const problems = [...findings, ...keychain].filter(isProblem).length;
  output.out(problems === 0 ? 'All is well.\n' : `${problems} to mend.\n`);
  if (problems > 0) process.exitCode = 1;
}

const isProblem = ({ found }: Finding): boolean => found instanceof AppError;

function tell({ what, found }: Finding, output: Output): void {
  const text = found instanceof AppError ? `PROBLEM ${found.code}: ${found.message}` : found;
  output.out(`${found instanceof AppError ? '✗' : '✓'} ${what.padEnd(14)}${text}\n`);
}
