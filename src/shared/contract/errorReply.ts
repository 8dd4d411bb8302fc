import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './errorCodes.ts';

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

export const errorCode = z.enum(codes);

/** An error as it crosses to a client: a stable code, a sentence for a person, and what explains it (R8.9). */
export const errorReply = z.strictObject({
  code: errorCode,
  message: z.string().min(1),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export type ErrorReply = z.infer<typeof errorReply>;
