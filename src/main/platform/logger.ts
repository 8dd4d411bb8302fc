export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export interface Logger {
  error(m: string, c?: Record<string, unknown>): void;
  warn(m: string, c?: Record<string, unknown>): void;
  info(m: string, c?: Record<string, unknown>): void;
  debug(m: string, c?: Record<string, unknown>): void;
  isEnabled(l: LogLevel): boolean;
}
const no = (): void => undefined;
export const silentLogger: Logger = { error: no, warn: no, info: no, debug: no, isEnabled: () => false };
export const createLogger = (_: {
  folder?: string;
  level: LogLevel;
  stderrLevel: LogLevel | 'none';
  now: () => number;
}): Logger => silentLogger;
export const levelFrom = (_e: NodeJS.ProcessEnv, _s?: string): LogLevel => 'info';
