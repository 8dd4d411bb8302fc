/**
 * Figures of live trading on the local node and the model of Drift's program: {name, value, unit}, one JSON line each. Run by
 * `npm run -s bench`, or alone: `node tests/bench/liveBench.ts`, where `commands`, `changes`, `calls` or `memory` behind it
 * asks for one part.
 * BENCH_COMMANDS, BENCH_CHANGES and BENCH_MINUTES shorten the parts while working on it; the published figures are of 40, 30
 * and 30.
 */
import { Keyring, hasKeyring, whySkipped } from '../support/keyring.ts';
import { callBench } from './live/callBench.ts';
import { LiveProgram } from './live/liveProgram.ts';
import { memoryBench } from './live/memoryBench.ts';
import { NodeProcess } from './live/nodeProcess.ts';
import { changeBench, commandBench } from './live/transactionBench.ts';

const PARTS = ['commands', 'changes', 'calls', 'memory'] as const;
type Part = (typeof PARTS)[number];

export async function liveBench(parts: readonly Part[] = PARTS): Promise<void> {
  if (parts.includes('calls')) await callBench();
  if (!hasKeyring) {
    process.stderr.write(`Figures of the signer are not measured${whySkipped}.\n`);
    return;
  }
  await using keyring = await Keyring.start('unlocked');
  keyring.applyHere();
  if (parts.includes('memory')) await memoryBench();
  if (parts.includes('commands') || parts.includes('changes')) await transactionBench(parts);
}

async function transactionBench(parts: readonly Part[]): Promise<void> {
  const node = await NodeProcess.start();
  try {
    const live = await LiveProgram.start(node.url, node.secret);
    try {
      await live.goLive();
      if (parts.includes('commands')) await commandBench(live);
      if (parts.includes('changes')) await changeBench(node);
    } finally {
      await live.close();
    }
  } finally {
    await node.stop();
  }
}

if (import.meta.main) {
  const named = PARTS.filter((part) => process.argv.includes(part));
  await liveBench(named.length > 0 ? named : PARTS);
}
