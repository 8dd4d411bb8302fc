import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sendMarketFile } from '../../../src/renderer/api/marketFile.ts';
import { textPieces, type TextPiece } from '../../../src/renderer/api/textPieces.ts';
import type { ApiClient } from '../../../src/renderer/api/apiClient.ts';

async function piecesOf(text: string, bytes?: number): Promise<TextPiece[]> {
  const pieces: TextPiece[] = [];
  for await (const piece of textPieces(new Blob([text]), bytes)) pieces.push(piece);
  return pieces;
}

describe('a file in pieces', () => {
  test('is whole again when they are put together, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 9 }),
        async (text, bytes) => {
          const pieces = await piecesOf(`a${text}`, bytes);
          expect(pieces.map((piece) => piece.text).join('')).toBe(`a${text}`);
          expect(pieces.filter(({ last }) => last)).toEqual([pieces.at(-1)]);
          let offset = 0;
          for (const piece of pieces) {
            expect(piece.offset).toBe(offset);
            offset += piece.text.length;
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('of no length is one empty piece', async () => {
    expect(await piecesOf('', 10)).toEqual([{ text: '', offset: 0, last: true }]);
  });

  test('never has more characters in a piece than the contract takes', async () => {
    const pieces = await piecesOf('1,2,3\n'.repeat(50_000));
    expect(pieces.length).toBeGreaterThan(3);
    for (const { text } of pieces) expect(text.length).toBeLessThanOrEqual(100_000);
  });
});

describe('a market file', () => {
  const taken = { sha256: 'a'.repeat(64), rows: 2, from: 1, to: 2 };
  const apiThat = (answer: (payload: TextPiece) => unknown): Pick<ApiClient, 'send'> => ({
    send: (_command, payload) => Promise.resolve(answer(payload as unknown as TextPiece) as never),
  });

  test('is sent in order, with its progress', async () => {
    const shares: number[] = [];
    const offsets: number[] = [];
    const file = await sendMarketFile({
      api: apiThat(({ offset, text, last }) => {
        offsets.push(offset);
        return { received: offset + text.length, file: last ? taken : null };
      }),
      upload: crypto.randomUUID(),
      kind: 'candles',
      file: new Blob(['x'.repeat(200_000)]),
      onProgress: (share) => shares.push(share),
    });
    expect(file).toEqual(taken);
    expect(offsets).toEqual([0, 96_000, 192_000]);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test('that is no text is refused in words', async () => {
    const sent = sendMarketFile({
      api: apiThat(() => ({ received: 0, file: null })),
      upload: crypto.randomUUID(),
      kind: 'candles',
      file: new Blob([new Uint8Array([0xff, 0xfe, 0xfd])]),
      onProgress: () => undefined,
    });
    await expect(sent).rejects.toMatchObject({ reply: { code: 'INVALID_DATA_FILE' } });
  });
});
