import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { STEP_TITLES, stepsOf, type GoLiveDraft, type StepName } from './goLiveSteps.ts';
import { chosenWords } from './chosenWords.ts';
import styles from './GoLive.module.css';

interface StepRailProps {
  readonly draft: GoLiveDraft;
  readonly step: StepName;
  readonly wallets: WalletsView | undefined;
  /** Goes back to a step that was done. */
  readonly onStep: (step: StepName) => void;
}

/** The steps, where one stands, and what was chosen in those that are done. */
export function StepRail({ draft, step, wallets, onStep }: StepRailProps) {
  const steps = stepsOf(draft.purpose);
  const at = steps.indexOf(step);
  return (
    <ol className={styles.rail} aria-label="Steps">
      {steps.map((name, index) => {
        const state = index < at ? 'done' : index === at ? 'now' : 'later';
        const title =
          name === 'checks' && draft.purpose === 'monitoring' ? 'Checks and start' : STEP_TITLES[name];
        const inside = (
          <>
            <span className={styles.mark}>
              {state === 'done' ? <IconCheck size={14} stroke={2.5} aria-hidden /> : index + 1}
            </span>
            <span className={styles.stepWords}>
              <span className={styles.stepTitle}>
                {title}
                {state === 'done' ? <VisuallyHidden>, done: go back to it</VisuallyHidden> : null}
              </span>
              {state === 'done' ? (
                <span className={styles.chosen}>{chosenWords(name, draft, wallets)}</span>
              ) : null}
            </span>
          </>
        );
        return (
          <li
            key={name}
            className={styles.step}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            {state === 'done' ? (
              <UnstyledButton className={styles.stepBody ?? ''} onClick={() => onStep(name)}>
                {inside}
              </UnstyledButton>
            ) : (
              <span className={styles.stepBody}>{inside}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
