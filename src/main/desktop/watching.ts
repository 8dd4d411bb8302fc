import type { EngineState } from '../../shared/contract/engineStatus.ts';
import type { Glance } from '../app.ts';

/** The states in which somebody has to stay: the engine trades, holds a hedge, or is on its way somewhere. */
const UP: ReadonlySet<EngineState> = new Set([
  'starting',
  'running',
  'waiting',
  'recovering',
  'readOnly',
  'stopping',
]);

/** What the engine holds, in words: "+12.5 SOL", "−12.5 SOL-PERP". */
export function holdingsOf({ funding }: Glance): readonly string[] {
  if (funding === null) return [];
  const spot = isZero(funding.spotSol) ? [] : [`${signed(funding.spotSol)} SOL`];
  const perps = funding.positions
    .filter(({ size }) => !isZero(size))
    .map(({ market, size }) => `${signed(size)} ${market}`);
  return [...spot, ...perps];
}

/**
 * Whether closing the window must leave the engine alone: it is up, or SOS halted it and it still holds something, which
 * it may be closing right now.
 */
export function isWorking(glance: Glance): boolean {
  const { state } = glance.status;
  return UP.has(state) || (state === 'halted' && holdingsOf(glance).length > 0);
}

/** Whether real money is at stake right now. */
export const isLiveAtWork = (glance: Glance): boolean => glance.status.mode === 'live' && isWorking(glance);

const isZero = (decimal: string): boolean => !/[1-9]/.test(decimal);
const signed = (decimal: string): string =>
  decimal.startsWith('-') ? `−${decimal.slice(1)}` : `+${decimal}`;
