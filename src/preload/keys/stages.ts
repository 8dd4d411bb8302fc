import type { CeremonyTask, StepName } from '../../shared/contract/ceremony.ts';

interface Stage {
  readonly label: string;
  readonly steps: readonly StepName[];
}

const NAME: Stage = { label: 'Name', steps: ['name'] };
const PROTECT: Stage = { label: 'Protect', steps: ['newPassphrase'] };

/** The stages of what has several, in the order in which they come. */
const STAGES: Readonly<Record<CeremonyTask['kind'], readonly Stage[]>> = {
  create: [
    { label: 'Write down', steps: ['words', 'showPhrase'] },
    { label: 'Check', steps: ['confirmWord'] },
    NAME,
    PROTECT,
  ],
  import: [
    { label: 'Source', steps: ['source'] },
    { label: 'Key', steps: ['enterPhrase', 'enterSecretKey', 'enterFile', 'choosePlace'] },
    NAME,
    PROTECT,
  ],
  unlock: [],
  passphrase: [],
};

export interface Progress {
  readonly labels: readonly string[];
  /** The stage that the step belongs to, from 0. */
  readonly at: number;
}

/** Where a step stands among the stages of its task; undefined where there is nothing to count. */
export function progressOf(task: CeremonyTask['kind'], step: StepName): Progress | undefined {
  const stages = STAGES[task];
  const at = stages.findIndex(({ steps }) => steps.includes(step));
  return at === -1 ? undefined : { labels: stages.map(({ label }) => label), at };
}
