import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { inspect } from 'node:util';

import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createLogger } from '../../../src/main/platform/logger.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { processesBelow } from '../../support/processTree.ts';
import { keyOf, phraseOf } from '../../support/walletSecrets.ts';
import { ALLOW_CORE, coreIn, hasCore, whyCoreSkipped } from './coreDump.ts';
import { DECOY } from './decoy.ts';
import { formsOfKey, formsOfPassphrase, formsOfPhrase } from './forms.ts';
import { leftBy } from './leftovers.ts';
import { Search } from './search.ts';

const folder = folderOfFile();
const KEY = keyOf('a canary that is planted');
const SECRET = KEY.pair.subarray(0, 32);
const PHRASE = phraseOf('words of a canary that is planted');
const WORDS = PHRASE.split(' ');
const PASSPHRASE = '☂ vTz3kQm8xWb5 nYc7';
const SEED = Buffer.from(mnemonicToSeedSync(PHRASE));
const search = new Search(
  [
    ...formsOfKey('the key', SECRET),
    ...formsOfPhrase('the phrase', PHRASE),
    ...formsOfPassphrase('the passphrase', PASSPHRASE),
  ],
  DECOY.forms,
);

/** Everything of a list that is so long and stands together. */
const runs = <One>(all: readonly One[], length: number): readonly (readonly One[])[] =>
  all.slice(length - 1).map((_, at) => all.slice(at, at + length));

/** Bytes as a program might write them down by mistake. */
const written = (bytes: Buffer): readonly string[] => [
  bytes.toString('hex'),
  bytes.toString('hex').toUpperCase(),
  ...[0, 1, 2].flatMap((before) =>
    (['base64', 'base64url'] as const).map((base) =>
      Buffer.concat([Buffer.alloc(before, 7), bytes]).toString(base),
    ),
  ),
  JSON.stringify([...bytes]),
  JSON.stringify([...bytes], undefined, 1).replaceAll('\n', ''),
  JSON.stringify(bytes),
  JSON.stringify(new Uint8Array(bytes)),
  inspect(bytes),
  inspect(new Uint8Array(bytes)),
];

/** What gives the canary away, made by other means than the search's own. */
const GIVEN_AWAY: Readonly<Record<string, readonly (string | Buffer)[]>> = {
  'the secret, the pair, the entropy and the seed as bytes': [SECRET, KEY.pair, entropy(), SEED],
  'any 16 bytes of the secret': runs([...SECRET], 16).map((run) => Buffer.from(run)),
  'the secret and the pair as text': [SECRET, KEY.pair, entropy(), SEED].flatMap(written),
  'the secret and the pair in base58': [KEY.base58, KEY.base58.slice(0, 40), KEY.base58.slice(-40)],
  'any 16 numbers of the secret': [',', ', '].flatMap((between) =>
    runs([...SECRET], 16).map((run) => run.join(between)),
  ),
  'any three words in a row': [' ', '\n', ', ', '","'].flatMap((between) =>
    runs(WORDS, 3).map((run) => run.join(between)),
  ),
  'the phrase, whole': [PHRASE, JSON.stringify(WORDS), inspect(WORDS), ...written(Buffer.from(PHRASE))],
  'the passphrase': [PASSPHRASE, ...written(Buffer.from(PASSPHRASE))],
};

function entropy(): Buffer {
  return Buffer.from(mnemonicToEntropy(PHRASE, wordlist));
}

const found = (secrets: readonly string[]): boolean => secrets.length > 0;

describe('the search for a canary finds', () => {
  it.each(Object.entries(GIVEN_AWAY))('%s, in one byte a character and in two', (_, all) => {
    for (const one of all) {
      const ways = typeof one === 'string' ? [Buffer.from(one), Buffer.from(one, 'utf16le')] : [one];
      for (const bytes of ways) expect([one, found(search.bytes(bytes).secrets)]).toEqual([one, true]);
    }
  });

  it('one wherever it stands in something larger, and the decoy apart from it', () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(noise, noise, fc.constantFrom(SECRET, Buffer.from(KEY.base58)), (before, after, canary) => {
        expect(found(search.bytes(Buffer.concat([before, canary, after])).secrets)).toBe(true);
        const decoy = Buffer.from(DECOY.phrase);
        expect(search.bytes(Buffer.concat([before, decoy, after]))).toEqual({ secrets: [], decoy: true });
      }),
    );
  });

  it('nothing where there is none: not in the address, another key, another phrase, or noise', () => {
    const others = [KEY.address, KEY.pair.subarray(32), keyOf('another').base58, phraseOf('another')];
    expect(search.bytes(...others)).toEqual({ secrets: [], decoy: false });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
        expect(search.bytes(noise)).toEqual({ secrets: [], decoy: false });
      }),
    );
  });
});

/** A folder of the running test. */
function folderWith(name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  return made;
}

