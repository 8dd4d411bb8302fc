/** A fresh process that holds what it is told to, and tells what memory that takes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProgram } from '../../../src/main/app.ts';
import { LocalClient } from '../../../src/main/commands/localClient.ts';
import { collectGarbage } from '../../../src/main/platform/garbage.ts';
import { pause } from '../../../src/main/platform/timers.ts';
import { loadDriftSdk } from '../../../src/main/venues/drift/sdk.ts';
import { LiveProgram } from './liveProgram.ts';
import type { MemoryOrder, MemoryReport } from './memoryReport.ts';

const MIB = 2 ** 20;
const LOOKS = 20;
const PAPER_MS = 5_000;

async function memory(): Promise<MemoryReport> {
  await pause(100);
  await collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return { resident: rss / MIB, heap: heapUsed / MIB };
}

async function onPaper(): Promise<MemoryReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'phantom-arbiter-bench-'));
  const program = openProgram({
    dataDir,
    appVersion: '0.0.0-bench',
    logLevel: undefined,
    stderrLevel: 'none',
  });
  const client = new LocalClient(
    (carrier) => program.connect(carrier),
    () => undefined,
  );
  try {
    await client.command('START_ENGINE', { engine: 'funding', mode: 'paper' });
    await client.command('SET_CLOCK', { speed: 3_600 });
    await pause(PAPER_MS);
    return await memory();
  } finally {
    client.close();
    await program.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function live({ url, secret }: Extract<MemoryOrder, { holds: 'live' }>): Promise<MemoryReport> {
  const program = await LiveProgram.start(url, Buffer.from(secret, 'hex'));
  try {
    await program.goLive();
    for (let looks = 0; looks < LOOKS; looks += 1) await program.look();
    return await memory();
  } finally {
    await program.close();
  }
}

async function held(order: MemoryOrder): Promise<MemoryReport> {
  switch (order.holds) {
    case 'nothing':
      return await memory();
    case 'paper':
      return await onPaper();
    case 'sdk': {
      const sdk = await loadDriftSdk();
      const report = await memory();
      // It has to be there until it was measured.
      if (sdk.DriftClient === undefined) throw new Error('there is no SDK');
      return report;
    }
    case 'live':
      return await live(order);
  }
}

const [order] = (await once(process, 'message')) as [MemoryOrder];
process.send?.(await held(order));
process.disconnect();
