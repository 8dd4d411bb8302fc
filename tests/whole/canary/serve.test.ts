import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RawData } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLogger } from '../../../src/main/platform/logger.ts';
import { hasKeyring, whySkipped } from '../../support/keyring.ts';
import { connectClient, type LoopbackClient } from '../../support/loopbackClient.ts';
import { LAUNCHER, folderOfFile } from '../../support/paperCli.ts';
import { hasPseudoTerminal, type PseudoTerminal } from '../../support/pseudoTerminal.ts';
import { goneOf } from '../../support/processTree.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';
import { ALLOW_CORE, coreIn, hasCore, whyCoreSkipped } from './coreDump.ts';
import { DECOY_NAMES } from './decoy.ts';
import { formsOfKey } from './forms.ts';
import { Scene, onTerminal } from './scene.ts';
import { ONLY_DECOY } from './search.ts';

const folder = folderOfFile();
const PROGRAM = path.join(import.meta.dirname, 'servedProgram.ts');
const [MAIN, OTHER, RENAMED, SEEN] = DECOY_NAMES;
const [MAIN_KEY, OTHER_KEY] = [keyOf('canary served'), keyOf('canary beside it')];
const [PASSPHRASE, WRONG] = ['☂ kWd9rTz4xQb1 mVs7', '☂ yJg2pHc6nLf3 tBx8'];

