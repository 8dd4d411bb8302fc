/**
 * Figures of the program behind its loopback host, over a real socket: {name, value, unit}, one JSON line each. The host
 * is a process of its own, started as a user starts it. Run by `npm run -s bench`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from '../../src/main/platform/timers.ts';
import type { ServerFrame } from '../../src/shared/contract/frames.ts';
import { connectClient } from '../support/loopbackClient.ts';
import { figure, quantile } from './figures.ts';

const LAUNCHER = fileURLToPath(new URL('../../src/main/launch.mjs', import.meta.url));
const ROUND_TRIPS = 2_000;
const LISTEN_MS = 10_000;

/** Starts the host and resolves with its address, and how long that took. */
async function host(dataDir: string) {
  const begun = performance.now();
  const child = spawn(process.execPath, [
    LAUNCHER,
    'serve',
    '--no-open',
    '--port',
    '0',
    '--data-dir',
    dataDir,
  ]);
  child.stdout.setEncoding('utf8');
  let said = '';
  for await (const text of child.stdout) {
    said += String(text);
    const address = /http:\/\/127\.0\.0\.1:(\d+)\/#key=([0-9a-f]+)/.exec(said);
    if (address?.[1] === undefined || address[2] === undefined) continue;
    return { child, port: Number(address[1]), key: address[2], tookMs: performance.now() - begun };
  }
  throw new Error(`the host ended: ${said}`);
}

/** The host lets in 500 frames a second and no more: a client that hurries is closed. */
const rest = (): Promise<void> => pause(3);

/** Wall time from the moment a broadcast was sent to the moment its frame was read, in ms. */
function delaysOf(frames: readonly { readonly frame: ServerFrame; readonly at: number }[]): Float64Array {
  const delays = frames.flatMap(({ frame, at }) =>
    frame.type === 'COMMAND_RESULT' ? [] : [at - frame.sentAt],
  );
  return Float64Array.from(delays).sort();
}

export async function hostBench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'phantom-arbiter-bench-'));
  // The first start builds the pages; the second is what a user waits for every day.
  const first = await host(folder);
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const { child, port, key, tookMs } = await host(folder);
  try {
    figure('host start to address', tookMs, 'ms');
    const client = await connectClient({ port, key });
    await client.command('START_ENGINE', { engine: 'funding', mode: 'paper' });
    await client.command('SET_CLOCK', { speed: 3_600 });
    const took = new Float64Array(ROUND_TRIPS);
    for (let i = 0; i < ROUND_TRIPS; i += 1) {
      const begun = performance.now();
      await client.command('GET_STATUS', {});
      took[i] = performance.now() - begun;
      await rest();
    }
    took.sort();
    figure('command round trip p50, engine at 3600x', quantile(took, 0.5), 'ms');
    figure('command round trip p99, engine at 3600x', quantile(took, 0.99), 'ms');

    const heard: { frame: ServerFrame; at: number }[] = [];
    client.socket.on('message', (data: Buffer) => {
      heard.push({ frame: JSON.parse(data.toString()) as ServerFrame, at: Date.now() });
    });
    await pause(LISTEN_MS);
    const delays = delaysOf(heard);
    figure('broadcasts a second, engine at 3600x', delays.length / (LISTEN_MS / 1_000), '/s');
    figure('broadcast delay p50', quantile(delays, 0.5), 'ms');
    figure('broadcast delay p99', quantile(delays, 0.99), 'ms');

    const acts = new Float64Array(200);
    for (let i = 0; i < acts.length; i += 1) {
      const begun = performance.now();
      await client.command('SET_CLOCK', { speed: 3_600 });
      acts[i] = performance.now() - begun;
      await rest();
    }
    acts.sort();
    figure('command that is kept, round trip p50', quantile(acts, 0.5), 'ms');
    figure('command that is kept, round trip p99', quantile(acts, 0.99), 'ms');
    await client.close();
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}
