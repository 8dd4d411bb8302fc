import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { WebContents } from 'electron';
import { afterAll, expect, it } from 'vitest';

import { openProgram } from '../../../src/main/app.ts';
import { PageChannel } from '../../../src/main/desktop/pageChannel.ts';
import { FRAME_TO_PAGE, FRAME_TO_PROGRAM } from '../../../src/shared/contract/bridge.ts';
import { serverFrame } from '../../../src/shared/contract/frames.ts';
import { FUZZ_MESSAGES, chance, fuzzMessage } from '../../support/frameFuzz.ts';

const SEED = 20_261_122;
/** After so many a page waits for an answer: under what it may send in a second, and far under 100 malformed ones. */
const AT_A_TIME = 100;
const OURS = { url: 'app://phantom-arbiter/', detached: false };
const FOREIGN = [
  { url: 'https://example.org/', detached: false },
  { url: 'app://phantom-arbiter.example/', detached: false },
  { url: 'file:///etc/passwd', detached: false },
  null,
];
const ODD: readonly unknown[] = [undefined, null, 7, true, {}, [], new Uint8Array(8), new Date(0), () => 1];

const folder = mkdtempSync(path.join(tmpdir(), 'ipc-fuzz-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** As much of a window's contents as the channel touches. */
class Contents extends EventEmitter {
  readonly ipc = new EventEmitter();
  readonly mainFrame = OURS;
  readonly heard: string[] = [];
  isDestroyed = (): boolean => false;
  send(channel: string, text: string): void {
    expect(channel).toBe(FRAME_TO_PAGE);
    this.heard.push(text);
    // A page that keeps up says so.
    this.ipc.emit(FRAME_TO_PAGE, { senderFrame: OURS }, 'taken');
  }
}

it(`[R8.9] ${FUZZ_MESSAGES} messages of every broken kind over IPC leave the engine and the vault as they were`, async () => {
  const program = openProgram({ dataDir: folder, appVersion: '0', logLevel: 'error', stderrLevel: 'none' });
  const contents = new Contents();
  let ended = 0;
  new PageChannel(contents as unknown as WebContents, program, () => {
    ended += 1;
  });
  const random = chance(SEED);
  const load = (): boolean => contents.ipc.emit(FRAME_TO_PAGE, { senderFrame: OURS }, 'listening');
  const ask = async (command: string, payload: object): Promise<unknown> => {
    const id = crypto.randomUUID();
    contents.ipc.emit(FRAME_TO_PROGRAM, { senderFrame: OURS }, JSON.stringify({ id, command, payload }));
    const answer = (): string | undefined => contents.heard.find((text) => text.includes(id));
    await expect.poll(answer, { interval: 1, timeout: 20_000 }).toBeDefined();
    return JSON.parse(answer() ?? '');
  };
  for (let sent = 0; sent < FUZZ_MESSAGES; sent += AT_A_TIME) {
    load();
    for (let i = 0; i < AT_A_TIME; i += 1) {
      const message = fuzzMessage(random);
      const odd = Buffer.isBuffer(message) ? ODD[Math.floor(random() * ODD.length)] : message;
      const senderFrame = random() < 0.1 ? FOREIGN[Math.floor(random() * FOREIGN.length)] : OURS;
      contents.ipc.emit(random() < 0.95 ? FRAME_TO_PROGRAM : FRAME_TO_PAGE, { senderFrame }, odd);
    }
    expect(await ask('GET_MARKETS', {})).toMatchObject({ status: 'ok' });
    for (const text of contents.heard.splice(0)) serverFrame.parse(JSON.parse(text));
  }
  expect(ended).toBe(0);
  load();
  expect(await ask('GET_ENGINE_VAULT', { engine: 'funding' })).toMatchObject({
    data: { capital: '10000', pnl: { total: '0' } },
  });
  await program.close();
});
