import { backtest } from '../../simulation/backtest.ts';
import type { MarketFiles } from '../../simulation/marketFiles.ts';
import { capitalFrom } from '../../simulation/paperCapital.ts';
import { IN_MEMORY } from '../../storage/openFolder.ts';
import type { Handlers } from '../handlers.ts';
import { refuseCancelled } from '../operations.ts';

/** The same market on every day, so that the same backtest gives the same report. */
const SIMULATED_START_MS = Date.UTC(2025, 0, 1);
const MINUTES_A_DAY = 1_440;
const DEFAULT_DAYS = 30;

export interface StrategyHandlerParts {
  readonly files: MarketFiles;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

export const strategyHandlers = ({
  files,
  now,
  elapsed,
}: StrategyHandlerParts): Pick<Handlers, 'RUN_BACKTEST'> => ({
  RUN_BACKTEST({ market, days, capital = '10000', settings = {} }, { signal, progress }) {
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
  },
});
