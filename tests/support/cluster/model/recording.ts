import { readFileSync, writeFileSync } from 'node:fs';

import { LocalCluster, type RealProgram } from '../localCluster.ts';
import type { ProgramModel } from '../programModel.ts';
import type { Outcome } from './outcome.ts';
import { auctions } from './scenes/auctions.ts';
import { bankruptcies } from './scenes/bankruptcies.ts';
import { collateral } from './scenes/collateral.ts';
import { perpTakers } from './scenes/perpTakers.ts';
import { fundingHours } from './scenes/fundingHours.ts';
import { liquidations } from './scenes/liquidations.ts';
import { restingOrders } from './scenes/restingOrders.ts';
import { spotTakers } from './scenes/spotTakers.ts';
import { stakesAndAccounts } from './scenes/stakesAndAccounts.ts';
import { withdrawLimits } from './scenes/withdrawLimits.ts';
import { wanderings, wanderingsOfThePoor } from './scenes/wanderings.ts';
import { Stage, type Beginning } from './stage.ts';

/** What is played on either program. */
export const SCENES: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  collateral,
  perpTakers,
  fundingHours,
  liquidations,
  restingOrders,
  spotTakers,
  stakesAndAccounts,
  auctions,
  withdrawLimits,
  bankruptcies,
  wanderings,
  wanderingsOfThePoor,
};

/** A scene as it came out: numbers only. */
export interface Recording {
  readonly beginning: Beginning;
  readonly outcomes: readonly Outcome[];
}

/** Plays on a program; `beginning` are the markets as they were on the other. */
export async function played(
  play: (stage: Stage) => Promise<void>,
  program: RealProgram | ProgramModel,
  beginning?: Beginning,
): Promise<Recording> {
  const stage = await Stage.open(await LocalCluster.start({ program }), beginning);
  const recording = { beginning: stage.beginning, outcomes: stage.outcomes };
  try {
    await play(stage);
  } finally {
    await stage.close();
  }
  return recording;
}

const fileOf = (scene: string): URL => new URL(`../../../fixtures/drift/${scene}.json`, import.meta.url);

export const recorded = (scene: string): Recording =>
  JSON.parse(readFileSync(fileOf(scene), 'utf8')) as Recording;

/** One outcome a line, so that a change shows what changed. */
export function keep(scene: string, { beginning, outcomes }: Recording): void {
  const lines = outcomes.map((outcome) => `    ${JSON.stringify(outcome)}`).join(',\n');
  writeFileSync(
    fileOf(scene),
    `{\n  "beginning": ${JSON.stringify(beginning)},\n  "outcomes": [\n${lines}\n  ]\n}\n`,
  );
}