/** A process that ends with the test. */
function ending<Child extends ChildProcess>(child: Child): Child {
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

describe('the search of a place finds what is planted in it:', () => {
  const THREE = WORDS.slice(4, 7).join(' ');

  it('an error, with its details and causes', () => {
    const errors = [
      new AppError('INTERNAL', `over ${THREE}`),
      new AppError('INTERNAL', 'over', { base58: KEY.base58 }),
      new AppError('INTERNAL', 'over', {}, { cause: new Error(SECRET.toString('hex')) }),
    ];
    for (const error of errors)
      expect(found(search.bytes(inspect(error, { depth: null })).secrets)).toBe(true);
  });

  it('a line of a log, three words of which no redaction takes for a phrase', () => {
    const logs = folderWith('logs');
    createLogger({ folder: logs, level: 'debug', stderrLevel: 'none', now: Date.now }).debug('said', {
      what: THREE,
    });
    expect(found(search.folder(logs).secrets)).toBe(true);
  });

  it('a cell of a database that is only in its log yet, and one that is in the file', () => {
    const [open, closed] = [folderWith('open'), folderWith('closed')];
    const file = path.join(open, 'some.sqlite');
    const db = new BetterSqlite3(file);
    db.pragma('journal_mode = WAL');
    db.exec('CREATE TABLE cells (cell)');
    expect(search.folder(open).secrets).toEqual([]);
    db.prepare('INSERT INTO cells VALUES (?)').run(SECRET);
    expect(search.bytes(...readdirSync(open)).secrets).toEqual([]);
    expect(found(search.folder(open).secrets)).toBe(true);
    db.close();
    copyFileSync(file, path.join(closed, 'some.sqlite'));
    expect(found(search.folder(closed).secrets)).toBe(true);
  });

  it('the name of a file', () => {
    const named = folderWith('named');
    writeFileSync(path.join(named, `${KEY.base58}.json`), '');
    expect(found(search.folder(named).secrets)).toBe(true);
  });

  it('what a killed process left', () => {
    const [dataDir, tmp] = [folderWith('left'), folderWith('left-tmp')];
    expect(leftBy({ dataDir, tmp })).toEqual([]);
    mkdirSync(path.join(dataDir, 'logs'));
    const left = ['core', path.join('logs', 'core.17'), 'report.1.json', 'Heap.1.heapsnapshot', 'half.tmp'];
    for (const name of left) writeFileSync(path.join(dataDir, name), '');
    writeFileSync(path.join(tmp, 'anything'), '');
    expect([...leftBy({ dataDir, tmp })].sort()).toEqual([...left, 'anything'].sort());
  });

  it.runIf(process.platform === 'linux')('an argument and a variable of a process', () => {
    const processes = [
      { args: ['-', KEY.json], env: {} },
      { args: [], env: { PLANTED: PASSPHRASE } },
    ];
    for (const { args, env } of processes) {
      const { pid } = ending(spawn('/bin/cat', args, { env, stdio: ['pipe', 'ignore', 'ignore'] }));
      const seen = processesBelow(process.pid).find((one) => one.pid === pid);
      expect(found(seen === undefined ? [] : search.surroundings(seen).secrets)).toBe(true);
    }
  });

  it.runIf(process.platform === 'linux')('the memory of a process, and a snapshot of its heap', async () => {
    const cwd = folderWith('heap');
    const child = await planted(cwd);
    const { pid = 0 } = child;
    const seen = processesBelow(process.pid).filter((one) => one.pid === pid);
    expect(seen.map((one) => search.surroundings(one).secrets)).toEqual([[]]);
    const forms = ['the key, raw', 'the phrase with " " between the words'];
    expect(search.memory(pid).secrets).toEqual(expect.arrayContaining(forms));
    child.kill('SIGUSR2');
    const snapshot = (): string | undefined =>
      readdirSync(cwd).find((name) => name.endsWith('.heapsnapshot'));
    while (snapshot() === undefined) await new Promise(setImmediate);
    child.stdin.write('still there?');
    await once(child.stdout, 'data');
    expect((await search.file(path.join(cwd, snapshot() ?? ''))).secrets).toContain(forms[1]);
  });

  it.runIf(hasCore)(`a core dump${whyCoreSkipped}`, async () => {
    const cwd = folderWith('core');
    const child = await planted(cwd);
    child.kill('SIGABRT');
    await once(child, 'exit');
    expect((await search.file(coreIn(cwd) ?? '')).secrets).toContain('the key, raw');
  });

  /** A process with the secret and three words in its memory, and nothing of them where it can be seen from outside. */
  async function planted(cwd: string): Promise<ChildProcessByStdio<Writable, Readable, null>> {
    const backwards = [SECRET, Buffer.from(THREE)].map((bytes) =>
      Buffer.from(bytes).reverse().toString('hex'),
    );
    const program = path.join(import.meta.dirname, 'plantedProgram.ts');
    const options = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${cwd}`];
    const command = [process.execPath, ...options, program, ...backwards].join(' ');
    const child = ending(
      spawn('/bin/sh', ['-c', `${ALLOW_CORE}; exec ${command}`], { cwd, stdio: ['pipe', 'pipe', 'ignore'] }),
    );
    await once(child.stdout, 'data');
    return child;
  }
});
