import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { base, usd } from '../../../src/shared/money/quantity.ts';
import { IN_MEMORY, OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { LiveRig } from '../../support/liveRig.ts';
import { LiveStage, SOL, USDC } from '../../support/live/liveStage.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';
import { expectVaultIsChain } from '../../support/live/vaultCheck.ts';

const OFF = { 'engine.policy': 'off' };

describe('a live hedge of 10 SOL with little USDC', () => {
  let stage: LiveStage;
  beforeAll(async () => {
    stage = await LiveStage.open(await modelCluster(), OFF);
    stage.rig.grant();
    const { run } = stage.rig;
    await run.transfer('deposit', { asset: 'USDC', amount: usd(100n * USDC) });
    await run.transfer('deposit', { asset: 'SOL', amount: base(10n * SOL) });
    await run.tick();
  });
  afterAll(() => stage.close());

  const at = async (dollars: bigint): Promise<readonly string[]> => {
    const before = stage.rig.alerts.length;
    stage.cluster.setOracle('SOL', dollars * USDC);
    await stage.rig.run.sync();
    await expectVaultIsChain(stage);
    return stage.rig.alerts.slice(before).map(({ kind }) => kind);
  };

  it('[R2.4] warns once when health falls under 50 %', async () => {
    expect(await at(700n)).toEqual([]);
    expect(await at(900n)).toEqual(['warning']);
    expect(await at(901n)).toEqual([]);
    const [alert] = stage.rig.lines.filter(({ type }) => type === 'ALERT');
    expect(alert?.data).toMatchObject({ code: 'HEALTH_TOO_LOW', limit: '0.5' });
  });

  it("[R2.5] is critical under 20 %, and names the venue's own liquidation prices", async () => {
    expect(await at(1_040n)).toEqual(['critical']);
    const { liquidation } = await stage.sdk.figures();
    const { positions = [], because = '' } = stage.rig.alerts.at(-1) ?? {};
    const short = positions.find(({ market }) => market === 'SOL-PERP');
    expect(short?.side).toBe('above');
    const off = Number(short?.price ?? 0n) / 1_000 - Number(liquidation);
    expect(Math.abs(off)).toBeLessThan(100);
    expect(because).toMatch(
      /^Health is critical: [\d.]+ %\. .*-9\.99 SOL-PERP is liquidated at [\d.]+ or higher/,
    );
  });

  it('says again after a restart what lasts, and once that it is over', async () => {
    await stage.restart();
    expect(stage.rig.alerts.map(({ kind }) => kind)).toEqual(['critical']);
    expect(await at(900n)).toEqual(['eased']);
    expect(await at(150n)).toEqual(['over']);
  });

  it('[R7.1] handed over to a vault that is new takes its short into books, ledger and log', async () => {
    await stage.away(async () => {
      const folder = new OpenFolder(IN_MEMORY, () => 0);
      const rig = await LiveRig.open(stage.cluster, stage.wallet, { folder, settings: OFF });
      await expectVaultIsChain({ rig, folder, sdk: stage.sdk });
      await stage.keeper.passHours(2);
      await rig.run.tick();
      await expectVaultIsChain({ rig, folder, sdk: stage.sdk });
      expect(rig.run.engine.memory.transferredSol).toBeGreaterThan(9n * SOL);
      await rig.close();
      folder.close();
    });
    await expectVaultIsChain(stage);
  });
});
