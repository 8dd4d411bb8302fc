import { Button } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useNow } from '../../live/useNow.ts';
import { ChoiceCard } from './ChoiceCard.tsx';
import { StandingFields } from './StandingFields.tsx';
import { termsOf } from './standingEntry.ts';
import { StepBody } from './StepBody.tsx';
import type { StepProps } from './stepProps.ts';
import styles from './WalletStep.module.css';

/** What the engine may trade without asking. */
export function LimitsStep({ draft, change, next, back }: StepProps) {
  const now = useNow();
  const [asked, setAsked] = useState(false);
  const isRight = !draft.grants || termsOf(draft.standing, now) !== null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (isRight) next();
  };
  return (
    <form onSubmit={submit} noValidate>
      <StepBody
        title="May it trade while you don’t look?"
        lead="A trade over the limit in your settings needs your yes. You can give that yes each time, or in advance for trades up to an amount. Revoke it whenever you like."
        onBack={back}
        why={isRight ? '' : 'Enter what it may trade.'}
        action={<Button type="submit">Continue</Button>}
      >
        <div className={styles.list} role="radiogroup" aria-label="Confirmation">
          <ChoiceCard
            name="grants"
            label="Ask me each time"
            checked={!draft.grants}
            onChoose={() => change({ grants: false })}
          >
            You have 60 seconds to confirm a trade, wherever you are in the app. Without your yes it is not
            made, also when you sleep.
          </ChoiceCard>
          <ChoiceCard
            name="grants"
            label="Let it trade up to an amount"
            checked={draft.grants}
            onChoose={() => change({ grants: true })}
          >
            A standing confirmation: what it leaves is shown on the dashboard, and ends by itself.
          </ChoiceCard>
        </div>
        {draft.grants ? (
          <StandingFields
            draft={draft.standing}
            asked={asked}
            onChange={(standing) => change({ standing })}
          />
        ) : null}
      </StepBody>
    </form>
  );
}
