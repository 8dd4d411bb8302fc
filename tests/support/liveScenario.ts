import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { base, usd } from '../../src/shared/money/quantity.ts';
import { perpOf, type Account } from '../../src/main/domain/account.ts';
import type { LocalCluster } from './cluster/localCluster.ts';
import { expectFiguresOfSdk } from './live/figuresCheck.ts';
import { LiveStage, SOL, USDC } from './live/liveStage.ts';
import { expectVaultIsChain } from './live/vaultCheck.ts';

const OFF = { 'engine.policy': 'off' };
const ON = { 'engine.policy': 'on' };
const PERP = 'SOL-PERP';
/** So far under the oracle SOL-PERP trades while the short pays, 1e6. */
const UNDER = -900_000n;
const A_DAY = 24;

/** An engine's life on real money, sentence by sentence: the same on the model of the program and on the program itself. */
export function describeEngine(program: string, open: () => Promise<LocalCluster>): void {
  describe(`the engine on ${program}, the vault equal to the chain after every step`, () => {
    let life: Life;
    beforeAll(async () => {
      life = await Life.begin(await open());
    });
    afterAll(() => life.end());

    it('[R2.2] [R7.1] takes in what its account holds before it does anything', async () => {
      expect(life.account.spot).toBe(0n);
      await life.check();
    });

    it('[R3.2] [R3.6] deposits USDC and SOL from its wallet', async () => {
      await life.move('deposit', 'USDC', 5_000n * USDC);
      await life.move('deposit', 'SOL', 20n * SOL);
      expect(life.account.cash).toBe(5_000n * USDC);
    });

    it('[R5.7] hedges what was deposited', async () => {
      await life.tick();
      expect(life.offPct).toBeLessThan(1);
      await life.checkFigures();
    });

    it('finds after a restart what it left, and does nothing twice', async () => {
      const { perps } = life.account;
      await life.restart();
      await life.tick();
      expect(life.account.perps).toEqual(perps);
    });

    it('corrects after a deposit of SOL, whatever is left of the cooldown', async () => {
      await life.move('deposit', 'SOL', 3n * SOL);
      await life.tick();
      expect(life.offPct).toBeLessThan(1);
    });

    it('[R5.8] corrects after a withdrawal of SOL that a restart has come between', async () => {
      await life.move('withdraw', 'SOL', 2n * SOL);
      await life.restart();
      await life.tick();
      expect(life.offPct).toBeLessThan(1);
      await life.checkFigures();
    });

    it('finishes over later ticks what a thin market fills in part', async () => {
      await life.stage.thinOut(4n * SOL);
      await life.move('deposit', 'SOL', 10n * SOL);
      const shorts = [life.short];
      for (let ticks = 0; ticks < 4; ticks += 1) {
        await life.tick();
        shorts.push(life.short);
        if (ticks === 1) await life.restart();
        await life.stage.thinOut(4n * SOL);
      }
      expect(life.offPct).toBeLessThan(1);
      const steps = shorts.slice(1).map((short, i) => short - (shorts[i] ?? 0n));
      expect(steps.slice(0, 2)).toEqual([4n * SOL, 4n * SOL]);
      await life.stage.deepen();
    });

    it('[R7.4] earns funding hour by hour', async () => {
      for (let hour = 0; hour < 3; hour += 1) {
        const before = life.funding;
        await life.stage.keeper.passHours(1);
        await life.tick();
        expect(life.funding).toBeGreaterThan(before);
      }
      await life.checkFigures();
    });

    it('takes in the funding of hours in which it did not run', async () => {
      const before = life.funding;
      await life.stage.away(() => life.stage.keeper.passHours(2));
      await life.check();
      expect(life.funding).toBeGreaterThan(before);
    });

    it('[R4.11] settles into its collateral what it is owed, or owes', async () => {
      const { cash } = life.account;
      await life.stage.rig.run.settle(PERP);
      await life.check();
      expect(life.account.cash).not.toBe(cash);
      await life.checkFigures();
    });

    it('[R2.6] [R7.4] follows the price with both legs, up and down', async () => {
      for (const price of [171_300_000n, 132_700_000n, 150_000_000n]) {
        life.stage.cluster.setOracle('SOL', price);
        await life.stage.maker.requote();
        await life.tick();
        await life.checkFigures();
      }
      expect(life.offPct).toBeLessThan(1);
    });

    it('trades nothing under SOS, after a restart neither, and goes on once that is released', async () => {
      const { short } = life;
      life.stage.rig.run.setHalt('halted');
      await life.move('deposit', 'SOL', 2n * SOL);
      await life.tick();
      await life.restart();
      expect(life.stage.rig.run.engine.halt).toBe('halted');
      await life.tick();
      expect(life.short).toBe(short);
      life.stage.rig.run.setHalt('none');
      await life.tick();
      expect(life.offPct).toBeLessThan(1);
    });

    it('[R11.1] stays through a day in which funding pays', async () => {
      await life.restart(ON);
      for (let hour = 0; hour < A_DAY; hour += 1) {
        await life.stage.keeper.passHours(1);
        await life.tick();
      }
      expect(life.offPct).toBeLessThan(1);
    });

    it('[R11.1] leaves when the average has turned against it, and keeps the SOL that was brought in', async () => {
      const { spot } = life.account;
      for (let hour = 0; life.short !== 0n && hour < 2 * A_DAY; hour += 1) {
        await life.stage.passHoursAt(1, UNDER);
        await life.tick();
        if (hour === 0) expect(life.offPct).toBeLessThan(1);
      }
      expect(life.short).toBe(0n);
      expect(life.account.spot).toBeGreaterThanOrEqual(spot);
      expect(life.decisions()).toContain('exit');
    });

    it('[R4.10] has settled what the closed position was owed, or owed', () => {
      expect(perpOf(life.account, PERP)?.quote).toBe(0n);
    });

    it('[R3.9] withdraws everything', async () => {
      for (const asset of ['SOL', 'USDC'] as const) await life.empty(asset);
      expect(life.account).toMatchObject({ cash: 0n, spot: 0n });
      expect(life.short).toBe(0n);
      await life.restart();
    });
  });

  describe(`SOS with flattening on ${program}`, () => {
    let life: Life;
    beforeAll(async () => {
      life = await Life.begin(await open());
      await life.move('deposit', 'USDC', 5_000n * USDC);
      await life.move('deposit', 'SOL', 12n * SOL);
      await life.tick();
      expect(life.offPct).toBeLessThan(1);
    });
    afterAll(() => life.end());

    it('needs no confirmation, closes the short after a restart, and keeps the SOL that was brought in', async () => {
      life.revoke();
      life.stage.rig.run.setHalt('flattening');
      await life.restart();
      await life.tick();
      expect(life.short).toBe(0n);
      expect(life.account.spot).toBeGreaterThanOrEqual(12n * SOL - 1n);
    });

    it('stays flat through deposits, hours and a restart', async () => {
      await life.move('deposit', 'SOL', SOL);
      await life.stage.keeper.passHours(1);
      await life.tick();
      await life.restart();
      await life.tick();
      expect(life.short).toBe(0n);
    });

    it('opens nothing by itself once it is released', async () => {
      life.stage.rig.run.setHalt('none');
      await life.restart();
      await life.tick();
      expect(life.short).toBe(0n);
    });
  });
}

