import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { serveProgram, type Served } from '../../../src/main/loopback/serveProgram.ts';
import { FUZZ_MESSAGES, chance, fuzzMessage } from '../../support/frameFuzz.ts';
import { connectClient, type LoopbackClient } from '../../support/loopbackClient.ts';

/** About half of them are malformed: few enough that nearly every connection lives to its end, and is heard to it. */
const A_CONNECTION = 150;
/** Of all messages, how many have to have been read to their end. */
const HEARD_SHARE = 0.8;
const AT_A_TIME = 8;
const SEED = 20_261_121;

const folder = mkdtempSync(path.join(tmpdir(), 'loopback-fuzz-'));
let served: Served;

beforeAll(async () => {
  const pages = path.join(folder, 'pages');
  mkdirSync(pages);
  writeFileSync(path.join(pages, 'index.html'), '<!doctype html><title>pages</title>');
  served = await serveProgram({
    dataDir: path.join(folder, 'data'),
    pages,
    port: 0,
    appVersion: '0.0.0',
    logLevel: 'error',
  });
});

afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const connect = (): Promise<LoopbackClient> =>
  connectClient({ port: served.port, key: new URL(served.address).hash.slice('#key='.length) });

/** Sends a share of the messages. Returns how many of them the host has certainly read. */
async function storm(random: () => number, messages: number): Promise<number> {
  const client = await connect();
  for (let sent = 0; sent < messages; sent += 1)
    await client.send(fuzzMessage(random)).catch(() => undefined);
  const heard = await client.command('GET_MARKETS').then(
    ({ status }) => (status === 'ok' ? messages : 0),
    () => 0,
  );
  expect(client.misfits).toEqual([]);
  client.terminate();
  return heard;
}

it(`[R8.9] ${FUZZ_MESSAGES} messages of every broken kind leave the engine and the vault as they were`, async () => {
  const watcher = await connect();
  const before = await watcher.command('GET_ENGINE_VAULT', { engine: 'funding' });
  const random = chance(SEED);
  let heard = 0;
  for (let sent = 0; sent < FUZZ_MESSAGES; sent += AT_A_TIME * A_CONNECTION) {
    const storms = Array.from({ length: AT_A_TIME }, () => storm(random, A_CONNECTION));
    for (const one of await Promise.all(storms)) heard += one;
  }
  expect(heard).toBeGreaterThan(FUZZ_MESSAGES * HEARD_SHARE);
  expect(await watcher.command('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({
    status: 'ok',
    data: { capital: '10000', pnl: { total: '0' } },
  });
  expect(before).toMatchObject({ status: 'ok', data: { capital: '10000' } });
  expect(await watcher.command('RELEASE_SOS', {})).toMatchObject({ status: 'ok' });
  expect(await watcher.command('START_ENGINE', { engine: 'funding', mode: 'paper' })).toMatchObject({
    status: 'ok',
  });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
