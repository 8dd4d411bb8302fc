import { randomUUID } from 'node:crypto';

import { COMMANDS } from '../../src/shared/contract/commands.ts';

/** How many messages a fuzz test sends: ten thousand, or what the nightly run asks for. */
export const FUZZ_MESSAGES = Number(process.env['FUZZ_MESSAGES'] ?? 10_000);

/** A generator of chance with a seed: the same messages on every machine. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Commands that a fuzz may send whole without changing what the test asserts on. */
const HARMLESS = ['GET_STATUS', 'GET_ALL_VAULTS', 'GET_SETTINGS', 'GET_MARKETS', 'GET_SYSTEM_STATS'];
const NAMES = [...Object.keys(COMMANDS), 'NOPE', '', '__proto__', 'constructor', 'toString'];
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  '-5',
  '1e9',
  'NaN',
  '0'.repeat(5_000),
  '\u0000\u202E💥',
  [],
  [[[[]]]],
  {},
  { __proto__: { polluted: true } },
  { engine: 'funding', mode: 'live' },
  { engine: '../../etc/passwd' },
  { backup: '../../phantom-arbiter.sqlite' },
  { engine: 'funding', capital: '-1' },
  { asset: 'SOL', amount: '0' },
  { revision: -1, changes: { 'engine.nope': '1' } },
  { speed: 0 },
  { flatten: 'yes' },
];

/** One message as a hostile or broken client may send it; bytes go as a binary frame. */
export function fuzzMessage(random: () => number): string | Buffer {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const kind = random();
  if (kind < 0.1)
    return Buffer.from(Array.from({ length: 1 + Math.floor(random() * 200) }, () => random() * 256));
  if (kind < 0.2) return pick(['', '{', 'null', '[]', '"x"', '12', '{"id":1}', '{"id":"', '\uD800', '{}{}']);
  const whole = JSON.stringify({ id: randomUUID(), command: pick(NAMES), payload: pick(ODD) });
  if (kind < 0.35) return whole.slice(0, Math.floor(random() * whole.length));
  if (kind < 0.45) return mutated(whole, random);
  if (kind < 0.6) return JSON.stringify({ id: randomUUID(), command: pick(HARMLESS), payload: {} });
  if (kind < 0.7)
    return JSON.stringify({ id: pick(ODD), command: pick(NAMES), payload: pick(ODD), extra: 1 });
  return whole;
}

function mutated(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at + 1);
}