/** One engine's life, and the words of the sentences. Whatever changes the account is followed by a check. */
class Life {
  readonly stage: LiveStage;

  private constructor(stage: LiveStage) {
    this.stage = stage;
  }

  static async begin(cluster: LocalCluster): Promise<Life> {
    const life = new Life(await LiveStage.open(cluster, OFF));
    life.stage.rig.grant();
    return life;
  }

  get account(): Account {
    return this.stage.rig.run.vault.books.account;
  }

  get short(): bigint {
    return -(perpOf(this.account, PERP)?.size ?? 0n);
  }

  get funding(): bigint {
    return this.stage.rig.run.vault.books.parts.funding;
  }

  async tick(): Promise<void> {
    this.stage.cluster.warp(10);
    await this.stage.rig.run.tick();
    await this.check();
  }

  async move(action: 'deposit' | 'withdraw', asset: 'SOL' | 'USDC', amount: bigint): Promise<void> {
    const moved = asset === 'SOL' ? { asset, amount: base(amount) } : { asset, amount: usd(amount) };
    await this.stage.rig.run.transfer(action, moved);
    await this.check();
  }

  /** All of an asset; what it earns while that is under way is taken out after it. */
  async empty(asset: 'SOL' | 'USDC'): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await this.stage.rig.run.sync();
      const held = asset === 'SOL' ? this.account.spot : this.account.cash;
      if (held > 0n) await this.move('withdraw', asset, held);
    }
  }

  async restart(settings?: Readonly<Record<string, string>>): Promise<void> {
    await this.stage.restart(settings);
    await this.check();
  }

  revoke(): void {
    const { confirmations, drift } = this.stage.rig;
    confirmations.revoke({ venue: 'drift', owner: drift.address, subAccount: 0 }, drift.clock.now());
  }

  decisions(): readonly unknown[] {
    return this.stage.rig.lines.flatMap(({ type, data }) => (type === 'DECISION' ? [data['action']] : []));
  }

  /** How far short and spot are apart, in percent of the spot; 100 without any. */
  get offPct(): number {
    const { spot } = this.account;
    return spot === 0n ? 100 : (Math.abs(Number(spot - this.short)) / Number(spot)) * 100;
  }

  check(): Promise<void> {
    return expectVaultIsChain(this.stage);
  }

  checkFigures(): Promise<void> {
    return expectFiguresOfSdk(this.stage);
  }

  end(): Promise<void> {
    return this.stage.close();
  }
}
