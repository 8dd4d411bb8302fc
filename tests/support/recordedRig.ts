import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { recordedMarket } from './marketFiles.ts';
import { newRig, type ProgramRig, type RigClient } from './programRig.ts';

/** A vault on a recorded market that has run for an hour, and a backup of it. */
export async function recordedRig(
  hours: number,
): Promise<{ readonly rig: ProgramRig; readonly client: RigClient; readonly backup: string }> {
  const rig = newRig();
  const client = rig.connect();
  await client.ask('VAULT_RESET', { engine: 'funding', market: await recordedMarket(client, hours) });
  await client.ask('START_ENGINE', { engine: 'funding', mode: 'paper' });
  await client.nextFunding();
  const { backup } = await client.ask('BACKUP', {});
  return { rig, client, backup };
}

/** The recorded markets of a data folder, by their paths. */
export const marketPaths = (rig: ProgramRig): readonly string[] => {
  const folder = path.join(rig.dataDir, 'markets');
  return readdirSync(folder).map((name) => path.join(folder, name));
};

/** Takes the recorded markets away behind the program's back. */
export function loseMarkets(rig: ProgramRig): void {
  for (const file of marketPaths(rig)) rmSync(file);
}
