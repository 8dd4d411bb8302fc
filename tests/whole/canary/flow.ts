import { expect, it } from 'vitest';

import { LAUNCHER } from '../../support/paperCli.ts';
import type { PseudoTerminal } from '../../support/pseudoTerminal.ts';
import { goneOf } from '../../support/processTree.ts';
import { ROOT } from './leftovers.ts';
import { onTerminal, type Scene } from './scene.ts';
import { ONLY_DECOY } from './search.ts';

/** Something that `wallet` does with a secret, up to where the signer has it and waits for somebody. */
export interface Flow {
  readonly args: readonly string[];
  readonly begins: (terminal: PseudoTerminal) => Promise<void>;
  readonly ends: (terminal: PseudoTerminal) => Promise<void>;
  /** What is killed in the middle of it, each in a run of its own; then it is done to its end. */
  readonly killed: readonly ('the signer' | 'the program')[];
  /** Where a question is asked before there is anything for the signer to do. */
  readonly isWithoutSigner?: boolean;
}

/** Starts `wallet` as a person does, or without npm. */
export function atWallet(scene: Scene, by: 'npm' | 'node', args: readonly string[]): PseudoTerminal {
  const npm = ['npm', '--prefix', ROOT, 'run', '-s', 'wallet', '--'];
  const command = by === 'npm' ? npm : [process.execPath, LAUNCHER, 'wallet'];
  return scene.at(...command, ...args, '--data-dir', scene.dataDir);
}

/**
 * Takes each flow to its middle, where everything but the signer is searched, and from there to its end, or to that of
 * the signer or the program, after which everything that is left is searched.
 */
export function searchEach(flows: Readonly<Record<string, Flow>>, sceneOf: () => Scene): void {
  const cases = Object.entries(flows).flatMap(([name, flow]) => [
    ...flow.killed.map((victim) => [name, `${victim} is killed`, victim, flow] as const),
    [name, 'all goes well', undefined, flow] as const,
  ]);
  it.each(cases)('[N] %s and %s', async (_name, _fate, victim, { args, begins, ends, isWithoutSigner }) => {
    const scene = sceneOf();
    await using terminal = atWallet(scene, victim === undefined ? 'npm' : 'node', args);
    await begins(terminal);
    const { signer, others } = searchTree(scene, terminal);
    expect(signer === undefined).toBe(isWithoutSigner === true);
    if (victim === undefined) await ends(terminal);
    else {
      const program = others.find(({ argv }) => argv.includes(LAUNCHER));
      process.kill((victim === 'the signer' ? signer : program)?.pid ?? 0, 'SIGKILL');
    }
    const { code, usual } = await terminal.ended();
    expect(code === 0).toBe(victim === undefined);
    if (signer !== undefined) await goneOf(signer.pid);
    expect(scene.search.bytes(usual).secrets).toEqual([]);
    expect(scene.search.folder(scene.dataDir)).toEqual(ONLY_DECOY);
    expect(scene.leftovers).toEqual([]);
  });
}

/** Everything that others see of the processes, while the signer has the secret. */
function searchTree(scene: Scene, terminal: PseudoTerminal): ReturnType<typeof onTerminal> {
  const tree = onTerminal(terminal);
  const { search } = scene;
  for (const one of tree.others) {
    expect(search.surroundings(one)).toEqual(ONLY_DECOY);
    expect(search.memory(one.pid)).toEqual(ONLY_DECOY);
  }
  if (tree.signer !== undefined) expect(search.surroundings(tree.signer).secrets).toEqual([]);
  return tree;
}
