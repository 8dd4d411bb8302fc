import { REDACTED, areKeyBytes, areKeyWords, isNamedSecret, isSignature, redactText } from './secrets.ts';

/** What JSON can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** Far deeper than any state is; a log line must not end in a stack overflow. */
const DEEPEST = 64;

/** An error as a log shows it. */
export interface PlainError {
  readonly type: string;
  readonly code?: string | number;
  readonly message: string;
  readonly stack: string;
  readonly [more: string]: Plain;
}

/**
 * Any value as plain JSON without the secrets in it. Bigints become their digits, errors what a log needs of them,
 * bytes their number. Never fails: what can't be read says so.
 */
export function redact(value: unknown): Plain {
  return plainOf(value, []);
}

/** The fields of a value, each without its secrets; undefined ones are left out. */
export function redactFields(held: object): Record<string, Plain> {
  return fieldsOf(held, [held]);
}

/** An error, or whatever else was thrown. */
export function redactError(thrown: unknown): PlainError {
  if (thrown instanceof Error) return errorOf(thrown, [thrown]);
  const message = redact(thrown);
  return {
    type: thrown === null ? 'null' : typeof thrown,
    message: typeof message === 'string' ? message : JSON.stringify(message),
    stack: '',
  };
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
  if ('toJSON' in held && typeof held.toJSON === 'function') return plainOf(held.toJSON(), path);
  const boxed: unknown = held.valueOf?.();
  if (typeof boxed !== 'object') return plainOf(boxed, path);
  if (areKeyBytes(Object.values(held))) return REDACTED;
  return fieldsOf(held, path);
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
    return isNamedSecret(name, value) ? REDACTED : plainOf(value, path);
  } catch {
    return '[unreadable]';
  }
}

function errorOf(error: Error, path: readonly object[]): PlainError {
  const { name, constructor, message, stack, cause } = error;
  const type = name === 'Error' ? constructor.name : name;
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    type: redactText(String(type)),
    ...(typeof code === 'string' ? { code: redactText(code) } : typeof code === 'number' ? { code } : {}),
    message: redactText(String(message)),
    stack: redactText(stack ?? ''),
    ...('details' in error ? { details: plainOf(error.details, path) } : {}),
    ...('errors' in error ? { errors: plainOf(error.errors, path) } : {}),
    ...(cause === undefined ? {} : { cause: plainOf(cause, path) }),
  };
}

/** Entries of a map with names that JSON can have. */
function named(held: ReadonlyMap<unknown, unknown>): readonly (readonly [string, unknown])[] {
  return [...held].map(([key, value]) => [
    typeof key === 'string' ? key : JSON.stringify(redact(key)),
    value,
  ]);
}
