import type { Fields, Value } from './layout.ts';
import type { Plain, PlainFields } from './outcome.ts';

/** Fields with the values that were written down of them; bytes stay as they are. */
export function restored(fields: Fields, plain: PlainFields, at = ''): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      restoredValue(value, plain, at === '' ? name : `${at}.${name}`),
    ]),
  );
}

function restoredValue(value: Value, plain: PlainFields, at: string): Value {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value))
    return value.map((member: Value, index) => restoredValue(member, plain, `${at}.${index}`));
  if (value !== null && typeof value === 'object') return restored(value as Fields, plain, at);
  const written: Plain | undefined = plain[at];
  if (written === undefined) return value;
  return typeof value === 'bigint' ? BigInt(written ?? 0) : written;
}
