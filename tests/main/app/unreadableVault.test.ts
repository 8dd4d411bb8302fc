import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { keptRun } from '../../support/keptRun.ts';
import { RECORDED_FROM, recordedMarket } from '../../support/marketFiles.ts';
import { hedgedRig, rigOn, type ProgramRig } from '../../support/programRig.ts';
import { loseMarkets, marketPaths, recordedRig } from '../../support/recordedRig.ts';

const START = { engine: 'funding', mode: 'paper' } as const;
const FUNDING = { engine: 'funding' } as const;
const stateOf = (rig: ProgramRig): string => rig.status.state;

describe('[R9.9] a vault that can not be opened when the program starts', () => {
  const damage = (rig: ProgramRig): void => {
    for (const file of marketPaths(rig)) writeFileSync(file, 'time,open\nnone,1\n');
  };

  it.each([
    ['lost', loseMarkets],
    ['damaged', damage],
  ])(
    'because its market is %s is shown as an error, takes an SOS, and is mended by a reset',
    async (_how, harm) => {
      const { rig, client } = await recordedRig(48);
      client.leave();
      await rig.close();
      harm(rig);
      const after = rigOn(rig.dataDir);
      const survivor = after.connect();
      const { engines } = await survivor.ask('GET_STATUS', {});
      expect(engines).toMatchObject([{ status: { state: 'error', startedAt: null }, funding: null }]);
      expect(engines[0]?.status.error).toBeDefined();
      expect((await survivor.refusal('START_ENGINE', START)).code).toBe(engines[0]?.status.error?.code);
      expect(await survivor.ask('SOS', { flatten: true })).toEqual({ halted: true, flat: false });
      expect(after.crashed().rows('SELECT halted, flatten FROM controls')).toEqual([
        { halted: 1, flatten: 1 },
      ]);
      expect((await survivor.ask('LIST_BACKUPS', {})).backups.length).toBeGreaterThan(0);

      const market = { kind: 'simulated', seed: 7 } as const;
      const { backup } = await survivor.ask('VAULT_RESET', { ...FUNDING, market });

      expect(existsSync(path.join(after.dataDir, 'backups', backup))).toBe(true);
      expect(stateOf(after)).toBe('halted');
      await survivor.ask('RELEASE_SOS', {});
      await survivor.ask('START_ENGINE', START);
      expect((await survivor.nextFunding()).target).toBe('hedged');
      expect((await keptRun(after)).recomputed.problems).toEqual([]);
    },
  );

  it('is mended by a restore of a backup that can be worked with, and the SOS stays', async () => {
    const { rig, client } = await hedgedRig();
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('VAULT_RESET', { ...FUNDING, market: await recordedMarket(client, 48) });
    client.leave();
    await rig.close();
    loseMarkets(rig);
    const after = rigOn(rig.dataDir);
    const survivor = after.connect();
    expect(stateOf(after)).toBe('error');
    await survivor.ask('SOS', { flatten: false });
    await survivor.ask('RESTORE', { backup });
    expect(stateOf(after)).toBe('halted');
    await survivor.ask('RELEASE_SOS', {});
    await survivor.ask('START_ENGINE', START);
    expect((await survivor.nextFunding()).target).toBe('hedged');
  });

  it('is there again once its market is handed over anew', async () => {
    const { rig, client } = await recordedRig(48);
    client.leave();
    await rig.close();
    loseMarkets(rig);
    const after = rigOn(rig.dataDir);
    const survivor = after.connect();
    expect(stateOf(after)).toBe('error');
    await recordedMarket(survivor, 48);
    await survivor.ask('RESTART_ENGINE', FUNDING);
    expect((await survivor.nextFunding()).timestamp).toBe(RECORDED_FROM + 2 * 3_600_000);
    expect((await keptRun(after)).recomputed.problems).toEqual([]);
  });
});

describe('an SOS while the vault can not be opened', () => {
  it('that closes is not taken back by one that does not', async () => {
    const { rig, client } = await hedgedRig();
    rig.meddle(
      'UPDATE runs SET config = replace(config, \'"kind":"simulated"\', \'"kind":"recorded","candles":{"path":"/gone","sha256":"0"},"funding":{"path":"/gone","sha256":"0"}\')',
    );
    client.leave();
    await rig.restart();
    const other = rig.connect();
    expect(rig.status.state).toBe('error');
    await other.ask('SOS', { flatten: true });
    await other.ask('SOS', { flatten: false });
    expect(rig.rows('SELECT halted, flatten FROM controls')).toEqual([{ halted: 1, flatten: 1 }]);
  });
});

describe('a vault that can not be read', () => {
  it('has an engine that does not run, and that no look at the log sets going again', async () => {
    const { rig, client } = await recordedRig(48);
    loseMarkets(rig);
    expect((await client.refusal('RESTART_ENGINE', FUNDING)).code).toBe('INVALID_DATA_FILE');
    expect(rig.status).toMatchObject({ state: 'error', startedAt: null });
    await recordedMarket(client, 48);
    await client.ask('GET_EVENTS', { limit: 1 });
    expect(['error', 'stopped']).toContain(rig.status.state);
  });

  it('when the program starts, and then can, says of its engine what the next start will do', async () => {
    const { rig, client } = await recordedRig(48);
    loseMarkets(rig);
    client.leave();
    await rig.restart();
    const again = rig.connect();
    await recordedMarket(again, 48);
    await again.ask('GET_EVENTS', { limit: 1 });
    const shown = rig.status.startedAt !== null;
    again.leave();
    await rig.restart();
    expect(rig.status.startedAt !== null).toBe(shown);
  });
});
