import { DriftMeter } from '../components/DriftMeter.tsx';
import { HealthGauge } from '../components/HealthGauge.tsx';
import { Panel } from '../components/Panel.tsx';
import { PnlBreakdown } from '../components/PnlBreakdown.tsx';
import { HUGE_PNL, NO_PNL, PNL } from './samples.ts';
import { Grid, Section } from './Section.tsx';

const HEALTHS = [100, 50, 49.9, 20, 12.4, 0, null];
const DRIFTS = [
  { name: 'small', driftPct: 0.12, netDelta: '0.075' },
  { name: 'none', driftPct: 0, netDelta: '0' },
  { name: 'over', driftPct: -1.31, netDelta: '-0.817' },
  { name: 'far over', driftPct: 100, netDelta: '62.4' },
  { name: 'unknown', driftPct: null, netDelta: null },
];

export function MeterExamples() {
  return (
    <Section title="Meters and profit">
      <Grid least={220}>
        {HEALTHS.map((health) => (
          <Panel key={health} title={`Health ${health ?? 'unknown'}`} level={3}>
            <HealthGauge health={health} />
          </Panel>
        ))}
      </Grid>
      <Grid least={280}>
        {DRIFTS.map(({ name, driftPct, netDelta }) => (
          <Panel key={name} title={`Delta drift, ${name}`} level={3}>
            <DriftMeter driftPct={driftPct} tolerancePct={1} netDelta={netDelta} />
          </Panel>
        ))}
      </Grid>
      <Grid least={320}>
        {[PNL, HUGE_PNL, NO_PNL, null].map((pnl) => (
          <Panel key={pnl?.total ?? 'loading'} title={`Profit, total ${pnl?.total ?? 'loading'}`} level={3}>
            <PnlBreakdown pnl={pnl} />
          </Panel>
        ))}
      </Grid>
    </Section>
  );
}
