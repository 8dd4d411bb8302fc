import { deserialize, serialize } from 'node:v8';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SecretBytes } from '../../../src/main/custody/secretBytes.ts';
import { redactFields } from '../../../src/main/platform/redaction.ts';
import { hexOf, secretFrom } from './secretsAtHand.ts';

/** RFC 8032's first secret key. */
const BYTES = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const secret = (): SecretBytes<'key'> => secretFrom('key', BYTES);

/** Keeps hold of a secret's own memory, as nobody else may. */
const memoryOf = (held: SecretBytes<'key'>): Uint8Array => held.use((bytes) => bytes);

describe('the bytes of a secret', () => {
  test('are zero once it is disposed of, and it cannot be used again', () => {
    const held = secret();
    const memory = memoryOf(held);
    expect(Buffer.compare(memory, BYTES)).toBe(0);
    held.dispose();
    expect(memory.every((byte) => byte === 0)).toBe(true);
    expect(() => held.use(() => 'read')).toThrow('this key has been zeroed');
    held.dispose();
  });

  test('are zero after the block that uses it, even when that throws', () => {
    let memory: Uint8Array = new Uint8Array();
    expect(() => {
      using held = secret();
      memory = memoryOf(held);
      throw new Error('inside');
    }).toThrow('inside');
    expect([memory.length, memory.every((byte) => byte === 0)]).toEqual([32, true]);
  });

  test('are zero when filling them in fails half way', () => {
    let memory: Uint8Array = new Uint8Array();
    const filling = (): unknown =>
      new SecretBytes('key', 32, (bytes) => {
        memory = bytes;
        bytes.set(BYTES);
        throw new Error('half way');
      });
    expect(filling).toThrow('half way');
    expect([memory.length, memory.every((byte) => byte === 0)]).toEqual([32, true]);
  });

  test('are zeroed where they were taken from', () => {
    const from = Uint8Array.from(BYTES);
    const held = SecretBytes.taken('key', from);
    expect(from.every((byte) => byte === 0)).toBe(true);
    expect(hexOf(held)).toBe(BYTES.toString('hex'));
  });

  test('have memory of their own, which they share with no other buffer', () => {
    expect(memoryOf(secret()).buffer.byteLength).toBe(32);
  });

  test('are compared with those of another secret', () => {
    expect(secret().equals(secret())).toBe(true);
    expect(
      secret().equals(
        secretFrom(
          'key',
          BYTES.map((byte, at) => (at === 31 ? byte ^ 1 : byte)),
        ),
      ),
    ).toBe(false);
    expect(secret().equals(secretFrom('key', BYTES.subarray(1)))).toBe(false);
  });
});

describe('a secret that somebody makes text of', () => {
  test.each<[string, (held: SecretBytes<'key'>) => unknown]>([
    ['String()', (held) => String(held)],
    ['a template', (held) => `key: ${held as unknown as string}`],
    ['adding it to a text', (held) => 'key: ' + (held as unknown as string)],
    ['joining a list', (held) => [held].join(',')],
    ['JSON', (held) => JSON.stringify(held)],
    ['JSON of something around it', (held) => JSON.stringify({ wallet: [held] })],
    ['a number', (held) => Number(held)],
  ])('refuses %s', (_way, make) => {
    expect(() => make(secret())).toThrow('a secret key was about to become text');
  });

  test('shows a console only what it is', () => {
    expect(inspect(secret(), { showHidden: true, depth: null })).toBe('[secret key]');
    expect(inspect({ deep: { held: secret() } }, { depth: null })).toBe('{ deep: { held: [secret key] } }');
  });

  test('shows a log nothing, and does not break it', () => {
    expect(redactFields({ wallet: secret() })).toEqual({ wallet: '[unreadable]' });
  });

  test('sends another process nothing but its kind', () => {
    expect(structuredClone(secret())).toEqual({ kind: 'key' });
    expect(deserialize(serialize({ held: secret() }))).toEqual({ held: { kind: 'key' } });
    expect(Object.keys(secret())).toEqual(['kind']);
  });
});