/** What isn't searched: the signer while a key is unlocked, and the program that shows the terminal. */
describe.runIf(hasKeyring && hasPseudoTerminal)(`in the served program, nothing leaks${whySkipped}`, () => {
  let scene: Scene;
  let terminal: PseudoTerminal;
  let client: LoopbackClient;
  /** Where it was started, and writes what it writes about itself. */
  const cwd = path.join(folder, 'cwd');
  /** Every frame that came, as it came. */
  const frames: string[] = [];

  const pids = (): { readonly program: number; readonly signer: number } => {
    const { signer, others } = onTerminal(terminal);
    const program = others.find(({ argv }) => argv.includes(PROGRAM) && argv[0] === process.execPath);
    return { program: program?.pid ?? 0, signer: signer?.pid ?? 0 };
  };

  async function imported(key: typeof MAIN_KEY, name: string, passphrase: string): Promise<void> {
    const file = fileOf(folder, 'pair.json', key.json);
    const args = ['import', '--file', file, '--name', name, '--data-dir', scene.dataDir];
    await using importing = scene.at(process.execPath, LAUNCHER, 'wallet', ...args);
    await setPassphrase(importing, passphrase);
    expect((await importing.ended()).code).toBe(0);
    rmSync(file);
  }

  async function connected(): Promise<LoopbackClient> {
    const [, port = '', key = ''] = await terminal.shows(/http:\/\/127\.0\.0\.1:(\d+)\/#key=(\S+)/);
    const made = await connectClient({ port: Number(port), key });
    made.socket.on('message', (data: RawData) => frames.push((data as Buffer).toString('utf8')));
    return made;
  }

  /** Asks for a passphrase first. The decoy is an argument, which stays on its heap. */
  function served(): PseudoTerminal {
    const options = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${cwd}`];
    const command = [process.execPath, ...options, PROGRAM, scene.dataDir, cwd, `'${MAIN}'`];
    return scene.at('/bin/sh', '-c', `cd ${cwd}; ${ALLOW_CORE}; exec ${command.join(' ')}`);
  }

  beforeAll(async () => {
    scene = await Scene.open(folder);
    scene.hides(formsOfKey('MAIN_KEY', MAIN_KEY.pair), formsOfKey('OTHER_KEY', OTHER_KEY.pair));
    scene.hidesPassphrases({ PASSPHRASE, WRONG });
    await imported(MAIN_KEY, MAIN, PASSPHRASE);
    await imported(OTHER_KEY, OTHER, '');

    mkdirSync(cwd);
    writeFileSync(path.join(cwd, 'index.html'), '<title>Phantom Arbiter</title>');
    terminal = served();
    await terminal.answers(ASKED.passphrase, WRONG);
    await terminal.answers(ASKED.passphrase, PASSPHRASE);
    client = await connected();
  });
  afterAll(async () => {
    await terminal[Symbol.asyncDispose]();
    await scene[Symbol.asyncDispose]();
  });

  it('[N] into a frame, while wallets are shown, named, chosen, watched, removed and refused', async () => {
    const [main, other] = [MAIN_KEY.address, OTHER_KEY.address];
    const { data } = (await client.command('GET_WALLETS')) as { data?: unknown };
    expect(data).toMatchObject({ lock: 'unlocked', wallets: [{ key: 'protected' }, { key: 'plain' }] });
    const seen = keyOf('seen').address;
    const commands: readonly (readonly [string, object, 'ok' | 'error'])[] = [
      ['WATCH_ADDRESS', { address: seen, name: SEEN }, 'ok'],
      ['RENAME_WALLET', { address: other, name: RENAMED }, 'ok'],
      ['RENAME_WALLET', { address: other, name: MAIN }, 'error'],
      ['REMOVE_WALLET', { address: seen, confirm: MAIN }, 'error'],
      ['REMOVE_WALLET', { address: seen, confirm: SEEN }, 'ok'],
      ['SELECT_WALLET', { address: seen }, 'error'],
      ['BACKUP', {}, 'ok'],
      ['OPEN_WALLET_WINDOW', { task: { kind: 'passphrase', address: main } }, 'error'],
    ];
    for (const [name, payload, status] of commands)
      expect(await client.command(name, payload)).toMatchObject({ command: name, status });
    expect(client.misfits).toEqual([]);
    expect(scene.search.bytes(...frames)).toEqual(ONLY_DECOY);
  });

  it('[N] into the arguments and the environment of a process, or the memory of one but the signer', () => {
    const { signer, others } = onTerminal(terminal);
    const { search } = scene;
    for (const one of others) {
      expect(search.surroundings(one)).toEqual(ONLY_DECOY);
      expect(search.memory(one.pid)).toEqual(ONLY_DECOY);
    }
    expect(signer && search.surroundings(signer).secrets).toEqual([]);
    // The same search finds what is there: an unlocked key is, in the signer.
    expect(search.memory(signer?.pid ?? 0).secrets).toContain('MAIN_KEY, raw');
  });

  it('[N] into a snapshot of its heap', async () => {
    process.kill(pids().program, 'SIGUSR2');
    const snapshots = (): readonly string[] =>
      readdirSync(cwd).filter((name) => name.endsWith('.heapsnapshot'));
    while (snapshots().length === 0) await new Promise(setImmediate);
    // It answers when it has written all of it.
    await client.command('GET_WALLETS');
    const file = path.join(cwd, snapshots()[0] ?? '');
    expect(readFileSync(file, 'utf8').trimEnd().at(-1)).toBe('}');
    expect(await scene.search.file(file)).toEqual(ONLY_DECOY);
    rmSync(file);
  });

  it('[N] and once it is locked, the signer has nothing of the key and its passphrase either', async () => {
    expect(await client.command('LOCK_WALLET')).toMatchObject({ status: 'ok', data: { lock: 'locked' } });
    const { secrets } = scene.search.memory(pids().signer);
    // A key without a passphrase comes with whatever the keychain is asked of it, and its library leaves copies.
    expect(secrets.filter((name) => !name.startsWith('OTHER_KEY'))).toEqual([]);
  });

  it('[N] when the signer is killed', async () => {
    const { signer } = pids();
    process.kill(signer, 'SIGKILL');
    await goneOf(signer);
    await client.command('GET_WALLETS');
    await client.command('SELECT_WALLET', { address: OTHER_KEY.address });
    await client.command('REMOVE_WALLET', { address: OTHER_KEY.address, confirm: RENAMED });
    await client.command('SELECT_WALLET', { address: MAIN_KEY.address });
    expect(scene.search.bytes(...frames)).toEqual(ONLY_DECOY);
    expect(scene.leftovers).toEqual([]);
  });

  it.runIf(hasCore)(`[N] into a core dump of it${whyCoreSkipped}`, async () => {
    const { program } = pids();
    process.kill(program, 'SIGABRT');
    const { usual } = await terminal.ended();
    expect(scene.search.bytes(usual).secrets).toEqual([]);
    const core = coreIn(cwd) ?? '';
    expect(await scene.search.file(core)).toEqual(ONLY_DECOY);
    rmSync(core);
  });

  it('[N] when it is killed while it is being unlocked', async () => {
    await terminal[Symbol.asyncDispose]();
    terminal = served();
    await terminal.answers(ASKED.passphrase, WRONG);
    await terminal.shows(/does not open the wallet/);
    await terminal.asks(ASKED.passphrase);
    const { program, signer } = pids();
    expect(scene.search.memory(program)).toEqual(ONLY_DECOY);
    process.kill(program, 'SIGKILL');
    await goneOf(signer);
    expect(scene.search.bytes((await terminal.ended()).usual).secrets).toEqual([]);
  });

  it('[N] into the database, its backups, or its logs at level debug', () => {
    expect(existsSync(path.join(scene.dataDir, 'backups'))).toBe(true);
    // It writes no name of a wallet into a log, so that the decoy has to be put there.
    createLogger({ folder: scene.logs, level: 'debug', stderrLevel: 'none', now: Date.now }).debug(MAIN);
    expect(scene.search.folder(scene.logs)).toEqual(ONLY_DECOY);
    expect(scene.search.folder(scene.dataDir)).toEqual(ONLY_DECOY);
    expect(scene.leftovers).toEqual([]);
    expect(readdirSync(cwd)).toEqual(['index.html']);
  });
});
