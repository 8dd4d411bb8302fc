import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import {
  LOG_LEVELS,
  createLogger,
  levelFrom,
  silentLogger,
  type LoggerOptions,
} from '../../../src/main/platform/logger.ts';
import { NOON, TODAY, hear, linesOf, scratchFolder, scratchLog, textOf } from './scratchLog.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const DAY = 86_400_000;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a line of the log', () => {
  it('is one JSON object with time, level, scope, message and context', () => {
    const { log, folder, lines } = scratchLog();

    log
      .child('engine')
      .child('vault')
      .warn('health is low', { healthPct: 31.5, market: 'SOL-PERP', size: -3n });

    expect(textOf(folder)).toMatch(
      /^\{"t":"2026-03-01T12:00:00.000Z","level":"warn","scope":"engine.vault",/,
    );
    expect(lines()).toEqual([
      {
        t: '2026-03-01T12:00:00.000Z',
        level: 'warn',
        scope: 'engine.vault',
        message: 'health is low',
        healthPct: 31.5,
        market: 'SOL-PERP',
        size: '-3',
      },
    ]);
  });

  it('stays one line, whatever stands in its texts', () => {
    const { log, lines } = scratchLog();

    log.info('first\nsecond', { note: 'a\r\nb\u2028c' });

    expect(lines()).toMatchObject([{ message: 'first\nsecond', note: 'a\r\nb\u2028c' }]);
  });

  it('keeps its own time, level and message where a context has such names', () => {
    const { log, lines } = scratchLog();

    log.info('hello', { t: 1, level: 'x', scope: 'y', message: 'z' });

    expect(lines()).toEqual([
      {
        t: '2026-03-01T12:00:00.000Z',
        level: 'info',
        message: 'hello',
        'context.t': 1,
        'context.level': 'x',
        'context.scope': 'y',
        'context.message': 'z',
      },
    ]);
  });

  it('[R10.3] shows a trade with market, side, size, price and transaction signature', () => {
    const { log, lines } = scratchLog();
    const signature =
      '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW';
    const trade = { market: 'SOL-PERP', side: 'sell', size: '1.5', price: '150.25' };

    log.info('trade', { ...trade, signature, nested: { transactionSignature: signature } });

    expect(lines()).toMatchObject([{ ...trade, signature, nested: { transactionSignature: signature } }]);
  });

  it('[R10.5] [R9.8] shows an error with time, type, code, context and stack trace', () => {
    const { log, lines } = scratchLog();
    const cause = new RangeError('division by zero');
    const error = new AppError(
      'VENUE_UNAVAILABLE',
      'The venue does not answer.',
      { venue: 'drift' },
      { cause },
    );

    log.error('the sync failed', { attempt: 2, error });

    expect(lines()).toEqual([
      {
        t: '2026-03-01T12:00:00.000Z',
        level: 'error',
        message: 'the sync failed',
        attempt: 2,
        error: {
          type: 'AppError',
          code: 'VENUE_UNAVAILABLE',
          message: 'The venue does not answer.',
          stack: error.stack,
          details: { venue: 'drift' },
          cause: { type: 'RangeError', message: 'division by zero', stack: cause.stack },
        },
      },
    ]);
    expect(error.stack).toContain('logger.test.ts');
  });

  it.each([
    ['a text', 'timeout', { type: 'string', message: 'timeout' }],
    ['null', null, { type: 'null', message: 'null' }],
    ['an object', { code: 5 }, { type: 'object', message: '{"code":5}' }],
    [
      'an error without a name of its own',
      new (class Lost extends Error {})('x'),
      { type: 'Lost', message: 'x' },
    ],
    [
      'several',
      new AggregateError([new Error('a')], 'b'),
      { type: 'AggregateError', errors: [{ message: 'a' }] },
    ],
    ['a system error', Object.assign(new Error('x'), { code: 'ENOENT' }), { type: 'Error', code: 'ENOENT' }],
  ])('[R9.8] shows what was thrown where it is %s', (_, error, shown) => {
    const { log, lines } = scratchLog();

    log.error('failed', { error });

    expect(lines()).toMatchObject([{ error: shown }]);
  });

  it('shows whatever JSON has no word for, and is not broken by a circle, a deep nest or a getter that throws', () => {
    const { log, lines } = scratchLog();
    const circle: Record<string, unknown> = { name: 'a' };
    circle['self'] = { circle };
    let deep: unknown = 'bottom';
    for (let i = 0; i < 10_000; i += 1) deep = [deep];
    const shared = { n: 1 };

    log.info('odd', {
      circle,
      deep,
      shared: [shared, shared],
      thrown: Object.defineProperty({ fine: 1 }, 'bad', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
      hostile: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
      bare: Object.assign(Object.create(null) as object, { n: 1 }),
      map: new Map<unknown, unknown>([
        ['a', 1n],
        [{ b: 2 }, 3],
      ]),
      set: new Set([1, 'x']),
      date: new Date(0),
      never: new Date(Number.NaN),
      infinite: Infinity,
      bytes: new Uint8Array(7),
      call: () => 1,
      symbol: Symbol('s'),
      missing: undefined,
      list: [undefined, null],
    });

    const [line] = lines();
    expect(line).toMatchObject({
      circle: { name: 'a', self: { circle: '[circular]' } },
      shared: [{ n: 1 }, { n: 1 }],
      thrown: { fine: 1, bad: '[unreadable]' },
      hostile: '[unreadable]',
      bare: { n: 1 },
      map: { a: '1', '{"b":2}': 3 },
      set: [1, 'x'],
      date: '1970-01-01T00:00:00.000Z',
      never: null,
      infinite: 'Infinity',
      bytes: '[7 bytes]',
      call: '[function]',
      symbol: 'Symbol(s)',
      list: [null, null],
    });
    expect(JSON.stringify(line?.['deep'])).toContain('[too deep]');
    expect(line).not.toHaveProperty('missing');
  });
});

describe('the level', () => {
  const written = (options: Partial<LoggerOptions>) => {
    const { log, folder } = scratchLog(options);
    const { stderr } = hear(() => {
      for (const level of LOG_LEVELS) log[level](level);
    });
    const file = readdirSync(folder).length === 0 ? [] : linesOf(textOf(folder));
    return { file: file.map(({ level }) => level), stderr: linesOf(stderr).map(({ level }) => level), log };
  };

  it.each(LOG_LEVELS.map((level, i) => [level, LOG_LEVELS.slice(0, i + 1)] as const))(
    '[R10.2] %s lets through %j',
    (level, through) => {
      const { file, stderr, log } = written({ level });

      expect(file).toEqual(through);
      expect(stderr).toEqual([]);
      expect(log.level).toBe(level);
      expect(LOG_LEVELS.filter((one) => log.isEnabled(one))).toEqual(through);
    },
  );

  it('[R10.9] is one for the file and another for stderr', () => {
    const { file, stderr, log } = written({ level: 'warn', stderrLevel: 'info' });

    expect(file).toEqual(['error', 'warn']);
    expect(stderr).toEqual(['error', 'warn', 'info']);
    expect([log.isEnabled('info'), log.isEnabled('debug')]).toEqual([true, false]);
  });

  it('[R10.2] is info where nobody says otherwise, the setting where there is one, the environment before both', () => {
    expect(levelFrom({})).toBe('info');
    expect(levelFrom({ PHANTOM_LOG_LEVEL: '' }, 'warn')).toBe('warn');
    expect(levelFrom({ PHANTOM_LOG_LEVEL: 'debug' }, 'warn')).toBe('debug');
  });

  it.each([
    [{ PHANTOM_LOG_LEVEL: 'loud' }, undefined, 'PHANTOM_LOG_LEVEL cannot be "loud"'],
    [{}, 'INFO', 'log.level cannot be "INFO"'],
    [{ PHANTOM_LOG_LEVEL: 'info' }, 'silly', 'log.level cannot be "silly"'],
  ])('[R10.2] that does not exist is refused: %j %s', (env, setting, message) => {
    expect(() => levelFrom(env, setting)).toThrow(
      expect.objectContaining({
        code: 'INVALID_SETTING',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('does not even look at what stands under it', () => {
    const { log, folder } = scratchLog();
    const touchy = new Proxy({}, { ownKeys: () => expect.unreachable(), get: () => expect.unreachable() });

    log.debug('state', touchy);
    silentLogger.error('state', touchy);
    silentLogger.child('x').info('state', touchy);

    expect(readdirSync(folder)).toEqual([]);
    expect(silentLogger.isEnabled('error')).toBe(false);
  });

  it('without a folder or stderr writes nothing and is not enabled', () => {
    const log = createLogger({ level: 'debug', stderrLevel: 'none', now: () => NOON });

    expect(
      hear(() => {
        log.error('x');
      }),
    ).toEqual({ stderr: '', stdout: '' });
    expect(log.isEnabled('error')).toBe(false);
  });
});

describe('log files', () => {
  it('[R10.8] rotate daily at midnight UTC', () => {
    let t = Date.UTC(2026, 1, 28, 23, 59, 59, 999);
    const { log, folder } = scratchLog({ now: () => t });

    log.info('evening');
    t += 1;
    log.info('morning');
    log.info('morning again');

    expect(readdirSync(folder).toSorted()).toEqual(['2026-02-28.log', TODAY]);
    expect(linesOf(textOf(folder, '2026-02-28.log'))).toMatchObject([{ message: 'evening' }]);
    expect(linesOf(textOf(folder))).toMatchObject([{ message: 'morning' }, { message: 'morning again' }]);
  });

  it('[R10.8] are kept 30 days, and removed at the start and with each new day', () => {
    const folder = scratchFolder();
    const others = ['2025-01-01.log.gz', '20250101.log', 'notes.txt', '2025-13-45.log'];
    for (const name of ['2025-01-01.log', '2026-01-29.log', '2026-01-30.log', '2026-01-31.log', ...others])
      writeFileSync(path.join(folder, name), 'x\n');
    const kept = () =>
      readdirSync(folder)
        .filter((name) => !others.includes(name))
        .toSorted();
    let t = NOON;

    const { log } = scratchLog({ folder, now: () => t });
    expect(kept()).toEqual(['2026-01-30.log', '2026-01-31.log']);

    for (let day = 0; day < 40; day += 1, t += DAY) log.info('a day');
    const names = kept();
    expect(names).toHaveLength(31);
    expect([names[0], names.at(-1)]).toEqual(['2026-03-10.log', '2026-04-09.log']);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
  });

  it('go on where an earlier process stopped', () => {
    const { folder, log } = scratchLog();
    log.info('before');

    scratchLog({ folder }).log.info('after');

    expect(linesOf(textOf(folder))).toMatchObject([{ message: 'before' }, { message: 'after' }]);
  });

  it('can be read by their owner only', () => {
    const folder = path.join(scratchFolder(), 'deep', 'logs');
    scratchLog({ folder }).log.info('x');

    const { mode } = statSync(path.join(folder, TODAY));
    expect(process.platform === 'win32' || (mode & 0o777) === 0o600).toBe(true);
  });

  it('that cannot be written are told of once, on stderr, and stop nothing', () => {
    const file = path.join(scratchFolder(), 'taken');
    writeFileSync(file, 'a file where the folder should be');

    const { stderr, stdout } = hear(() => {
      const { log } = scratchLog({ folder: file });
      log.info('one');
      log.error('two');
    });

    expect(linesOf(stderr)).toMatchObject([
      {
        level: 'warn',
        message: 'The log file cannot be written; the program goes on without it.',
        folder: file,
        error: { code: 'EEXIST' },
      },
    ]);
    expect(stdout).toBe('');
  });

  it('are written again as soon as they can be', () => {
    const folder = path.join(scratchFolder(), 'logs');
    const { log } = scratchLog({ folder });
    log.info('before');
    const { stderr } = hear(() => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
      log.info('lost');
      rmSync(folder);
      log.info('after');
    });

    expect(linesOf(stderr)).toHaveLength(1);
    expect(linesOf(textOf(folder))).toMatchObject([{ message: 'after' }]);
  });
});

describe('a process of its own', () => {
  const module = new URL('../../../src/main/platform/logger.ts', import.meta.url).href;

  /** Runs a program that has `log`, with a folder for its files. */
  function run(program: string, folder: string, closeStderr: boolean) {
    const source = `import { createLogger } from ${JSON.stringify(module)};
      const log = createLogger({ folder: ${JSON.stringify(folder)}, level: 'debug', stderrLevel: 'debug', now: () => ${NOON} });
      ${program}`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source]);
    const heard = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => (heard.stdout += part));
    if (closeStderr) child.stderr.destroy();
    else child.stderr.setEncoding('utf8').on('data', (part: string) => (heard.stderr += part));
    return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      child.once('close', (code) => {
        resolve({ code, ...heard });
      });
    });
  }

  it('[R10.9] logs the same lines to the file and to stderr, and nothing to stdout', async () => {
    const folder = scratchFolder();

    const { code, stdout, stderr } = await run(
      `for (const level of ['error', 'warn', 'info', 'debug']) log[level](level + ' %s %c', { level });`,
      folder,
      false,
    );

    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toBe(textOf(folder));
    expect(linesOf(stderr).map(({ message }) => message)).toEqual(
      LOG_LEVELS.map((level) => `${level} %s %c`),
    );
  });

  it('outlives a stderr that nobody reads any more', async () => {
    const folder = scratchFolder();

    const { code, stdout } = await run(
      `let n = 0;
       const timer = setInterval(() => {
         log.error('line ' + n, { padding: 'x'.repeat(1000) });
         n += 1;
         if (n === 50) { clearInterval(timer); process.stdout.write('done'); }
       }, 2);`,
      folder,
      true,
    );

    expect([code, stdout]).toEqual([0, 'done']);
    expect(linesOf(textOf(folder))).toHaveLength(50);
  });
});

