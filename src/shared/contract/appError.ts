import type { ErrorCode } from './errorCodes.ts';

/** Numbers and names that explain an error; decimal strings for money. Never a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The one error that crosses a module's border: a stable code, a sentence for a trader, and the numbers behind it. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** Whether the same request may succeed later without anything being changed. */
  readonly retryable: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options: { readonly retryable?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = details;
    this.retryable = options.retryable ?? false;
  }
}
