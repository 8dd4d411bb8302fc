import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import {
  DATABASE,
  booksIn,
  bytesIn,
  folderOfFile,
  launch,
  launchWith,
  paper,
  run,
  type Ended,
} from '../support/paperCli.ts';

const folder = folderOfFile();
const dataDir = path.join(folder, 'data');
const RUN = ['--days', '1', '--seed', '7'] as const;
const HOUR_MS = 3_600_000;
/** Not the backup of the day, which is made whenever a folder is opened. */
const DATABASE_FILES = /^phantom-arbiter\.sqlite/;

/** One clear sentence with a code: a line, and nothing else anywhere. */
function expectRefused({ code, signal, stdout, stderr }: Ended, errorCode: string, sentence?: RegExp): void {
  expect(stderr).toMatch(new RegExp(`^${errorCode}: \\S.*\\.\\n$`));
  expect(stderr).not.toMatch(/undefined|\[object|NaN\b(?!")/);
  if (sentence !== undefined) expect(stderr).toMatch(sentence);
  expect({ code, signal, stdout }).toEqual({ code: 1, signal: null, stdout: '' });
}

function written(name: string, text: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const CANDLES = Array.from({ length: 48 }, (_, i) =>
  [1_704_067_200_000 + i * HOUR_MS, '100', '101', '99', '100.5', '5000'].join(','),
);
const FUNDING = Array.from({ length: 48 }, (_, i) => `${1_704_067_200_000 + i * HOUR_MS},0.0001`);
const CANDLE_HEADER = 'time,open,high,low,close,volume';
const FUNDING_HEADER = 'time,rate';

const candlesOf = (name: string, rows: readonly string[], header = CANDLE_HEADER): string =>
  written(name, [header, ...rows, ''].join('\n'));
const fundingOf = (name: string, rows: readonly string[], header = FUNDING_HEADER): string =>
  written(name, [header, ...rows, ''].join('\n'));

/** Good rows with one of them put in another's place. */
const withRow = (rows: readonly string[], at: number, row: string): readonly string[] =>
  rows.map((good, i) => (i === at ? row : good));

const withoutClose = (row: string): string => row.split(',').toSpliced(4, 1).join(',');
const candle = (fields: string): string => `${CANDLES[10]?.split(',')[0] ?? ''},${fields}`;

beforeAll(async () => {
  await paper(...RUN, '--data-dir', dataDir);
  candlesOf('candles.csv', CANDLES);
  fundingOf('funding.csv', FUNDING);
});

/** What is asked for, beside a data folder with a run in it, and how it is refused. */
type Case = readonly [what: string, args: readonly string[], errorCode: string, sentence: RegExp];

const OPTIONS: readonly Case[] = [
  ['an unknown option', ['--sed', '7'], 'INVALID_OPTION', /'--sed'.+--seed/],
  ['an option without its value', ['--days'], 'INVALID_OPTION', /--days/],
  ['negative capital', ['--capital=-5'], 'INVALID_OPTION', /"-5".+from 100 to 1000000,/],
  ['negative capital after a space', ['--capital', '-5'], 'INVALID_OPTION', /--capital/],
  ['absurd capital', ['--capital', '1000000000000'], 'INVALID_OPTION', /to 1000000,/],
  ['capital that is not a number', ['--capital', 'NaN'], 'INVALID_OPTION', /"NaN"/],
  ['no days', ['--days', '0'], 'INVALID_OPTION', /from 1 to 3650/],
  ['a negative seed', ['--seed=-1'], 'INVALID_OPTION', /"-1"/],
  ['an unknown setting', ['--set', 'engine.coldownMs=5'], 'INVALID_SETTING', /engine\.coldownMs/],
  [
    'a setting that is not a number',
    ['--set', 'engine.deltaTolerancePct=NaN'],
    'INVALID_SETTING',
    /0\.01 to 50 %/,
  ],
  ['a setting out of its range', ['--set', 'risk.maxLeverage=50'], 'INVALID_SETTING', /0\.1 to 10 x/],
  [
    'settings that contradict each other',
    ['--set', 'engine.restoredHealthPct=20'],
    'INVALID_SETTING',
    /restoredHealthPct cannot be lower than engine\.deleverageHealthPct/,
  ],
  ['candles without funding', ['--candles', 'c.csv'], 'INVALID_OPTION', /--funding/],
  ['an unknown log level', ['--log-level', 'loud'], 'INVALID_OPTION|INVALID_SETTING', /loud/],
  [
    'a script that is not there',
    ['--script', '/nowhere/script.json'],
    'INVALID_SCRIPT',
    /\/nowhere\/script\.json/,
  ],
  ['another seed than the folder has', ['--seed', '8'], 'RUN_MISMATCH', /another seed \(7, not 8\)/],
  [
    'other settings than the folder has',
    ['--set', 'engine.cooldownMs=5'],
    'RUN_MISMATCH',
    /engine\.cooldownMs=5/,
  ],
];

describe('what the command line refuses, with nothing lost', () => {
  it.each(OPTIONS.map(([what, ...rest]) => ({ what, rest })))('$what', async ({ rest }) => {
    const [args, errorCode, sentence] = rest;
    const before = bytesIn(dataDir, DATABASE_FILES);
    const given = args.some((arg) => /^--(seed|days)/.test(arg)) ? [] : RUN;
    expectRefused(await run('paper', ...given, ...args, '--data-dir', dataDir), errorCode, sentence);
    expect(bytesIn(dataDir, DATABASE_FILES)).toEqual(before);
  });

  it.each([['an unknown command', ['papper']]])('%s', async (_what, args) => {
    expectRefused(await run(...args), 'UNKNOWN_COMMAND', /start, serve, terminal, paper, wallet, doctor/);
  });

  it('a data folder that npm has taken for itself, where it would work on another one', async () => {
    vi.stubEnv('npm_config_data_dir', dataDir);
    try {
      expectRefused(await run('doctor'), 'INVALID_OPTION', /npm run -s doctor -- --data-dir FOLDER/);
      expect((await run('doctor', '--data-dir', dataDir)).code).toBe(0);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('an unknown speed of terminal', async () => {
    expectRefused(
      await run('terminal', '--speed', '7', '--data-dir', dataDir),
      'INVALID_OPTION',
      /1, 60, 3600/,
    );
  });

  it('an unknown option of doctor', async () => {
    expectRefused(await run('doctor', '--fix'), 'INVALID_OPTION', /--fix/);
  });
});

const BAD_CANDLES: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
  [
    'a missing column',
    ['time,open,high,low,volume', ...CANDLES.map(withoutClose)].join('\n'),
    /no column close/,
  ],
  ['a gap', [CANDLE_HEADER, ...CANDLES.toSpliced(20, 3)].join('\n'), /line 22: .*gap/],
  ['unsorted rows', [CANDLE_HEADER, ...CANDLES.toReversed()].join('\n'), /sorted/],
  [
    'a duplicated row',
    [CANDLE_HEADER, ...CANDLES.toSpliced(5, 0, CANDLES[5] ?? '')].join('\n'),
    /line 8: .*duplicate/,
  ],
  [
    'a price of 0',
    [CANDLE_HEADER, ...withRow(CANDLES, 10, candle('0,101,99,100,5'))].join('\n'),
    /line 12: .*is 0/,
  ],
  [
    'a price that is no number',
    [CANDLE_HEADER, ...withRow(CANDLES, 10, candle('100,101,99,NaN,5'))].join('\n'),
    /line 12/,
  ],
  ['nothing in it', '', /empty/],
  ['something else in it', '\u0000\u0001\u0002 not a table', /column/],
];

const BAD_FUNDING: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
  ['a missing column', ['time,price', ...FUNDING].join('\n'), /rate/],
  ['a gap', [FUNDING_HEADER, ...FUNDING.toSpliced(20, 3)].join('\n'), /line 22: .*gap/],
  ['unsorted rows', [FUNDING_HEADER, ...FUNDING.toReversed()].join('\n'), /sorted/],
  [
    'a duplicated row',
    [FUNDING_HEADER, ...FUNDING.toSpliced(5, 0, FUNDING[5] ?? '')].join('\n'),
    /line 8: .*duplicate/,
  ],
  [
    'a rate that is no number',
    [FUNDING_HEADER, ...withRow(FUNDING, 10, '1704103200000,NaN')].join('\n'),
    /line 12/,
  ],
  [
    'a rate in percent',
    [FUNDING_HEADER, ...withRow(FUNDING, 10, '1704103200000,1.25')].join('\n'),
    /line 12/,
  ],
  [
    'a price of 0',
    [
      'time,rate,mark_price',
      ...withRow(
        FUNDING.map((row) => `${row},100`),
        10,
        '1704103200000,0.0001,0',
      ),
    ].join('\n'),
    /line 12: .*is 0/,
  ],
  [
    'nothing of the candles’ time',
    [FUNDING_HEADER, '1600000000000,0.0001', '1600003600000,0.0001'].join('\n'),
    /common/,
  ],
];

describe('what a recording must not be, with nothing lost', () => {
  it.each(BAD_CANDLES)('candles with %s', async (_what, text, sentence) => {
    const args = ['--candles', written('bad.csv', text), '--funding', path.join(folder, 'funding.csv')];
    expectRefused(await run('paper', ...args), 'INVALID_DATA_FILE', sentence);
  });

  it.each(BAD_FUNDING)('funding with %s', async (_what, text, sentence) => {
    const args = ['--candles', path.join(folder, 'candles.csv'), '--funding', written('bad.csv', text)];
    expectRefused(await run('paper', ...args), 'INVALID_DATA_FILE', sentence);
  });

  it('candles that are not there', async () => {
    const args = ['--candles', '/nowhere/c.csv', '--funding', path.join(folder, 'funding.csv')];
    expectRefused(await run('paper', ...args), 'INVALID_DATA_FILE', /\/nowhere\/c\.csv/);
  });

  it('a file that was refused may be mended, and is then taken in the same data folder', async () => {
    const file = written('mended.csv', [CANDLE_HEADER, ...CANDLES.toSpliced(20, 3)].join('\n'));
    const args = ['--candles', file, '--funding', path.join(folder, 'funding.csv')];
    const kept = ['--data-dir', path.join(folder, 'recorded')];
    expectRefused(await run('paper', ...args, ...kept), 'INVALID_DATA_FILE', /gap/);
    candlesOf('mended.csv', CANDLES);
    expect((await paper(...args, ...kept)).steps).toBe(48 * 60);
  });
});

const BAD_SCRIPTS: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
  ['is no JSON', '[{', /not JSON/],
  ['has an unknown action', '[{"at":0,"action":"explode"}]', /entry 1/],
  ['moves something else', '[{"at":0,"action":"deposit","asset":"BTC","amount":"1"}]', /entry 1.*asset/],
  [
    'moves an amount that is none',
    '[{"at":0,"action":"deposit","asset":"SOL","amount":"much"}]',
    /entry 1.*much/,
  ],
];

describe('what a script must not be', () => {
  it.each(BAD_SCRIPTS)('one that %s', async (_what, text, sentence) => {
    const script = written('script.json', text);
    expectRefused(await run('paper', ...RUN, '--script', script), 'INVALID_SCRIPT', sentence);
  });
});

describe('what a data folder must not be', () => {
  const like = (name: string, change: (database: string) => void): string => {
    const made = path.join(folder, name);
    mkdirSync(made);
    copyFileSync(path.join(dataDir, DATABASE), path.join(made, DATABASE));
    change(path.join(made, DATABASE));
    return made;
  };

  it.each(['paper', 'terminal'])('a place where nothing can be written (%s)', async (command) => {
    const args = ['--data-dir', path.join(written('no-folder', 'mine'), 'data')];
    expectRefused(await run(command, ...args), 'DATA_FOLDER_UNWRITABLE', /no-folder/);
    expect(readFileSync(path.join(folder, 'no-folder'), 'utf8')).toBe('mine');
  });

  it('in use by somebody else, who is not disturbed', async () => {
    const used = path.join(folder, 'used');
    const user = launch(['terminal', '--data-dir', used]);
    await user.said(/^PAPER: /);
    expectRefused(
      await run('paper', ...RUN, '--data-dir', used),
      'DATA_FOLDER_IN_USE',
      /close it, or choose another/,
    );
    user.signal('SIGINT');
    expect((await user.ended()).code).toBe(0);
    expect(booksIn(used).orders.length).toBeGreaterThan(0);
  });

  it.each(['paper', 'terminal'])(
    'one with a damaged database, which stays as it is (%s)',
    async (command) => {
      const damaged = like(`damaged-${command}`, (database) => {
        const bytes = readFileSync(database);
        bytes.fill(0x55, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 9_000);
        writeFileSync(database, bytes);
      });
      const before = bytesIn(damaged, DATABASE_FILES);
      const ended = await run(command, '--data-dir', damaged);
      expectRefused(ended, 'DATABASE_CORRUPT', /nothing in it was changed/);
      expect(bytesIn(damaged, DATABASE_FILES)).toEqual(before);
    },
  );

  it('one whose database is something else', async () => {
    const other = like('other', (database) => {
      writeFileSync(database, 'dear diary\n'.repeat(1_000));
    });
    expectRefused(await run('paper', ...RUN, '--data-dir', other), 'DATABASE_CORRUPT');
    expect(readFileSync(path.join(other, DATABASE), 'utf8')).toMatch(/^dear diary/);
  });

  it.each(['paper', 'terminal'])('one from a newer version, which stays as it is (%s)', async (command) => {
    const newer = like(`newer-${command}`, (database) => {
      const db = new BetterSqlite3(database);
      db.pragma('user_version = 99');
      db.close();
    });
    const before = bytesIn(newer, DATABASE_FILES);
    expectRefused(await run(command, '--data-dir', newer), 'DATABASE_TOO_NEW', /newer version/);
    expect(bytesIn(newer, DATABASE_FILES)).toEqual(before);
  });

  it('nor can the event log go where nothing can be written, which is found out before the run', async () => {
    const kept = path.join(folder, 'kept');
    const events = path.join(folder, 'nowhere', 'events.jsonl');
    const { code, stdout, stderr } = await run('paper', ...RUN, '--data-dir', kept, '--events', events);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^INVALID_OPTION: The file .+events\.jsonl of --events cannot be written\.\n$/);
    expect((await paper(...RUN, '--data-dir', kept)).steps).toBe(1_440);
  });
});

describe('a Node.js that is too old', () => {
  const SENTENCE = /this is (22\.1\.0|1\d\.|2[0-3]\.).*install a newer Node\.js\.\n$/;

  it('is told so before anything else is loaded', async () => {
    const older = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'22.1.0'})";
    const ended = await launch(['paper', ...RUN, '--data-dir', dataDir], ['--import', older]).ended();
    expectRefused(ended, 'NODE_TOO_OLD', SENTENCE);
  });

  const installed = ['/usr/bin/node', '/usr/local/bin/node'].filter((file) => existsSync(file));

  it.each(installed)('is told so by one that this computer has, if it is older (%s)', async (system) => {
    const ended = await launchWith(system, ['doctor', '--data-dir', path.join(folder, 'nothing')]).ended();
    if (ended.code === 0) expect(ended.stdout).toContain('new enough');
    else expectRefused(ended, 'NODE_TOO_OLD', SENTENCE);
  });
});
