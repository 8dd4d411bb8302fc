/**
 * State as text and back. JSON with one addition: a bigint is written as its digits with an `n` behind them, so that
 * a checkpoint puts back exactly what it took. Strings of that shape therefore can't be state.
 */
const BIGINT = /^-?\d+n$/;

export function toStateText(state: unknown): string {
  return JSON.stringify(state, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

export function fromStateText(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) =>
    typeof part === 'string' && BIGINT.test(part) ? BigInt(part.slice(0, -1)) : part,
  );
}
