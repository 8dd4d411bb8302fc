import { z } from 'zod';
import { command } from '../command.ts';
import { positiveDecimal } from '../decimal.ts';
import { notYet } from '../notYet.ts';
import { runReport } from '../runReport.ts';
import { marketSource } from './vaultCommands.ts';

export const STRATEGY_COMMANDS = {
  RUN_BACKTEST: command({
    about: 'Runs the engine over a market from its beginning, apart from every vault, and reports.',
    payload: z.strictObject({
      market: marketSource,
      /** Whole days; a recorded market without it runs to its end. */
      days: z.number().int().min(1).max(3_650).optional(),
      capital: positiveDecimal.optional(),
      settings: z.record(z.string().max(80), z.string().max(80)).optional(),
    }),
    reply: runReport,
    kind: 'read',
  }),
  EXECUTE_STRATEGY: command({
    about: 'Executes a strategy with parameters.',
    payload: z.strictObject({
      strategy: z.string().min(1).max(40),
      parameters: z.record(z.string().max(80), z.string().max(80)),
    }),
    reply: notYet,
    kind: 'act',
  }),
} as const;