describe('one library', () => {
  const sources = readdirSync(path.join(root, 'src', 'main'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[mc]?[jt]sx?$/.test(name))
    .map(
      (name) =>
        [name.replaceAll('\\', '/'), readFileSync(path.join(root, 'src', 'main', name), 'utf8')] as const,
    );

  it('[R10.1] nothing in src/main writes to the console', () => {
    const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

    expect(sources.length).toBeGreaterThan(50);
    expect(
      sources.filter(([, text]) => /\bconsole\b/.test(withoutComments(text))).map(([name]) => name),
    ).toEqual([]);
  });

  it('[R10.1] the linter forbids it, so that it stays so', () => {
    const config = readFileSync(path.join(root, '.oxlintrc.json'), 'utf8');

    expect(config).toMatch(/"files": \["src\/\*\*"\],\s*"rules": \{\s*"eslint\/no-console": "error"/);
  });

  it('[R10.1] the logger alone knows the library, and there is no other', () => {
    const LIBRARIES =
      /from '((?:electron-log|pino|winston|bunyan|log4js|loglevel|consola|tslog|debug|signale)(?:\/[^']*)?)'/g;

    expect(
      sources.flatMap(([name, text]) => [...text.matchAll(LIBRARIES)].map(([, library]) => [name, library])),
    ).toEqual([
      ['platform/logger.ts', 'electron-log'],
      ['platform/logger.ts', 'electron-log/node'],
    ]);
  });
});
