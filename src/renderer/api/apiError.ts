import type { ErrorReply } from '../../shared/contract/errorReply.ts';

/** A command that was refused or failed, with what the program said of it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reply: ErrorReply;

  constructor(reply: ErrorReply) {
    super(reply.message);
    this.reply = reply;
  }
}

/** Whatever was thrown, as the error that a screen shows. */
export function replyOf(thrown: unknown): ErrorReply {
  if (thrown instanceof ApiError) return thrown.reply;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'INTERNAL',
    message: `Something unexpected happened in this window: ${message}`,
    details: {},
  };
}
