import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What the kernel and Node.js write about a process that has crashed, and what a program has not finished writing. */
const OF_A_CRASH =
  /^core(\.\d+)?$|^vgcore|^(report|Heap)\..*\.(json|heapsnapshot)$|\.(heapsnapshot|heapprofile|cpuprofile|tmp)$/;

/** Files of that kind, anywhere in the data folder, beside the project's own, and whatever is in the folder for such. */
export function leftBy({
  dataDir,
  tmp,
}: {
  readonly dataDir: string;
  readonly tmp: string;
}): readonly string[] {
  const inData = existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, encoding: 'utf8' }) : [];
  const names = [...inData, ...readdirSync(ROOT)].filter((name) => OF_A_CRASH.test(path.basename(name)));
  return [...names, ...readdirSync(tmp)];
}
