import { readdirSync, readFileSync } from 'node:fs';

/** A process as anybody on this computer who may look at it sees it. Linux only. */
export interface SeenProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  /** NAME=value */
  readonly environment: readonly string[];
}

/** All processes that a process has started, and that these have, as they are now. */
export function processesBelow(pid: number): readonly SeenProcess[] {
  return childrenOf(pid).flatMap((child) => {
    const argv = listIn(`/proc/${child}/cmdline`);
    const environment = listIn(`/proc/${child}/environ`);
    return [{ pid: child, argv, environment }, ...processesBelow(child)];
  });
}

/** Whether it still does something; one that is over, and that nobody has asked about yet, does not. */
export function isAlive(pid: number): boolean {
  const state = /^State:\s+(\w)/m.exec(textIn(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Resolves when it has ended. */
export async function goneOf(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise(setImmediate);
}

function childrenOf(pid: number): readonly number[] {
  let threads: readonly string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended meanwhile.
  }
  return threads
    .flatMap((thread) => textIn(`/proc/${pid}/task/${thread}/children`).trim().split(' '))
    .filter((child) => child !== '')
    .map(Number);
}

const listIn = (file: string): readonly string[] => textIn(file).split('\0').slice(0, -1);

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
