import { randomUUID } from 'node:crypto';

import type { RigClient } from './programRig.ts';

const HOUR_MS = 3_600_000;
/** A midnight, as good as any. */
export const RECORDED_FROM = Date.UTC(2024, 0, 1);

const csv = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;

/** Hourly candles around 100 dollars. */
export const candlesCsv = (hours: number, from = RECORDED_FROM): string =>
  csv(
    'time,open,high,low,close,volume',
    Array.from({ length: hours }, (_, i) => `${from + i * HOUR_MS},100,101,99,100.${i % 9},1000000`),
  );

/** Hourly funding that pays. */
export const fundingCsv = (hours: number, from = RECORDED_FROM): string =>
  csv(
    'time,rate',
    Array.from({ length: hours }, (_, i) => `${from + i * HOUR_MS},0.0001`),
  );

/** Hands a file over in pieces of so many characters; its hash. */
export async function imported(
  client: RigClient,
  kind: 'candles' | 'funding',
  text: string,
  piece = 100_000,
): Promise<string> {
  const upload = randomUUID();
  for (let offset = 0; ; offset += piece) {
    const last = offset + piece >= text.length;
    const { file } = await client.ask('IMPORT_MARKET_FILE', {
      upload,
      kind,
      offset,
      text: text.slice(offset, offset + piece),
      last,
    });
    if (file !== null) return file.sha256;
    if (last) throw new Error('The last piece made no file.');
  }
}

/** A recorded market of so many hours that a vault can be begun on. */
export async function recordedMarket(client: RigClient, hours: number) {
  return {
    kind: 'recorded' as const,
    candles: await imported(client, 'candles', candlesCsv(hours)),
    funding: await imported(client, 'funding', fundingCsv(hours)),
  };
}
