import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChoiceInput } from '../components/ChoiceInput.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { DecimalInput } from '../components/DecimalInput.tsx';
import { ROLES } from '../theme/palette.ts';
import { Grid, Section } from './Section.tsx';
import styles from './Gallery.module.css';

const SPEEDS = ['Paused', '1x', '60x', '3600x'].map((label) => ({ value: label, label }));
const SPANS = ['1 hour', '8 hours', '1 day', '3 days', '1 week'].map((label) => ({ value: label, label }));
const VARIANTS = ['filled', 'light', 'outline', 'subtle'] as const;

export function InputExamples() {
  const [size, setSize] = useState('12.5');
  const [wrong, setWrong] = useState('1,234');
  const [speed, setSpeed] = useState('60x');
  const [span, setSpan] = useState('1 day');
  return (
    <Section title="Inputs and buttons">
      <Grid least={260}>
        <DecimalInput
          label="Size"
          unit="SOL"
          value={size}
          onChange={setSize}
          range="0.01 to 25.4 SOL"
          action={
            <Button size="compact-xs" variant="light" onClick={() => setSize('25.4')}>
              Max
            </Button>
          }
        />
        <DecimalInput label="Deposit" unit="USD" value={wrong} onChange={setWrong} range="From 10 USD" />
        <DecimalInput
          label="Disabled"
          unit="%"
          value="0.5"
          onChange={setWrong}
          range="From 0 to 5 %"
          disabled
        />
        <ChoiceInput
          label="Speed"
          description="How fast the paper market’s clock runs."
          choices={SPEEDS}
          value={speed}
          onChange={setSpeed}
        />
        <ChoiceInput
          label="Averaged over"
          choices={SPANS}
          value={span}
          onChange={setSpan}
          description="Of funding."
        />
        <ChoiceInput
          label="Refused"
          choices={SPANS}
          value={span}
          onChange={setSpan}
          error="Longer than the history."
        />
      </Grid>
      {VARIANTS.map((variant) => (
        <div key={variant} className={styles.bar}>
          {ROLES.map((role) => (
            <Button key={role} variant={variant} color={role}>
              {role}
            </Button>
          ))}
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </div>
      ))}
      <div className={styles.bar}>
        <Button variant="default">Default</Button>
        <CopyButton text="anything" />
      </div>
    </Section>
  );
}
