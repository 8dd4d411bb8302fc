import type { EventEntry, LogData } from '../../../shared/contract/eventEntry.ts';

/** A line as it is written and hashed: keys sorted, no spaces. */
export const lineText = ({ seq, t, type, data }: EventEntry): string =>
  `{"data":${canonical(data)},"seq":${seq},"t":${t},"type":${JSON.stringify(type)}}`;

function canonical(data: LogData): string {
  const parts = Object.entries(data)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, part]) =>
        `${JSON.stringify(key)}:${typeof part === 'object' ? canonical(part) : JSON.stringify(part)}`,
    );
  return `{${parts.join(',')}}`;
}
