import { REDACTED, areKeyBytes, areKeyWords, isNamedSecret, isSignature, redactText } from './secrets.ts';

/** What JSON can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** Far deeper than any state is; a log line must not end in a stack overflow. */
const DEEPEST = 64;

/**
 * The fields of a value as plain JSON, without the secrets in them. Bigints become their digits, errors what a log
 * needs of them (the field `error` gets that shape whatever was thrown), bytes their number; undefined fields are left
 * out. Never fails: what can't be read says so.
 */
export function redactFields(held: object): Readonly<Record<string, Plain>> {
  const plain = objectOf(held, []);
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain)
    ? (plain as Readonly<Record<string, Plain>>)
    : { context: plain };
}

/** @param above the objects that this value stands in, outermost first */
function plainOf(value: unknown, above: readonly object[]): Plain {
  switch (typeof value) {
    case 'string':
      return redactText(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
    case 'symbol':
      return redactText(String(value));
    case 'undefined':
      return null;
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : objectOf(value, above);
  }
}

function objectOf(held: object, above: readonly object[]): Plain {
  if (above.includes(held)) return '[circular]';
  if (above.length >= DEEPEST) return '[too deep]';
  try {
    return readable(held, [...above, held]);
  } catch {
    return '[unreadable]';
  }
}

/** Throws whatever a getter or a `toJSON` of the value throws. */
function readable(held: object, path: readonly object[]): Plain {
  if (held instanceof Error) return errorOf(held, path);
  if (ArrayBuffer.isView(held) || held instanceof ArrayBuffer) return `[${held.byteLength} bytes]`;
  if (held instanceof Map) return fieldsOf(Object.fromEntries(named(held)), path);
  if (Array.isArray(held) || held instanceof Set) return listOf([...(held as Iterable<unknown>)], path);
  if (hasJson(held)) return plainOf(held.toJSON(), path);
  const boxed: unknown = held.valueOf?.();
  if (typeof boxed === 'string') return redactText(boxed);
  const fields = fieldsOf(held, path);
  return areKeyBytes(Object.values(fields)) ? REDACTED : fields;
}

function listOf(held: readonly unknown[], path: readonly object[]): Plain {
  if (areKeyBytes(held) || areKeyWords(held)) return REDACTED;
  return held.map((one) => plainOf(one, path));
}

function fieldsOf(held: object, path: readonly object[]): Record<string, Plain> {
  const fields: Record<string, Plain> = {};
  for (const name of Object.keys(held)) {
    const field = fieldOf(held, name, path);
    if (field !== undefined) fields[redactText(name)] = field;
  }
  return fields;
}

function fieldOf(held: object, name: string, path: readonly object[]): Plain | undefined {
  try {
    const value = (held as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) return undefined;
    if (isSignature(name, value)) return value;
    if (isNamedSecret(name, value)) return REDACTED;
    return name === 'error' && path.length === 1 ? thrownOf(value, path) : plainOf(value, path);
  } catch {
    return '[unreadable]';
  }
}

/** What was thrown, in the shape of an error even where it is none. */
function thrownOf(thrown: unknown, path: readonly object[]): Plain {
  if (thrown instanceof Error) return plainOf(thrown, path);
  const plain = plainOf(thrown, path);
  const message = typeof plain === 'string' ? plain : JSON.stringify(plain);
  return { type: thrown === null ? 'null' : typeof thrown, message };
}

function errorOf(error: Error, path: readonly object[]): Plain {
  const { name, constructor, message, stack = '', cause } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: redactText(name === 'Error' ? constructor.name : name),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: plainOf(code, path) } : {}),
    message: redactText(message),
    stack: redactText(stack),
    ...('details' in error ? { details: plainOf(error.details, path) } : {}),
    ...('errors' in error ? { errors: plainOf(error.errors, path) } : {}),
    ...(cause === undefined ? {} : { cause: plainOf(cause, path) }),
  };
}

const hasJson = (held: object): held is { readonly toJSON: () => unknown } =>
  'toJSON' in held && typeof held.toJSON === 'function';

/** Entries of a map with names that JSON can have. */
function named(held: ReadonlyMap<unknown, unknown>): readonly (readonly [string, unknown])[] {
  return [...held].map(([key, value]) => [
    typeof key === 'string' ? key : JSON.stringify(plainOf(key, [])),
    value,
  ]);
}
