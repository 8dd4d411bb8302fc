import { decodeEvent, type Fields, type Value } from './layout.ts';

/** A number, name or address as JSON has it: integers of any size are text. */
export type Plain = string | number | boolean | null;
/** Fields by their way from the account: `amm.totalFee`, `orders.3.price`. */
export type PlainFields = Readonly<Record<string, Plain>>;

/** What came of one transaction: fields that changed, by account, and what the program told. */
export interface Outcome {
  readonly step: string;
  /** The program's code, where it refused. */
  readonly error?: number;
  readonly events: readonly (readonly [name: string, fields: PlainFields])[];
  readonly changed: Readonly<Record<string, PlainFields>>;
}

/** Every field that says something. Names and padding, which are bytes, are left out. */
export function plainFields(value: Value, at = ''): PlainFields {
  if (value instanceof Uint8Array) return {};
  if (typeof value === 'bigint') return { [at]: value.toString() };
  if (value === null || typeof value !== 'object') return { [at]: value };
  const entries: readonly (readonly [string, Value])[] = Object.entries(value as Fields);
  return Object.assign(
    {},
    ...entries.map(([name, member]) => plainFields(member, at === '' ? name : `${at}.${name}`)),
  ) as PlainFields;
}

/** The fields of `after` that were otherwise before. */
export function changes(before: PlainFields, after: PlainFields): PlainFields {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
}

const LOGGED = /^Program (?:log|data): ([A-Za-z0-9+/]{11,}={0,2})$/;

/** Fields of events that programs have had since the one of the recordings. */
const NEWER: ReadonlySet<string> = new Set([
  'signer',
  'userTokenAmountAfter',
  'bitFlags',
  'takerExistingQuoteEntryAmount',
  'takerExistingBaseAssetAmount',
  'makerExistingQuoteEntryAmount',
  'makerExistingBaseAssetAmount',
  'triggerPrice',
  'builderIdx',
  'builderFee',
]);
const NOTHING: ReadonlySet<Plain> = new Set(['0', 0, false, null]);

/** The events among a transaction's log lines, in their order: what is zero or missing goes without saying. */
export function loggedEvents(logs: readonly string[]): Outcome['events'] {
  return logs.flatMap((line) => {
    const text = LOGGED.exec(line)?.[1];
    const event = text === undefined ? undefined : decodeEvent(Buffer.from(text, 'base64'));
    if (event === undefined) return [];
    const said = Object.entries(plainFields(event.fields)).filter(
      ([name, value]) => !NEWER.has(name) && !NOTHING.has(value),
    );
    return [[event.name, Object.fromEntries(said)] as const];
  });
}
