import { AppError } from '../../../shared/contract/appError.ts';
import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import type { EventEntry } from '../../../shared/contract/eventEntry.ts';
import { textIn } from '../../engine/eventLog.ts';
import { vaultFigures } from '../../engine/vaultFigures.ts';
import type { LiveDesk } from '../liveDesk.ts';

/** The live vault as its owner sees it. Throws ENGINE_NOT_RUNNING while it is not connected. */
export function liveVaultViewOf({ run, session }: Pick<LiveDesk, 'run' | 'session'>): VaultView {
  if (run === undefined || session === undefined)
    throw new AppError('ENGINE_NOT_RUNNING', 'The live engine is not connected.');
  const { t, oracles } = run.venue.snapshot();
  const [first] = session.storage.eventPage({ after: 0 }, 1);
  const opening = first === undefined ? undefined : (JSON.parse(first) as EventEntry);
  return vaultFigures({
    engine: 'funding',
    subAccount: session.place.subAccount,
    mode: 'live',
    market: `Drift, ${session.place.owner}`,
    from: opening?.t ?? t,
    timestamp: t,
    capital: opening === undefined ? '0' : textIn(opening.data, 'equity'),
    venue: run.venue,
    vault: run.vault,
    oracles,
  });
}
