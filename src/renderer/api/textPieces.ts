/** A piece of a text file, in order. */
export interface TextPiece {
  readonly text: string;
  /** Characters before it. */
  readonly offset: number;
  readonly last: boolean;
}

/** Bytes to a piece: never more characters than the contract's 100,000 in one command. */
const PIECE_BYTES = 96_000;

/** Reads a file piece by piece, so that one of any length needs little memory. Throws on what is not UTF-8. */
export async function* textPieces(file: Blob, pieceBytes = PIECE_BYTES): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  for (let start = 0; start === 0 || start < file.size; start += pieceBytes) {
    const last = start + pieceBytes >= file.size;
    const bytes = await file.slice(start, start + pieceBytes).arrayBuffer();
    const text = decoder.decode(bytes, { stream: !last });
    yield { text, offset, last };
    offset += text.length;
  }
}
