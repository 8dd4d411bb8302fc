import { rmSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { LOG_LEVELS, createLogger } from '../../../src/main/platform/logger.ts';
import { NOON, TODAY, hear, scratchLog, textOf } from './scratchLog.ts';
import { phrases, planted, secrets } from './secretTexts.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('[R10.10] secrets', () => {
  it('debug dumps detailed state', () => {
    const { log, lines } = scratchLog({ level: 'debug' });
    const state = { account: { cash: 1_000_000n, perps: [{ market: 'SOL-PERP', size: -5n }] }, at: NOON };

    log.debug('state', { state });

    expect(lines()).toMatchObject([
      {
        level: 'debug',
        state: { account: { cash: '1000000', perps: [{ market: 'SOL-PERP', size: '-5' }] } },
      },
    ]);
  });

  it.each(LOG_LEVELS)('never reach the log at %s, wherever they stand', (level) => {
    const { log, folder } = scratchLog({ level: 'debug' });

    fc.assert(
      fc.property(secrets, planted, fc.string(), ({ secret, parts }, plant, more) => {
        const { stderr } = hear(() => {
          const loud = createLogger({ folder, level: 'debug', stderrLevel: 'debug', now: () => NOON });
          const error = new AppError('INTERNAL', `failed with ${secret}`, { key: secret });
          loud[level](`message ${secret}`, { ...plant(secret), more, error });
          log[level]('thrown', { error: plant(secret) });
        });
        const text = stderr + textOf(folder);
        for (const part of parts) expect(text).not.toContain(part);
        expect(text).toContain('[redacted]');
        rmSync(path.join(folder, TODAY));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['secretKey', 'abc'],
    ['SECRET', 'abc'],
    ['client_secret', 'abc'],
    ['privateKey', [1, 2, 3]],
    ['private-key', { d: 'abc' }],
    ['mnemonic', 'abandon ability'],
    ['phrase', 'abandon ability'],
    ['seedPhrase', 'abandon ability'],
    ['passphrase', 12_345],
    ['password', 'abc'],
    ['apiKey', 'abc'],
    ['API_KEY', 'abc'],
    ['x-api-key', 'abc'],
    ['token', 'abc'],
    ['accessToken', 'abc'],
    ['auth_token', 'abc'],
    ['Authorization', 'Basic abc'],
    ['seed', 'abandon ability'],
    ['seed', 'a-seed-that-is-far-too-long'],
    ['seed', [1, 2, 3]],
    ['walletSeed', new Uint8Array(3)],
    ['seed', 2n ** 200n],
  ])('are known by the name %s', (name, held) => {
    const { log, lines } = scratchLog();

    log.info('x', { [name]: held, deep: [{ er: { [name]: held } }], map: new Map([[name, held]]) });

    expect(lines()).toMatchObject([
      { [name]: '[redacted]', deep: [{ er: { [name]: '[redacted]' } }], map: { [name]: '[redacted]' } },
    ]);
  });

  it.each([
    ['seed', 42],
    ['seed', '42'],
    ['randomSeed', 9_007_199_254_740_991],
    ['tokenSymbol', 'SOL'],
    ['tokenMint', 'So11111111111111111111111111111111111111112'],
    ['publicKey', '9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin'],
    ['hasPassword', true],
    ['passphrase', null],
    ['account', '11111111111111111111111111111111'],
    ['clientOrderId', '018f0c3e-7c4e-7cc0-8000-0242ac120002'],
    ['orderId', 'paper-17'],
    ['samples', [1, 2, 3]],
    ['because', 'The correction of 0.5 SOL is inside the cooldown: 12 minutes are left.'],
    ['says', 'the venue refused the order because the limit price was not on the tick of that market'],
    ['url', 'https://api.mainnet-beta.solana.com/?commitment=confirmed'],
    ['prices', Array.from({ length: 32 }, (_, i) => 150.5 + i)],
    ['parse', `Unexpected token 'a', "abc" is not valid JSON`],
  ])('are not seen in %s: %j', (name, held) => {
    const { log, lines } = scratchLog();

    log.info('x', { [name]: held });

    expect(lines()).toMatchObject([{ [name]: held }]);
  });

  it.each([
    ['https://rpc.example.com/?api-key=0a1b2c3d-4e5f&x=1', 'https://rpc.example.com/?api-key=[redacted]&x=1'],
    ['wss://user:hunter2@rpc.example.com/', 'wss://user:[redacted]@rpc.example.com/'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['{"password":"open sesame","n":1}', '{"password":[redacted],"n":1}'],
    ["password = 'open sesame', n", 'password = [redacted], n'],
    ['secretKey: abc', 'secretKey: [redacted]'],
    ['-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n', '[redacted]\n'],
    [`hash ${'0'.repeat(63)}`, `hash ${'0'.repeat(63)}`],
    [`hash ${'0'.repeat(64)}`, 'hash [redacted]'],
    [`[${Array(31).fill(7).join(',')}]`, `[${Array(31).fill(7).join(',')}]`],
    [`[${Array(32).fill(7).join(', ')}]`, '[[redacted]]'],
    [JSON.stringify(new Uint8Array(32)), '{[redacted]}'],
    [
      `key ${Buffer.alloc(32, 7).toString('base64')}, ${Buffer.alloc(64, 7).toString('base64')}`,
      'key [redacted], [redacted]',
    ],
    [`url ${Buffer.alloc(32, 250).toString('base64url')}=`, 'url [redacted]'],
    ['bearer abc', 'Bearer [redacted]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '[redacted]'],
  ])('are taken out of the text %s', (text, clean) => {
    const { log, lines } = scratchLog();

    log.info(text, { text, error: new Error(text) });

    expect(lines()).toMatchObject([{ message: clean, text: clean, error: { message: clean } }]);
  });

  it('are taken out of the names of fields', () => {
    const { log, lines } = scratchLog();

    log.info('x', { ['7'.repeat(64)]: 1 });

    expect(lines()).toMatchObject([{ '[redacted]': 1 }]);
  });

  it('are taken out of the name of a scope', () => {
    const { log, lines } = scratchLog();

    log.child('7'.repeat(64)).info('x');

    expect(lines()).toMatchObject([{ scope: '[redacted]' }]);
  });

  it('are no signature only because they stand under that name', () => {
    const { log, lines } = scratchLog();

    fc.assert(
      fc.property(phrases, (phrase) => {
        log.info('x', { signature: phrase, transactionSignature: 'f0'.repeat(32) });
      }),
      { numRuns: 5 },
    );

    for (const line of lines())
      expect(line).toMatchObject({ signature: '[redacted]', transactionSignature: '[redacted]' });
  });
});
