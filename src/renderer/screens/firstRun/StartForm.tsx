import { Button, Collapse, FileInput, Progress, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { ChoiceInput } from '../../components/ChoiceInput.tsx';
import { tidied } from '../../components/decimalEntry.ts';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { focusFirstWrong } from './focusFirstWrong.ts';
import { capitalProblem, fileProblem, seedProblem, type MarketKind } from './startChoices.ts';
import type { Begun } from './useBegin.ts';
import styles from './FirstRun.module.css';

const MARKETS = [
  { value: 'simulated', label: 'Simulated' },
  { value: 'recorded', label: 'My own CSV' },
] as const;

interface StartFormProps {
  readonly begun: Begun;
  /** Something is being started, by this form or past it. */
  readonly starting: boolean;
}

/** Capital, market, start. */
export function StartForm({ begun: { begin, progress, failure, forget }, starting }: StartFormProps) {
  const [capital, setCapital] = useState('10000');
  const [market, setMarket] = useState<MarketKind>('simulated');
  const [seed, setSeed] = useState('1');
  const [candles, setCandles] = useState<File | null>(null);
  const [funding, setFunding] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const [more, setMore] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const recorded = market === 'recorded';
  const problems = [
    capitalProblem(capital),
    ...(recorded ? [fileProblem(candles), fileProblem(funding)] : [seedProblem(seed)]),
  ];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.every((problem) => problem === null)) {
      begin({ capital: tidied(capital), market, seed: Number(tidied(seed)), candles, funding });
      return;
    }
    if (!recorded && seedProblem(seed) !== null) setMore(true);
    focusFirstWrong(form.current);
  };
  const pick = (picked: MarketKind) => {
    setMarket(picked);
    setTried(false);
    forget();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <DecimalInput
        label="Capital"
        unit="USD"
        value={capital}
        onChange={setCapital}
        check={capitalProblem}
        asked={tried}
        range="$100 to $1,000,000, on paper"
      />
      <ChoiceInput<MarketKind>
        label="Market"
        choices={MARKETS}
        value={market}
        onChange={pick}
        disabled={starting}
        description={
          recorded
            ? 'A market that you recorded is played back from its beginning.'
            : 'A year of prices and funding that behave like SOL’s.'
        }
      />
      {recorded ? (
        <>
          <FileInput
            label="Candles"
            description="time,open,high,low,close,volume"
            placeholder="Choose a CSV file"
            accept=".csv,text/csv"
            value={candles}
            onChange={setCandles}
            error={tried ? fileProblem(candles) : null}
            disabled={starting}
          />
          <FileInput
            label="Funding"
            description="time,rate[,mark_price]"
            placeholder="Choose a CSV file"
            accept=".csv,text/csv"
            value={funding}
            onChange={setFunding}
            error={tried ? fileProblem(funding) : null}
            disabled={starting}
          />
        </>
      ) : (
        <More opened={more} onToggle={() => setMore(!more)}>
          <DecimalInput
            label="Seed"
            unit=""
            value={seed}
            onChange={setSeed}
            check={seedProblem}
            asked={tried}
            range="A whole number. The same seed gives the same market."
          />
        </More>
      )}
      {failure === null ? null : <Failure title={failure.title} error={failure.error} />}
      {progress === null ? null : (
        <div role="status">
          {progress.step}
          <Progress value={100 * progress.share} mt={6} aria-label={progress.step} />
        </div>
      )}
      <Button type="submit" size="md" fullWidth loading={progress !== null} disabled={starting}>
        Start
      </Button>
    </form>
  );
}

interface MoreProps {
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

function More({ opened, onToggle, children }: MoreProps) {
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton className={styles.more} aria-expanded={opened} onClick={onToggle}>
        <Chevron size={13} aria-hidden />
        More
      </UnstyledButton>
      <Collapse expanded={opened} mt={8}>
        {children}
      </Collapse>
    </div>
  );
}
