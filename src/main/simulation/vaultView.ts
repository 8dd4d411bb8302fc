import type { VaultView } from '../../shared/contract/commands/vaultCommands.ts';
import { vaultFigures } from '../engine/vaultFigures.ts';
import { MANUAL_SUB_ACCOUNT } from './manual/manualLane.ts';
import type { ManualSide, OpenRun } from './openRun.ts';

/** The engine's vault as its owner sees it (R7.5). */
export function vaultViewOf(open: OpenRun): VaultView {
  const { main, feed } = open.run.parts;
  const { venue, vault } = main;
  return vaultFigures({
    ...ofRun(open),
    engine: 'funding',
    subAccount: 0,
    venue,
    vault,
    oracles: feed.oracles(),
    from: feed.startMs,
    timestamp: open.run.now,
  });
}

/** The vault of what is traded by hand. */
export function manualVaultViewOf(open: OpenRun, { lane }: ManualSide): VaultView {
  const { venue, vault, now } = lane;
  return vaultFigures({
    ...ofRun(open),
    engine: 'manual',
    subAccount: MANUAL_SUB_ACCOUNT,
    venue,
    vault,
    oracles: venue.snapshot().oracles,
    from: lane.since,
    timestamp: now,
  });
}

const ofRun = ({ config }: OpenRun): Pick<VaultView, 'mode' | 'market' | 'capital'> => ({
  mode: 'paper',
  market: config.market.kind === 'simulated' ? `simulated, seed ${config.seed}` : 'recorded',
  capital: config.capital,
});
