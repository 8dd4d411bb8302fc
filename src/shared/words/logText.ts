import type { LogData } from '../contract/eventEntry.ts';

/** A text or number of an entry as text; empty where it has none. */
export function textIn(data: LogData, key: string): string {
  const part = data[key];
  return part === undefined || typeof part === 'object' ? '' : String(part);
}
