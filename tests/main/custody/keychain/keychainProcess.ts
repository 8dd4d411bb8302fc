import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Outcome {
  readonly outcome: unknown;
  readonly ms: number;
}

const PROGRAM = path.join(import.meta.dirname, 'keychainProgram.ts');
const LONG_ENOUGH_MS = 20_000;

/** Runs the program over steps. It is ended, not asked to end: a call that waits for a password can't be interrupted. */
export async function inProcess(
  env: NodeJS.ProcessEnv,
  steps: readonly string[],
  { longestCallMs = LONG_ENOUGH_MS, started }: ProcessOptions = {},
): Promise<readonly Outcome[]> {
  const child = spawn(process.execPath, [PROGRAM, String(longestCallMs), ...steps], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started?.(child);
  const outcomes: Outcome[] = [];
  try {
    for await (const line of createInterface(child.stdout)) {
      outcomes.push(JSON.parse(line) as Outcome);
      if (outcomes.length === steps.length) break;
    }
  } finally {
    child.kill('SIGKILL');
  }
  return outcomes;
}

export interface ProcessOptions {
  readonly longestCallMs?: number;
  readonly started?: (child: ChildProcess) => void;
}
