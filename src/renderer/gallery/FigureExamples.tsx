import { Age } from '../components/Age.tsx';
import { Duration } from '../components/Duration.tsx';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import { Money } from '../components/Money.tsx';
import { Percent } from '../components/Percent.tsx';
import { Quantity } from '../components/Quantity.tsx';
import { SignedNumber } from '../components/SignedNumber.tsx';
import { Sparkline } from '../components/Sparkline.tsx';
import { NOW } from './samples.ts';
import { Example, Grid, Section } from './Section.tsx';

const WORDS = { up: 'earned', down: 'paid', zero: 'even' };
const DAY = 86_400_000;

export function FigureExamples() {
  return (
    <Section title="Numbers">
      <Grid least={170}>
        <Example name="Money">
          <Money usd="1234.5" />
        </Example>
        <Example name="Money, huge">
          <Money usd="123456789012345.678901" />
        </Example>
        <Example name="Money, tiny">
          <Money usd="0.000001" />
        </Example>
        <Example name="Money, negative">
          <Money usd="-98765.4321" />
        </Example>
        <Example name="Money, price">
          <Money usd="151.037212345" decimals={4} />
        </Example>
        <Example name="Money, missing">
          <Money usd={null} />
        </Example>
        <Example name="Quantity">
          <Quantity size="-62.4" unit="SOL" />
        </Example>
        <Example name="Percent">
          <Percent percent={14.2} per="a year" />
        </Example>
        <Example name="Percent of a fraction">
          <Percent percent="0.0000125" of="fraction" decimals={5} signed per="an hour" />
        </Example>
        <Example name="Percent, no number">
          <Percent percent={Number.NaN} />
        </Example>
        <Example name="SignedNumber, gain">
          <SignedNumber amount="412.806114" unit="$" words={WORDS} />
        </Example>
        <Example name="SignedNumber, loss">
          <SignedNumber amount="-61.402311" unit="$" words={WORDS} />
        </Example>
        <Example name="SignedNumber, zero">
          <SignedNumber amount="0.0001" unit="$" words={WORDS} />
        </Example>
        <Example name="SignedNumber, missing">
          <SignedNumber amount={null} unit="%" />
        </Example>
        <Example name="Duration">
          <Duration ms={3 * DAY + 4 * 3_600_000} />
        </Example>
        <Example name="Duration, short and none">
          <Duration ms={5000} /> · <Duration ms={null} /> · <Duration ms={null} none="never pays" />
        </Example>
        <Example name="Age">
          <Age at={NOW - 2000} now={NOW} /> · <Age at={NOW - 3 * DAY} now={NOW} />
        </Example>
        <Example name="Age, engine clock">
          <Age at={NOW} now={null} clock="engine" />
        </Example>
        <Example name="Sparkline">
          <Sparkline
            values={[2, 3, 2.5, 4, 5, 3.5, 4.5, 6, 5.5, 7]}
            label="Funding over ten hours, from 2 % to 7 %"
          />
        </Example>
        <Example name="HotkeyHint">
          <HotkeyHint keys={['Ctrl', 'Shift', 'S']} />
          <HotkeyHint keys={['G', 'D']} inTurn />
        </Example>
      </Grid>
    </Section>
  );
}
