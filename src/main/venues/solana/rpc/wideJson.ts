/** What a node writes may hold 64-bit integers, such as lamports, which a number can not. */
const WIDE = /\d{16}/;
const INTEGER = /^-?\d+$/;

type Reviver = (name: string, value: unknown, context: { readonly source?: string }) => unknown;
type RawJson = { readonly rawJSON: (text: string) => unknown };

/** As `JSON.parse`, with a bigint for every integer that a number would round. */
export function parseWide(text: string): unknown {
  if (!WIDE.test(text)) return JSON.parse(text) as unknown;
  const widen: Reviver = (_, value, { source = '' }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && INTEGER.test(source)
      ? BigInt(source)
      : value;
  // The third argument of a reviver and `rawJSON` are newer than the compiler's types.
  return JSON.parse(text, widen as (name: string, value: unknown) => unknown) as unknown;
}

/** As `JSON.stringify`, with every bigint as the integer that it is. */
export function writeWide(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'bigint' ? (JSON as unknown as RawJson).rawJSON(held.toString()) : held,
  );
}
