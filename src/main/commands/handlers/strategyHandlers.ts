import { AppError } from '../../../shared/contract/appError.ts';
import type { PayloadOf } from '../../../shared/contract/commands.ts';
import type { RunReport } from '../../../shared/contract/runReport.ts';
import { backtest } from '../../simulation/backtest.ts';
import type { MarketFiles } from '../../simulation/marketFiles.ts';
import { capitalFrom } from '../../simulation/paperCapital.ts';
import { IN_MEMORY } from '../../storage/openFolder.ts';
import type { Handlers, Work } from '../handlers.ts';
import { refuseCancelled } from '../operations.ts';

/** The same market on every day, so that the same backtest gives the same report. */
const SIMULATED_START_MS = Date.UTC(2025, 0, 1);
const MINUTES_A_DAY = 1_440;
const DEFAULT_DAYS = 30;
/** Each of them takes from the engine's own time. */
const AT_A_TIME = 2;

export interface StrategyHandlerParts {
  readonly files: MarketFiles;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

export function strategyHandlers(parts: StrategyHandlerParts): Pick<Handlers, 'RUN_BACKTEST'> {
  let running = 0;
  return {
    async RUN_BACKTEST(payload, work) {
      if (running >= AT_A_TIME)
        throw new AppError('RATE_LIMITED', 'Two backtests are running: wait for one of them, or end it.');
      running += 1;
      try {
        return await runBacktest(payload, work, parts);
      } finally {
        running -= 1;
      }
    },
  };
}

function runBacktest(
  { market, days, capital = '10000', settings = {} }: PayloadOf<'RUN_BACKTEST'>,
  { signal, progress }: Work,
  { files, now, elapsed }: StrategyHandlerParts,
): Promise<RunReport> {
  const recorded = market.kind === 'recorded';
  const length = days ?? (recorded ? undefined : DEFAULT_DAYS);
  return backtest(
    {
      seed: recorded ? 0 : market.seed,
      steps: length === undefined ? undefined : length * MINUTES_A_DAY,
      startMs: SIMULATED_START_MS,
      capital: capitalFrom(capital),
      overrides: settings,
      files: recorded
        ? { candles: files.pathOf(market.candles), funding: files.pathOf(market.funding) }
        : undefined,
      scriptFile: undefined,
      dataDir: IN_MEMORY,
      compare: true,
      logLevel: 'error',
      stderrLevel: 'none',
    },
    {
      now,
      elapsed,
      kill: () => undefined,
      between: (done, total) => {
        refuseCancelled(signal);
        progress(done, total);
      },
    },
  );
}
