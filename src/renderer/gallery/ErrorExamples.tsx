import { Button } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorCard } from '../components/ErrorCard.tsx';
import { LoadingState } from '../components/LoadingState.tsx';
import { Money } from '../components/Money.tsx';
import { Panel } from '../components/Panel.tsx';
import { StaleData } from '../components/StaleData.tsx';
import { StatTile } from '../components/StatTile.tsx';
import { NOW } from './samples.ts';
import { Grid, Section } from './Section.tsx';

const LOST = {
  code: 'VENUE_UNAVAILABLE',
  message: 'The venue has not answered for 30 seconds.',
  details: { venue: 'paper', lastAnswerMs: 31_204 },
} as const;

export function ErrorExamples() {
  return (
    <Section title="Error, offline, empty, loading">
      <Grid least={420}>
        <ErrorCard
          title="The engine could not rebalance"
          error={LOST}
          money="Nothing was traded. Your hedge stands as it was, 0.4 % from neutral."
          advice="Check your connection. The engine tries again by itself every 5 seconds."
          actions={<Button size="compact-sm">Try again now</Button>}
        />
        <StaleData lostAt={NOW - 12_000} now={NOW} numbersFrom={NOW - 12_000}>
          <StatTile label="Equity" value={<Money usd="10304.34" />} hint="from 14:01:59" state="stale" />
        </StaleData>
        <Panel title="Wallets, empty" level={3}>
          <EmptyState
            Icon={IconWallet}
            title="No wallet"
            action={<Button variant="default">Add a wallet</Button>}
          >
            Paper trading needs none. To trade live, create one or import yours.
          </EmptyState>
        </Panel>
        <Panel title="Wallets, loading" level={3}>
          <LoadingState label="Loading wallets" lines={4} />
        </Panel>
      </Grid>
    </Section>
  );
}
