import { z } from 'zod';

/** Values that the event log is made of. */
export type LogData = { readonly [key: string]: string | number | boolean | LogData };

const logData: z.ZodType<LogData> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.lazy(() => logData)]),
);

/** One line of a vault's event log; `t` is the engine's clock in Unix ms. */
export const eventEntry = z.strictObject({
  seq: z.number().int().positive(),
  t: z.number(),
  type: z.string(),
  data: logData,
});

export interface EventEntry {
  readonly seq: number;
  readonly t: number;
  readonly type: string;
  readonly data: LogData;
}
