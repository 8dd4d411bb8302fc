import { z } from 'zod';
import { command } from '../command.ts';
import { errorReply } from '../errorReply.ts';

const operationId = z.string().max(64);

export const operation = z.strictObject({
  operationId,
  command: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Null where the work cannot be counted. */
  progress: z.strictObject({ done: z.number(), total: z.number() }).nullable(),
  error: errorReply.nullable(),
});
export type OperationView = z.infer<typeof operation>;

export const OPERATION_COMMANDS = {
  GET_OPERATION: command({
    about: 'How far a longer piece of work is.',
    payload: z.strictObject({ operationId }),
    reply: operation,
    kind: 'read',
  }),
  CANCEL_OPERATION: command({
    about: 'Asks a longer piece of work to end early. Its own result then says CANCELLED.',
    payload: z.strictObject({ operationId }),
    reply: operation,
    kind: 'settle',
  }),
} as const;
