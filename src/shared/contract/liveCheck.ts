import { z } from 'zod';
import { errorCode } from './errorCodes.ts';

/** What is looked at before an engine goes live, in the order in which it is read out. */
export const CHECK_NAMES = [
  'keychain',
  'wallet',
  'gas',
  'subAccount',
  'capital',
  'venue',
  'latency',
  'rpc',
  'clock',
  'limits',
  'standing',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** `unknown` is no `ok`: what could not be found out keeps an engine from going live as what failed does. */
export const checkState = z.enum(['ok', 'warning', 'failed', 'unknown']);
export type CheckState = z.infer<typeof checkState>;

export const liveCheck = z.strictObject({
  name: z.enum(CHECK_NAMES),
  state: checkState,
  /** What was found, in a sentence. */
  says: z.string(),
  /** What to do about it; null where there is nothing to be done. */
  todo: z.string().nullable(),
  /** Why a start would be refused; null where it would not be for this. */
  code: errorCode.nullable(),
});
export type LiveCheckView = z.infer<typeof liveCheck>;
