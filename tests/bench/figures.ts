/** One figure as a line of JSON. @param more what else the line tells, such as whose figure it is */
export const figure = (
  name: string,
  value: number,
  unit: string,
  more: Readonly<Record<string, string>> = {},
): void => {
  process.stdout.write(`${JSON.stringify({ name, value: Number(value.toPrecision(4)), unit, ...more })}\n`);
};

/** @param sorted ascending */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
