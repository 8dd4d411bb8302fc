import { ChoiceInput } from '../../components/ChoiceInput.tsx';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { amountProblem, DAYS, perDayProblem, type StandingTermsDraft } from './standingEntry.ts';
import styles from './StandingFields.module.css';

interface StandingFieldsProps {
  readonly draft: StandingTermsDraft;
  readonly onChange: (draft: StandingTermsDraft) => void;
  /** What is missing is said too. */
  readonly asked: boolean;
}

/** How much, how often, how long. */
export function StandingFields({ draft, onChange, asked }: StandingFieldsProps) {
  return (
    <div className={styles.fields}>
      <DecimalInput
        label="A trade"
        unit="USD"
        range="All of its legs together"
        value={draft.perTrade}
        onChange={(perTrade) => onChange({ ...draft, perTrade })}
        check={amountProblem}
        asked={asked}
      />
      <DecimalInput
        label="In any 24 hours"
        unit="USD"
        range="All trades together"
        value={draft.perDay}
        onChange={(perDay) => onChange({ ...draft, perDay })}
        check={() => perDayProblem(draft)}
        asked={asked}
      />
      <ChoiceInput
        label="It holds for"
        description="Then you are asked again"
        choices={DAYS}
        value={draft.days}
        onChange={(days) => onChange({ ...draft, days })}
      />
    </div>
  );
}
