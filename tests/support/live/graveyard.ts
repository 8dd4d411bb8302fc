import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Keypair } from '@solana/web3.js';

import type { Overrides } from '../../../src/shared/settings/group.ts';
import type { LogEntry } from '../../../src/main/engine/eventLog.ts';
import { EventRepository } from '../../../src/main/storage/eventRepository.ts';
import { DATABASE_FILE, OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import type { ClusterSnapshot, LocalCluster } from '../cluster/localCluster.ts';
import { LIVE_VAULT, LiveRig } from '../liveRig.ts';
import type { KillScene } from './killScenes.ts';
import { LiveStage } from './liveStage.ts';
import { impatient, Mortality } from './mortality.ts';

const OFF = { 'engine.policy': 'off' };

/** A process that may die, and the folder that it leaves. */
export interface MortalProcess {
  readonly rig: LiveRig;
  readonly folder: OpenFolder;
  readonly mortality: Mortality;
  /** Resolves when it is dead. */
  readonly death: Promise<'dead'>;
}

/** A scene that can be begun again and again: the chain and the folder as they are before its operation. */
export class Graveyard {
  readonly cluster: LocalCluster;
  readonly wallet: Keypair;
  readonly #root: string;
  readonly #snapshot: ClusterSnapshot;
  readonly #settings: Overrides;
  readonly #folders: OpenFolder[] = [];
  #made = 0;

  private constructor(cluster: LocalCluster, wallet: Keypair, root: string, settings: Overrides) {
    this.cluster = cluster;
    this.wallet = wallet;
    this.#root = root;
    this.#snapshot = cluster.snapshot();
    this.#settings = settings;
  }

  static async dig(cluster: LocalCluster, scene: KillScene): Promise<Graveyard> {
    const root = mkdtempSync(path.join(tmpdir(), 'kills-'));
    const first = path.join(root, 'first');
    const stage = await LiveStage.open(cluster, OFF, new OpenFolder(first, () => 0));
    await scene.prepare(stage);
    await stage.leave();
    return new Graveyard(cluster, stage.wallet, root, scene.settings);
  }

  /** Everything as it was before the operation. @returns the folder to begin in */
  begin(): string {
    this.cluster.restore(this.#snapshot);
    return this.copyOf(path.join(this.#root, 'first'));
  }

  /** What a process that was killed has left on the disk: nobody has closed it. */
  copyOf(folder: string): string {
    this.#made += 1;
    const copy = path.join(this.#root, `${this.#made}`);
    mkdirSync(copy);
    for (const file of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
      const found = path.join(folder, file);
      if (existsSync(found)) copyFileSync(found, path.join(copy, file));
    }
    return copy;
  }

  /** @param dieAt the step of its opening at which it dies; then this never resolves, and `died` is called */
  async open(path_: string, died: () => void = () => undefined, dieAt?: number): Promise<MortalProcess> {
    const folder = new OpenFolder(path_, () => 0);
    this.#folders.push(folder);
    const { promise: death, resolve } = Promise.withResolvers<'dead'>();
    const mortality = new Mortality(() => {
      resolve('dead');
      died();
    });
    mortality.watchDatabase(folder.db);
    mortality.dieAt(dieAt);
    const rig = await LiveRig.open(this.cluster, this.wallet, {
      folder,
      settings: this.#settings,
      before: linesIn(folder),
      schedule: impatient,
      onPool: (pool) => {
        mortality.watchPool(pool);
      },
    });
    return { rig, folder, mortality, death };
  }

  fill(): void {
    for (const folder of this.#folders.splice(0)) folder.close();
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function linesIn(folder: OpenFolder): readonly LogEntry[] {
  const vault = new VaultRepository(folder.db).find(LIVE_VAULT);
  return vault === undefined
    ? []
    : [...new EventRepository(folder.db).lines(vault)].map((line) => JSON.parse(line) as LogEntry);
}
