/**
 * A process that opens a data folder and a cluster, does one operation, and kills itself at a step of it, as `kill -9`
 * would. `node mortalProcess.ts JSON`; the JSON is a {@link MortalJob}.
 */
import process from 'node:process';

import { Keypair } from '@solana/web3.js';

import { OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { LiveRig } from '../liveRig.ts';
import { KILL_SCENES, type SceneName } from './killScenes.ts';
import { impatient, Mortality } from './mortality.ts';

export interface MortalJob {
  readonly folder: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  /** What the chain's clock says, seconds. */
  readonly now: number;
  /** Bytes of the wallet's key: it holds the money of a test. */
  readonly key: readonly number[];
  readonly scene: SceneName;
  readonly dieAt: number;
}

async function die({ folder: path, rpcUrl, wsUrl, now, key, scene, dieAt }: MortalJob): Promise<void> {
  const folder = new OpenFolder(path, () => 0);
  const mortality = new Mortality(() => process.kill(process.pid, 'SIGKILL'));
  mortality.watchDatabase(folder.db);
  const rig = await LiveRig.open(
    { rpcUrl, wsUrl, now: () => now },
    Keypair.fromSecretKey(Uint8Array.from(key)),
    {
      folder,
      settings: KILL_SCENES[scene].settings,
      schedule: impatient,
      onPool: (pool) => {
        mortality.watchPool(pool);
      },
    },
  );
  mortality.dieAt(dieAt);
  await KILL_SCENES[scene].act(rig.run);
}

// The program's timers keep no process alive, and this one has nothing else while it waits.
setInterval(() => undefined, 1_000);
await die(JSON.parse(process.argv[2] ?? '') as MortalJob);
