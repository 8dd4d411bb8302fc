import { base, usd } from '../../../src/shared/money/quantity.ts';
import type { LiveRun } from '../../../src/main/live/liveRun.ts';
import type { Overrides } from '../../../src/shared/settings/group.ts';
import { SOL, USDC, type LiveStage } from './liveStage.ts';

/** An operation in which a process dies. */
export interface KillScene {
  readonly name: SceneName;
  /** What of the journal it makes. */
  readonly kind: 'order' | 'deposit' | 'withdrawal' | 'settle';
  /** Its owner asks for it, and asks again where it did not happen; otherwise the engine does it by itself. */
  readonly isAsked: boolean;
  /** Brings about where it begins. */
  prepare(stage: LiveStage): Promise<void>;
  act(run: LiveRun): Promise<void>;
  readonly settings: Overrides;
}

export type SceneName = 'enter' | 'open' | 'close' | 'deposit' | 'withdraw' | 'rebalance' | 'settle';

const tick = (run: LiveRun): Promise<void> => run.tick();

async function fund({ rig }: LiveStage): Promise<void> {
  rig.grant();
  await rig.run.transfer('deposit', { asset: 'USDC', amount: usd(5_000n * USDC) });
  await rig.run.transfer('deposit', { asset: 'SOL', amount: base(20n * SOL) });
}

async function hedge(stage: LiveStage): Promise<void> {
  await fund(stage);
  await stage.rig.run.tick();
}

const OFF: Overrides = { 'engine.policy': 'off' };

export const KILL_SCENES: Readonly<Record<SceneName, KillScene>> = {
  enter: {
    name: 'enter',
    kind: 'order',
    isAsked: false,
    prepare: async (stage) => {
      stage.rig.grant();
      await stage.rig.run.transfer('deposit', { asset: 'USDC', amount: usd(1_500n * USDC) });
      for (let hour = 0; hour < 3; hour += 1) {
        await stage.passHoursAt(1, 900_000n);
        await stage.rig.run.tick();
      }
    },
    act: tick,
    // Both legs are bought and sold clip by clip.
    settings: { 'engine.policy': 'on', 'engine.historyHours': '1' },
  },
  open: { name: 'open', kind: 'order', isAsked: false, prepare: fund, act: tick, settings: OFF },
  close: {
    name: 'close',
    kind: 'order',
    isAsked: false,
    prepare: async (stage) => {
      await hedge(stage);
      stage.rig.run.setHalt('flattening');
    },
    act: tick,
    settings: OFF,
  },
  deposit: {
    name: 'deposit',
    kind: 'deposit',
    isAsked: true,
    prepare: hedge,
    act: (run) => run.transfer('deposit', { asset: 'SOL', amount: base(3n * SOL) }),
    settings: OFF,
  },
  withdraw: {
    name: 'withdraw',
    kind: 'withdrawal',
    isAsked: true,
    prepare: hedge,
    act: (run) => run.transfer('withdraw', { asset: 'USDC', amount: usd(300n * USDC) }),
    settings: OFF,
  },
  rebalance: {
    name: 'rebalance',
    kind: 'order',
    isAsked: false,
    prepare: async (stage) => {
      await hedge(stage);
      await stage.rig.run.transfer('deposit', { asset: 'SOL', amount: base(4n * SOL) });
    },
    act: tick,
    settings: OFF,
  },
  settle: {
    name: 'settle',
    kind: 'settle',
    isAsked: true,
    prepare: async (stage) => {
      await hedge(stage);
      await stage.keeper.passHours(3);
      await stage.rig.run.sync();
    },
    act: async (run) => {
      await run.settle('SOL-PERP');
    },
    settings: OFF,
  },
};
