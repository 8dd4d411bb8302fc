import { AppError } from '../../shared/contract/appError.ts';

/** The terminal, as far as a command needs it. */
export interface Output {
  /** What was asked for. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
  /** Whether a person watches `out` on a terminal that can be drawn over. */
  readonly isScreen: boolean;
  /** The same for `err`. */
  readonly interactive: boolean;
}

export const processOutput: Output = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  isScreen: process.stdout.isTTY,
  interactive: process.stderr.isTTY,
};

/** An error as one line for a person: its code and its sentence. Anything unexpected is INTERNAL, with its stack. */
export function errorLine(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `INTERNAL: Something unexpected happened. Nothing that was acknowledged is lost.\n${stack}\n`;
}
