import { Button } from '@mantine/core';
import { Age } from '../components/Age.tsx';
import { DriftMeter } from '../components/DriftMeter.tsx';
import { Duration } from '../components/Duration.tsx';
import { EquityChart } from '../components/EquityChart.tsx';
import { EventFeed } from '../components/EventFeed.tsx';
import { Figure } from '../components/Figure.tsx';
import { HealthGauge } from '../components/HealthGauge.tsx';
import { HotkeyHint } from '../components/HotkeyHint.tsx';
import { ModeBadge } from '../components/ModeBadge.tsx';
import { Money } from '../components/Money.tsx';
import { Panel } from '../components/Panel.tsx';
import { Percent } from '../components/Percent.tsx';
import { PnlBreakdown } from '../components/PnlBreakdown.tsx';
import { PositionsTable } from '../components/PositionsTable.tsx';
import { SignedNumber } from '../components/SignedNumber.tsx';
import { StateBadge } from '../components/StateBadge.tsx';
import { StatTile } from '../components/StatTile.tsx';
import { events, NOW, PNL, sentenceOf, SHORT, WEEK } from './samples.ts';
import { Section } from './Section.tsx';
import styles from './Gallery.module.css';

const EVENTS = events(60);

/** The components together, as a dashboard has them. */
export function DashboardExample() {
  return (
    <Section title="Together">
      <div className={styles.bar}>
        <ModeBadge mode="paper" />
        <StateBadge state="running" />
        <span className={styles.name}>
          <Age at={NOW} now={null} clock="engine" />
        </span>
        <Button ms="auto" variant="default" rightSection={<HotkeyHint keys={['Ctrl', 'K']} />}>
          Commands
        </Button>
        <Button color="danger">SOS</Button>
      </div>
      <div className={styles.tiles}>
        <StatTile
          label="Equity"
          value={<Money usd="10304.340078" />}
          hint={<SignedNumber amount={3.0434} unit="%" words={{ up: 'up', down: 'down', zero: 'even' }} />}
        />
        <StatTile
          label="Funding earned"
          value={<Money usd="412.806114" signed />}
          hint={<Percent percent={14.2} per="a year, average" />}
        />
        <StatTile
          label="Funding now"
          value={<Percent percent="0.0000162" of="fraction" decimals={5} signed />}
          hint="an hour"
        />
        <StatTile label="Break-even" value={<Duration ms={113_400_000} />} hint="of this hedge’s costs" />
        <StatTile
          label="Leverage"
          value={<Figure amount={0.92} unit="x" decimals={2} signed={false} />}
          hint="of 3.00× allowed"
        />
        <StatTile label="SOL" value={<Money usd="151.0372" decimals={3} />} hint="2 s ago" />
      </div>
      <div className={styles.columns}>
        <Panel title="Equity" aside="7 days">
          <EquityChart points={WEEK} height={300} />
        </Panel>
        <div className={styles.side}>
          <Panel title="Health">
            <HealthGauge health={87.4} />
          </Panel>
          <Panel title="Delta drift">
            <DriftMeter driftPct={0.12} tolerancePct={1} netDelta="0.075" />
          </Panel>
        </div>
      </div>
      <div className={styles.columns}>
        <Panel title="What the engine did" flush>
          <EventFeed
            entries={EVENTS}
            sentenceOf={sentenceOf}
            height={240}
            label="What the engine did lately"
          />
        </Panel>
        <Panel title="Profit">
          <PnlBreakdown pnl={PNL} />
        </Panel>
      </div>
      <Panel title="Positions" flush>
        <PositionsTable positions={[SHORT]} />
      </Panel>
    </Section>
  );
}
