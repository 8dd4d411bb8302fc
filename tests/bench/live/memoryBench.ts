import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { figure } from '../figures.ts';
import type { MemoryOrder, MemoryReport } from './memoryReport.ts';
import { NodeProcess } from './nodeProcess.ts';

const PROGRAM = fileURLToPath(new URL('memoryProgram.ts', import.meta.url));

/** Memory of a fresh process each: the program's own, without that of its signer and of the node. */
export async function memoryBench(): Promise<void> {
  await measured('the program loaded, nothing opened', { holds: 'nothing' });
  await measured('an engine on paper', { holds: 'paper' });
  await measured("the program and Drift's SDK loaded", { holds: 'sdk' });
  const node = await NodeProcess.start();
  try {
    const secret = Buffer.from(node.secret).toString('hex');
    await measured('an engine live on Drift, 20 syncs', { holds: 'live', url: node.url, secret });
  } finally {
    await node.stop();
  }
}

async function measured(name: string, order: MemoryOrder): Promise<void> {
  const child = fork(PROGRAM);
  child.send(order);
  const [{ resident, heap }] = (await once(child, 'message')) as [MemoryReport];
  if (child.exitCode === null) await once(child, 'exit');
  figure(`resident memory, ${name}`, resident, 'MiB');
  figure(`heap after collection, ${name}`, heap, 'MiB');
}
