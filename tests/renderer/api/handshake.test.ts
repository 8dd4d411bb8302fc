import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerHello, hmacHex, isWelcome, newNonce } from '../../../src/renderer/api/handshake.ts';

const NONCE = 'cd'.repeat(32);

describe('the proof that a page gives', () => {
  test('is the HMAC-SHA256 that node computes, for any key and text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        async (key, text) => {
          const ours = await hmacHex(key, text);
          expect(ours).toBe(
            createHmac('sha256', Buffer.from(key, 'utf8')).update(text, 'utf8').digest('hex'),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is over "client:", the server’s number and its own', async () => {
    const answer = await answerHello(
      JSON.stringify({ type: 'HELLO', protocol: 1, nonce: NONCE }),
      'key',
      'ff',
    );
    const proof = createHmac('sha256', 'key').update(`client:${NONCE}:ff`).digest('hex');
    expect(answer).toEqual({
      kind: 'auth',
      frame: { type: 'AUTH', nonce: 'ff', proof },
      serverNonce: NONCE,
    });
  });

  test('is never given twice for the same number', () => {
    const nonces = new Set(Array.from({ length: 100 }, newNonce));
    expect(nonces.size).toBe(100);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a server that is not ours', () => {
  test.each(['', 'hello', '{}', '{"type":"HELLO"}', '{"type":"HELLO","protocol":1,"nonce":"xyz"}'])(
    'gets no proof for %s',
    async (text) => {
      expect(await answerHello(text, 'key', 'ff')).toEqual({ kind: 'nonsense' });
    },
  );

  test('of another protocol gets no proof', async () => {
    const hello = JSON.stringify({ type: 'HELLO', protocol: 2, nonce: NONCE });
    expect(await answerHello(hello, 'key', 'ff')).toEqual({ kind: 'protocol' });
  });

  test('is not believed without the key, nor with the client’s own proof sent back', async () => {
    const welcome = (text: string): string =>
      JSON.stringify({
        type: 'WELCOME',
        proof: createHmac('sha256', 'key').update(text).digest('hex'),
        instanceId: 'i',
      });
    expect(await isWelcome(welcome(`server:ff:${NONCE}`), 'key', 'ff', NONCE)).toBe(true);
    expect(await isWelcome(welcome(`server:ff:${NONCE}`), 'other', 'ff', NONCE)).toBe(false);
    expect(await isWelcome(welcome(`client:${NONCE}:ff`), 'key', 'ff', NONCE)).toBe(false);
    expect(await isWelcome('nonsense', 'key', 'ff', NONCE)).toBe(false);
  });
});
