import type { EngineState } from '../../shared/contract/engineStatus.ts';
import type { Engine } from '../engine/engine.ts';

/** What the desk itself knows of its engine. */
export type DeskPhase = 'stopped' | 'running' | 'recovering' | 'error';

/** The one word for where an engine stands. SOS outranks whatever else the engine is doing; an error outranks SOS. */
export function engineStateOf(phase: DeskPhase, engine: Engine): EngineState {
  if (phase === 'error') return 'error';
  if (engine.halt !== 'none') return 'halted';
  if (phase !== 'running') return phase;
  const { plan, pending, target } = engine.memory;
  if (pending !== null) return 'waiting';
  return target === 'flat' && plan.kind === 'idle' ? 'waiting' : 'running';
}
