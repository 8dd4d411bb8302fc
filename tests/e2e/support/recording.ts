const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2025, 0, 1);

/** A file as a file chooser takes it. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, lines: readonly string[]): ChosenFile => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** A recorded market of some hours: a price that sways around 150, in candles of a minute. */
export function candlesCsv(
  hours: number,
  mistake?: { readonly line: number; readonly text: string },
): ChosenFile {
  const price = (minute: number): number => 150 + 3 * Math.sin(minute / 97);
  const rows = Array.from({ length: hours * 60 }, (_, minute) => {
    const [open, close] = [price(minute), price(minute + 1)];
    const [high, low] = [Math.max(open, close) + 0.05, Math.min(open, close) - 0.05];
    const prices = [open, high, low, close].map((one) => one.toFixed(4));
    return [START_MS + minute * MINUTE_MS, ...prices, '5000'].join(',');
  });
  const lines = ['time,open,high,low,close,volume', ...rows];
  if (mistake !== undefined) lines[mistake.line - 1] = mistake.text;
  return file('candles.csv', lines);
}

/** Its funding: the longs pay 0.005 % an hour. */
export function fundingCsv(hours: number): ChosenFile {
  const rows = Array.from({ length: hours + 1 }, (_, hour) => `${START_MS + hour * HOUR_MS},0.00005`);
  return file('funding.csv', ['time,rate', ...rows]);
}
