import { z } from 'zod';
import type { AppError } from './appError.ts';
import { errorCode } from './errorCodes.ts';

/** An error as it crosses to a client: a stable code, a sentence for a person, and what explains it (R8.9). */
export const errorReply = z.strictObject({
  code: errorCode,
  message: z.string().min(1),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export type ErrorReply = z.infer<typeof errorReply>;

/** An error as it crosses to a client. */
export const errorReplyOf = ({ code, message, details }: AppError): ErrorReply => ({
  code,
  message,
  details: { ...details },
});
