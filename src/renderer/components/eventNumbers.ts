import type { LogData } from '../../shared/contract/eventEntry.ts';

/** One value of an event with the way to it: "perp / SOL-PERP". */
export interface EventNumber {
  readonly name: string;
  readonly value: string;
}

/** "healthPct" → "health pct", "SOL-PERP" stays: words for a person, made from the log's own names. */
const spoken = (name: string): string =>
  /^[a-z]/.test(name) ? name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (start) => ` ${start.toLowerCase()}`) : name;

/** Everything an event carries as rows of a table, in the log's order; what is nested is named by its path. */
export function eventNumbers(data: LogData, path: readonly string[] = []): readonly EventNumber[] {
  return Object.entries(data).flatMap(([key, part]) => {
    const here = [...path, spoken(key)];
    return typeof part === 'object'
      ? eventNumbers(part, here)
      : [{ name: here.join(' / '), value: typeof part === 'boolean' ? (part ? 'yes' : 'no') : String(part) }];
  });
}
