import type { StatusSnapshot } from '../../shared/contract/commands/engineCommands.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { PROTOCOL } from '../../shared/contract/protocol.ts';
import { deskAfter } from './liveDesk.ts';
import type { LiveEngine, LiveState } from './liveState.ts';

/** When these figures came: ones that are known already have not come again. */
function fundingAt(
  before: LiveEngine | undefined,
  funding: FundingUpdateData | null,
  now: number,
): number | null {
  if (funding === null) return null;
  return before?.funding?.timestamp === funding.timestamp ? before.fundingAt : now;
}

/** The state after a snapshot: it replaces what was known, but not what was kept of the event log. */
export function applySnapshot(state: LiveState, snapshot: StatusSnapshot, now: number): LiveState {
  const appVersion = state.appVersion ?? snapshot.appVersion;
  return {
    ...state,
    heardAt: now,
    known: true,
    // A vault that was reset is new too; whoever reset it has seen the first run.
    // Real money is never hidden behind the first steps on paper.
    firstRun:
      snapshot.firstRun &&
      (!state.known || state.firstRun) &&
      snapshot.engines.every(({ status }) => status.mode === 'paper'),
    appVersion,
    outdated: snapshot.protocol !== PROTOCOL || snapshot.appVersion !== appVersion,
    engines: Object.fromEntries(
      snapshot.engines.map(({ status, funding }) => [
        status.engine,
        { status, funding, fundingAt: fundingAt(state.engines[status.engine], funding, now) },
      ]),
    ),
    desk: snapshot.engines.reduce((desk, { status }) => deskAfter(desk, status), state.desk),
    settingsRevision: snapshot.settingsRevision,
    snapshots: state.snapshots + 1,
  };
}
