import { IconAlertOctagon, IconHeartbeat } from '@tabler/icons-react';
import { ErrorCard } from '../components/ErrorCard.tsx';
import { Panel } from '../components/Panel.tsx';
import { CheckList } from '../screens/live/CheckList.tsx';
import { DifferenceTable } from '../screens/live/DifferenceTable.tsx';
import { FIRST_DRAFT } from '../screens/live/goLiveSteps.ts';
import { StandingReading } from '../screens/live/StandingReading.tsx';
import { StepRail } from '../screens/live/StepRail.tsx';
import { SubAccountCard } from '../screens/live/SubAccountCard.tsx';
import { Banner } from '../shell/Banner.tsx';
import { healthWords } from '../shell/healthWords.ts';
import { TradeQuestionCard } from '../shell/TradeQuestionCard.tsx';
import { BOTH_LEGS, CHECKS, DIFFERENCES, ONE_LEG, STANDING, SUB_ACCOUNTS } from './liveSamples.ts';
import { NOW } from './samples.ts';
import { Grid, Section } from './Section.tsx';
import { WALLETS } from './walletSamples.ts';

const nothing = (): void => undefined;
const DRAFT = { ...FIRST_DRAFT, subAccount: 2 };
const REFUSAL = {
  code: 'CONFIRMATION_MISMATCH',
  message: 'Prices have moved: the trade would go beyond its limit.',
  details: {},
} as const;
const UNKNOWN = {
  code: 'OUTCOME_UNKNOWN',
  message: 'It was sent, and the chain has not said what became of it.',
  details: {},
} as const;
const SHARED = {
  now: NOW,
  armed: true,
  answering: null,
  connected: true,
  refusal: null,
  onConfirm: nothing,
  onDecline: nothing,
} as const;
const LOW = {
  positions: [{ market: 'SOL-PERP', size: '-33.2', liquidationPrice: '183.2204', side: 'above' as const }],
};

/** What is shown of real money, in every state. */
export function LiveExamples() {
  return (
    <Section title="Live trading">
      <Grid least={480}>
        <Panel title="Question, two legs" level={3}>
          <TradeQuestionCard question={BOTH_LEGS} {...SHARED} />
        </Panel>
        <Panel title="Question, one leg, soon over" level={3}>
          <TradeQuestionCard question={ONE_LEG} {...SHARED} />
        </Panel>
        <Panel title="Question, not armed yet" level={3}>
          <TradeQuestionCard question={BOTH_LEGS} {...SHARED} armed={false} />
        </Panel>
        <Panel title="Question, being confirmed" level={3}>
          <TradeQuestionCard question={BOTH_LEGS} {...SHARED} answering="confirm" />
        </Panel>
        <Panel title="Question, refused" level={3}>
          <TradeQuestionCard question={BOTH_LEGS} {...SHARED} refusal={REFUSAL} />
        </Panel>
        <Panel title="Question, offline" level={3}>
          <TradeQuestionCard question={BOTH_LEGS} {...SHARED} connected={false} />
        </Panel>
      </Grid>
      <Grid least={480}>
        <CheckList checks={CHECKS} purpose="trading" />
        <CheckList checks={undefined} purpose="monitoring" />
        <DifferenceTable differences={DIFFERENCES} />
        <div>
          {SUB_ACCOUNTS.map((one) => (
            <SubAccountCard
              key={one.number}
              subAccount={one}
              wallets={WALLETS.wallets}
              checked={one.number === 2}
              onChoose={nothing}
            />
          ))}
        </div>
      </Grid>
      <Grid least={240}>
        <StepRail draft={FIRST_DRAFT} step="wallet" wallets={WALLETS} onStep={nothing} />
        <StepRail draft={DRAFT} step="limits" wallets={WALLETS} onStep={nothing} />
        <StepRail
          draft={{ ...DRAFT, purpose: 'monitoring' }}
          step="checks"
          wallets={WALLETS}
          onStep={nothing}
        />
      </Grid>
      <Grid least={480}>
        {[STANDING, { ...STANDING, until: NOW, inForce: false }, null, undefined].map((standing, at) => (
          <Panel key={at} title="Standing confirmation" level={3}>
            <StandingReading standing={standing} now={NOW} />
          </Panel>
        ))}
      </Grid>
      <Banner Icon={IconHeartbeat} role="warn">
        <strong>Health is low</strong>: 42.0 % now. {healthWords(LOW)}
      </Banner>
      <Banner Icon={IconAlertOctagon} role="danger">
        <strong>Health is critical</strong>: 17.4 % now. {healthWords(LOW)}
      </Banner>
      <ErrorCard
        title="It is not known yet whether this was done"
        error={UNKNOWN}
        money="It may or may not have been done. Nothing is sent twice."
        advice="Look at Events and at the vault before you do it again."
        tone="open"
      />
    </Section>
  );
}
