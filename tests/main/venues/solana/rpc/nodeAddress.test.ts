import { inspect } from 'node:util';

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

import { redactFields } from '../../../../../src/main/platform/redaction.ts';
import { NodeAddress } from '../../../../../src/main/venues/solana/rpc/nodeAddress.ts';
import { endpointsOf } from '../../../../../src/main/venues/solana/rpc/endpoints.ts';
import { failure, fakeRetryWaits, keptLog, PoolRig, SLOT } from './poolRig.ts';

describe('the name of a node', () => {
  it.each([
    ['https://api.mainnet-beta.solana.com', 'api.mainnet-beta.solana.com'],
    ['http://127.0.0.1:8899/', '127.0.0.1:8899'],
    [
      'https://mainnet.helius-rpc.com/?api-key=0d9a1c2e-77aa-4f0e-b5f3-1f2e3d4c5b6a',
      'mainnet.helius-rpc.com',
    ],
    ['https://user:hunter22@node.example/path/9f8e7d6c5b4a39281706', 'node.example'],
    ['https://a1b2c3d4e5f6a7b8c9d0.rpc.example/', '….rpc.example'],
  ])('is its host, and nothing that only its owner knows: %s', (http, name) => {
    expect(new NodeAddress({ http }).name).toBe(name);
  });

  it('tells two accounts at one provider apart', () => {
    const urls = ['https://rpc.example/aaaaaaaa', 'https://rpc.example/bbbbbbbb', 'https://other.example'];
    expect(
      endpointsOf(
        urls.map((http) => ({ http })),
        () => 0,
      ).map(({ name }) => name),
    ).toEqual(['rpc.example', 'rpc.example (2)', 'other.example']);
  });
});

describe('the socket of a node', () => {
  it.each([
    ['http://127.0.0.1:8899/', undefined, 'ws://127.0.0.1:8900/'],
    ['https://rpc.example/key/abcd?x=1', undefined, 'wss://rpc.example/key/abcd?x=1'],
    ['https://rpc.example', 'wss://stream.example/ws', 'wss://stream.example/ws'],
  ])('is where the cluster has it, unless it is told: %s', (http, ws, url) => {
    expect(new NodeAddress({ http, ws }).ws.url).toBe(url);
  });
});

it('puts user and password into a header, where fetch takes them', () => {
  const { url, headers } = new NodeAddress({ http: 'https://me:p%40ss@rpc.example/x' }).http;
  expect(url).toBe('https://rpc.example/x');
  expect(headers).toEqual({ authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` });
});

it.each(['', 'rpc.example', 'ftp://rpc.example', 'wss://rpc.example', 'https://', 'file:///etc/passwd'])(
  'refuses what is no address of a node, without repeating it: %j',
  (http) => {
    expect(() => new NodeAddress({ http })).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
    expect(() => new NodeAddress({ http: 'https://ok.example', ws: 'https://s3cr3t.example' })).toThrow(
      /^(?!.*s3cr3t)/,
    );
  },
);

/** What providers make keys of, and what breaks a careless replacement. */
const secret = fc.string({
  unit: fc.constantFrom(...Array.from('abcdef0123456789XYZ-_$.')),
  minLength: 8,
  maxLength: 40,
});
const holder = fc.constantFrom<(key: string) => string>(
  (key) => `https://rpc.example/${key}`,
  (key) => `https://rpc.example/v2/${key}/solana`,
  (key) => `https://rpc.example/?api-key=${key}`,
  (key) => `https://rpc.example/?x=1&k=${key}#frag`,
  (key) => `https://user:${key}@rpc.example/`,
  (key) => `https://${key}:x@rpc.example/`,
  (key) => `https://rpc.example/#${key}`,
);

describe('no secret of a URL', () => {
  it('is in what a node said, however it repeats it', () => {
    fc.assert(
      fc.property(secret, holder, fc.string(), fc.string(), (key, url, before, after) => {
        // A part of a path that is only dots means another folder, and is no key.
        fc.pre(!/^\.+$/.test(key));
        const address = new NodeAddress({ http: url(key) });
        for (const said of [
          `${before}${key}${after}`,
          `${before} ${url(key)} ${after}`,
          `${before}${encodeURIComponent(key)}${after}`,
        ])
          expect(address.scrub(said)).not.toContain(key);
      }),
    );
  });

  it.each([
    ['https://rpc.example/a%20b%2Bc%2Fd%3De', 'a b+c/d=e'],
    ['https://rpc.example/?key=a%20b%2Bc%2Fd%3De', 'a b+c/d=e'],
    ['https://rpc.example/a+b=c,d!e', 'a%2Bb%3Dc%2Cd!e'],
    ['https://a%40b%3Ac:pass@rpc.example/', 'a@b:c'],
  ])('is in what a node said, read or written as in a URL: %s', (http, said) => {
    expect(new NodeAddress({ http }).scrub(`The key ${said} is bad.`)).toBe('The key … is bad.');
  });

  it('is in anything that is made of the address, as JSON or as text', () => {
    fc.assert(
      fc.property(secret, holder, (key, url) => {
        fc.pre(!'127.0.0.1 rpc.example name state unasked'.includes(key));
        const endpoints = endpointsOf([{ http: url(key) }], () => 0);
        const texts = endpoints.flatMap((endpoint) => [
          JSON.stringify(endpoint),
          JSON.stringify(endpoint.view(true)),
          JSON.stringify(redactFields({ endpoint })),
          inspect(endpoint, { depth: 9, showHidden: true }),
          endpoint.name,
        ]);
        for (const text of texts) expect(text).not.toContain(key);
      }),
    );
  });

  it('is in any error, view or line of the log, whatever a node does', async () => {
    fakeRetryWaits();
    const key = '5up3r-s3cr3t-k3y-0f-m1n3';
    const { logger, lines } = keptLog();
    const rig = await PoolRig.start(1);
    const [node] = rig.nodes;
    if (node === undefined) throw new Error('There is no node.');
    const { pool, ...rest } = await PoolRig.start(0, {
      endpoints: [{ http: `http://me:${key}@127.0.0.1:${node.port}/${key}?api-key=${key}` }],
      logger,
    }).then((one) => ({ pool: one.pool, stop: () => one.stop() }));
    const texts: string[] = [];
    for (const fault of [
      { kind: 'rpc', code: -32_052, message: `API key ${key} is not allowed` },
      { kind: 'rpc', code: -32_602, message: `see http://127.0.0.1/${key}` },
      { kind: 'http', status: 401 },
      { kind: 'text', body: key },
      { kind: 'reset' },
      { kind: 'http', status: 302, headers: { location: `http://127.0.0.1:1/${key}` } },
    ] as const) {
      node.fault = fault;
      const error = await failure(pool.ask(SLOT));
      texts.push(String(error), JSON.stringify(error), JSON.stringify(redactFields({ error })));
      texts.push(JSON.stringify(pool.healthView()), JSON.stringify(pool.countsView()));
    }
    expect(lines.length).toBeGreaterThan(0);
    for (const text of [...texts, ...lines]) expect(text).not.toContain(key);
    expect(node.asked[0]?.url).toBe(`/${key}?api-key=${key}`);
    expect(node.asked[0]?.authorization).toBe(`Basic ${Buffer.from(`me:${key}`).toString('base64')}`);
    vi.useRealTimers();
    await rest.stop();
    await rig.stop();
  });
});
