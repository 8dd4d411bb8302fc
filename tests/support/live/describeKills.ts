import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LocalCluster } from '../cluster/localCluster.ts';
import { Graveyard } from './graveyard.ts';
import { kill, momentsOf, undisturbed, type Moment } from './kills.ts';
import type { KillScene } from './killScenes.ts';

export interface KillsOptions {
  /** Of the moments of an operation, those in which to die. */
  readonly pick?: (moments: readonly Moment[]) => readonly Moment[];
  /** How: in this process, cut off from the disk and the network, or in one of its own by SIGKILL. */
  readonly by?: typeof kill;
}

export function describeKills(
  scenes: readonly KillScene[],
  open: () => Promise<LocalCluster>,
  { pick = (moments) => moments, by = kill }: KillsOptions = {},
): void {
  describe.each(scenes)('a process that is killed during $name', (scene) => {
    let cluster: LocalCluster;
    let grave: Graveyard;
    beforeAll(async () => {
      cluster = await open();
      grave = await Graveyard.dig(cluster, scene);
    });
    afterAll(async () => {
      grave.fill();
      await cluster.close();
    });

    it('at every step that leaves a trace, and again while it recovers, loses nothing and does nothing twice', async () => {
      const calm = await undisturbed(grave, scene);
      expect(calm.sent).toBeGreaterThan(0);
      const moments = pick(momentsOf(calm.steps));
      expect(moments.length).toBeGreaterThan(0);
      let deaths = 0;
      for (const moment of moments) deaths += await by(grave, scene, calm, moment);
      // More than one in some: another one dies while it recovers.
      expect(deaths).toBeGreaterThan(moments.length);
      console.info(
        `${scene.name}: ${deaths} deaths in ${moments.length} lives of ${calm.steps.length} steps, 0 lost, 0 doubled`,
      );
    });
  });
}
