import type { StatusSnapshot } from '../../shared/contract/commands/engineCommands.ts';
import { PROTOCOL } from '../../shared/contract/protocol.ts';
import type { LiveState } from './liveState.ts';

/** The state after a snapshot: it replaces what was known, but not what was kept of the event log. */
export function applySnapshot(state: LiveState, snapshot: StatusSnapshot, now: number): LiveState {
  const appVersion = state.appVersion ?? snapshot.appVersion;
  return {
    ...state,
    heardAt: now,
    known: true,
    // A vault that was reset is new too; whoever reset it has seen the first run.
    firstRun: snapshot.firstRun && (!state.known || state.firstRun),
    appVersion,
    outdated: snapshot.protocol !== PROTOCOL || snapshot.appVersion !== appVersion,
    engines: Object.fromEntries(
      snapshot.engines.map(({ status, funding }) => [
        status.engine,
        { status, funding, fundingAt: funding === null ? null : now },
      ]),
    ),
    settingsRevision: snapshot.settingsRevision,
    snapshots: state.snapshots + 1,
  };
}
