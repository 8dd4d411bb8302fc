import { EquityChart } from '../components/EquityChart.tsx';
import { Panel } from '../components/Panel.tsx';
import { WEEK } from './samples.ts';
import { Grid, Section } from './Section.tsx';

const alone = WEEK.map((point) => ({ ...point, justHolding: null, neverLeaving: null }));

export function EquityExamples() {
  return (
    <Section title="Equity">
      <Grid least={420}>
        <Panel title="Equity, nobody compares" level={3}>
          <EquityChart points={alone} height={180} />
        </Panel>
        <Panel title="Equity, one point" level={3}>
          <EquityChart points={WEEK.slice(0, 1)} height={180} />
        </Panel>
        <Panel title="Equity, empty" level={3}>
          <EquityChart points={[]} height={180} />
        </Panel>
        <Panel title="Equity, loading" level={3}>
          <EquityChart points={null} height={180} />
        </Panel>
      </Grid>
    </Section>
  );
}
