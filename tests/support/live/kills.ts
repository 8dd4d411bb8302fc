import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Connection } from '@solana/web3.js';
import { expect } from 'vitest';

import type { OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { TransactionRepository } from '../../../src/main/storage/transactionRepository.ts';
import type { LiveRig } from '../liveRig.ts';
import type { Graveyard, MortalProcess } from './graveyard.ts';
import type { KillScene } from './killScenes.ts';
import type { MortalJob } from './mortalProcess.ts';
import type { Step } from './mortality.ts';
import { SdkAccount, type SdkHoldings } from './sdkAccount.ts';
import { expectVaultIsChain } from './vaultCheck.ts';

const PROGRAM = fileURLToPath(new URL('mortalProcess.ts', import.meta.url));
/** Slots in which a blockhash has run out. */
const LAPSE = 200;
/** What interest and its lot, and the fee and price of that, may make different between two ways to the same end. */
const NEAR = { cash: 100_000n, spot: 10_000n, size: 10_000_000n, quote: 2_000_000n };

/** How an operation ends that nobody disturbs, and its steps. */
export interface Undisturbed {
  readonly steps: readonly Step[];
  readonly before: SdkHoldings;
  readonly after: SdkHoldings;
  readonly sent: number;
  /** Whether a correction has begun the cooldown. */
  readonly cools: boolean;
}

/** Dying at a step. */
export interface Moment {
  readonly at: number;
  readonly found: Found;
}

/**
 * When to die: before and after everything that leaves a trace, after it with both ways to be found out. What only reads
 * leaves none: dying before it is dying after what went before.
 */
export function momentsOf(steps: readonly Step[]): readonly Moment[] {
  return steps.flatMap((step, at): readonly Moment[] => {
    const now: Moment = { at, found: 'at once' };
    if (step.startsWith('after')) return [now, { at, found: 'after the blockhash has run out' }];
    return step === 'before a write' || step === 'before sendTransaction' ? [now] : [];
  });
}

export async function undisturbed(grave: Graveyard, scene: KillScene): Promise<Undisturbed> {
  const process = await grave.open(grave.begin());
  const sdk = await SdkAccount.watch(grave.cluster, grave.wallet);
  const before = await sdk.holdings();
  process.mortality.dieAt(undefined);
  await scene.act(process.rig.run);
  const steps = [...process.mortality.steps];
  await goOn(process.rig);
  await expectTrue(grave, process, sdk);
  const after = await sdk.holdings();
  await sdk.leave();
  const sent = landed(process.folder, scene).length;
  const cools = process.rig.run.engine.memory.cooldownFrom !== null;
  await process.rig.close();
  return { steps, before, after, sent, cools };
}

/** When a death is found out: at once, or when what was signed can no longer land. */
export type Found = 'at once' | 'after the blockhash has run out';

/**
 * Kills a process at a step of an operation, another one while that recovers, and lets a third one go on: the chain shows
 * the operation at most once, the vault is the chain, journals are true, and all ends as if nobody had died.
 * @returns how often somebody died
 */
export async function kill(
  grave: Graveyard,
  scene: KillScene,
  calm: Undisturbed,
  { at, found }: Moment,
): Promise<number> {
  const path = grave.begin();
  const first = await grave.open(path);
  first.mortality.dieAt(at);
  await Promise.race([first.death, scene.act(first.rig.run).catch(() => undefined)]);
  await first.death;
  return await recover(grave, scene, calm, { at, found }, path);
}

/** The same with a process of its own, killed by the operating system. */
export async function killForReal(
  grave: Graveyard,
  scene: KillScene,
  calm: Undisturbed,
  moment: Moment,
): Promise<number> {
  const path = grave.begin();
  const job: MortalJob = {
    folder: path,
    rpcUrl: grave.cluster.rpcUrl,
    wsUrl: grave.cluster.wsUrl,
    now: grave.cluster.now(),
    key: [...grave.wallet.secretKey],
    scene: scene.name,
    dieAt: moment.at,
  };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect({ signal, said: signal === null ? said : '' }).toEqual({ signal: 'SIGKILL', said: '' });
  return await recover(grave, scene, calm, moment, path);
}

/** Another process finds what a dead one has left, and dies while it recovers where it gets so far; a third goes on. */
async function recover(
  grave: Graveyard,
  scene: KillScene,
  { before, after, sent, cools }: Undisturbed,
  { at, found }: Moment,
  path: string,
): Promise<number> {
  if (found !== 'at once') grave.cluster.advance(LAPSE);

  const second = grave.copyOf(path);
  const { promise: death, resolve } = Promise.withResolvers<undefined>();
  const died = (): void => {
    resolve(undefined);
  };
  const opened = grave.open(second, died, at);
  const survivor = await Promise.race([opened, death]);
  const last = survivor ?? (await grave.open(grave.copyOf(second)));
  last.mortality.dieAt(undefined);
  const sdk = await SdkAccount.watch(grave.cluster, grave.wallet);
  await expectTrue(grave, last, sdk);
  const soFar = landed(last.folder, scene).length;
  expect(soFar).toBeLessThanOrEqual(sent);

  if (scene.isAsked && isNear(await sdk.holdings(), before)) await scene.act(last.rig.run);
  await goOn(last.rig);
  await expectTrue(grave, last, sdk);
  expect(landed(last.folder, scene)).toHaveLength(sent);
  expect(last.rig.run.engine.memory.cooldownFrom !== null).toBe(cools);
  const end = await sdk.holdings();
  if (!isNear(end, after)) expect(end).toEqual(after);
  await sdk.leave();
  await last.rig.close();
  return survivor === undefined ? 2 : 1;
}

/** The engine does what is left to do, and then nothing more. */
async function goOn({ run }: LiveRig): Promise<void> {
  for (let ticks = 0; ticks < 3; ticks += 1) await run.tick();
  expect(run.engine.memory).toMatchObject({ pending: null, gap: null });
}

/** The vault is the chain, and both journals say what is on it: nothing lost, nothing twice, nothing open. */
async function expectTrue(grave: Graveyard, { rig, folder }: MortalProcess, sdk: SdkAccount): Promise<void> {
  await rig.run.sync();
  await expectVaultIsChain({ rig, folder, sdk });
  const connection = new Connection(grave.cluster.rpcUrl, 'confirmed');
  const shown = await connection.getSignaturesForAddress(grave.wallet.publicKey);
  const records = new TransactionRepository(folder.db, 'local').latest(1_000);
  const onChain = new Set(shown.map(({ signature }) => signature));
  const inJournal = new Set(
    records.flatMap(({ state, signature }) => (state === 'landed' ? [signature] : [])),
  );
  expect(records.filter(({ state }) => ['intended', 'signed', 'unknown'].includes(state))).toEqual([]);
  // The sub-account was opened by another program.
  expect([...onChain].filter((signature) => !inJournal.has(signature))).toHaveLength(1);
  expect([...inJournal].filter((signature) => !onChain.has(signature ?? ''))).toEqual([]);
  expect(rig.storage.openOrders()).toEqual([]);
}

const landed = (folder: OpenFolder, { kind }: KillScene) =>
  new TransactionRepository(folder.db, 'local')
    .latest(1_000)
    .filter((record) => record.kind === kind && record.state === 'landed');

const isNear = (a: SdkHoldings, b: SdkHoldings): boolean =>
  (['cash', 'spot', 'size', 'quote'] as const).every((what) => {
    const off = a[what] - b[what];
    return (off < 0n ? -off : off) <= NEAR[what];
  });
