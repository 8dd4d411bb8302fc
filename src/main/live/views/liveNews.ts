import type { EngineEventMessage, EngineState } from '../../../shared/contract/engineStatus.ts';
import { ensureNever } from '../../../shared/never.ts';
import type { Reconciliation } from '../reconciliation/reconcile.ts';
import type { LiveNote, Standing } from '../sync/liveState.ts';
import { differencesViewOf } from './differencesView.ts';

/**
 * A note of the machine as the event that clients hear; undefined where the state and its error say it already.
 * @param found of the last sync; undefined where there was none
 */
export function liveNewsOf(
  note: LiveNote,
  now: number,
  found: Reconciliation | undefined,
): EngineEventMessage | undefined {
  switch (note.kind) {
    case 'connectionLost':
      return { kind: 'connectionLost', at: now };
    case 'syncFailed':
      return { kind: 'syncFailed', error: { ...note.failure, details: {} } };
    case 'recovered':
      return { kind: 'syncRecovered', cause: note.cause, from: note.from, to: note.to };
    case 'differencesFound': {
      const view = found === undefined ? null : differencesViewOf(found);
      return view === null ? undefined : { kind: 'differencesFound', found: view };
    }
    case 'stoppedByError':
      return undefined;
    default:
      return ensureNever(note);
  }
}

/** The state that clients are shown. `running` may still be `waiting`, `starting` or `halted` by what the engine knows. */
export const engineStateOf = (
  standing: Standing,
): Extract<EngineState, 'stopped' | 'recovering' | 'running' | 'readOnly' | 'error'> => standing.kind;
