import { Button, Collapse, FileInput, Progress, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { ChoiceInput } from '../../components/ChoiceInput.tsx';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { capitalProblem, fileProblem, seedProblem, type MarketKind } from './startChoices.ts';
import { useBegin } from './useBegin.ts';
import styles from './FirstRun.module.css';

const MARKETS = [
  { value: 'simulated', label: 'Simulated' },
  { value: 'recorded', label: 'My own CSV' },
] as const;

/** Capital, market, start. */
export function StartForm() {
  const [capital, setCapital] = useState('10000');
  const [market, setMarket] = useState<MarketKind>('simulated');
  const [seed, setSeed] = useState('1');
  const [candles, setCandles] = useState<File | null>(null);
  const [funding, setFunding] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const { begin, progress, failure } = useBegin();
  const recorded = market === 'recorded';
  const problems = [
    capitalProblem(capital),
    ...(recorded ? [fileProblem(candles), fileProblem(funding)] : [seedProblem(seed)]),
  ];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.some((problem) => problem !== null)) return;
    begin({ capital, market, seed, candles, funding });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <DecimalInput
        label="Capital"
        unit="USD"
        value={capital}
        onChange={setCapital}
        check={capitalProblem}
        range="$100 to $1,000,000, on paper"
      />
      <ChoiceInput<MarketKind>
        label="Market"
        choices={MARKETS}
        value={market}
        onChange={setMarket}
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
          />
          <FileInput
            label="Funding"
            description="time,rate[,mark_price]"
            placeholder="Choose a CSV file"
            accept=".csv,text/csv"
            value={funding}
            onChange={setFunding}
            error={tried ? fileProblem(funding) : null}
          />
        </>
      ) : (
        <More>
          <DecimalInput
            label="Seed"
            unit=""
            value={seed}
            onChange={setSeed}
            check={seedProblem}
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
      <Button type="submit" size="md" fullWidth loading={progress !== null}>
        Start
      </Button>
    </form>
  );
}

function More({ children }: { readonly children: React.ReactNode }) {
  const [opened, setOpened] = useState(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton className={styles.more} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Chevron size={13} aria-hidden />
        More
      </UnstyledButton>
      <Collapse expanded={opened} mt={8}>
        {children}
      </Collapse>
    </div>
  );
}
