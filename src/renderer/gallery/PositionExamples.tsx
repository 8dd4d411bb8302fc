import { Panel } from '../components/Panel.tsx';
import { PositionsTable } from '../components/PositionsTable.tsx';
import { POSITIONS } from './samples.ts';
import { Grid, Section } from './Section.tsx';

export function PositionExamples() {
  return (
    <Section title="Positions">
      <Panel title="Positions, large and small" level={3} flush>
        <PositionsTable positions={POSITIONS} label="Large and small positions" />
      </Panel>
      <Grid least={420}>
        <Panel title="Positions, none" level={3}>
          <PositionsTable positions={[]} />
        </Panel>
        <Panel title="Positions, loading" level={3}>
          <PositionsTable positions={null} />
        </Panel>
      </Grid>
    </Section>
  );
}
